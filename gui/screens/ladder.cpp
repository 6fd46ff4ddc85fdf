#include "gui/screens/ladder.h"

#include <algorithm>
#include <cmath>

#include "gui/drawn_item.h"
#include "gui/icons.h"
#include "gui/marks.h"
#include "gui/text/cause_details.h"
#include "gui/text/causes.h"
#include "gui/text/ladder.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using mail::diagnose::Step;
using mail::diagnose::Verdict;

constexpr float row_height = 28.F, icon_column = 26.F, name_column = 168.F, time_column = 70.F;

Mark mark_of(Verdict verdict) {
    const Colours& c = colours();
    switch (verdict) {
    case Verdict::ok:
        return {icon::done, c.ok, c.text};
    case Verdict::warn:
        return {icon::warning, c.warn, c.text};
    case Verdict::fail:
        return {icon::failed, c.err, c.err};
    case Verdict::running:
        return {icon::waiting, c.info, c.info};
    case Verdict::skipped:
    case Verdict::not_used:
        return {icon::skipped, c.muted, c.muted};
    case Verdict::waiting:
        break;
    }
    return {icon::ring, c.muted, c.muted};
}

/// What is seen in the row, else the verdict in words: never the icon alone.
std::string words_in_row(const Step& step, text::Language language) {
    const std::string verdict(text::words_of(step.verdict, language));
    if (step.verdict == Verdict::waiting)
        return {};
    const std::string gist = text::gist_of(step, language);
    if (gist.empty())
        return verdict;
    const bool is_said = step.verdict == Verdict::ok || step.verdict == Verdict::fail;
    return is_said ? gist : verdict + ": " + gist;
}

std::string tooltip_of(const Step& step, const std::string& words, text::Language language) {
    std::string all = std::string(text::step_name(step.layer, language)) + ": " +
                      std::string(text::words_of(step.verdict, language));
    if (!words.empty())
        all += "\n" + words;
    const std::string facts = text::lines_of(step.evidence, language);
    return facts.empty() ? all : all + "\n" + facts;
}

void draw_step(const Frame& frame, const Step& step) {
    const Colours& c = colours();
    const std::string name(text::step_name(step.layer, frame.language));
    const float width = ImGui::GetContentRegionAvail().x;
    const std::string identity(mail::name_of(step.layer));
    const DrawnItem item = drawn_item(identity.c_str(), {width, px(row_height)}, name.c_str());
    if (!item.visible)
        return;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (item.hovered)
        list.AddRectFilled(item.box.Min, item.box.Max, c.hover, px(4));
    const Mark mark = mark_of(step.verdict);
    const float middle = std::floor((item.box.Min.y + item.box.Max.y) / 2);
    draw_icon(list, {item.box.Min.x + px(icon_column / 2), middle}, mark.icon, 18, mark.colour);
    push_font(Weight::regular, 15);
    const float top = std::floor(middle - ImGui::GetFontSize() / 2);
    const float names = std::min(px(name_column), width * 0.4F);
    const float begin = item.box.Min.x + px(icon_column);
    const bool is_quiet = mark.word_colour == c.muted;
    draw_ellipsis(list, {begin, top}, names - px(8), is_quiet ? c.muted : c.text, name);
    const std::string time = text::step_time(step, frame.language);
    const float time_width = ImGui::CalcTextSize(time.c_str()).x;
    list.AddText({std::floor(item.box.Max.x - time_width - px(4)), top}, c.muted, time.c_str());
    const std::string words = words_in_row(step, frame.language);
    draw_ellipsis(list, {begin + names, top}, item.box.Max.x - px(time_column) - begin - names,
                  mark.word_colour, words);
    pop_font();
    focus_ring(4);
    tooltip(tooltip_of(step, words, frame.language));
}

/// Cause, what to do and how sure it is, where the words of the steps begin.
void draw_verdict(const Frame& frame, const mail::Diagnosis& diagnosis, const Step* failed) {
    const text::Conclusion conclusion = text::conclusion_of(diagnosis, frame.language);
    if (conclusion.cause.empty())
        return;
    const Colours& c = colours();
    ImGui::Indent(px(icon_column));
    push_font(Weight::semibold, 15);
    wrapped_text(conclusion.cause, failed != nullptr ? c.err : c.text);
    pop_font();
    push_font(Weight::regular, 15);
    if (!conclusion.fix.empty())
        wrapped_text(conclusion.fix, c.text);
    if (failed != nullptr) {
        const auto certainty = mail::diagnose::certainty_of(*failed->error);
        wrapped_text(text::fill(text::diagnosis_certainty, frame.language,
                                {{"words", text::words_of(certainty, frame.language)}}),
                     c.muted);
    }
    pop_font();
    ImGui::Unindent(px(icon_column));
    ImGui::Dummy({0, px(6)});
}

}  // namespace

void draw_ladder(Frame& frame, const mail::Diagnosis& diagnosis,
                 const std::function<void(const Step&)>& below_failure) {
    ImGui::PushID("ladder");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(2)});
    // Steps are looked at, not pressed: Tab goes on to the next control.
    ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
    const Step* failed = diagnosis.first_failure();
    for (const Step& step : diagnosis.steps) {
        draw_step(frame, step);
        if (&step != failed)
            continue;
        draw_verdict(frame, diagnosis, failed);
        if (!below_failure)
            continue;
        ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, false);
        ImGui::Indent(px(icon_column));
        below_failure(step);
        ImGui::Unindent(px(icon_column));
        ImGui::PopItemFlag();
    }
    if (failed == nullptr)
        draw_verdict(frame, diagnosis, nullptr);
    ImGui::PopItemFlag();
    ImGui::PopStyleVar();
    ImGui::PopID();
}

}  // namespace gui
