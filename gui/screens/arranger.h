#pragma once
// Arranges on a thread of its own, so that no frame waits for a sort. The newest question wins; the
// answer before stays until the next is there.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "gui/screens/arrange.h"

namespace gui {

/// An answer, with the rows that its indices point into.
struct Arrangement {
    std::shared_ptr<const mail::MailboxView> mailbox;
    Wanted wanted;
    Arranged order;
    std::uint64_t number = 0;  ///< counts up: another number, another order
};

/// One thread calls (that of the window); its own thread works and ends with it.
class Arranger {
public:
    /// `on_answer` is called from the worker when there is a new answer; it must not block.
    explicit Arranger(std::function<void()> on_answer);
    ~Arranger();
    Arranger(const Arranger&) = delete;
    Arranger& operator=(const Arranger&) = delete;

    /// Costs nothing if it is the question asked before (same versions, same wishes).
    void ask(std::shared_ptr<const mail::MailboxView> mailbox, const Wanted& wanted);
    [[nodiscard]] std::shared_ptr<const Arrangement> latest() const;  ///< null before the first
    /// Whether an answer is still to come.
    [[nodiscard]] bool busy() const;

private:
    struct Question {
        std::shared_ptr<const mail::MailboxView> mailbox;
        Wanted wanted;
        bool operator==(const Question&) const;
    };
    void work(const mail::StopToken& end);

    std::function<void()> on_answer_;
    mutable std::mutex mutex_;
    std::condition_variable_any asked_;
    std::optional<Question> next_;    ///< not begun
    std::optional<Question> newest_;  ///< asked last, begun or not
    mail::StopSource outdated_;       ///< stops the one that is worked on
    bool working_ = false;
    std::uint64_t answers_ = 0;
    std::shared_ptr<const Arrangement> latest_;
    std::jthread thread_;  // last: it uses all above
};

}  // namespace gui
