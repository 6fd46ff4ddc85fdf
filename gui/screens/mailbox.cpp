#include "gui/screens/mailbox.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "gui/icons.h"
#include "gui/marks.h"
#include "gui/master_password.h"
#include "gui/redraw.h"
#include "gui/region.h"
#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

using namespace std::chrono_literals;

constexpr float wide_window = 1440.F, details_right = 372.F;
constexpr float low_window = 700.F, details_below = 236.F, details_below_low = 172.F;
constexpr float too_low_window = 560.F;
constexpr float sign_in_width = 540.F;
constexpr auto patience = 300ms;

constexpr std::array<std::pair<Shown, const text::Text*>, shown_count> chips{{
    {Shown::all, &text::filter_all},
    {Shown::new_, &text::filter_new},
    {Shown::check, &text::filter_check},
    {Shown::taken, &text::filter_taken},
}};

std::size_t rows_listed(const mail::MailboxView* mailbox) {
    std::size_t rows = 0;
    if (mailbox != nullptr)
        for (const auto& chunk : mailbox->chunks)
            rows += chunk->size();
    return rows;
}

/// What a server says may be long: no more lines than leave the list in sight.
constexpr float most_lines = 3.F;

float lines_height(const std::string& words, Weight weight, float size, float room) {
    push_font(weight, size);
    const float line = ImGui::GetTextLineHeight();
    const float all = ImGui::CalcTextSize(words.c_str(), nullptr, false, room).y;
    pop_font();
    return all > most_lines * line ? line : all;
}

/// In as many lines as it needs; what needs too many is cut, and whole in its tooltip.
void draw_lines(const std::string& words, Weight weight, float size, float room) {
    push_font(weight, size);
    const bool too_many = ImGui::CalcTextSize(words.c_str(), nullptr, false, room).y >
                          most_lines * ImGui::GetTextLineHeight();
    if (too_many) {
        ellipsis_text(words, room, colours().text);
    } else {
        ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + room);
        coloured_text(words, colours().text);
        ImGui::PopTextWrapPos();
    }
    pop_font();
}

}  // namespace

MailboxScreen::MailboxScreen(Services services) : services_(std::move(services)) {}

MailboxScreen::PointState& MailboxScreen::state(const std::string& point) {
    auto& found = states_[point];
    if (!found) {
        found = std::make_unique<PointState>(services_.wake);
        found->grid.take_focus();
    }
    return *found;
}

std::size_t MailboxScreen::new_messages(const Frame& frame, const mail::PointView& point) {
    if (!point.mailbox)
        return 0;
    MailGrid& grid = state(point.definition->id).grid;
    grid.follow(frame, point);
    const Arrangement* order = grid.arrangement();
    return order == nullptr ? 0 : order->order.counts[static_cast<std::size_t>(Shown::new_)];
}

bool MailboxScreen::has(Pane pane) const {
    switch (pane) {
    case Pane::chips:
        return has_chips_;
    case Pane::grid:
        return has_list_;
    case Pane::details:
        return has_parts_;
    case Pane::toolbar:
    case Pane::points:
        break;
    }
    return false;
}

bool MailboxScreen::busy() const {
    return std::any_of(states_.begin(), states_.end(),
                       [](const auto& entry) { return entry.second->grid.busy(); });
}

void MailboxScreen::draw(Frame& frame, const mail::PointView& point, const ActFacts& facts) {
    facts_ = &facts;
    PointState& now = state(point.definition->id);
    const ImVec2 window = ImGui::GetMainViewport()->Size;
    const float scale = frame.scale;
    const bool right = window.x >= wide_window * scale;
    // Of a definition that can't be read there are no messages to see details of.
    const bool open =
        frame.settings.details_open && window.y >= too_low_window * scale && !point.file_error;
    const float below = px(window.y < low_window * scale ? details_below_low : details_below);
    focused_.reset();
    has_chips_ = !point.file_error;
    has_list_ = has_parts_ = false;
    ImGui::PushID(point.definition->id.c_str());
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float list_width = open && right ? room.x - px(details_right) : room.x;
    if (begin_region("##list", {list_width, open && !right ? room.y - below : room.y},
                     with_alpha(frame.colours.surface, 0), {0, 0})) {
        draw_header(frame, point);
        if (!point.file_error) {
            draw_chips(frame, now);
            draw_trouble(frame, point);
        }
        const mail::JobView* job = JobStrip::find(frame.snapshot, point.definition->id);
        const float strip = job == nullptr ? 0.F : px(JobStrip::height);
        const float height = ImGui::GetContentRegionAvail().y - strip;
        if (point.file_error)
            draw_unreadable(frame, *point.file_error, height);
        else
            draw_list(frame, point, now, height);
        if (job != nullptr)
            now.strip.draw(frame, *job);
    }
    end_region();
    if (open) {
        if (right)
            ImGui::SameLine(0, 0);
        draw_details(frame, point, now,
                     right ? ImVec2{px(details_right), room.y} : ImVec2{room.x, below});
    }
    ImGui::PopID();
}

