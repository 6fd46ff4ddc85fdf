#include "gui/palette.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <imgui_internal.h>

#include "gui/dialog_frame.h"
#include "gui/fuzzy.h"
#include "gui/icons.h"
#include "gui/text/palette.h"
#include "gui/widgets.h"

namespace gui {
namespace {

constexpr const char* window_name = "###palette";
constexpr float width = 560.F, row_height = 32.F;
constexpr std::size_t rows_in_sight = 10, rows_by_page = 9, most_recent = 5;

/// Not what only moves about in the window, or is of the other kind of points.
bool is_offered(Act act, const ActFacts& facts) {
    const ActScope scope = scope_of(act);
    if (scope != ActScope::everywhere && (scope == ActScope::ocr) != facts.ocr.has_value())
        return false;
    return act != Act::palette && act != Act::next_pane && act != Act::previous_pane &&
           act != Act::menu && act != Act::larger && act != Act::smaller && act != Act::normal_size;
}

/// In whichever of the two languages somebody knows it.
std::optional<int> fit_of(std::string_view typed, const text::Text& name) {
    const auto here = fuzzy_fit(typed, name.en), there = fuzzy_fit(typed, name.pl);
    return here && there ? std::max(here, there) : here ? here : there;
}

}  // namespace

void Palette::open() {
    stage_ = Stage::opening;
    typed_.clear();
    chosen_ = 0;
}

void Palette::close() {
    stage_ = Stage::closed;
    found_.clear();
    ImGui::CloseCurrentPopup();
}

int Palette::age_of(Act act) const {
    return static_cast<int>(std::ranges::find(recent_, act) - recent_.begin());
}

void Palette::add_points(const Frame& frame) {
    for (const auto& point : frame.snapshot.points) {
        const std::string& name = point->definition->name;
        const auto fit = fuzzy_fit(typed_, name);
        if (!fit)
            continue;
        Entry entry;
        entry.choice.point = point->definition->id;
        entry.words = name;
        entry.more = text::palette_point.in(frame.language);
        entry.icon = icon::inbox;
        entry.fit = *fit;
        found_.push_back(std::move(entry));
    }
}

void Palette::add_acts(const Frame& frame, const ActFacts& facts) {
    std::vector<Entry> entries;
    for (const ActRow& row : acts()) {
        const auto fit = is_offered(row.act, facts) ? fit_of(typed_, *row.name) : std::nullopt;
        if (!fit)
            continue;
        const std::string& off = why_off(row.act, facts);
        Entry entry;
        entry.choice.act = row.act;
        entry.words = row.name->in(frame.language);
        entry.more = off.empty() ? name_of_keys(row.keys) : off.substr(0, off.find('\n'));
        entry.icon = row.icon;
        entry.is_off = !off.empty();
        entry.fit = *fit;
        entries.push_back(std::move(entry));
    }
    std::ranges::stable_sort(entries, {},
                             [this](const Entry& entry) { return age_of(*entry.choice.act); });
    std::ranges::move(entries, std::back_inserter(found_));
}

void Palette::find(const Frame& frame, const ActFacts& facts) {
    found_.clear();
    add_points(frame);
    add_acts(frame, facts);
    std::ranges::stable_sort(found_, [](const Entry& left, const Entry& right) {
        return left.is_off != right.is_off ? right.is_off : left.fit > right.fit;
    });
    chosen_ = std::min(chosen_, found_.empty() ? 0 : found_.size() - 1);
}

/// The field has the focus all the time: these keys are for the list under it.
void Palette::read_keys() {
    const ImGuiID owner = ImHashStr("##palette_keys");
    const std::size_t last = found_.empty() ? 0 : found_.size() - 1;
    const auto pressed = [owner](ImGuiKey key) {
        ImGui::SetKeyOwner(key, owner);
        return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, owner);
    };
    const std::size_t before = chosen_;
    if (pressed(ImGuiKey_DownArrow))
        chosen_ = chosen_ >= last ? 0 : chosen_ + 1;
    if (pressed(ImGuiKey_UpArrow))
        chosen_ = chosen_ == 0 ? last : chosen_ - 1;
    if (pressed(ImGuiKey_PageDown))
        chosen_ = std::min(last, chosen_ + rows_by_page);
    if (pressed(ImGuiKey_PageUp))
        chosen_ -= std::min(chosen_, rows_by_page);
    // Tab would lead out of the field, and there is nowhere to go.
    static_cast<void>(pressed(ImGuiKey_Tab));
    scroll_ = scroll_ || chosen_ != before;
}

