// The engine's looks at messages: parts for a preview, messages saved as files, mails in files.

#include <algorithm>
#include <memory>
#include <utility>

#include "mail/base/ask_folder.h"
#include "mail/engine_state.h"
#include "mail/looked_at.h"
#include "mail/mime/headers.h"
#include "mail/work/choose.h"
#include "mail/work/extract.h"

namespace mail {

namespace {

/// A share that has gone does not answer: that is seen before it is read.
Result<std::unique_ptr<mime::Source>> open_mail(const std::string& path, const Wait& wait) {
    using Opened = Result<std::unique_ptr<mime::Source>>;
    const auto opened = std::make_shared<Opened>(std::unique_ptr<mime::Source>());
    auto asked = ask_folder(
        parent_path(path), [path, opened] { *opened = mime::open_source(path); },
        wait.within(folder_answers_in));
    if (!asked)
        return tl::unexpected(std::move(asked.error()));
    return std::move(*opened);
}

Wait until(const StopToken& stop) {
    return Wait{Clock::time_point::max(), stop};
}

std::shared_ptr<const LetterView> letter_of(work::Extraction found, const std::string& path,
                                            std::uint64_t size_octets) {
    auto letter = std::make_shared<LetterView>();
    letter->path = path;
    letter->subject = std::move(found.head.subject);
    letter->sender_name = std::move(found.head.sender_name);
    letter->sender_address = std::move(found.head.sender_address);
    letter->sent = mime::parse_date(found.head.raw_date);
    letter->size_octets = size_octets;
    letter->parts = std::move(found.parts);
    return letter;
}

bool is_loading(const PreviewView& view) {
    return !view.content && !view.error;
}

}  // namespace

std::optional<PreviewView> Engine::State::loading_view(const Command& command, JobId job) {
    PreviewView view;
    view.job = job;
    if (const auto* look = std::get_if<Preview>(&command)) {
        view.point = look->point;
        view.uid = look->uid;
        view.uid_validity = look->uid_validity;
        view.part = look->part;
        return view;
    }
    if (const auto* look = std::get_if<PreviewInFile>(&command)) {
        view.path = look->path;
        view.part = look->part;
        return view;
    }
    return std::nullopt;
}

void Engine::State::begin_preview(PreviewView loading) {
    JobId before = 0;
    board.change([&](Snapshot& draft) {
        if (draft.preview && is_loading(*draft.preview))
            before = draft.preview->job;
        draft.preview = std::make_shared<const PreviewView>(std::move(loading));
    });
    if (before != 0)
        cancel(before);
}

void Engine::State::show_preview(JobId job, Result<preview::Preview> outcome) {
    board.change([&](Snapshot& draft) {
        if (!draft.preview || draft.preview->job != job)
            return;
        auto shown = std::make_shared<PreviewView>(*draft.preview);
        if (outcome)
            shown->content = *std::move(outcome);
        else
            shown->error = std::move(outcome).error();
        draft.preview = std::move(shown);
    });
}

Result<void> Engine::State::run(const Preview& command, JobId job, const StopToken& stop) {
    auto seen = desk(command.point).looks.preview(job, command, stop);
    if (!seen)
        return tl::unexpected(std::move(seen.error()));
    show_preview(job, std::move(seen));
    return {};
}

Result<void> Engine::State::run(const SaveMessage& command, JobId job, const StopToken& stop) {
    return desk(command.point).looks.save(job, command, stop);
}

Result<void> Engine::State::run(const LookInto& command, JobId job, const StopToken& stop) {
    const Wait wait = until(stop);
    const std::string path = absolute_path(command.path);
    const auto source = open_mail(path, wait);
    if (!source)
        return tl::unexpected(source.error());
    auto found = work::extract(setup.workspace.disk(), **source, std::nullopt, {}, wait);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    auto letter = letter_of(*std::move(found), path, (*source)->size());
    board.change_job(job, [&](JobView& view) { view.letter = std::move(letter); });
    return {};
}

Result<void> Engine::State::run(const SaveFiles& command, JobId job, const StopToken& stop) {
    const Wait wait = until(stop);
    const std::string path = absolute_path(command.path);
    const std::string folder = absolute_path(command.folder);
    const auto source = open_mail(path, wait);
    if (!source)
        return tl::unexpected(source.error());
    auto found = work::extract(setup.workspace.disk(), **source, folder, {}, wait);
    if (!found)
        return tl::unexpected(std::move(found.error()));
    auto letter = letter_of(*std::move(found), path, (*source)->size());
    board.change_job(job, [&](JobView& view) {
        for (const PartView& part : letter->parts) {
            if (part.verdict == Verdict::taken)
                ++(part.reason == Reason::already_there ? view.files_there : view.files);
            if (part.error)
                ++view.parts_failed;
        }
        view.saved_path = folder;
        view.letter = std::move(letter);
    });
    return {};
}

Result<void> Engine::State::run(const PreviewInFile& command, JobId job, const StopToken& stop) {
    const Wait wait = until(stop);
    const auto source = open_mail(absolute_path(command.path), wait);
    if (!source)
        return tl::unexpected(source.error());
    const auto mail = mime::Message::read(**source);
    if (!mail)
        return tl::unexpected(mail.error());
    const auto& parts = mail->structure().parts;
    const auto fetch = [&](const mime::Part& part,
                           std::size_t max_octets) -> Result<work::PartOctets> {
        const auto at = std::ranges::find(parts, part.path, &mime::Part::path);
        return work::beginning_of(*mail, static_cast<std::size_t>(at - parts.begin()), max_octets);
    };
    auto seen =
        look_at(parts_to_look_at(work::choose(mail->structure(), {}), command.part), fetch, wait);
    if (!seen)
        return tl::unexpected(std::move(seen.error()));
    show_preview(job, std::move(seen));
    return {};
}

}  // namespace mail