void MailboxScreen::draw_header(Frame& frame, const mail::PointView& point) {
    ImGui::Dummy({0, px(12)});
    ImGui::SetCursorPosX(px(16));
    const std::string& name = point.definition->name;
    push_font(Weight::semibold, 21);
    const float width = ImGui::GetContentRegionAvail().x;
    ellipsis_text(name, width * 0.55F, frame.colours.text);
    pop_font();
    if (point.demo) {
        ImGui::SameLine(0, px(10));
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const std::string_view demo = text::demo_chip.in(frame.language);
        const float badge = ImGui::CalcTextSize(demo.data()).x + px(10);
        draw_badge(*ImGui::GetWindowDrawList(), {at.x + badge, at.y + px(11)}, demo,
                   frame.colours.info_tint, frame.colours.info);
        ImGui::Dummy({badge, px(21)});
    }
    if (point.file_error)
        return;  // which folder it would be is not known
    ImGui::SameLine(0, px(13));
    draw_target(frame, point);
}

void MailboxScreen::draw_target(Frame& frame, const mail::PointView& point) {
    // The wrong company's folder is the dearest mistake: it always stands beside the name.
    push_font(Weight::regular, 15);
    const bool set = !point.target_folder.empty();
    const std::string words =
        set ? point.target_folder : std::string(text::no_target_folder.in(frame.language));
    const Colour ink = set ? frame.colours.muted : frame.colours.warn;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x - px(40);
    const float width = std::min(room, px(24) + ImGui::CalcTextSize(words.c_str()).x);
    if (width > px(40)) {
        ImGui::SetCursorScreenPos({at.x, at.y - px(1)});
        if (ImGui::InvisibleButton("##target", {width, px(24)})) {
            if (set)
                services_.open_path(point.target_folder);
            else
                services_.set_folder();
        }
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const bool hovered = ImGui::IsItemHovered();
        draw_icon(list, {at.x + px(8), at.y + px(11)}, set ? icon::folder : icon::warning, 17, ink);
        const ImVec2 text_at{at.x + px(22), at.y + std::floor((px(22) - ImGui::GetFontSize()) / 2)};
        draw_ellipsis(list, text_at, width - px(22), hovered ? frame.colours.accent : ink, words);
        focus_ring();
        tooltip(set ? words + "\n" + std::string(text::open_folder.in(frame.language))
                    : std::string(text::set_folder.in(frame.language)));
    }
    pop_font();
}

void MailboxScreen::draw_chips(Frame& frame, PointState& state) {
    const Arrangement* order = state.grid.arrangement();
    if (!begin_region("##chips", {0, px(49)}, with_alpha(frame.colours.surface, 0),
                      {px(16), px(10)})) {
        end_region();
        return;
    }
    if (ImGui::IsWindowFocused())
        focused_ = Pane::chips;
    for (const auto& [shown, name] : chips) {
        const bool chosen = state.grid.wanted().shown == shown;
        const std::string count =
            order == nullptr ? ""
                             : text::number(order->order.counts[static_cast<std::size_t>(shown)],
                                            frame.language);
        const std::string label = std::string(name->in(frame.language)) + "###chip" +
                                  std::to_string(static_cast<int>(shown));
        if (chosen && focus_next_ == Pane::chips) {
            focus_next_.reset();
            focus_next_item();
        }
        if (chip(label.c_str(), count, chosen))
            state.grid.show(shown);
        ImGui::SameLine(0, px(6));
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
    const std::string again = std::string(text::try_again.in(frame.language)) + "###again";
    const std::string copy = std::string(text::copy_details.in(frame.language)) + "###copy";
    const float buttons = button_width(again.c_str()) + button_width(copy.c_str()) + px(8);
    // Where words and buttons have no room beside each other, the buttons go below.
    const bool narrow = ImGui::GetContentRegionAvail().x < buttons + px(330);
    const float room =
        ImGui::GetContentRegionAvail().x - px(2 * 16 + 18 + 8) - (narrow ? 0.F : buttons + px(12));
    const float cause = lines_height(words.cause, Weight::medium, 16, room);
    const float next =
        words.next_step.empty() ? 0.F : lines_height(words.next_step, Weight::regular, 15, room);
    const float gap = next > 0 ? px(5) : 0.F;
    const float text_height = std::ceil((cause + gap + next) / px(1)) + 22.F;
    const float height = narrow ? text_height + 34.F : text_height;
    begin_strip("##trouble", kind, height);
    const float top = std::floor((px(text_height) - cause - gap - next) / 2);
    ImGui::SetCursorPosY(top);
    icon_text(icon_of(kind), 18, colour_of(kind));
    ImGui::SameLine(0, px(8));
    const float x = ImGui::GetCursorPosX();
    draw_lines(words.cause, Weight::medium, 16, room);
    if (next > 0) {
        ImGui::SetCursorPos({x, top + cause + gap});
        draw_lines(words.next_step, Weight::regular, 15, room);
    }
    ImGui::SetCursorPos(narrow ? ImVec2{x, px(text_height - 4)}
                               : ImVec2{x + room + px(12), std::floor((px(height) - px(32)) / 2)});
    if (button(again.c_str()))
        frame.post(mail::OpenPoint{point.definition->id});
    ImGui::SameLine(0, px(8));
    if (button(copy.c_str()))
        ImGui::SetClipboardText(to_copy(words).c_str());
    end_strip();
}

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

void MailboxScreen::draw_list(Frame& frame, const mail::PointView& point, PointState& state,
                              float height) {
    if (SignIn::is_needed(point)) {
        const bool alone = rows_listed(point.mailbox.get()) == 0;
        const bool by_password =
            point.definition->connection.authentication == mail::point::Authentication::password;
        const float card = alone ? height : px(by_password ? 196.F : 236.F);
        // A provider's notes stand below each other, no wider than they are read well.
        const float width =
            by_password ? 0.F : std::min(ImGui::GetContentRegionAvail().x, px(sign_in_width));
        if (begin_region("##signin", {width, card}, with_alpha(frame.colours.surface, 0),
                         {px(16), px(12)})) {
            // A list below it has the arrows; the words that make it one are typed here.
            if (focus_next_ == Pane::grid && alone) {
                focus_next_.reset();
                state.sign_in.take_focus();
            }
            if (ImGui::IsWindowFocused())
                focused_ = Pane::grid;
            state.sign_in.draw(frame, point);
        }
        end_region();
        height -= card;
        has_list_ = alone;
        if (alone)
            return;
    }
    state.grid.look_for(state.search);
    if (focus_next_ == Pane::grid) {
        focus_next_.reset();
        state.grid.take_focus();
    }
    const Arrangement* order = state.grid.arrangement();
    const bool empty = order != nullptr && order->order.rows.empty();
    has_list_ = order != nullptr && !empty;
    if (begin_region("##grid", {0, height}, with_alpha(frame.colours.surface, 0), {0, 0})) {
        const ImVec2 at = ImGui::GetCursorPos();
        obey(state.grid.draw(frame, point, *facts_), frame);
        act_ = state.grid.take_act();
        if (ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows) && !focused_)
            focused_ = Pane::grid;
        if (order == nullptr || empty) {
            ImGui::SetCursorPos({at.x, at.y + (order == nullptr ? 0.F : px(28))});
            if (begin_region("##state", {0, 0}, frame.colours.surface, {px(16), px(16)}))
                draw_empty(frame, point, state);
            end_region();
        }
    }
    end_region();
}

