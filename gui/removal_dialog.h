#pragma once
// The questions before messages leave the mailbox: without their attachments, without a copy, or
// with what others have marked.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "gui/screen.h"
#include "mail/work/gate.h"

namespace gui {

struct RemovalQuestion {
    enum class Kind {
        unsaved,  ///< the gate holds some back
        no_copy,  ///< 0 days of quarantine
        others    ///< the server would take along what others have marked
    } kind = Kind::unsaved;
    std::size_t messages = 0;                                           ///< in all
    std::size_t held_back = 0;                                          ///< of them by the gate
    std::vector<std::pair<mail::work::Gate::Lock, std::size_t>> locks;  ///< and why
    int quarantine_days = 0;
    std::size_t others = 0;
};

enum class RemovalAnswer { none, nothing, remove, only_mark };

class RemovalDialog {
public:
    void open(RemovalQuestion question);
    [[nodiscard]] bool is_open() const { return stage_ != Stage::closed; }
    [[nodiscard]] RemovalAnswer draw(const Frame& frame);

private:
    enum class Stage { closed, opening, asking };
    void draw_words(const Frame& frame) const;
    [[nodiscard]] RemovalAnswer draw_buttons(const Frame& frame, bool opening) const;

    Stage stage_ = Stage::closed;
    RemovalQuestion question_;
};

}  // namespace gui
