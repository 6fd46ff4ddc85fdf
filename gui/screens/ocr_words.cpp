#include "gui/screens/ocr_words.h"

#include <algorithm>
#include <array>

#include "gui/icons.h"
#include "gui/screens/arrange.h"
#include "gui/text/format.h"
#include "gui/text/ocr.h"
#include "gui/text/ocr_queue.h"
#include "gui/text/plurals.h"
#include "mail/base/disk.h"
#include "mail/base/utf8.h"
#include "mail/ocr/limits.h"

namespace gui {

using mail::store::OcrJob;

OcrCounts counts_of(const mail::OcrView* queue) {
    OcrCounts counts;
    if (queue == nullptr)
        return counts;
    counts.all = queue->files.size();
    for (const mail::OcrView::File& file : queue->files) {
        const OcrJob::State state = file.job.state;
        ++(state == OcrJob::State::queued    ? counts.queued
           : state == OcrJob::State::running ? counts.running
           : state == OcrJob::State::done    ? counts.done
                                             : counts.failed);
        counts.lies_long += file.lies_long ? 1 : 0;
    }
    return counts;
}

bool runs_here(const OcrJob& job) {
    return job.state == OcrJob::State::running && job.host.empty();
}

bool is_ocr(const mail::PointView* point) {
    return point != nullptr && point->definition->type == mail::point::Type::ocr;
}

bool is_for_another_program(const mail::PointView& point) {
    return point.definition->ocr.command.find_first_not_of(" \t") == std::string::npos;
}

bool is_taken_by_other(const OcrJob& job, const mail::PointView& point) {
    return job.state == OcrJob::State::done && job.result.empty() && is_for_another_program(point);
}

const mail::Error* fault_of(const mail::PointView& point, const mail::Error* refused) {
    if (refused != nullptr && refused->cause != mail::Cause::command_not_allowed)
        return refused;
    return point.ocr && point.ocr->fault ? &*point.ocr->fault : nullptr;
}

std::string state_words(const mail::OcrView::File& file, text::Language language) {
    std::string words = text::words_of(file.job.state, language);
    if (file.lies_long)
        words += ", " + std::string(text::ocr_long.in(language));
    if (file.job.state == OcrJob::State::running && !file.job.host.empty())
        words += " " + text::fill(text::ocr_running_on, language,
                                  {{"host", mail::utf8::one_line(file.job.host)}});
    return words;
}

std::string outcome_words(const OcrJob& job, const mail::PointView& point,
                          text::Language language) {
    if (job.state == OcrJob::State::failed)
        return mail::utf8::one_line(text::why_failed(job, language));
    if (job.state != OcrJob::State::done)
        return "";
    return is_taken_by_other(job, point) ? std::string(text::ocr_taken_by_other.in(language))
                                         : mail::utf8::one_line(job.result);
}

std::pair<NoteKind, std::string> queue_words(const mail::PointView& point, bool runs,
                                             const mail::Error* refused, text::Language language) {
    if (!point.ocr)
        return {NoteKind::info, std::string(text::ocr_queue_opening.in(language))};
    const OcrCounts counts = counts_of(point.ocr.get());
    const std::string waiting = text::number(counts.queued, language);
    const auto say = [&](const text::Text& words) {
        return text::fill(words, language,
                          {{"n", waiting}, {"m", text::number(counts.running, language)}});
    };
    if (is_for_another_program(point))
        return {NoteKind::info, say(text::ocr_queue_of_others)};
    if (refused != nullptr && refused->cause == mail::Cause::command_not_allowed)
        return {NoteKind::warning, say(text::ocr_queue_not_allowed)};
    if (runs)
        return {NoteKind::info, say(text::ocr_queue_runs)};
    return {counts.queued > 0 ? NoteKind::warning : NoteKind::info, say(text::ocr_queue_stopped)};
}

std::string path_to_open(const std::string& path) {
    static constexpr std::array<std::string_view, 11> harmless{
        ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic", ".txt"};
    const std::string plain = mail::utf8::folded(path);
    const bool opens = std::ranges::any_of(
        harmless, [&](std::string_view ending) { return plain.ends_with(ending); });
    return opens ? path : mail::parent_path(path);
}

std::size_t not_accepted(const mail::Snapshot& snapshot, const mail::PointView& point,
                         std::span<const std::uint32_t> uids) {
    const mail::PointView* ocr_point = ocr_point_of(snapshot, point);
    if (ocr_point == nullptr || !point.mailbox)
        return 0;
    std::size_t count = 0;
    for (const std::uint32_t uid : uids) {
        const mail::MessageRow* row = find_message(*point.mailbox, uid);
        if (row == nullptr)
            continue;
        const mail::work::PartList& parts = parts_of(*row, point.mailbox->state_of(*row));
        if (!parts)
            continue;
        for (const mail::PartView& part : parts.unpack())
            if (part.verdict == mail::Verdict::taken &&
                mail::ocr::reason_against(part, ocr_point->definition->ocr) != OcrJob::Reason::none)
                ++count;
    }
    return count;
}

const mail::OcrView::File* ocr_file_of(const mail::PointView& ocr_point,
                                       const mail::PartView& part) {
    if (!ocr_point.ocr || part.file.empty())
        return nullptr;
    const auto& files = ocr_point.ocr->files;
    const auto found = std::ranges::find_if(files, [&](const mail::OcrView::File& file) {
        return part.size_octets == file.job.size_octets && part.file.ends_with(file.job.file) &&
               mail::join_path(file.job.folder, file.job.file) == part.file;
    });
    return found == files.end() ? nullptr : &*found;
}

std::pair<Mark, std::string> ocr_words_of(const mail::PartView& part,
                                          const mail::PointView& ocr_point,
                                          const mail::OcrView::File* file,
                                          text::Language language) {
    using Reason = OcrJob::Reason;
    if (file != nullptr) {
        std::string words =
            text::fill(text::ocr_of_file, language, {{"state", state_words(*file, language)}});
        if (file->job.state == OcrJob::State::failed)
            words += ", " + outcome_words(file->job, ocr_point, language);
        return {mark_of(*file), std::move(words)};
    }
    const Reason reason = mail::ocr::reason_against(part, ocr_point.definition->ocr);
    if (reason == Reason::none)
        return {};
    OcrJob refused;
    refused.reason = reason;
    const Colours& c = colours();
    return {{icon::warning, c.warn, c.warn},
            text::fill(text::ocr_not_accepted, language,
                       {{"why", text::why_failed(refused, language)}})};
}

std::string ocr_line(const mail::PointView& point, text::Language language) {
    if (!point.ocr)
        return point.definition->general.folder;
    if (point.ocr->fault)
        return std::string(text::ocr_bar_fault.in(language));
    const OcrCounts counts = counts_of(point.ocr.get());
    const std::size_t waiting = counts.queued + counts.running;
    std::string words = waiting == 0
                            ? std::string(text::empty_ocr.in(language))
                            : text::fill(text::ocr_in_queue, language,
                                         {{"files", text::counted(text::file, language, waiting)}});
    const auto add = [&](const text::Text& more, std::size_t count) {
        if (count > 0)
            words =
                text::fill(more, language, {{"what", words}, {"n", text::number(count, language)}});
    };
    add(text::ocr_and_failed, counts.failed);
    add(text::ocr_and_long, counts.lies_long);
    return words;
}

const mail::PointView* ocr_point_of(const mail::Snapshot& snapshot, const mail::PointView& point) {
    const auto& chosen = point.definition->general.ocr_point;
    const mail::PointView* found = chosen ? snapshot.point(*chosen) : nullptr;
    const bool is_one = found != nullptr && found->definition->type == mail::point::Type::ocr &&
                        point.definition->type == mail::point::Type::mailbox;
    return is_one ? found : nullptr;
}

std::size_t files_that_lie_long(const mail::Snapshot& snapshot, const mail::PointView& point) {
    const mail::PointView* found = ocr_point_of(snapshot, point);
    return found == nullptr ? 0 : counts_of(found->ocr.get()).lies_long;
}

bool needs_somebody(const mail::PointView& point) {
    const OcrCounts counts = counts_of(point.ocr.get());
    return (point.ocr && point.ocr->fault) || counts.failed > 0 || counts.lies_long > 0;
}

}  // namespace gui
