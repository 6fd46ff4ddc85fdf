#pragma once
// How long a job leaves a server alone after an error before it tries again, and when it gives up:
// so that no limit is run against, and no login storm ever starts. Pure but for the jitter.

#include <optional>
#include <random>

#include "mail/base/result.h"
#include "mail/base/wait.h"

namespace mail {

/// For one job. A refused password or certificate, and whatever else somebody must act on, is never
/// tried again. Not thread-safe.
class BackOff {
public:
    BackOff() : random_(std::random_device{}()) {}

    /// The job has a session: from now on a lost connection is made again, too. Before that it is
    /// told at once.
    void signed_in() { was_signed_in_ = true; }
    /// What the job is there for went on.
    void progressed() { in_vain_ = 0; }
    /// How long to wait. Nothing: give up.
    [[nodiscard]] std::optional<Clock::duration> after(const Error& error);

private:
    [[nodiscard]] bool may_heal(const Error& error) const;

    std::mt19937 random_;
    bool was_signed_in_ = false;
    int in_vain_ = 0;  ///< tries since something went on
    int tries_ = 0;
    int byes_to_login_ = 0;
};

/// The server itself has said that it wants to be left alone for a while.
[[nodiscard]] bool is_limit(const Error& error);

}  // namespace mail
