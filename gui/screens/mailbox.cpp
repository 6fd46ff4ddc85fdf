#include "gui/screens/mailbox.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "gui/icons.h"
#include "gui/marks.h"
#include "gui/region.h"
#include "gui/text/format.h"
#include "gui/text/preview.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr float wide_window = 1440.F, details_right = 372.F;
constexpr float low_window = 700.F, details_below = 236.F, details_below_low = 172.F;
constexpr float too_low_window = 560.F;
constexpr float sign_in_width = 540.F;
// Parts and preview: below each other, or beside each other.
constexpr float least_stacked = 420.F, least_beside = 560.F;
constexpr float parts_share_stacked = 0.5F, parts_share_beside = 0.55F;
constexpr float least_list_height = 108.F;  ///< its header, two rows and a bar to scroll by

constexpr std::array<std::pair<Shown, const text::Text*>, shown_count> chips{{
    {Shown::all, &text::filter_all},
    {Shown::new_, &text::filter_new},
    {Shown::check, &text::filter_check},
    {Shown::taken, &text::filter_taken},
    {Shown::elsewhere, &text::filter_elsewhere},
    {Shown::hidden, &text::filter_hidden},
}};

}  // namespace

/// Which folder it is, why that one, and what a click does.
std::string MailboxScreen::target_tip(const Frame& frame, const mail::PointView& point) const {
    const auto said = [&frame](const text::Text& words) {
        return std::string(words.in(frame.language));
    };
    if (point.target_folder.empty())
        return facts_->set_folder_off.empty() ? said(text::set_folder)
                                              : said(text::off_folder_of_point);
    std::string tip = point.target_folder + "\n";
    if (point.folder_from == mail::PointView::FolderFrom::chosen) {
        tip += said(text::folder_chosen) + " ";
        tip += point.defined_folder.empty() ? said(text::point_has_no_folder)
                                            : text::fill(text::folder_of_point, frame.language,
                                                         {{"path", point.defined_folder}});
        tip += "\n";
    }
    return tip + said(text::open_folder);
}

MailboxScreen::MailboxScreen(Services services) : services_(std::move(services)) {}

