#pragma once
// Which message to do without, where the same one is under way whenever the connection ends: one
// message must not stop the others.

#include <cstdint>
#include <set>

#include "mail/base/result.h"

namespace mail {

/// The server sent, but next to nothing in the time it had (imap::Pipeline). A silent one may be a
/// line that broke; this is its answer to what was asked for.
[[nodiscard]] bool drips(const Error& error);

/// For one taking.
class Suspicion {
public:
    enum class Verdict { go_on, put_last, give_up };
    /// The connection ended by `error` while the message `first` was under way.
    [[nodiscard]] Verdict judge(std::uint32_t first, const Error& error);
    /// Whether the server must not decode any more. Dovecot 2.3 says BYE or hangs up when it has to
    /// decode damaged base64 (BINARY): so without that first, and then without the message.
    [[nodiscard]] bool decoding_ended() const { return decoding_ended_; }

private:
    std::uint32_t suspect_ = 0;
    bool decoding_ended_ = false;
    std::set<std::uint32_t> put_last_;
};

}  // namespace mail
