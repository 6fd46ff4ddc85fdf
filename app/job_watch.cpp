#include "app/job_watch.h"

#include <cstdio>
#include <utility>

#include "app/terminal.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/format.h"
#include "gui/text/ladder.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"

namespace app {

namespace {

using State = mail::JobView::State;

// Signals only set a flag: this is how soon it is seen.
constexpr auto look_for_signal = std::chrono::milliseconds(50);

bool has_ended(const mail::JobView& job) {
    return job.state == State::done || job.state == State::failed || job.state == State::cancelled;
}

std::string progress_of(const mail::JobView& job, gui::text::Language language) {
    namespace text = gui::text;
    if (job.state == State::stopping)
        return std::string(text::progress_stopping.in(language));
    if (job.held_up)
        return text::fill(text::job_held_up, language,
                          {{"cause", text::words_of(*job.held_up, language).cause}});
    if (job.diagnosis)
        for (const mail::diagnose::Step& step : job.diagnosis->steps)
            if (step.verdict == mail::diagnose::Verdict::running)
                return text::fill(text::diagnosis_running, language,
                                  {{"step", text::step_name(step.layer, language)}});
    if (job.messages_total == 0)
        return {};
    const std::string done = text::number(job.messages_done, language);
    if (job.kind == mail::JobView::Kind::take)
        return text::fill(
            text::progress_taking, language,
            {{"k", done},
             {"messages", text::counted(text::message_genitive, language, job.messages_total)},
             {"done", text::size(job.octets_done, language)},
             {"total", text::size(job.octets_total, language)}});
    using Kind = mail::JobView::Kind;
    const text::Text& words = job.kind == Kind::remove_messages    ? text::job_removing
                              : job.kind == Kind::restore_messages ? text::job_restoring
                                                                   : text::progress_listing;
    return text::fill(
        words, language,
        {{"k", done},
         {"messages", text::counted(text::message_genitive, language, job.messages_total)}});
}

}  // namespace

void JobWatch::wake() {
    const std::scoped_lock lock(mutex_);
    ++changes_;
    changed_.notify_one();
}

mail::JobView JobWatch::wait(mail::Engine& engine, mail::JobId job, gui::text::Language language,
                             const Observer& observer) {
    bool cancelled = false;
    std::uint64_t seen = 0;
    for (;;) {
        const auto snapshot = engine.snapshot();
        if (const mail::JobView* view = snapshot->job(job)) {
            if (has_ended(*view)) {
                clear_line();
                return *view;
            }
            if (observer)
                observer(*view);
            show(*view, language);
        }
        if (stop_signalled() && !cancelled) {
            cancelled = true;
            engine.cancel(job);
        }
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, look_for_signal, [&] { return changes_ != seen; });
        seen = changes_;
    }
}

void JobWatch::show(const mail::JobView& job, gui::text::Language language) {
    if (!error_stream_is_terminal())
        return tell_hold_up(job, language);
    const std::string line = progress_of(job, language);
    if (line == shown_)
        return;
    std::fprintf(stderr, "\r\x1b[K%s", line.c_str());
    std::fflush(stderr);
    shown_ = line;
}

void JobWatch::tell_hold_up(const mail::JobView& job, gui::text::Language language) {
    if (!job.held_up)
        return;
    const std::string line = progress_of(job, language);
    if (std::exchange(told_, line) != line)
        std::fprintf(stderr, "%s\n", line.c_str());
}

void JobWatch::clear_line() {
    if (!shown_.empty())
        std::fprintf(stderr, "\r\x1b[K");
    shown_.clear();
}

}  // namespace app
