#pragma once
// What was removed and can be brought back, the newest last: messages, and points as a whole.
// Survives the toasts that offer it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/commands.h"

namespace gui {

class Undo {
public:
    struct Removed {
        std::uint64_t number = 0;
        std::string point;
        std::vector<mail::Restore::Which> messages;  ///< empty: the point itself
        mail::JobId job = 0;                         ///< that brings it back just now
    };
    /// Their numbers, for wish().
    std::uint64_t add_point(const std::string& id);
    std::uint64_t add_messages(const std::string& point,
                               std::vector<mail::Restore::Which> messages);
    void point_is_back(const std::string& id);
    void messages_are_back(const std::string& point,
                           const std::vector<mail::Restore::Which>& messages);

    [[nodiscard]] bool can() const;
    void wish_last();
    void wish(std::uint64_t number) { wished_ = number; }
    /// What is to be brought back now, once; whoever posts that says which job it is.
    [[nodiscard]] std::optional<Removed> take_wish();
    void begun(std::uint64_t number, mail::JobId job);
    /// It did not come back: it can be tried again.
    void failed(mail::JobId job);

private:
    std::vector<Removed> removed_;
    std::uint64_t numbers_ = 0, wished_ = 0;  ///< 0: none
};

}  // namespace gui
