#pragma once
// Parts of messages, pipelined and streamed: however large, a part passes through in pieces. The
// UID of every reply is checked; a part whose reply named another message ends with wrong_message.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap/claim.h"
#include "mail/imap/session.h"

namespace mail::imap {

struct PartRequest {
    Uid uid = 0;
    std::string section;   ///< "1.2"; "" is the whole message (BODY.PEEK[])
    std::string encoding;  ///< transfer encoding by BODYSTRUCTURE, lower case
    /// BINARY.PEEK may be used for base64 where the server has it and the part is not very large:
    /// the server decodes then. False where we want the octets as they are.
    bool may_decode = true;
    /// By BODYSTRUCTURE; 0: not known. A part that should have octets and comes without any is
    /// part_missing: that is how some servers answer for a section that they don't have. One that
    /// comes with another size is part_incomplete with the facts "octets_said", "octets_came": the
    /// structure or the part is wrong, and only the whole message tells. What the server decoded
    /// (BINARY) counts only where base64 in lines of a usual length has exactly so many octets;
    /// else the part is asked for again as it is.
    std::uint64_t size_octets = 0;
};

/// Receives the parts. Requests are named by their index. Calls come on the thread of fetch_parts.
class PartSink {
public:
    enum class Form { encoded, decoded };  ///< decoded: BINARY, or the encoding is an identity
    virtual ~PartSink() = default;
    /// Asked when the request is about to be sent. false: it is left out, without end().
    [[nodiscard]] virtual bool wants(std::size_t request) {
        (void)request;
        return true;
    }
    /// A part begins (again: what came for it before is void).
    [[nodiscard]] virtual Result<void> begin(std::size_t request, Form form) = 0;
    [[nodiscard]] virtual Result<void> data(std::size_t request, std::string_view raw) = 0;
    /// Exactly once per request that fetch_parts has sent: whole, or why not (part_missing,
    /// part_incomplete, wrong_message, message_gone, or the sink's own error). An error returned
    /// here or above with a reach up to message skips that part; one of wider reach ends
    /// fetch_parts.
    [[nodiscard]] virtual Result<void> end(std::size_t request, Result<void> outcome) = 0;
};

/// All of `requests`, in any order, without waiting between them. An error means that the
/// connection is gone, the server wants to be left alone for a while (server_limit: close it), or
/// the sink wanted to stop: requests without end() were not delivered.
[[nodiscard]] Result<void> fetch_parts(Session& session, const std::vector<PartRequest>& requests,
                                       PartSink& sink, const Wait& wait);

/// The same; the messages are claimed in front of it, without a wait of its own. `claim` is told
/// how that went.
[[nodiscard]] Result<void> fetch_parts(Session& session, const Claim& claim,
                                       const std::vector<PartRequest>& requests, PartSink& sink,
                                       const Wait& wait);

}  // namespace mail::imap
