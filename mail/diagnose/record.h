#pragma once
// Keeps the book of a diagnosis under way: which step runs, how long each took, what the rest comes
// to once one has failed. Private to mail/diagnose.

#include <functional>

#include "mail/base/wait.h"
#include "mail/diagnose/diagnosis.h"
#include "mail/net/endpoint.h"

namespace mail::diagnose {

/// Called after every change, on the thread of the diagnosis; must not block.
using Watcher = std::function<void(const Diagnosis&)>;

class Record {
public:
    Record(net::Encryption encryption, Watcher watcher, const TimeSource& time);

    /// The step went well, and the next one begins. For one that is over just what is known of it
    /// changes. A greeting before TLS means that TLS comes with STARTTLS.
    void ok(Layer layer, Facts evidence);
    /// The same, but something is to be said.
    void warn(Layer layer, Facts evidence, std::optional<Error> error = std::nullopt);
    void not_used(Layer layer, Facts evidence = {});
    /// Where the error says, or at the step that runs. The others are not looked at any more; but
    /// `target`, which needs no server, comes next.
    void fail(const Error& error);
    /// The step that runs and all that come were not looked at.
    void cancel();
    void end();

    [[nodiscard]] const Step& step(Layer layer) const { return *diagnosis_.step(layer); }
    [[nodiscard]] const Diagnosis& diagnosis() const { return diagnosis_; }

private:
    [[nodiscard]] Step& at(Layer layer);
    [[nodiscard]] Step* running();
    void settle(Step& step, Verdict verdict, Facts evidence);
    void run_next();
    void clear_text_first();
    void publish() const;

    Diagnosis diagnosis_;
    Watcher watcher_;
    const TimeSource& time_;
    Clock::time_point began_, step_began_;
};

}  // namespace mail::diagnose
