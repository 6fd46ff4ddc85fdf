#pragma once
// Waits for a job of the engine as a command does: shows its progress on standard error, cancels it
// when the user presses Ctrl+C.

#include <condition_variable>
#include <functional>
#include <mutex>

#include "gui/text/text.h"
#include "mail/engine.h"

namespace app {

class JobWatch {
public:
    /// To be called when the engine has a new snapshot: any thread.
    void wake();
    using Observer = std::function<void(const mail::JobView& job)>;
    /// Until the job has ended; its last view. `observer` sees all before.
    [[nodiscard]] mail::JobView wait(mail::Engine& engine, mail::JobId job,
                                     gui::text::Language language, const Observer& observer = {});

private:
    void show(const mail::JobView& job, gui::text::Language language);
    /// Where nobody sees the progress: so that hours of silence have a reason. Once each.
    void tell_hold_up(const mail::JobView& job, gui::text::Language language);
    void clear_line();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t changes_ = 0;
    std::string shown_, told_;
};

}  // namespace app
