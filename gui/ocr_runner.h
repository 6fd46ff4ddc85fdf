#pragma once
// Keeps the queues of the OCR points going while the window is open: each runs its command where
// that is allowed, else its folder is only watched. Holds what somebody wants; what is so is in the
// snapshot.

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "gui/screen.h"

namespace gui {

class OcrRunner {
public:
    /// In every frame, whatever is shown.
    void follow(Frame& frame);
    /// Somebody wants it to run: where its command is not allowed yet, take_question() says so.
    void run(const std::string& point);
    /// The same where nobody has stopped it.
    void ask(const std::string& point);
    void stop(const std::string& point);
    /// It runs, or is about to.
    [[nodiscard]] bool runs(const std::string& point) const;
    /// Why it does not run though nobody stopped it; null: nothing is known.
    [[nodiscard]] const mail::Error* refused(const std::string& point) const;
    /// The point whose command somebody wants to run, once; "": none.
    [[nodiscard]] std::string take_question() { return std::exchange(question_, {}); }

private:
    enum class Work { none, running, watching };
    struct Queue {
        mail::point::Ocr ocr;  ///< as it was begun with, as is the next
        std::string folder;
        bool is_wanted = true;  ///< to run
        bool is_asked = false;  ///< by somebody who waits for it
        Work work = Work::none;
        mail::JobId job = 0;
        bool is_cancelled = false;  ///< that job
        std::optional<mail::Error> refused;
    };
    void follow_job(const Frame& frame, const std::string& point, Queue& queue);
    void keep_going(Frame& frame, const mail::PointView& point, Queue& queue);
    [[nodiscard]] static Work wanted(const Queue& queue);

    std::map<std::string, Queue, std::less<>> queues_;  ///< by point
    std::string question_;
};

}  // namespace gui
