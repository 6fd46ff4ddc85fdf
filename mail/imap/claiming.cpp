#include "mail/imap/claiming.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "mail/imap/ask.h"
#include "mail/imap/sequence_set.h"

namespace mail::imap {

namespace {

/// A line of so many UIDs is short enough for every server.
constexpr std::size_t uids_a_command = 500;

std::vector<std::vector<Uid>> in_lines(const std::vector<Uid>& uids) {
    std::vector<std::vector<Uid>> lines;
    for (std::size_t first = 0; first < uids.size(); first += uids_a_command) {
        const auto begin = uids.begin() + static_cast<std::ptrdiff_t>(first);
        const std::size_t count = std::min(uids_a_command, uids.size() - first);
        lines.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(count));
    }
    return lines;
}

std::string set_mark(Claimant claimant) {
    return "+FLAGS.SILENT (" + keyword_of(claimant) + ")";
}

}  // namespace

ClaimCommands::ClaimCommands(const Claim& claim, const Capabilities& capabilities) : claim_(claim) {
    add(Kind::store, claim.owned);
    if (!capabilities.condstore)
        add_stores_and_looks();
    else if (claim.unchanged_since != 0)
        add(Kind::store_if, claim.uids);
    else
        contest(claim.uids);
    if (commands_.empty())
        claim_.answered();
}

void ClaimCommands::add(Kind kind, const std::vector<Uid>& uids) {
    for (std::vector<Uid>& line : in_lines(uids))
        commands_.push_back({kind, std::move(line)});
}

/// Courier 5.0 tells the keywords as they were when the folder was opened, until it is asked for
/// nothing.
void ClaimCommands::add_stores_and_looks() {
    for (const std::vector<Uid>& line : in_lines(claim_.uids)) {
        commands_.push_back({Kind::store, line});
        // Another may have looked before our STORE, too, and stored before or behind it.
        if (claim_.claimant != 0) {
            commands_.push_back({Kind::bring_up_to_date, {}});
            commands_.push_back({Kind::look_again, line});
        }
    }
}

void ClaimCommands::contest(std::vector<Uid> uids) const {
    if (uids.empty())
        return;
    std::ranges::sort(uids);
    claim_.contested(uids);
}

std::optional<Command> ClaimCommands::next() {
    if (given_ == commands_.size())
        return std::nullopt;
    const One& one = commands_[given_++];
    const std::string set = to_sequence_set(one.uids);
    switch (one.kind) {
    case Kind::bring_up_to_date:
        return plain_command("NOOP");
    case Kind::look_again:
        return plain_command("UID FETCH " + set + " (UID FLAGS)");
    case Kind::store:
        return plain_command("UID STORE " + set + " " + set_mark(claim_.claimant));
    case Kind::store_if:
        break;
    }
    return plain_command("UID STORE " + set + " (UNCHANGEDSINCE " +
                         std::to_string(claim_.unchanged_since) + ") " + set_mark(claim_.claimant));
}

void ClaimCommands::take(const FetchData& data) {
    if (data.uid && data.flags)
        note_rival(data);
}

/// Some servers let two set their marks in one moment (Dovecot 2.3 compares first and locks then).
/// A silent STORE is answered with flags only where somebody else has changed them: at the later of
/// the two at once, at the other with one of its next answers. Both go by the same rule.
void ClaimCommands::note_rival(const FetchData& data) {
    const auto whose = claimant_of(*data.flags);
    if (claim_.claimant == 0 || !whose || *whose == claim_.claimant ||
        std::ranges::find(claim_.uids, *data.uid) == claim_.uids.end())
        return;
    if (is_open())
        rivals_.push_back(*data.uid);
    else
        claim_.contested({*data.uid});
}

void ClaimCommands::judge(std::size_t command, const Status& status) {
    const One& one = commands_.at(command);
    if (one.kind == Kind::bring_up_to_date || one.kind == Kind::look_again)
        return;
    if (one.kind == Kind::store_if && status.has_code("MODIFIED")) {
        auto uids = parse_sequence_set(status.code->raw_arguments);
        if (!uids) {
            contest(one.uids);
            return;
        }
        std::erase_if(*uids, [&](Uid uid) { return !std::ranges::binary_search(one.uids, uid); });
        contest(std::move(*uids));
        return;
    }
    if (!status.is_ok())
        claim_.refused();
}

void ClaimCommands::completed(std::size_t command, const Status& status) {
    ++completed_;
    judge(command, status);
    contest(std::exchange(rivals_, {}));
    if (!is_open())
        claim_.answered();
}

Result<std::optional<Command>> ClaimingTransfer::next_command() {
    if (auto command = claims_.next())
        return command;
    return parts_.next_command();
}

Result<void> ClaimingTransfer::completed(std::size_t command, const Status& status) {
    if (command >= claims_.count())
        return parts_.completed(command - claims_.count(), status);
    claims_.completed(command, status);
    return {};
}

Result<Exchange::Use> ClaimingTransfer::untagged(Response& response) {
    const auto* data = std::get_if<FetchData>(&response);
    // What tells of flags alone says nothing of whether the parts are still there.
    if (data != nullptr && data->bodies.empty()) {
        const bool is_of_claim = claims_.is_open();
        claims_.take(*data);
        if (is_of_claim)
            return Use::used;
    }
    return parts_.untagged(response);
}

}  // namespace mail::imap
