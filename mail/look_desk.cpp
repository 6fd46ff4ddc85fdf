#include "mail/look_desk.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "mail/base/ask_folder.h"
#include "mail/looked_at.h"

namespace mail {

namespace {

constexpr std::uint64_t progress_step_octets = 64 << 10;
// Each look that is stopped costs the session: who goes through a list fast must not sign in at
// each of its messages.
constexpr auto between_sign_ins = std::chrono::seconds(2);

std::optional<MessageRow> row_of(const MailboxView& mailbox, std::uint32_t uid) {
    for (const auto& chunk : mailbox.chunks)
        if (const auto found = std::ranges::find(*chunk, uid, &MessageRow::uid);
            found != chunk->end())
            return *found;
    return std::nullopt;
}

/// Numbers of parts that reading the mail has found need not be those of the server.
bool has_part(const MessageRow& row, const mime::Part& part) {
    return std::ranges::any_of(row.parts.unpack(), [&](const PartView& view) {
        return view.part.path == part.path && view.part.type == part.type &&
               view.part.size_octets == part.size_octets;
    });
}

/// The folder may be on a share that has gone: that it answers is seen before anything is fetched.
Result<void> ask_for_folder(Disk& disk, const std::string& folder, const Wait& wait) {
    const auto is_there = std::make_shared<bool>(false);
    auto asked = ask_folder(
        folder, [&disk, folder, is_there] { *is_there = disk.look(folder).has_value(); },
        wait.within(folder_answers_in));
    if (asked && !*is_there)
        return fail(Cause::folder_not_found, Layer::target, Reach::message, {{"path", folder}});
    return asked;
}

}  // namespace

LookDesk::LookDesk(PointDesk::Setup setup)
    : board_(setup.board), disk_(setup.disk), point_(std::move(setup.point)),
      session_({setup.board, setup.secrets, setup.keeper, std::move(setup.given_password),
                std::move(setup.password_key), std::move(setup.with_client),
                std::move(setup.transcript), setup.time}) {}

void LookDesk::use_password(const Secret& password) {
    // Kept by the point's own work, if at all.
    static_cast<void>(session_.give_password({point_, password, false}, StopToken()));
}

Result<LookDesk::Listed> LookDesk::listed(std::uint32_t uid, std::uint32_t uid_validity) const {
    const auto view = board_.point(point_);
    const auto mailbox = view ? view->mailbox : nullptr;
    const Facts facts{{"uid", std::to_string(uid)}};
    if (!mailbox)
        return fail(Cause::message_gone, Layer::fetch, Reach::message, facts);
    if (uid_validity != 0 && uid_validity != mailbox->uid_validity)
        return fail(Cause::uidvalidity_changed, Layer::select, Reach::folder,
                    {{"uid_validity", std::to_string(mailbox->uid_validity)}});
    auto row = row_of(*mailbox, uid);
    if (!row)
        return fail(Cause::message_gone, Layer::fetch, Reach::message, facts);
    Parts parts = parts_of(*row, mailbox->state_of(*row)).unpack();
    return Listed{*std::move(row), std::move(parts), mailbox->uid_validity};
}

Result<void> LookDesk::keep_sign_ins_apart(const Wait& wait) {
    if (session_.is_open())
        return {};
    if (const auto now = wait.now(); now < next_sign_in_)
        if (auto waited = wait.pause(next_sign_in_ - now, Layer::auth, Reach::point); !waited)
            return waited;
    next_sign_in_ = wait.now() + between_sign_ins;
    return {};
}

Result<void> LookDesk::look_once(const point::Point& point, std::uint32_t uid_validity,
                                 const Wait& wait, const Look& look) {
    if (auto opened = session_.keep_folder_open(point, wait); !opened)
        return opened;
    auto peek = work::Peek::on(*session_, session_.opened(), uid_validity);
    if (!peek)
        return tl::unexpected(std::move(peek.error()));
    auto looked = look(*peek);
    if (peek->is_spent())
        session_.drop();
    return looked;
}

Result<void> LookDesk::peek(std::uint32_t uid_validity, const Wait& wait, const Look& look) {
    const auto view = board_.point(point_);
    if (!view)
        return fail(Cause::point_not_found, Layer::workspace, Reach::point, {{"name", point_}});
    for (;;) {
        if (auto may = keep_sign_ins_apart(wait); !may)
            return may;
        auto looked = look_once(*view->definition, uid_validity, wait, look);
        if (looked || looked.error().reach < Reach::connection ||
            looked.error().layer >= Layer::target)
            return looked;
        session_.drop();
        if (auto waited = session_.hold_off(looked.error(), wait); !waited)
            return waited;
    }
}

Result<preview::Preview> LookDesk::preview(JobId job, const Preview& command,
                                           const StopToken& stop) {
    const Wait wait = session_.begin(job, PointSession::Purpose::look, stop);
    auto message = listed(command.uid, command.uid_validity);
    if (!message)
        return tl::unexpected(std::move(message.error()));
    const auto parts = parts_to_look_at(message->parts, command.part);
    Result<preview::Preview> seen = preview::Preview(preview::NoPreview::empty);
    const auto look = [&](work::Peek& peek) -> Result<void> {
        const auto fetch = [&](const mime::Part& part, std::size_t max_octets) {
            MessageRow row = message->row;
            row.whole_needed = row.whole_needed || !has_part(row, part);
            return peek.part(row, part, max_octets, wait);
        };
        seen = look_at(parts, fetch, wait);
        return seen.map([](const auto&) {});
    };
    return peek(message->uid_validity, wait, look).and_then([&] { return std::move(seen); });
}

Result<void> LookDesk::save(JobId job, const SaveMessage& command, const StopToken& stop) {
    const Wait wait = session_.begin(job, PointSession::Purpose::look, stop);
    const auto message = listed(command.uid, command.uid_validity);
    if (!message)
        return tl::unexpected(message.error());
    using Existing = work::SaveTo::Existing;
    const work::SaveTo to{absolute_path(command.path),
                          command.replace ? Existing::replace : Existing::keep};
    if (auto there = ask_for_folder(disk_, parent_path(to.path), wait); !there)
        return there;
    board_.change_job(job, [&](JobView& view) { view.octets_total = message->row.size_octets; });
    std::uint64_t shown = 0;
    const auto progress = [&](std::uint64_t octets) {
        if (octets >= shown && octets < shown + progress_step_octets)
            return;
        shown = octets;
        board_.change_job(job, [&](JobView& view) { view.octets_done = octets; });
    };
    return peek(message->uid_validity, wait, [&](work::Peek& peek) {
        return peek.save(disk_, message->row, to, progress, wait)
            .map([&](const work::SavedMail& saved) {
                board_.change_job(job, [&](JobView& view) {
                    view.octets_done = view.octets_total = saved.size_octets;
                    view.saved_path = to.path;
                    view.doubt = saved.doubt;
                });
            });
    });
}

}  // namespace mail