MailboxScreen::PointState& MailboxScreen::state(const std::string& point) {
    auto& found = states_[point];
    if (!found) {
        found = std::make_unique<PointState>(services_.wake);
        found->grid.take_focus();
        found->grid.ask_kept(
            [this, point](std::uint32_t uid) { return services_.kept(point, uid); });
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
    case Pane::toast:
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
    if (point.health == mail::PointHealth::ok || point.health == mail::PointHealth::signin)
        now.signed_in = point.health == mail::PointHealth::ok;
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
                     with_alpha(frame.colours.surface, 0), {0, 0}, fixed_bar)) {
        const mail::JobView* job = JobStrip::shown(frame.snapshot, point.definition->id);
        const WaitingRemovals waiting = waiting_removals(frame.snapshot, point.definition->id);
        const int strips = (job == nullptr ? 0 : 1) + (waiting.uids.empty() ? 0 : 1);
        const float strip = static_cast<float>(strips) * px(JobStrip::height);
        const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
        list_corner_ = {at.x + size.x, at.y + size.y - strip};
        draw_upper(frame, point, now, strip);
        if (!waiting.uids.empty())
            draw_waiting(frame, waiting);
        // Never scrolled out of sight: it must be possible to cancel at any moment.
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

bool MailboxScreen::can_cancel(const Frame& frame, const mail::PointView& point) {
    const std::string& id = point.definition->id;
    const mail::JobView* job = JobStrip::shown(frame.snapshot, id);
    return job != nullptr ? !state(id).strip.is_stopping(*job)
                          : !waiting_removals(frame.snapshot, id).uids.empty();
}

void MailboxScreen::cancel(Frame& frame, const mail::PointView& point) {
    const std::string& id = point.definition->id;
    if (const mail::JobView* job = JobStrip::shown(frame.snapshot, id))
        state(id).strip.cancel(frame, *job);
    else
        call_off(frame, waiting_removals(frame.snapshot, id));
}

/// All above the strips of jobs. Where there is little room, header and list scroll together.
void MailboxScreen::draw_upper(Frame& frame, const mail::PointView& point, PointState& now,
                               float strip_px) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (begin_region("##upper", {room.x, room.y - strip_px}, with_alpha(frame.colours.surface, 0),
                     {0, 0})) {
        draw_header(frame, point);
        if (!point.file_error) {
            draw_chips(frame, now);
            draw_trouble(frame, point);
            draw_warnings(frame, point);
        }
        const float height = std::max(ImGui::GetContentRegionAvail().y, px(least_list_height));
        if (point.file_error)
            draw_unreadable(frame, *point.file_error, height);
        else
            draw_list(frame, point, now, height);
    }
    end_region();
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
    const bool set = !point.target_folder.empty();
    const bool chosen = point.folder_from == mail::PointView::FolderFrom::chosen;
    const std::string_view chip = text::folder_chosen_chip.in(frame.language);
    const float badge = chosen ? badge_width(chip) + px(8) : 0.F;
    push_font(Weight::regular, 15);
    const std::string words =
        set ? point.target_folder : std::string(text::no_target_folder.in(frame.language));
    const Colour ink = set ? frame.colours.muted : frame.colours.warn;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x - px(40) - badge;
    const float width = std::min(room, px(24) + ImGui::CalcTextSize(words.c_str()).x);
    if (width > px(40)) {
        ImGui::SetCursorScreenPos({at.x, at.y - px(1)});
        if (ImGui::InvisibleButton("##target", {width + badge, px(24)})) {
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
        if (chosen)
            draw_badge(list, {at.x + width + badge, at.y + px(11)}, chip, frame.colours.info_tint,
                       frame.colours.info);
        focus_ring();
        tooltip(target_tip(frame, point));
    }
    pop_font();
}

void MailboxScreen::draw_chips(Frame& frame, PointState& state) {
    const Arrangement* order = state.grid.arrangement();
    std::array<std::string, shown_count> labels, counts;
    std::vector<std::size_t> offered;
    float whole = px(2 * 16);
    for (std::size_t i = 0; i < chips.size(); ++i) {
        const auto shown = static_cast<std::size_t>(chips[i].first);
        // Who works alone never has any.
        const bool any = order != nullptr && order->order.counts[shown] > 0;
        if (chips[i].first == Shown::elsewhere && !any &&
            state.grid.wanted().shown != Shown::elsewhere)
            continue;
        offered.push_back(i);
        labels[i] =
            std::string(chips[i].second->in(frame.language)) + "###chip" + std::to_string(shown);
        if (order != nullptr)
            counts[i] = text::number(order->order.counts[shown], frame.language);
        whole += chip_width(labels[i].c_str(), counts[i]) + (i == 0 ? 0.F : px(6));
    }
    // In a narrow window they stand in two lines.
    const float room = ImGui::GetContentRegionAvail().x;
    const float height = whole > room ? px(49 + 30) : px(49);
    if (!begin_region("##chips", {0, height}, with_alpha(frame.colours.surface, 0),
                      {px(16), px(10)})) {
        end_region();
        return;
    }
    if (ImGui::IsWindowFocused())
        focused_ = Pane::chips;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(6), px(6)});
    for (const std::size_t i : offered) {
        const bool chosen = state.grid.wanted().shown == chips[i].first;
        if (i > 0 && ImGui::GetItemRectMax().x + px(6) + chip_width(labels[i].c_str(), counts[i]) <=
                         ImGui::GetWindowPos().x + room - px(16))
            ImGui::SameLine(0, px(6));
        if (chosen && focus_next_ == Pane::chips) {
            focus_next_.reset();
            focus_next_item();
        }
        if (chip(labels[i].c_str(), counts[i], chosen))
            state.grid.show(chips[i].first);
    }
    ImGui::PopStyleVar();
    end_region();
}

