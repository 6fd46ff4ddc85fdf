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
    void progressed() {
        in_vain_ = slow_ = 0;
        was_forgiven_ = false;
    }
    /// It goes on without the message at which `error` came. A server may be too slow with one, and
    /// that is forgiven; with the next one it is the server.
    void did_without_one(const Error& error);
    /// Whether the next try asks for the same as the one that has failed.
    enum class Next { same, otherwise };
    /// How long to wait. Nothing: give up.
    [[nodiscard]] std::optional<Clock::duration> after(const Error& error, Next next = Next::same);

private:
    [[nodiscard]] bool may_heal(const Error& error) const;

    std::mt19937 random_;
    bool was_signed_in_ = false;
    int in_vain_ = 0;  ///< tries since something went on
    int tries_ = 0;
    int slow_ = 0;  ///< how often the server was too slow since something went on
    bool was_forgiven_ = false;
    int byes_to_login_ = 0;
};

/// The server was signed in to, and then silent, or next to it, for as long as it is waited for.
[[nodiscard]] bool is_slow(const Error& error);

/// A server may mean the password by it.
[[nodiscard]] bool is_bye_to_login(const Error& error);

/// The server itself has said that it wants to be left alone for a while.
[[nodiscard]] bool is_limit(const Error& error);

}  // namespace mail
