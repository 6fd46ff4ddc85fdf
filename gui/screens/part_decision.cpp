#include "gui/screens/part_decision.h"

#include <string>

#include "gui/icons.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"
#include "mail/work/part_decision.h"

namespace gui {
namespace {

using mail::Status;
using mail::store::Decision;

/// Generate takes it along; of any other the decision is all that it waits for.
bool waits_for_generate(Status status) {
    return status == Status::new_ || status == Status::failed;
}

void decide(Frame& frame, const DecisionPlace& place, const mail::PartView& part,
            Decision decision) {
    const std::string& point = place.point.definition->id;
    frame.post(mail::Decide{point, place.message.uid, place.point.mailbox->uid_validity,
                            part.part.path, decision});
    if (decision == Decision::take && !waits_for_generate(place.state.status))
        frame.post(mail::Take{point, {place.message.uid}});
}

}  // namespace

void draw_decision(Frame& frame, const DecisionPlace& place, const mail::PartView& part,
                   PartChoice choice) {
    const bool is_asked = part.verdict == mail::Verdict::needs_you;
    const bool is_decided =
        part.decision != Decision::by_rules && part.verdict != mail::Verdict::taken;
    if (!is_asked && !is_decided && choice != PartChoice::chosen)
        return;
    if (!mail::work::is_at_rest(place.state.status) ||
        !mail::work::can_be_decided(place.message, part))
        return;
    bool is_first = true;
    const auto offer = [&](const text::Text& words, const char* icon, Decision decision) {
        if (!is_first)
            ImGui::SameLine(0, px(18));
        else
            ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(28));
        is_first = false;
        const std::string label = std::string(words.in(frame.language)) + "###decide_" +
                                  std::string(name_of(decision)) + part.part.path;
        if (link(label.c_str(), icon))
            decide(frame, place, part, decision);
    };
    push_font(Weight::regular, 15);
    if (is_decided)
        offer(text::decision_undo, icon::history, Decision::by_rules);
    if (!is_decided && mail::work::can_be_wanted(part))
        offer(text::take_anyway, icon::done, Decision::take);
    if (!is_decided && mail::work::can_be_unwanted(part))
        offer(text::skip_part, icon::skipped, Decision::skip);
    pop_font();
    if (!is_first)
        ImGui::Dummy({0, px(4)});
}

}  // namespace gui
