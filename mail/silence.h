#pragma once
// When it is unusual that no message has come for so long: judged by the mailbox's own habit. Pure.

#include <chrono>
#include <optional>
#include <vector>

namespace mail {

struct Silence {
    std::chrono::sys_seconds since{};         ///< the last message
    std::chrono::sys_seconds unusual_from{};  ///< if none comes by then
    bool operator==(const Silence&) const = default;
};

/// From when the messages of a mailbox were received, in any order. Usual is the longest gap of the
/// last 60 days, Saturdays and Sundays (UTC) not counted; unusual is a quarter more than that, and
/// an hour at least. Nothing where fewer than 20 messages came in those days: that is no habit yet.
[[nodiscard]] std::optional<Silence> silence_of(std::vector<std::chrono::sys_seconds> received,
                                                std::chrono::sys_seconds now);

}  // namespace mail
