#pragma once
// Our own splitter: finds the parts of a mail by offsets, however broken it is, with caps on depth
// and count; never recurses, never holds the mail. What it had to mend stands in Part::repaired.
// What can be read is listed in docs/attachments.md; heads of parts are read by mimetic behind
// headers.h.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mail/mime/part.h"
#include "mail/mime/source.h"

namespace mail::mime {

struct Limits {
    int depth = 100;
    std::size_t parts = 10'000;
    std::size_t header_octets = 1 << 20;  ///< of one part's head; the rest is ignored
    /// Of all containers opened in memory (TNEF, S/MIME, encoded messages) together.
    std::uint64_t expanded_octets = 256ULL << 20;
    std::size_t window_octets = 64 << 10;  ///< how much of the source is held at a time
};

/// The head of a mail, decoded.
struct Head {
    std::string subject, sender_name, sender_address, message_id;  ///< UTF-8
    std::string raw_date;
};

class Message {
public:
    /// Always gives what can be read; not_a_mail only where there is no octet at all. Errors of the
    /// source are handed through. `source` must outlive the result.
    [[nodiscard]] static Result<Message> read(const Source& source, const Limits& limits = {});

    Message(Message&&) noexcept;
    Message& operator=(Message&&) noexcept;
    ~Message();

    [[nodiscard]] const Head& head() const;
    [[nodiscard]] const Structure& structure() const;
    /// The part's octets, decoded, in pieces. May add to `repaired` what only decoding shows.
    [[nodiscard]] Result<void> decode(std::size_t part, const Sink& sink,
                                      std::vector<Repair>& repaired) const;

private:
    struct State;
    explicit Message(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace mail::mime
