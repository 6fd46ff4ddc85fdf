#include "gui/screens/part_decision.h"

#include <string>
#include <vector>

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

constexpr float links_gap = 18.F;

struct Offer {
    const text::Text* words;
    const char* icon;
    Decision decision;
};

/// What is offered now, if anything.
std::vector<Offer> offers_of(const DecisionPlace& place, const mail::PartView& part,
                             PartChoice choice) {
    std::vector<Offer> offers;
    const bool is_asked = part.verdict == mail::Verdict::needs_you;
    const bool is_decided =
        part.decision != Decision::by_rules && part.verdict != mail::Verdict::taken;
    if (!is_asked && !is_decided && choice != PartChoice::chosen)
        return offers;
    if (!mail::work::is_at_rest(place.state.status) ||
        !mail::work::can_be_decided(place.message, part))
        return offers;
    if (is_decided)
        offers.push_back({&text::decision_undo, icon::history, Decision::by_rules});
    if (!is_decided && mail::work::can_be_wanted(part))
        offers.push_back({&text::take_anyway, icon::done, Decision::take});
    if (!is_decided && mail::work::can_be_unwanted(part))
        offers.push_back({&text::skip_part, icon::skipped, Decision::skip});
    return offers;
}

}  // namespace

float asking_width(const Frame& frame, const DecisionPlace& place, const mail::PartView& part) {
    if (part.verdict != mail::Verdict::needs_you || part.decision != Decision::by_rules)
        return 0.F;
    float width = 0.F;
    push_font(Weight::regular, 15);
    for (const Offer& offer : offers_of(place, part, PartChoice::usual))
        width += (width > 0.F ? px(links_gap) : 0.F) +
                 link_width(offer.words->in(frame.language), offer.icon);
    pop_font();
    return width;
}

void draw_decision(Frame& frame, const DecisionPlace& place, const mail::PartView& part,
                   PartChoice choice, const ImVec2* at) {
    const std::vector<Offer> offers = offers_of(place, part, choice);
    if (offers.empty())
        return;
    const ImVec2 below = ImGui::GetCursorScreenPos();
    if (at != nullptr)
        ImGui::SetCursorScreenPos(*at);
    else
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + px(28));
    push_font(Weight::regular, 15);
    for (const Offer& offer : offers) {
        if (&offer != &offers.front())
            ImGui::SameLine(0, px(links_gap));
        const std::string label = std::string(offer.words->in(frame.language)) + "###decide_" +
                                  std::string(name_of(offer.decision)) + part.part.path;
        if (link(label.c_str(), offer.icon))
            decide(frame, place, part, offer.decision);
    }
    pop_font();
    if (at != nullptr) {
        // As if nothing had been drawn: the next row stands below this one.
        ImGui::SetCursorScreenPos(below);
        ImGui::Dummy({0, 0});
        return;
    }
    ImGui::Dummy({0, px(4)});
}

}  // namespace gui
