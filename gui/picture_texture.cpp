#include "gui/picture_texture.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <imgui_internal.h>

#include "gui/theme.h"

namespace gui {

PictureTexture::~PictureTexture() {
    // With its context the texture has gone as well.
    if (texture_ && ImGui::GetCurrentContext() != nullptr)
        ImGui::UnregisterUserTexture(texture_.get());
}

void PictureTexture::show(const mail::Picture& picture, mail::JobId look) {
    if (shown_ == look)
        return;
    shown_ = look;
    width_ = std::min(static_cast<int>(picture.width), most_side);
    height_ = std::min(static_cast<int>(picture.height), most_side);
    if (!texture_) {
        texture_ = std::make_unique<ImTextureData>();
        texture_->Create(ImTextureFormat_RGBA32, most_side, most_side);
        texture_->UseColors = true;
        texture_->SetStatus(ImTextureStatus_WantCreate);
        ImGui::RegisterUserTexture(texture_.get());
    }
    const auto row_octets = static_cast<std::size_t>(width_) * 4;
    // What lies beside the picture shows at its edges when it is drawn smaller.
    const int rows = std::min(height_ + 1, most_side);
    for (int y = 0; y < rows; ++y) {
        const auto from = static_cast<std::size_t>(std::min(y, height_ - 1)) * picture.width * 4;
        auto* to = static_cast<std::uint8_t*>(texture_->GetPixelsAt(0, y));
        std::memcpy(to, picture.rgba.data() + from, row_octets);
        if (width_ < most_side)
            std::memcpy(to + row_octets, to + row_octets - 4, 4);
    }
    if (texture_->Status == ImTextureStatus_WantCreate)
        return;
    const ImTextureRect changed{0, 0, static_cast<unsigned short>(std::min(width_ + 1, most_side)),
                                static_cast<unsigned short>(rows)};
    texture_->Updates.resize(0);
    texture_->Updates.push_back(changed);
    texture_->UpdateRect = changed;
    texture_->SetStatus(ImTextureStatus_WantUpdates);
}

void PictureTexture::draw(ImVec2 room) const {
    if (!texture_ || width_ == 0 || height_ == 0)
        return;
    const auto width = static_cast<float>(width_), height = static_cast<float>(height_);
    const float share = std::min({1.F, room.x / width, room.y / height});
    const ImVec2 size{std::max(1.F, std::floor(width * share)),
                      std::max(1.F, std::floor(height * share))};
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 end{at.x + size.x, at.y + size.y};
    // As paper: most of what lets through is a scan or a logo for a white page.
    list.AddRectFilled(at, end, IM_COL32_WHITE);
    constexpr auto side = static_cast<float>(most_side);
    list.AddImage(texture_->GetTexRef(), at, end, {0, 0}, {width / side, height / side});
    list.AddRect(at, end, colours().line);
    ImGui::Dummy(size);
}

}  // namespace gui