void MailboxScreen::draw_list(Frame& frame, const mail::PointView& point, PointState& state,
                              float height) {
    if (SignIn::is_needed(point)) {
        const bool alone = (!point.mailbox || rows_listed(*point.mailbox) == 0);
        const bool by_password =
            point.definition->connection.authentication == mail::point::Authentication::password;
        const float card = alone ? height : px(by_password ? 196.F : 236.F);
        // A provider's notes stand below each other, no wider than they are read well.
        const float width =
            by_password ? 0.F : std::min(ImGui::GetContentRegionAvail().x, px(sign_in_width));
        if (begin_region("##signin", {width, card}, with_alpha(frame.colours.surface, 0),
                         {px(16), px(12)})) {
            // A list below it has the arrows; the words that make it one are typed here. While
            // they are new, nobody has to look for where to type them.
            if (focus_next_ == Pane::grid && alone)
                state.sign_in.take_focus();
            if (state.sign_in.takes_focus() && (alone || by_password)) {
                if (focus_next_ == Pane::grid)
                    focus_next_.reset();
                state.grid.leave_focus();
            }
            state.at_sign_in = ImGui::IsWindowFocused();
            if (state.at_sign_in)
                focused_ = Pane::grid;
            state.sign_in.draw(frame, point);
        }
        end_region();
        height -= card;
        has_list_ = alone;
        if (alone)
            return;
    } else if (std::exchange(state.at_sign_in, false)) {
        // Else Dear ImGui would put the focus on some button of the toolbar.
        state.grid.take_focus();
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
        if (const auto act = state.grid.take_act())
            act_ = act;
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

/// The parts, and beside or below them a look at one of them, where there is room.
void MailboxScreen::draw_details(Frame& frame, const mail::PointView& point, PointState& state,
                                 ImVec2 size) {
    const bool right = size.x < ImGui::GetMainViewport()->Size.x / 2;
    const bool has_message = point.mailbox && state.grid.looked_at();
    const ImGuiDir edge = right ? ImGuiDir_Left : ImGuiDir_Up;
    if (!has_message || (right ? size.y < px(least_stacked) : size.x < px(least_beside))) {
        draw_parts(frame, point, state, size, edge);
        return;
    }
    ImVec2 parts = size, preview = size;
    if (right) {
        parts.y = std::floor(size.y * parts_share_stacked);
        preview.y = size.y - parts.y;
        ImGui::BeginGroup();
    } else {
        parts.x = std::floor(size.x * parts_share_beside);
        preview.x = size.x - parts.x;
    }
    draw_parts(frame, point, state, parts, edge);
    if (!right)
        ImGui::SameLine(0, 0);
    draw_preview(frame, point, state, preview);
    if (right)
        ImGui::EndGroup();
}

void MailboxScreen::note_details_focus() {
    if (!ImGui::IsWindowFocused(ImGuiFocusedFlags_ChildWindows))
        return;
    focused_ = Pane::details;
    if (ImGui::IsKeyChordPressed(ImGuiKey_Escape))
        wish_ = Pane::grid;
}

void MailboxScreen::draw_parts(Frame& frame, const mail::PointView& point, PointState& state,
                               ImVec2 size, ImGuiDir edge) {
    if (begin_region("##details", size, frame.colours.window, {px(16), px(12)})) {
        draw_edge(edge);
        if (focus_next_ == Pane::details) {
            focus_next_.reset();
            state.parts.take_focus();
        }
        note_details_focus();
        const auto uid = state.grid.looked_at();
        const mail::Error* kept = uid ? services_.kept(point.definition->id, *uid) : nullptr;
        has_parts_ = state.parts.draw(frame, point, state.grid, services_.open_path, kept);
    }
    end_region();
}

namespace {

/// What is seen below, and at the end of the line how to have the message as a file: pressed?
bool preview_title(text::Language language, const std::string& part, bool can_save) {
    const std::string words(text::save_message.in(language));
    const float room = ImGui::GetContentRegionAvail().x;
    const float link_room = can_save ? ImGui::CalcTextSize(words.c_str()).x + px(24) : 0.F;
    const bool in_line = room - link_room > px(140);
    const ImVec2 at = ImGui::GetCursorPos();
    ImGui::SetCursorPosY(at.y + px(4));
    push_font(Weight::medium, 15);
    ellipsis_text(text::fill(text::preview_of, language,
                             {{"x", part.empty() ? text::preview_of_text.in(language)
                                                 : std::string_view(part)}}),
                  in_line ? room - link_room - px(8) : room, colours().muted);
    pop_font();
    if (!can_save)
        return false;
    if (in_line)
        ImGui::SetCursorPos({at.x + room - link_room, at.y});
    return link((words + "###save_message").c_str(), icon::save);
}

/// A preview has a session of its own. Before the list's has signed in it would send a password
/// that is refused a second time.
std::string preview_off(const mail::PointView& point, bool signed_in, text::Language language) {
    using mail::PointHealth;
    if (point.health == PointHealth::signin || point.health == PointHealth::down)
        return std::string(text::preview_offline.in(language));
    return signed_in ? "" : std::string(text::preview_waits.in(language));
}

}  // namespace

void MailboxScreen::draw_preview(Frame& frame, const mail::PointView& point, PointState& state,
                                 ImVec2 size) {
    if (begin_region("##preview", size, frame.colours.window, {px(16), px(12)}, fixed_bar)) {
        draw_edge(ImGuiDir_Left);
        draw_edge(ImGuiDir_Up);
        if (preview_title(frame.language, state.parts.chosen_name(),
                          facts_->save_message_off.empty()))
            act_ = Act::save_message;
        ImGui::Dummy({0, px(4)});
        note_details_focus();
        preview_.draw(frame,
                      {point.definition->id, *state.grid.looked_at(), point.mailbox->uid_validity,
                       "", state.parts.chosen()},
                      preview_off(point, state.signed_in, frame.language),
                      focused_ == Pane::details ? PreviewPane::Keys::scroll
                                                : PreviewPane::Keys::elsewhere);
    }
    end_region();
}

}  // namespace gui
