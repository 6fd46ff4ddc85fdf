#pragma once
// A look at one part of the selected message: its text, of which some can be copied, or its
// picture. Asks for it once the selection rests, so that going through a list fetches nothing.

#include <memory>
#include <string>

#include "gui/picture_texture.h"
#include "gui/screen.h"
#include "gui/selectable_text.h"

namespace gui {

class PreviewPane {
public:
    /// What is to be looked at: a part of a message of a point, or of a mail in a file.
    struct Wish {
        std::string point;
        std::uint32_t uid = 0, uid_validity = 0;
        std::string path;
        std::string part;  ///< as mail::Preview has it
        bool operator==(const Wish&) const = default;
    };
    /// Fills the current window. `off`: why nothing is asked for now, or "". `keys`: keys that
    /// scroll are meant for it.
    enum class Keys { elsewhere, scroll };
    void draw(Frame& frame, const Wish& wish, const std::string& off, Keys keys);

private:
    void ask(Frame& frame, const Wish& wish, bool is_there);
    void draw_text(const Frame& frame, const mail::Text& text, Keys keys);
    void draw_picture(const Frame& frame, const mail::Picture& picture);
    void draw_error(const Frame& frame, const mail::Error& error);

    Wish wish_;
    double wished_at_ = 0.0;
    bool asked_ = false;
    PictureTexture texture_;
    std::shared_ptr<const mail::PreviewView> shown_;  ///< of this frame
    SelectableText text_;
};

}  // namespace gui
