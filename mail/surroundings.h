#pragma once
// Notices that the computer has slept, or is in another network: lines made before lead nowhere,
// and what could not be reached may be there again. Pure.

#include <chrono>
#include <optional>
#include <string>

#include "mail/base/wait.h"

namespace mail {

class Surroundings {
public:
    struct Seen {
        Clock::time_point steady{};  ///< stands still while the computer sleeps, or nearly
        std::chrono::system_clock::time_point wall{};
        std::string network;  ///< net::default_routes(); "": there is none
    };
    /// back: the network was away, and is as it was. other: it is another one, or hours have passed
    /// of which nobody has noticed anything.
    enum class Change { none, back, other };
    [[nodiscard]] Change look(Seen now);

private:
    std::optional<Seen> last_;
    std::string last_network_;  ///< that was one
    bool was_away_ = false;
};

}  // namespace mail