bool Palette::draw_entry(const Frame& frame, std::size_t index) {
    const Entry& entry = found_[index];
    const Colours& c = frame.colours;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x, height = px(row_height);
    ImGui::PushID(static_cast<int>(index));
    const bool pressed = ImGui::InvisibleButton("entry", {room, height});
    ImGui::PopID();
    const ImGuiIO& io = ImGui::GetIO();
    // A pointer that only lies there chooses nothing.
    if (ImGui::IsItemHovered() && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0))
        chosen_ = index;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (index == chosen_) {
        list.AddRectFilled(at, {at.x + room, at.y + height}, c.selection, px(4));
        if (std::exchange(scroll_, false))
            ImGui::SetScrollHereY(0.5F);
    }
    const Colour ink = entry.is_off ? c.disabled : c.text;
    const float middle = std::floor(at.y + height / 2);
    if (entry.icon != nullptr)
        draw_icon(list, {at.x + px(18), middle}, entry.icon, 18,
                  entry.is_off ? c.disabled : c.muted);
    const float line = std::floor(at.y + (height - ImGui::GetFontSize()) / 2);
    const float more_room = std::floor(room * (entry.is_off ? 0.5F : 0.3F));
    const float more_width =
        std::min(more_room, std::ceil(ImGui::CalcTextSize(entry.more.c_str()).x));
    const float words_room = room - px(36) - more_width - px(24);
    draw_ellipsis(list, {at.x + px(36), line}, words_room, ink, entry.words);
    draw_ellipsis(list, {at.x + room - px(10) - more_width, line}, more_width, c.muted, entry.more);
    if (ImGui::CalcTextSize(entry.words.c_str()).x > words_room)
        tooltip(entry.words);
    else if (ImGui::CalcTextSize(entry.more.c_str()).x > more_width)
        tooltip(entry.more);
    return pressed;
}

Palette::Choice Palette::draw_entries(const Frame& frame) {
    Choice choice;
    // Room for all of them, whatever is found: nothing jumps while somebody types.
    const float window = ImGui::GetMainViewport()->Size.y;
    const float height = std::min(px(row_height * rows_in_sight), window - px(160));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2{px(8), 0});
    if (ImGui::BeginChild("##entries", {0, height}, ImGuiChildFlags_None,
                          ImGuiWindowFlags_NoNavInputs)) {
        if (found_.empty())
            coloured_text(text::palette_nothing.in(frame.language), frame.colours.muted);
        for (std::size_t i = 0; i < found_.size(); ++i)
            if (draw_entry(frame, i) && !found_[i].is_off)
                choice = found_[i].choice;
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    return choice;
}

Palette::Choice Palette::draw(Frame& frame, const ActFacts& facts) {
    if (!is_open())
        return {};
    const bool opening = std::exchange(stage_, Stage::open) == Stage::opening;
    if (opening)
        ImGui::OpenPopup(window_name);
    if (!begin_dialog(window_name, "", width))
        return {};
    if (opening)
        focus_next_item();
    const std::string hint(text::palette_hint.in(frame.language));
    const FieldEvents events =
        text_field("###palette_words", typed_,
                   {.width = width, .hint = hint.c_str(), .icon = icon::search, .goes_on = true});
    if (events.changed) {
        chosen_ = 0;
        scroll_ = true;
    }
    find(frame, facts);
    read_keys();
    Choice choice = draw_entries(frame);
    if (events.confirmed && chosen_ < found_.size() && !found_[chosen_].is_off)
        choice = found_[chosen_].choice;
    if (choice.act) {
        std::erase(recent_, *choice.act);
        recent_.insert(recent_.begin(), *choice.act);
        recent_.resize(std::min(recent_.size(), most_recent));
    }
    // It has no button to leave by: whoever has only a mouse clicks beside it.
    const bool beside = !opening && ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
                        !ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows |
                                                ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    if (choice.act || !choice.point.empty() || beside || escape())
        close();
    end_dialog();
    return choice;
}

}  // namespace gui
