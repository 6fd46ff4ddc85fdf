#include "gui/screens/job_strip.h"

#include <algorithm>
#include <cmath>

#include "gui/acts.h"
#include "gui/redraw.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/progress.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::JobView;
using namespace std::chrono_literals;

// A time left is shown after a while only, and changes slowly: a jumping number tells nothing.
constexpr auto quiet_at_first = 2s, averaged_over = 5s, changes_every = 1s;
constexpr auto patience = 300ms;

bool removes(const JobView& job) {
    return job.kind == JobView::Kind::remove_messages ||
           job.kind == JobView::Kind::restore_messages;
}

const text::Text& title_of(const JobView& job) {
    if (job.kind == JobView::Kind::remove_messages)
        return text::job_removing;
    return job.kind == JobView::Kind::restore_messages ? text::job_restoring : text::job_title;
}

}  // namespace

const JobView* JobStrip::find(const mail::Snapshot& snapshot, const std::string& point) {
    for (auto job = snapshot.jobs.rbegin(); job != snapshot.jobs.rend(); ++job)
        if ((*job)->kind == JobView::Kind::take && (*job)->point == point && !(*job)->has_ended())
            return job->get();
    return nullptr;
}

const JobView* JobStrip::shown(const mail::Snapshot& snapshot, const std::string& point) {
    if (const JobView* takes = find(snapshot, point))
        return takes;
    for (const auto& job : snapshot.jobs) {
        if (!removes(*job) || job->point != point || job->has_ended() ||
            job->state == JobView::State::waiting)
            continue;
        // Most of them are done before anybody could read it.
        if (Clock::now() - job->started >= patience)
            return job.get();
        redraw_within(patience);
    }
    return nullptr;
}

void JobStrip::sample(const JobView& job) {
    const Clock::time_point now = Clock::now();
    if (job.id != job_) {
        job_ = job.id;
        stopping_ = false;
        samples_.clear();
        left_ = 0s;
    }
    if (samples_.empty() || samples_.back().octets != job.octets_done)
        samples_.push_back({now, job.octets_done});
    while (samples_.size() > 2 && now - samples_.front().when > averaged_over)
        samples_.pop_front();
    if (now - left_at_ < changes_every || now - job.started < quiet_at_first)
        return;
    const std::chrono::duration<double> time = now - samples_.front().when;
    const auto octets = static_cast<double>(job.octets_done - samples_.front().octets);
    if (octets <= 0 || time.count() <= 0)
        return;
    const auto rest =
        static_cast<double>(job.octets_total - std::min(job.octets_done, job.octets_total));
    left_ = std::chrono::seconds(std::lround(rest / octets * time.count()));
    left_at_ = now;
}

std::string JobStrip::rate(const Frame& frame, const JobView& job) const {
    if (job.held_up)
        return text::fill(text::job_held_up, frame.language,
                          {{"cause", text::words_of(*job.held_up, frame.language).cause}});
    const std::string done = text::size_so_far(job.octets_done, job.octets_total, frame.language);
    const std::string total = text::size(job.octets_total, frame.language);
    if (left_ <= 0s)
        return text::fill(text::job_bytes, frame.language, {{"done", done}, {"total", total}});
    return text::fill(
        text::job_rate, frame.language,
        {{"done", done}, {"total", total}, {"left", text::time_left(left_, frame.language)}});
}

bool JobStrip::is_stopping(const JobView& job) const {
    return (job.id == job_ && stopping_) || job.state == JobView::State::stopping;
}

void JobStrip::cancel(Frame& frame, const JobView& job) {
    sample(job);
    stopping_ = true;
    frame.cancel(job.id);
}

void JobStrip::draw(Frame& frame, const JobView& job) {
    sample(job);
    redraw_within(1000ms);
    const text::Language language = frame.language;
    const bool stopping = is_stopping(job);
    begin_strip("##job", NoteKind::info, height);
    const float middle = std::floor(ImGui::GetWindowHeight() / 2), start = ImGui::GetCursorPosX();
    ImGui::SetCursorPosY(middle - std::floor(px(15) / 2));
    push_font(Weight::medium, 15);
    const std::string title =
        stopping ? std::string(text::job_stopping.in(language))
                 : text::fill(title_of(job), language,
                              {{"k", text::number(job.messages_done, language)},
                               {"messages", text::counted(text::message_genitive, language,
                                                          job.messages_total)}});
    const std::string label = std::string(text::cancel.in(language)) + "###cancel";
    const float button = button_width(label.c_str());
    const float right = ImGui::GetWindowWidth() - px(16) - button;
    ellipsis_text(title, right - start - px(16), frame.colours.text);
    pop_font();
    if (job.held_up || job.octets_total > 0) {
        push_font(Weight::regular, 15);
        ImGui::SameLine(0, px(11));
        ellipsis_text(rate(frame, job), std::max(0.F, right - ImGui::GetCursorPosX() - px(16)),
                      job.held_up ? frame.colours.warn : frame.colours.muted);
        pop_font();
    }
    ImGui::SameLine();
    // The reason why nothing moves needs the room of the bar.
    const float bar =
        job.held_up ? right : std::max(ImGui::GetCursorPosX() + px(8), start + px(354));
    if (right - px(16) - bar > px(60)) {
        ImGui::SetCursorPos({bar, middle - px(3)});
        const auto total = static_cast<float>(job.octets_total);
        progress_bar(total > 0 ? static_cast<float>(job.octets_done) / total : 0.F,
                     right - px(16) - bar);
    }
    ImGui::SetCursorPos({right, middle - px(16)});
    const std::string off = stopping ? std::string(text::job_stopping.in(language)) : "";
    if (gui::button(label.c_str(), {}, off))
        cancel(frame, job);
    if (!stopping)
        tooltip(name_of_keys(row_of(Act::cancel_job).keys));
    end_strip();
}

void call_off(Frame& frame, const WaitingRemovals& waiting) {
    for (const mail::JobId job : waiting.jobs)
        frame.cancel(job);
}

void draw_waiting(Frame& frame, const WaitingRemovals& waiting) {
    begin_strip("##waiting", NoteKind::info, JobStrip::height);
    const float middle = std::floor(ImGui::GetWindowHeight() / 2), start = ImGui::GetCursorPosX();
    ImGui::SetCursorPosY(middle - std::floor(px(15) / 2));
    const std::string off = std::string(text::do_not_remove.in(frame.language)) + "###call_off";
    const float right = ImGui::GetWindowWidth() - px(16) - button_width(off.c_str());
    push_font(Weight::medium, 15);
    ellipsis_text(text::fill(text::waiting_removals, frame.language,
                             {{"messages",
                               text::counted(text::message, frame.language, waiting.uids.size())}}),
                  right - start - px(16), frame.colours.text);
    pop_font();
    ImGui::SetCursorPos({right, middle - px(16)});
    if (gui::button(off.c_str()))
        call_off(frame, waiting);
    end_strip();
}

}  // namespace gui
