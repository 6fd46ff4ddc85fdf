#include "tests/gui/driver.h"

#include <map>
#include <stdexcept>

#include "gui/new_frame.h"
#include "gui/theme.h"

namespace gui::test {
namespace {

// Filled by the hooks below while a frame is drawn.
std::map<ImGuiID, Item> items;
std::vector<ImGuiID> order;

bool is_called(const Item& item, const std::string& name) {
    const std::string& label = item.label;
    // Choices do not report their label: they are known by its hash.
    if (label.empty())
        return ImHashStr(name.c_str(), 0, item.seed) == item.id;
    const std::size_t hashes = label.find("##");
    if (label == name || (name.starts_with("###") && label.ends_with(name)) ||
        (hashes != std::string::npos && label.substr(0, hashes) == name))
        return true;
    return hashes != std::string::npos &&
           label.substr(label.find_first_not_of('#', hashes)) == name;
}

void note_item(ImGuiContext& context, ImGuiID id, const ImRect& box,
               const ImGuiLastItemData* data) {
    if (id == 0)
        return;
    Item& item = items[id];
    if (item.id == 0)
        order.push_back(id);
    item.id = id;
    item.rect = box;
    if (const ImGuiWindow* window = context.CurrentWindow) {
        item.window = window->Name;
        item.seed = window->IDStack.empty() ? 0 : window->IDStack.back();
        item.clip = window->ClipRect;
    }
    if (data != nullptr)
        item.flags = data->ItemFlags;
}

void hold(ImGuiKeyChord modifiers, bool down) {
    for (const ImGuiKey modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt})
        if ((modifiers & modifier) != 0)
            ImGui::GetIO().AddKeyEvent(modifier, down);
}

}  // namespace

Driver::Driver(std::function<void()> draw, ImVec2 size, float scale)
    : draw_(std::move(draw)), context_(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = size;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_HasMouseCursors |
                       ImGuiBackendFlags_RendererHasVtxOffset;
    set_up_keys();
    ImGuiPlatformIO& platform = ImGui::GetPlatformIO();
    platform.Platform_GetClipboardTextFn = [](ImGuiContext*) { return clipboard().c_str(); };
    platform.Platform_SetClipboardTextFn = [](ImGuiContext*, const char* text) {
        clipboard() = text;
    };
    load_fonts();
    apply_theme(Theme::light, scale);
    context_->TestEngineHookItems = true;
    frames(2);
}

Driver::~Driver() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGui::DestroyContext(context_);
    items.clear();
    order.clear();
}

void Driver::frames(int count) {
    while (count-- > 0) {
        if (ImGui::GetIO().DeltaTime <= 0 || ImGui::GetIO().DeltaTime > 0.1F)
            ImGui::GetIO().DeltaTime = 1.F / 60.F;
        items.clear();
        order.clear();
        new_frame();
        draw_();
        ImGui::Render();
        take_textures();
    }
}

const std::string& Driver::words() {
    // The log of Dear ImGui holds what is drawn as text. Only on demand: nothing is clipped then, a
    // long list is drawn as a whole.
    new_frame();
    ImGui::LogToBuffer();
    draw_();
    words_ = context_->LogBuffer.c_str();
    ImGui::Render();
    take_textures();
    return words_;
}

void Driver::take_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantCreate) {
            texture->SetTexID(ImTextureID{1});
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantUpdates) {
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
}

void Driver::seconds(double time) {
    for (const double end = ImGui::GetTime() + time; ImGui::GetTime() < end;)
        frames();
}

const Item* Driver::find(const std::string& label) const {
    for (const ImGuiID id : order)
        if (const Item& item = items.at(id); is_called(item, label))
            return &item;
    return nullptr;
}

const Item& Driver::need(const std::string& label) const {
    if (const Item* item = find(label))
        return *item;
    std::string all = "no item '" + label + "' among:";
    for (const ImGuiID id : order)
        all += "\n" + items.at(id).window + " / " + items.at(id).label;
    throw std::runtime_error(all);
}

bool Driver::says(const std::string& text) {
    return words().find(text) != std::string::npos;
}

bool Driver::enabled(const std::string& label) const {
    return (need(label).flags & ImGuiItemFlags_Disabled) == 0;
}

bool Driver::has_focus(const std::string& label) const {
    const Item* item = find(label);
    return item != nullptr && (context_->ActiveId == item->id || context_->NavId == item->id);
}

std::vector<std::string> Driver::labels() const {
    std::vector<std::string> all;
    for (const ImGuiID id : order)
        all.push_back(items.at(id).label);
    return all;
}

std::vector<Item> Driver::all_items() const {
    std::vector<Item> all;
    for (const ImGuiID id : order)
        all.push_back(items.at(id));
    return all;
}

void Driver::point_at(const std::string& label) const {
    const Item& item = need(label);
    ImRect seen = item.rect;
    seen.ClipWithFull(item.clip);
    if (seen.GetWidth() <= 0 || seen.GetHeight() <= 0)
        throw std::runtime_error("'" + label + "' is scrolled out of sight");
    ImGui::GetIO().AddMousePosEvent(seen.GetCenter().x, seen.GetCenter().y);
}

void Driver::hover(const std::string& label) {
    point_at(label);
    frames(2);
}

void Driver::click_at_once(const std::string& label) {
    ImGui::GetIO().AddMousePosEvent(1, 1);
    frames(2);
    point_at(label);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    frames(4);
}

void Driver::click(const std::string& label, ImGuiKeyChord modifiers) {
    hover(label);
    hold(modifiers, true);
    ImGuiIO& io = ImGui::GetIO();
    io.AddMouseButtonEvent(0, true);
    frames(2);
    io.AddMouseButtonEvent(0, false);
    frames(2);
    hold(modifiers, false);
    frames(1);
}

void Driver::right_click(const std::string& label) {
    hover(label);
    for (const bool down : {true, false}) {
        ImGui::GetIO().AddMouseButtonEvent(ImGuiMouseButton_Right, down);
        frames(2);
    }
    frames(1);
}

void Driver::replace(const std::string& label, const std::string& text) {
    click(label);
    key(ImGuiKey_A, ImGuiMod_Ctrl);
    if (text.empty())
        key(ImGuiKey_Delete);
    type(text);
}

void Driver::key(ImGuiKey key, ImGuiKeyChord modifiers) {
    hold(modifiers, true);
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(key, true);
    frames(2);
    io.AddKeyEvent(key, false);
    hold(modifiers, false);
    frames(2);
}

void Driver::type(const std::string& utf8) {
    ImGui::GetIO().AddInputCharactersUTF8(utf8.c_str());
    frames(2 + static_cast<int>(utf8.size()));
}

void Driver::lose_window_focus() {
    ImGui::GetIO().AddFocusEvent(false);
    frames(2);
}

void Driver::resize(ImVec2 size) {
    ImGui::GetIO().DisplaySize = size;
    frames(3);
}

std::string& Driver::clipboard() {
    static std::string text;
    return text;
}

}  // namespace gui::test

// What Dear ImGui calls when it is built with IMGUI_ENABLE_TEST_ENGINE.

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& box,
                                 const ImGuiLastItemData* data) {
    gui::test::note_item(*context, id, box, data);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags) {
    if (const auto item = gui::test::items.find(id); item != gui::test::items.end())
        item->second.label = label;
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID id) {
    const auto item = gui::test::items.find(id);
    return item == gui::test::items.end() ? nullptr : item->second.label.c_str();
}
