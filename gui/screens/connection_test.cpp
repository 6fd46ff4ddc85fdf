#include "gui/screens/connection_test.h"

#include <utility>

#include <imgui.h>

#include "gui/icons.h"
#include "gui/screens/certificate_box.h"
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
    trusted_.clear();
}

ConnectionTest::Wish ConnectionTest::draw(Frame& frame, bool may_trust) {
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
    const bool was_open = trusted_.empty();
    draw_outcome(frame, *job, may_trust);
    return was_open && !trusted_.empty() ? Wish::trust : wish;
}

void ConnectionTest::draw_outcome(Frame& frame, const JobView& job, bool may_trust) {
    if (!job.diagnosis) {
        if (job.error)
            wrapped_text(text::words_of(*job.error, frame.language).cause, frame.colours.err);
        return;
    }
    const CertificateAnswer answer = !may_trust         ? CertificateAnswer::not_asked
                                     : trusted_.empty() ? CertificateAnswer::open
                                                        : CertificateAnswer::trusted;
    draw_ladder(frame, *job.diagnosis, [&](const mail::diagnose::Step& step) {
        if (step.error && is_about_certificate(*step.error) &&
            draw_certificate(frame, *step.error, answer))
            trusted_ = step.error->fact("sha256");
    });
}

}  // namespace gui