void MailboxScreen::obey(MailGrid::Wish wish, Frame& frame) {
    switch (wish) {
    case MailGrid::Wish::none:
        return;
    case MailGrid::Wish::to_details:
        frame.settings.details_open = true;
        wish_ = Pane::details;
        return;
    case MailGrid::Wish::next_pane:
        wish_ = Pane::details;
        return;
    case MailGrid::Wish::previous_pane:
        wish_ = Pane::chips;
        return;
    }
}

void MailboxScreen::draw_empty(Frame& frame, const mail::PointView& point, PointState& state) {
    const text::Language language = frame.language;
    const mail::MailboxView* mailbox = point.mailbox.get();
    const bool listed = mailbox != nullptr && rows_listed(mailbox) > 0;
    if (!listed && (mailbox == nullptr || !mailbox->complete)) {
        if (point.health == mail::PointHealth::checking ||
            point.health == mail::PointHealth::never || mailbox != nullptr)
            draw_loading(frame, state);
        return;
    }
    state.waiting_since = {};
    const bool filtered = listed && !state.search.empty();
    const std::string words =
        filtered ? text::fill(text::empty_filter, language, {{"x", state.search}})
                 : std::string((listed ? text::empty_chip : text::empty_mailbox).in(language));
    const std::string clear = std::string(text::clear_filter.in(language)) + "###clear";
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float wrap = std::min(room.x, px(420));
    const ImVec2 size = ImGui::CalcTextSize(words.c_str(), nullptr, false, wrap);
    const float whole = px(40) + px(10) + size.y + (listed ? px(44) : 0.F);
    float y = std::floor(std::max(px(8), (room.y - whole) / 2));
    const ImVec2 origin = ImGui::GetWindowPos();
    const float middle = std::floor(ImGui::GetWindowWidth() / 2);
    draw_icon(*ImGui::GetWindowDrawList(), {origin.x + middle, origin.y + y + px(20)},
              filtered ? icon::search : icon::inbox, 40, frame.colours.disabled);
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
            state.grid.show(Shown::all);
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

void MailboxScreen::draw_details(Frame& frame, const mail::PointView& point, PointState& state,
                                 ImVec2 size) {
    if (begin_region("##details", size, frame.colours.window, {px(16), px(12)})) {
        draw_edge(size.x < ImGui::GetMainViewport()->Size.x / 2 ? ImGuiDir_Left : ImGuiDir_Up);
        if (focus_next_ == Pane::details) {
            focus_next_.reset();
            state.parts.take_focus();
        }
        if (ImGui::IsWindowFocused()) {
            focused_ = Pane::details;
            if (ImGui::IsKeyChordPressed(ImGuiKey_Escape))
                wish_ = Pane::grid;
        }
        has_parts_ = state.parts.draw(frame, point, state.grid, services_.open_path);
    }
    end_region();
}

}  // namespace gui
