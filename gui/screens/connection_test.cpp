#include "gui/screens/connection_test.h"

#include <utility>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/screens/ladder.h"
#include "gui/text/causes.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {

using mail::JobView;

namespace {

bool pressed(const text::Text& words, const char* id, const char* icon, const Frame& frame) {
    const std::string label = std::string(words.in(frame.language)) + id;
    return button(label.c_str(), {.icon = icon, .height = 28.F});
}

}  // namespace

void ConnectionTest::start(Frame& frame, mail::point::Point point,
                           std::optional<mail::Secret> password) {
    end(frame);
    job_ = frame.post(mail::Diagnose{std::move(point), std::move(password)});
}

void ConnectionTest::end(Frame& frame) {
    const JobView* job = frame.snapshot.job(job_);
    if (job != nullptr && !job->has_ended())
        frame.cancel(job_);
    job_ = 0;
}

ConnectionTest::Wish ConnectionTest::draw(Frame& frame) {
    Wish wish = Wish::none;
    const JobView* job = frame.snapshot.job(job_);
    if (pressed(text::back_to_editing, "###test_back", icon::edit, frame))
        wish = Wish::back;
    ImGui::SameLine(0, px(8));
    if (job == nullptr || !job->has_ended()) {
        if (pressed(text::cancel, "###test_cancel", icon::close, frame))
            frame.cancel(job_);
    } else if (pressed(text::test_again, "###test_again", icon::refresh, frame)) {
        wish = Wish::again;
    }
    ImGui::Dummy({0, px(2)});
    if (job == nullptr)
        return wish;
    if (job->diagnosis)
        draw_ladder(frame, *job->diagnosis);
    else if (job->error)
        wrapped_text(text::words_of(*job->error, frame.language).cause, frame.colours.err);
    return wish;
}

}  // namespace gui
