#pragma once
// What can be done, over everything else: one primary button with its count, the search field, the
// menu. Narrow windows take words away, never the primary button.

#include <optional>
#include <string>
#include <vector>

#include "gui/acts.h"
#include "gui/screen.h"

namespace gui {

class Toolbar {
public:
    static constexpr float height = 52.F;
    /// Fills the current window. `search`: the words of the list that is shown; null: none is.
    std::optional<Act> draw(Frame& frame, const ActFacts& facts, std::string* search);
    void take_focus() { focus_next_ = Focus::primary; }
    void focus_search() {
        focus_next_ = Focus::search;
        awaits_search_ = true;
    }
    void open_menu() { menu_next_ = true; }
    /// Down or Enter in the search field: the list is meant next.
    [[nodiscard]] bool left_search_down() const { return left_search_down_; }

private:
    enum class Focus { none, primary, search };
    std::optional<Act> draw_mail(const Frame& frame, const ActFacts& facts, float& search_width);
    /// toolbar_ocr.cpp
    std::optional<Act> draw_ocr(const Frame& frame, const OcrFacts& facts, float& search_width);
    void draw_search(Frame& frame, std::string& search, float width);
    void take_primary_focus();
    std::optional<Act> draw_menu(Frame& frame, const ActFacts& facts);

    void keep_early_letters();

    Focus focus_next_ = Focus::none;
    bool awaits_search_ = false, search_active_ = false;
    std::vector<unsigned> early_letters_;  ///< typed before the search field was ready
    bool menu_next_ = false;
    bool left_search_down_ = false;
};

}  // namespace gui
