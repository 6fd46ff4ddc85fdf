#pragma once
// The conversation with the server, for the console and for reports. Secrets are cut here, at the
// source: what leaves this file never held a password, token or SASL reply, and of mail contents
// only sizes.

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "mail/imap/redactor.h"
#include "mail/imap/reply_assembler.h"

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

/// What a line of the transcript shows of a reply: literals and texts of mails only as their sizes.
[[nodiscard]] std::string shown_reply(const Reply& reply);

/// The one way to the observer. Owned by the pipeline, used on its thread.
class Transcript {
public:
    explicit Transcript(TranscriptObserver observer);
    /// From now on `secret` is taken out of whatever either side says.
    void hide(const Secret& secret);
    void sent(std::string_view shown) const;
    void received(const Reply& reply) const;
    void note(std::string_view text) const;
    /// A server's words for a fact of an error: without secrets, one line.
    [[nodiscard]] std::string quotable(std::string_view raw) const;

private:
    void show(TranscriptLine::From from, std::string_view text) const;

    TranscriptObserver observer_;
    Redactor redactor_;
};

}  // namespace mail::imap
