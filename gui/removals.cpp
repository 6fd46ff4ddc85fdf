#include "gui/removals.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <imgui.h>

#include "gui/locks.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"

namespace gui {
namespace {

using mail::JobView;
using Which = mail::Restore::Which;
using Lock = mail::work::Gate::Lock;

std::size_t number_in(std::string_view digits) {
    std::size_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

/// What a toast says of a removal; asked for in each language.
struct Outcome {
    bool from_mailbox = false;
    JobView::State state = JobView::State::done;
    std::size_t removed = 0, marked = 0, along = 0, kept = 0, being_taken = 0, held = 0;
    std::size_t gone = 0;            ///< somebody else had removed them before
    std::optional<mail::Error> why;  ///< of the first one that stayed, or of the job

    [[nodiscard]] std::string words(text::Language language) const;
    [[nodiscard]] NoteKind kind() const;
};

std::string Outcome::words(text::Language language) const {
    std::string all;
    const auto say = [&](const text::Text& sentence, std::size_t messages,
                         const std::string& cause) {
        all += all.empty() ? "" : all.ends_with('.') ? " " : ". ";
        all += text::fill(
            sentence, language,
            {{"messages", text::counted(text::message, language, messages)}, {"why", cause}});
    };
    const std::string cause = why ? text::words_of(*why, language).cause : "";
    if (state == JobView::State::cancelled)
        say(text::toast_removal_stopped, 0, "");
    if (removed > 0)
        say(from_mailbox ? text::toast_removed_mailbox : text::toast_removed_list, removed, "");
    else if (state == JobView::State::done && marked + kept + gone == 0)
        say(text::toast_nothing_to_remove, 0, "");
    if (marked > 0)
        say(text::toast_marked, marked, "");
    if (along > 0)
        say(text::toast_taken_along, along, "");
    if (gone > 0)
        say(text::toast_gone_before, gone, "");
    // What is said of one message is not said of several.
    if (kept > 0)
        say(kept > 1 && why && why->reach <= mail::Reach::message ? text::toast_kept_several
                                                                  : text::toast_kept,
            kept, cause);
    else if (why && removed + marked == 0)
        say(text::toast_nothing_removed, 0, cause);
    else if (why)
        all += ". " + cause;
    if (being_taken > 0)
        say(text::toast_left_out_taken, being_taken, "");
    if (held > 0)
        say(text::toast_left_out_held, held, "");
    return all;
}

NoteKind Outcome::kind() const {
    if (state == JobView::State::failed)
        return NoteKind::error;
    if (kept > 0 || marked > 0 || along > 0)
        return NoteKind::warning;
    if (gone > 0 && removed == 0)
        return NoteKind::info;
    return state == JobView::State::cancelled || removed == 0 ? NoteKind::info : NoteKind::ok;
}

/// Of a job that has removed from the mailbox.
Outcome outcome_of(const JobView& job) {
    Outcome outcome;
    outcome.from_mailbox = true;
    outcome.marked = std::min(job.marked, job.removed.size());
    outcome.removed = job.removed.size() - outcome.marked;
    outcome.along = job.taken_along.size();
    for (const auto& [uid, why] : job.kept) {
        if (why.cause == mail::Cause::message_gone) {
            ++outcome.gone;
            continue;
        }
        ++outcome.kept;
        if (!outcome.why)
            outcome.why = why;
    }
    return outcome;
}

void copy_details(const mail::Error& error, text::Language language) {
    ImGui::SetClipboardText(text::to_copy(text::words_of(error, language)).c_str());
}

}  // namespace

void Removals::remove(Frame& frame, const mail::PointView& point, const SelectionFacts& selection,
                      From from) {
    Order order;
    order.command.point = point.definition->id;
    order.command.uids = selection.on_list;
    order.command.from_mailbox = from == From::mailbox;
    if (from == From::mailbox)
        order.command.uids.insert(order.command.uids.end(), selection.off_list.begin(),
                                  selection.off_list.end());
    order.being_taken = selection.being_taken;
    order.held = selection.held;
    order.quarantine_days = point.definition->general.quarantine_days;
    if (order.command.uids.empty())
        return;
    if (from == From::list)
        return post(frame, std::move(order));
    RemovalQuestion question = question_of(point, order);
    if (question.held_back == 0 && order.quarantine_days > 0)
        return post(frame, std::move(order));
    order.command.despite_gate = question.held_back > 0;
    questions_.push_back({std::move(order), std::move(question)});
}

RemovalQuestion Removals::question_of(const mail::PointView& point, const Order& order) const {
    RemovalQuestion question;
    question.messages = order.command.uids.size();
    question.quarantine_days = order.quarantine_days;
    std::map<Lock, std::size_t> locks;
    for (const Lock lock : locks_of(point, order.command.uids, [&](std::uint32_t uid) {
             return kept(order.command.point, uid);
         }))
        if (lock != Lock::open)
            ++locks[lock];
    question.locks.assign(locks.begin(), locks.end());
    for (const auto& [lock, count] : locks)
        question.held_back += count;
    question.kind =
        question.held_back > 0 ? RemovalQuestion::Kind::unsaved : RemovalQuestion::Kind::no_copy;
    return question;
}

void Removals::post(Frame& frame, Order order) {
    const mail::JobId job = frame.post(order.command);
    removing_.emplace(job, std::move(order));
}

void Removals::show_in_list(Frame& frame, const std::string& point,
                            const SelectionFacts& selection) {
    std::vector<Which> messages;
    for (const std::uint32_t uid : selection.off_list)
        messages.push_back({uid, 0});
    static_cast<void>(restore(frame, point, std::move(messages)));
}

mail::JobId Removals::restore(Frame& frame, const std::string& point, std::vector<Which> messages) {
    mail::Restore command{point, std::move(messages)};
    const mail::JobId job = frame.post(command);
    restoring_.emplace(job, std::move(command));
    return job;
}

void Removals::draw(Frame& frame) {
    if (questions_.empty())
        return;
    if (!dialog_.is_open())
        dialog_.open(questions_.front().words);
    const RemovalAnswer answer = dialog_.draw(frame);
    if (answer == RemovalAnswer::none)
        return;
    Question asked = std::move(questions_.front());
    questions_.pop_front();
    if (answer == RemovalAnswer::nothing)
        return;
    using Others = mail::Remove::Others;
    if (answer == RemovalAnswer::only_mark)
        asked.order.command.others = Others::only_mark;
    else if (asked.words.kind == RemovalQuestion::Kind::others)
        asked.order.command.others = Others::take_along;
    post(frame, std::move(asked.order));
}

bool Removals::waits_for(mail::JobId job) const {
    return removing_.contains(job) || restoring_.contains(job);
}

void Removals::report(const Frame& frame, const JobView& job, Told told) {
    if (auto removal = removing_.extract(job.id)) {
        report_removal(frame, job, removal.mapped());
    } else if (auto restore = restoring_.extract(job.id)) {
        note_restored(job, restore.mapped());
        if (told == Told::here)
            report_restore(frame, job, restore.mapped());
    }
}

void Removals::note_kept(const JobView& job, const std::vector<std::uint32_t>& asked) {
    std::map<std::uint32_t, mail::Error>& kept = kept_[job.point];
    for (const std::uint32_t uid : asked)
        kept.erase(uid);
    for (const Which& which : job.removed)
        kept.erase(which.uid);
    for (const auto& [uid, why] : job.kept)
        kept.insert_or_assign(uid, why);
}

Removals::AfterTaking Removals::after_taking(const mail::Snapshot& snapshot, const JobView& job) {
    if (job.removed.empty() && job.kept.empty())
        return {};
    note_kept(job, {});
    const Outcome outcome = outcome_of(job);
    AfterTaking after{[outcome](text::Language language) { return outcome.words(language); }};
    const mail::PointView* point = snapshot.point(job.point);
    if (!job.removed.empty() && point != nullptr && point->definition->general.quarantine_days > 0)
        after.undo = undo_.add_messages(job.point, job.removed);
    return after;
}

void Removals::report_removal(const Frame& frame, const JobView& job, const Order& order) {
    const bool failed = job.state == JobView::State::failed;
    if (failed && job.error && job.error->cause == mail::Cause::others_marked) {
        RemovalQuestion question;
        question.kind = RemovalQuestion::Kind::others;
        question.messages = order.command.uids.size();
        question.quarantine_days = order.quarantine_days;
        question.others = number_in(job.error->fact("count"));
        questions_.push_back({order, std::move(question)});
        return;
    }
    note_kept(job, order.command.uids);
    Outcome outcome = outcome_of(job);
    outcome.from_mailbox = order.command.from_mailbox;
    outcome.state = job.state;
    outcome.being_taken = order.being_taken;
    outcome.held = order.held;
    outcome.why = outcome.kept > 0 ? outcome.why : job.error;
    Toast toast{outcome.kind(),
                [outcome](text::Language language) { return ToastWords{outcome.words(language)}; }};
    // Without a copy only what is on the server still can be brought back.
    const bool comes_back = !order.command.from_mailbox || order.quarantine_days > 0;
    if (!job.removed.empty() && comes_back) {
        const std::uint64_t number = undo_.add_messages(order.command.point, job.removed);
        toast.words = [outcome](text::Language language) {
            return ToastWords{outcome.words(language), std::string(text::undo.in(language))};
        };
        toast.pressed = [this, number] { undo_.wish(number); };
    } else if (outcome.why) {
        toast.words = [outcome](text::Language language) {
            return ToastWords{outcome.words(language),
                              std::string(text::copy_details.in(language))};
        };
        toast.pressed = [why = *outcome.why, language = frame.language] {
            copy_details(why, language);
        };
    }
    toasts_.show(std::move(toast));
}

void Removals::note_restored(const JobView& job, const mail::Restore& posted) {
    if (job.state == JobView::State::done)
        undo_.messages_are_back(posted.point, posted.messages);
    else
        undo_.failed(job.id);
}

void Removals::report_restore(const Frame& frame, const JobView& job, const mail::Restore& posted) {
    std::vector<Which> back;
    std::copy_if(posted.messages.begin(), posted.messages.end(), std::back_inserter(back),
                 [&](const Which& which) {
                     return std::none_of(job.kept.begin(), job.kept.end(),
                                         [&](const auto& kept) { return kept.first == which.uid; });
                 });
    const bool done = job.state == JobView::State::done;
    const std::size_t restored = done ? back.size() : 0;
    const std::optional<mail::Error> why =
        !job.kept.empty() ? std::optional(job.kept.front().second) : job.error;
    const std::size_t not_back = posted.messages.size() - restored;
    const bool stopped = job.state == JobView::State::cancelled;
    const auto words = [=](text::Language language) {
        const auto say = [&](const text::Text& sentence, std::size_t messages) {
            return text::fill(
                sentence, language,
                {{"messages", text::counted(text::message, language, messages)},
                 {"why", why ? text::words_of(*why, language).cause : std::string()}});
        };
        std::string all = restored > 0 ? say(text::toast_restored, restored) : std::string();
        if (stopped && !why)
            return std::string(text::toast_removal_stopped.in(language));
        if (not_back > 0)
            all += (all.empty() ? "" : ". ") + say(text::toast_not_restored, not_back);
        return all;
    };
    if (!why) {
        toasts_.show({stopped ? NoteKind::info : NoteKind::ok,
                      [words](text::Language language) { return ToastWords{words(language)}; }});
        return;
    }
    toasts_.show(
        {restored > 0 ? NoteKind::warning : NoteKind::error,
         [words](text::Language language) {
             return ToastWords{words(language), std::string(text::copy_details.in(language))};
         },
         [why, language = frame.language] { copy_details(*why, language); }});
}

const mail::Error* Removals::kept(const std::string& point, std::uint32_t uid) const {
    const auto found = kept_.find(point);
    if (found == kept_.end())
        return nullptr;
    const auto error = found->second.find(uid);
    return error == found->second.end() ? nullptr : &error->second;
}

}  // namespace gui
