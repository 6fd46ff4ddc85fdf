#pragma once
// How to list a folder in which one message's description breaks the conversation, or is never
// told: the message is found and done without, and all others are listed. What was learned stays
// for the jobs that follow. Private to mail/point_desk.

#include <cstdint>
#include <optional>

#include "mail/work/refresh.h"

namespace mail {

class ListingCare {
public:
    /// A new list, perhaps long after the last one. What a line does by chance is forgotten.
    void begin();
    /// What a try had come to before it ended.
    enum class Before { nothing, rows };
    /// A try was ended by `error`. True: the next is asked for otherwise, and need not end so.
    [[nodiscard]] bool learn(const Error& error, Before before);
    /// For the folder as it is numbered now: under other numbers nothing is known of any message.
    [[nodiscard]] const work::Caution& caution(std::uint32_t uid_validity);

private:
    [[nodiscard]] bool set_aside(std::uint32_t uid, const Error& error, Before before);

    work::Caution caution_;
    std::uint32_t uid_validity_ = 0;
    bool breaks_framing_ = false;
    bool was_lost_ = false;
    std::optional<std::uint32_t> suspect_;
};

}  // namespace mail
