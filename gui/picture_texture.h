#pragma once
// A picture from a mail as Dear ImGui can draw it. One texture for all of them, filled anew for
// each; it reaches the graphics card with what the frame draws. The window's thread only.

#include <memory>
#include <optional>

#include <imgui.h>

#include "mail/snapshot.h"

namespace gui {

class PictureTexture {
public:
    PictureTexture() = default;
    PictureTexture(const PictureTexture&) = delete;
    PictureTexture& operator=(const PictureTexture&) = delete;
    ~PictureTexture();

    /// Of that look; nothing happens where it shows that one already. No side of it is longer than
    /// most_side.
    void show(const mail::Picture& picture, mail::JobId look);
    /// As large as it is, or smaller where it doesn't fit in the room; on white.
    void draw(ImVec2 room) const;

    static constexpr int most_side = 1024;

private:
    std::unique_ptr<ImTextureData> texture_;
    std::optional<mail::JobId> shown_;
    int width_ = 0, height_ = 0;
};

}  // namespace gui
