#include "mail/work/gate.h"

#include <algorithm>
#include <array>
#include <vector>

#include "mail/base/hash.h"
#include "mail/work/choose.h"
#include "mail/work/extract.h"
#include "mail/work/part_decision.h"

namespace mail::work {

namespace {

using Lock = Gate::Lock;

constexpr std::array<std::string_view, 10> lock_names{
    "open",         "not_taken",    "part_wanted",     "part_needs_you", "no_attachments",
    "file_missing", "file_changed", "file_unreadable", "part_not_saved", "ledger_damaged"};

Lock lock_of(Status status) {
    switch (status) {
    case Status::taken:
        return Lock::open;
    case Status::check:
        return Lock::part_needs_you;
    case Status::none:
        return Lock::no_attachments;
    case Status::new_:
    case Status::queued:
    case Status::taking:
    case Status::partial:
    case Status::failed:
    case Status::hidden:
    case Status::quarantined:
    case Status::gone:
    case Status::held:
    case Status::taken_elsewhere:
        break;
    }
    return Lock::not_taken;
}

/// Of a message at rest, where nothing else is to be taken.
Gate not_taken(Status status, const Parts& parts) {
    const PartView* wanted = nullptr;
    for (const PartView& part : parts) {
        if (part.verdict != Verdict::will_be_taken)
            continue;
        if (part.decision != store::Decision::take || !is_at_rest(status))
            return {Lock::not_taken, {}, {}};
        wanted = &part;
    }
    if (wanted == nullptr)
        return {Lock::not_taken, {}, {}};
    return {
        Lock::part_wanted, wanted->part.name.empty() ? wanted->part.path : wanted->part.name, {}};
}

Gate unreadable(const std::string& path, const Error& error) {
    const bool missing =
        error.cause == Cause::file_not_found || error.cause == Cause::folder_not_found;
    return {missing ? Lock::file_missing : Lock::file_unreadable, path, error};
}

/// No more is read of a file that has grown than it should have.
Gate read_back(Disk& disk, const PartView& part, const Wait& wait) {
    auto file = disk.open(part.file);
    if (!file)
        return unreadable(part.file, file.error());
    Sha256 hash;
    std::vector<char> piece(256U << 10U);
    std::uint64_t octets = 0;
    for (;;) {
        if (auto go_on = wait.check(Layer::target, Reach::point); !go_on)
            return {Lock::file_unreadable, part.file, go_on.error()};
        const auto got = (*file)->read(piece.data(), piece.size());
        if (!got)
            return unreadable(part.file, got.error());
        if (*got == 0)
            break;
        octets += *got;
        if (octets > part.size_octets)
            return {Lock::file_changed, part.file, {}};
        hash.update({piece.data(), *got});
    }
    if (octets != part.size_octets || to_hex(hash.finish()) != part.sha256)
        return {Lock::file_changed, part.file, {}};
    return {};
}

}  // namespace

std::string_view name_of(Gate::Lock lock) {
    return lock_names.at(static_cast<std::size_t>(lock));
}

Gate gate_of(const MessageRow& row, const MessageState& state) {
    if (has_more_than_taken(state.error))
        return {Lock::part_not_saved, std::string(state.error->fact("path")), {}};
    const Parts parts = parts_of(row, state).unpack();
    // Off the list or not, what became of its document counts.
    const Status status = state.status == Status::hidden ? status_of(parts) : state.status;
    if (const Lock lock = lock_of(status); lock == Lock::not_taken)
        return not_taken(status, parts);
    else if (lock != Lock::open)
        return {lock, {}, {}};
    // A status that its parts don't bear out opens nothing.
    if (const Lock lock = lock_of(status_of(parts)); lock != Lock::open)
        return {lock, {}, {}};
    const bool on_record = std::ranges::all_of(parts, [](const PartView& part) {
        return !is_saved(part) || (!part.file.empty() && !part.sha256.empty());
    });
    return {on_record ? Lock::open : Lock::not_taken, {}, {}};
}

Gate check_gate(Disk& disk, const MessageRow& row, const MessageState& state, const Wait& wait,
                const std::set<std::string>& delivered) {
    Gate gate = gate_of(row, state);
    if (gate.lock != Lock::open)
        return gate;
    for (const PartView& part : parts_of(row, state).unpack())
        if (is_saved(part))
            if (gate = read_back(disk, part, wait);
                gate.lock != Lock::open &&
                (gate.lock != Lock::file_missing || !delivered.contains(part.file)))
                return gate;
    return {};
}

namespace {

/// Of what is not base64 the octets depend on who sends them: line ends, and blanks behind them.
bool may_differ(const PartView& part, const PartView& saved) {
    const std::uint64_t one = part.size_octets;
    const std::uint64_t other = saved.size_octets;
    constexpr std::uint64_t slack = 512;
    return part.part.encoding != "base64" && is_saved(saved) && part.part.path == saved.part.path &&
           std::max(one, other) <= slack + std::min(one, other) * 9 / 8;
}

bool is_on_record(const PartView& part, const Parts& recorded) {
    return std::ranges::any_of(recorded, [&](const PartView& known) {
        return !part.sha256.empty() && !known.sha256.empty() &&
               (known.sha256 == part.sha256 || may_differ(part, known));
    });
}

/// Somebody has decided that it is not wanted, and it is the part that they have seen.
bool is_left_out(const PartView& part, const Parts& recorded) {
    return std::ranges::any_of(recorded, [&](const PartView& known) {
        return known.decision == store::Decision::skip && known.verdict == Verdict::skipped &&
               is_about(known.part.path, known.part.name, part) &&
               (known.sha256.empty() || known.sha256 == part.sha256);
    });
}

}  // namespace

Result<Gate> check_mail(const MessageRow& row, const mime::Message& mail,
                        const point::General& general, const Wait& wait) {
    const auto parts = judge_parts(mail, general, wait);
    if (!parts)
        return tl::unexpected(parts.error());
    const Parts recorded = row.initial.parts.unpack();
    for (const PartView& part : *parts) {
        const bool is_open =
            part.verdict == Verdict::will_be_taken || part.verdict == Verdict::needs_you;
        if (is_open && !is_on_record(part, recorded) && !is_left_out(part, recorded))
            return Gate{Lock::part_not_saved,
                        part.part.name.empty() ? part.part.path : part.part.name, part.error};
    }
    return Gate{};
}

Error error_of(std::uint32_t uid, Gate gate) {
    Error error{Cause::gate_locked,
                Layer::target,
                Reach::message,
                {{"lock", std::string(name_of(gate.lock))}, {"uid", std::to_string(uid)}}};
    if (!gate.path.empty())
        error.facts.emplace_back("path", std::move(gate.path));
    if (gate.error)
        error.facts.emplace_back("cause", name_of(gate.error->cause));
    return error;
}

bool has_more_than_taken(const std::optional<Error>& error) {
    return error && error->cause == Cause::gate_locked &&
           error->fact("lock") == name_of(Lock::part_not_saved);
}

}  // namespace mail::work
