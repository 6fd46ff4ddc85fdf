#pragma once
// The sessions over which the parts of one taking come. The taker's own goes through the messages
// from the first on. Where that takes long, others are opened, which go from the last one backwards
// until they meet. What comes is the group's to file, one call at a time. Private to take.h.

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>

#include "mail/imap/claim.h"
#include "mail/imap/session.h"
#include "mail/work/take.h"

namespace mail::work {

class Group;

class Lanes {
public:
    /// `more`: of nobody, for one session only.
    Lanes(imap::Session& first, const More& more) : first_(&first), more_(more) {}
    ~Lanes();
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    /// All that `group` asks for. What a further session leaves when it breaks is fetched by the
    /// first one; only the first one's errors, and those of the disk and the ledger, come back.
    /// `claim`: goes before the first part, over the first one.
    [[nodiscard]] Result<void> fetch(Group& group, const Wait& wait,
                                     const imap::Claim* claim = nullptr);
    [[nodiscard]] imap::Session& first() const { return *first_; }

private:
    struct Further {
        std::unique_ptr<imap::Session> session;  ///< its thread's, while fetch() runs
        StopSource stop;
        bool is_in = false;  ///< under `door_`
    };
    /// 3 sessions at most for a point, with the first one.
    static constexpr std::size_t most_further = 2;

    [[nodiscard]] Result<void> first_run(Group& group, const Wait& wait,
                                         const imap::Claim* claim = nullptr);
    void go_along(std::size_t number, Group& group, const Wait& wait);
    [[nodiscard]] bool wait_until_worth(std::size_t number, const Group& group, const Wait& wait);
    [[nodiscard]] bool have_session(Further& lane, const Wait& wait);
    [[nodiscard]] bool enter(Further& lane);
    void close_door();

    imap::Session* first_;
    const More more_;
    const Clock::time_point begun_at_ = Clock::now();
    std::array<Further, most_further> further_;
    std::mutex door_;
    bool is_closed_ = false;               ///< under `door_`: the first one is through
    std::atomic<bool> is_enough_ = false;  ///< one could not be had, or broke
};

}  // namespace mail::work
