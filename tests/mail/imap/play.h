#pragma once
// Sessions over a scripted server.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/session.h"
#include "tests/fakes/scripted_stream.h"

namespace mail::imap::tests {

using Script = std::vector<fakes::ScriptStep>;
using Habits = fakes::ScriptedStream::Habits;

/// What a test looks at: the session or why there is none, what was written, what was shown.
struct Play {
    std::shared_ptr<fakes::Played> played;
    std::shared_ptr<std::vector<TranscriptLine>> shown;
    Result<std::unique_ptr<Session>> opened = nullptr;

    [[nodiscard]] Session& session() const { return **opened; }
    [[nodiscard]] Cause cause() const { return opened ? Cause::internal : opened.error().cause; }
    /// Everything shown, one line each.
    [[nodiscard]] std::string conversation() const;
};

struct Opening {
    net::Endpoint endpoint;
    Credentials credentials;
    Habits habits;
    StopToken stop;
};
/// "ala" with the password "Tajne-7f3a", on 127.0.0.1, automatic encryption.
[[nodiscard]] Opening usual_opening();
[[nodiscard]] Opening clear_opening();  ///< the same, not encrypted, and encryption none
[[nodiscard]] Opening token_opening();  ///< the token "TOK-9c1b"

[[nodiscard]] Play play(const Script& script, const Opening& opening = usual_opening());

/// Signed in by PREAUTH over TLS with these capabilities: the first tag of `rest` is A1.
[[nodiscard]] Play play_signed_in(std::string_view capabilities, const Script& rest,
                                  const Habits& habits = {});

[[nodiscard]] Wait soon();

}  // namespace mail::imap::tests
