#pragma once
// Builds commands so that no text of a user or server can become a second command line (RFC 9051,
// 4.3: what cannot be quoted goes as a literal; NUL, CR and LF are refused). Pure.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/types.h"

namespace mail::imap {

/// The next piece of something long, "" at its end.
using Pieces = std::function<Result<std::string>()>;

/// Ready to be sent behind a tag.
struct Command {
    /// The octets, up to and with the last CRLF. Before each segment but the first the server must
    /// have said "+". They may hold a password: they are wiped when they die.
    std::vector<Secret> segments;
    /// A literal of any size behind the last segment, and whether the server must have said "+"
    /// before it. Nothing for nearly all commands.
    Pieces streamed;
    bool streams_after_continuation = false;
    std::string shown;  ///< the same for the transcript, without secrets
};

class CommandBuilder {
public:
    /// `words` are ours: letters, digits and blanks. Non-synchronising literals are used only as
    /// `capabilities` allow: a server without them runs the literal as commands.
    CommandBuilder(std::string_view words, const Capabilities& capabilities);
    ~CommandBuilder();
    CommandBuilder(const CommandBuilder&) = delete;
    CommandBuilder& operator=(const CommandBuilder&) = delete;

    CommandBuilder& words(std::string_view words);
    enum class Shown { open, secret };
    /// " " and `raw` as a quoted string or literal.
    CommandBuilder& astring(std::string_view raw, Shown shown = Shown::open);
    /// " " and `base64`, never shown.
    CommandBuilder& sasl_response(std::string_view base64);

    /// " " and a literal of so many octets that comes in pieces. Nothing can follow it.
    CommandBuilder& streamed_literal(std::uint64_t octets, Pieces pieces);

    /// Error `refusal` at `layer` where a text cannot be sent: NUL, CR or LF in it.
    [[nodiscard]] Result<Command> finish(Cause refusal, Layer layer);

private:
    void quoted(std::string_view raw);
    void literal(std::string_view raw);
    [[nodiscard]] bool goes_at_once(std::uint64_t octets) const;

    const Capabilities& capabilities_;
    Command command_;
    std::string segment_;  ///< the one being built
    bool refused_ = false;
};

}  // namespace mail::imap
