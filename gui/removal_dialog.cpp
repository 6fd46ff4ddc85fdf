#include "gui/removal_dialog.h"

#include <algorithm>
#include <cstdint>

#include <imgui.h>

#include "gui/dialog_frame.h"
#include "gui/icons.h"
#include "gui/text/actions.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr const char* window_name = "###removal_dialog";
using Kind = RemovalQuestion::Kind;

std::string counted_days(int days, text::Language language) {
    return text::counted(text::day, language, static_cast<std::uint64_t>(std::max(0, days)));
}

std::string question_of(const RemovalQuestion& asked, text::Language language) {
    if (asked.kind == Kind::others)
        return text::fill(text::ask_expunge_others, language,
                          {{"others", text::counted(text::other_marked, language, asked.others)}});
    const bool unsaved = asked.kind == Kind::unsaved;
    const std::string messages =
        text::counted(text::message, language, unsaved ? asked.held_back : asked.messages);
    if (!unsaved)
        return text::fill(text::ask_delete_for_good, language, {{"messages", messages}});
    if (asked.quarantine_days <= 0)
        return text::fill(text::ask_delete_unsaved_for_good, language, {{"messages", messages}});
    return text::fill(
        text::ask_delete_unsaved, language,
        {{"messages", messages}, {"days", counted_days(asked.quarantine_days, language)}});
}

}  // namespace

void RemovalDialog::open(RemovalQuestion question) {
    question_ = std::move(question);
    stage_ = Stage::opening;
}

void RemovalDialog::draw_words(const Frame& frame) const {
    const text::Language language = frame.language;
    wrapped_text(question_of(question_, language), frame.colours.text);
    push_font(Weight::regular, 15);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), px(5)});
    for (const auto& [lock, count] : question_.locks) {
        icon_text(icon::locked, 16, frame.colours.warn);
        ImGui::SameLine(0, px(6));
        wrapped_text(text::fill(text::lock_count, language,
                                {{"n", text::number(count, language)},
                                 {"why", text::words_of(lock, language)}}),
                     frame.colours.text);
    }
    if (question_.kind == Kind::unsaved && question_.messages > question_.held_back)
        wrapped_text(
            text::fill(text::whole_removal, language,
                       {{"messages", text::counted(text::message, language, question_.messages)}}),
            frame.colours.muted);
    if (question_.kind != Kind::others && question_.quarantine_days <= 0) {
        icon_text(icon::warning, 16, frame.colours.warn);
        ImGui::SameLine(0, px(6));
        wrapped_text(text::no_copy_is_kept.in(language), frame.colours.warn);
    }
    ImGui::PopStyleVar();
    pop_font();
}

RemovalAnswer RemovalDialog::draw_buttons(const Frame& frame, bool opening) const {
    const text::Language language = frame.language;
    const bool others = question_.kind == Kind::others;
    const std::string mark = labelled(text::do_only_mark, language, "removal_mark");
    const std::string yes =
        labelled(others ? text::do_delete_all : text::remove, language, "removal_yes");
    const std::string no = labelled(text::cancel, language, "removal_no");
    const float gap = px(8);
    align_right(button_width(yes.c_str()) + gap + button_width(no.c_str()) +
                (others ? button_width(mark.c_str()) + gap : 0.F));
    RemovalAnswer answer = RemovalAnswer::none;
    if (others) {
        if (button(mark.c_str()))
            answer = RemovalAnswer::only_mark;
        ImGui::SameLine(0, gap);
    }
    if (button(yes.c_str()))
        answer = RemovalAnswer::remove;
    ImGui::SameLine(0, gap);
    // The harmless answer has the focus, and Esc means it.
    if (opening)
        focus_next_item();
    if (button(no.c_str()) || escape())
        answer = RemovalAnswer::nothing;
    return answer;
}

RemovalAnswer RemovalDialog::draw(const Frame& frame) {
    if (!is_open())
        return RemovalAnswer::none;
    const bool opening = stage_ == Stage::opening;
    if (opening)
        ImGui::OpenPopup(window_name);
    if (!begin_dialog(window_name, "", 500))
        return RemovalAnswer::none;
    stage_ = Stage::asking;
    draw_words(frame);
    const RemovalAnswer answer = draw_buttons(frame, opening);
    if (answer != RemovalAnswer::none) {
        stage_ = Stage::closed;
        ImGui::CloseCurrentPopup();
    }
    end_dialog();
    return answer;
}

}  // namespace gui
