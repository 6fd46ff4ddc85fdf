#pragma once
// The conversation with the server, for the console and for reports. Secrets are cut here, at the
// source: what leaves this file never held a password, token or SASL reply, and of mail contents
// only sizes.

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace mail::imap {

struct TranscriptLine {
    enum class From { us, server, note };
    From from = From::note;
    std::chrono::system_clock::time_point when;
    std::string
        text;  ///< one line, redacted, escaped (utf8::one_line), capped; literals as "{1234} …"
};

/// Called on the thread of the session; must not block. Empty: nobody watches.
using TranscriptObserver = std::function<void(const TranscriptLine&)>;

}  // namespace mail::imap
