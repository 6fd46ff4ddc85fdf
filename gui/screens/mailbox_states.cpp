// What is shown in the place of the list, or over it: trouble, waiting, nothing there. The rest of
// the class is mailbox.cpp's.

#include <algorithm>
#include <array>
#include <cmath>

#include "gui/icons.h"
#include "gui/master_password.h"
#include "gui/redraw.h"
#include "gui/region.h"
#include "gui/screens/mailbox.h"
#include "gui/screens/trouble_strip.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 300ms;

/// One line over the list.
void draw_warning(const char* id, const std::string& words) {
    constexpr float height = 44.F;
    begin_strip(id, NoteKind::warning, height);
    ImGui::SetCursorPosY(std::floor((px(height) - px(18)) / 2));
    icon_text(icon_of(NoteKind::warning), 18, colour_of(NoteKind::warning));
    ImGui::SameLine(0, px(8));
    push_font(Weight::regular, 15);
    ellipsis_text(words, ImGui::GetContentRegionAvail().x - px(16), colours().text);
    pop_font();
    end_strip();
}

}  // namespace

void MailboxScreen::draw_unreadable(Frame& frame, const mail::Error& error, float height) {
    if (begin_region("##unreadable", {0, height}, with_alpha(frame.colours.surface, 0),
                     {px(16), px(16)})) {
        has_list_ = true;
        if (ImGui::IsWindowFocused())
            focused_ = Pane::grid;
        const text::ErrorWords words = text::words_of(error, frame.language);
        icon_text(icon_of(NoteKind::error), 18, colour_of(NoteKind::error));
        ImGui::SameLine(0, px(8));
        ImGui::BeginGroup();
        push_font(Weight::medium);
        wrapped_text(words.cause, frame.colours.text);
        pop_font();
        ImGui::Dummy({0, px(4)});
        wrapped_text(words.next_step, frame.colours.text);
        ImGui::Dummy({0, px(10)});
        if (focus_next_ == Pane::grid) {
            focus_next_.reset();
            focus_next_item();
        }
        if (button((std::string(text::try_again.in(frame.language)) + "###again").c_str()))
            frame.post(mail::ReloadPoints{});
        ImGui::SameLine(0, px(8));
        if (button((std::string(text::copy_details.in(frame.language)) + "###copy").c_str()))
            ImGui::SetClipboardText(to_copy(words).c_str());
        ImGui::EndGroup();
    }
    end_region();
}

void MailboxScreen::draw_trouble(Frame& frame, const mail::PointView& point) {
    const std::optional<mail::Error>& error = point.error;
    const bool failing =
        point.health == mail::PointHealth::down || point.health == mail::PointHealth::signin;
    if (!error || !failing || SignIn::is_needed(point))
        return;
    // The notice of the window says that, with the button that mends it.
    if (error->cause == mail::Cause::master_password_needed &&
        wants_master_password(frame.snapshot))
        return;
    const NoteKind kind =
        point.health != mail::PointHealth::down ? NoteKind::error : NoteKind::warning;
    const text::ErrorWords words = text::words_of(*error, frame.language);
    const std::array buttons{std::string(text::show_diagnosis.in(frame.language)) +
                                 "###show_diagnosis",
                             std::string(text::try_again.in(frame.language)) + "###again",
                             std::string(text::copy_details.in(frame.language)) + "###copy"};
    const auto pressed = draw_trouble_strip("##trouble", kind, words, buttons);
    if (pressed == 0U)
        act_ = Act::diagnose;
    else if (pressed == 1U)
        frame.post(mail::OpenPoint{point.definition->id});
    else if (pressed == 2U)
        ImGui::SetClipboardText(to_copy(words).c_str());
}

void MailboxScreen::draw_warnings(const Frame& frame, const mail::PointView& point) {
    if (point.health == mail::PointHealth::down || point.health == mail::PointHealth::signin)
        return;
    const text::Language language = frame.language;
    if (point.not_taken)
        draw_warning("##not_taken",
                     text::fill(text::not_taken_by_itself, language,
                                {{"cause", text::words_of(*point.not_taken, language).cause}}));
    const std::chrono::sys_seconds now = frame.now;
    if (point.silence && now >= point.silence->unusual_from)
        draw_warning("##silent",
                     text::fill(text::point_silent, language,
                                {{"time", text::moment(point.silence->since, now, language)}}));
}

void MailboxScreen::draw_empty(Frame& frame, const mail::PointView& point, PointState& state) {
    const text::Language language = frame.language;
    const mail::MailboxView* mailbox = point.mailbox.get();
    const bool listed = mailbox != nullptr && rows_listed(*mailbox) > 0;
    if (!listed && (mailbox == nullptr || !mailbox->complete)) {
        if (point.health == mail::PointHealth::checking ||
            point.health == mail::PointHealth::never || mailbox != nullptr)
            draw_loading(frame, state);
        return;
    }
    state.waiting_since = {};
    const Shown shown = state.grid.wanted().shown;
    const bool filtered = listed && !state.search.empty();
    // Nothing hides them but that they were removed: there is no filter to be cleared.
    const bool removed = listed && !filtered && shown == Shown::all;
    const text::Text& plain = !listed                  ? text::empty_mailbox
                              : removed                ? text::empty_all_hidden
                              : shown == Shown::hidden ? text::empty_hidden
                                                       : text::empty_chip;
    const std::string words = filtered
                                  ? text::fill(text::empty_filter, language, {{"x", state.search}})
                                  : std::string(plain.in(language));
    const std::string clear =
        std::string((removed ? text::show_hidden : text::clear_filter).in(language)) + "###clear";
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float wrap = std::min(room.x, px(420));
    const ImVec2 size = ImGui::CalcTextSize(words.c_str(), nullptr, false, wrap);
    const float whole = px(40) + px(10) + size.y + (listed ? px(44) : 0.F);
    float y = std::floor(std::max(px(8), (room.y - whole) / 2));
    const ImVec2 origin = ImGui::GetWindowPos();
    const float middle = std::floor(ImGui::GetWindowWidth() / 2);
    draw_icon(*ImGui::GetWindowDrawList(), {origin.x + middle, origin.y + y + px(20)},
              filtered  ? icon::search
              : removed ? icon::hidden
                        : icon::inbox,
              40, frame.colours.disabled);
    y += px(50);
    ImGui::SetCursorPos({std::floor(middle - size.x / 2), y});
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
    coloured_text(words, frame.colours.muted);
    ImGui::PopTextWrapPos();
    if (listed) {
        ImGui::SetCursorPos(
            {std::floor(middle - button_width(clear.c_str()) / 2), y + size.y + px(12)});
        if (button(clear.c_str())) {
            state.search.clear();
            state.grid.show(removed ? Shown::hidden : Shown::all);
        }
    }
}

void MailboxScreen::draw_loading(Frame& frame, PointState& state) {
    const auto now = std::chrono::steady_clock::now();
    if (state.waiting_since == std::chrono::steady_clock::time_point{})
        state.waiting_since = now;
    if (now - state.waiting_since < patience) {
        redraw_within(patience);
        return;
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    constexpr std::array<float, 6> lengths{0.62F, 0.48F, 0.7F, 0.55F, 0.66F, 0.4F};
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        const float y = at.y + px(8) + static_cast<float>(i) * px(31);
        list.AddRectFilled({at.x, y}, {at.x + px(90), y + px(12)}, frame.colours.hover, px(4));
        list.AddRectFilled({at.x + px(115), y},
                           {at.x + px(115) + (width - px(115)) * lengths[i], y + px(12)},
                           frame.colours.hover, px(4));
    }
}

}  // namespace gui
