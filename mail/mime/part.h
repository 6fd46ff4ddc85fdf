#pragma once
// The parts of a mail as plain data (RFC 2045-2047, 2183, 2231), the same whether they come from a
// server's BODYSTRUCTURE or from our own splitter. No mimetic here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mail::mime {

enum class Disposition : std::uint8_t { none, inline_, attachment, other };

/// What had to be mended to read a part; named in JSON as here.
enum class Repair : std::uint8_t {
    name_charset,        ///< raw 8-bit or wrongly encoded file name
    name_syntax,         ///< RFC 2231 / 2047 used wrongly
    boundary,            ///< missing, wrong or doubled boundary; no end
    headers,             ///< odd lines among or above the headers
    content_type,        ///< several or contradictory types
    transfer_encoding,   ///< unknown or wrong, taken as it is
    base64_damaged,      ///< foreign characters or a cut end
    uuencode,            ///< found inside a text
    tnef,                ///< taken out of winmail.dat
    encoded_message,     ///< a message that was base64 or quoted-printable against the rules
    signed_envelope,     ///< taken out of opaque S/MIME
    structure_replaced,  ///< the server described the mail wrongly: read whole
};
[[nodiscard]] std::string_view name_of(Repair repair);

/// How the lines of a text go on (RFC 3676).
enum class Flow : std::uint8_t {
    none,
    flowed,                 ///< behind a blank at the end of a line
    flowed_without_spaces,  ///< the same, and that blank is none (DelSp)
};
/// By the parameters of its type, any case of letters.
[[nodiscard]] Flow flow_of(std::string_view format, std::string_view del_sp);

struct Part {
    int parent = -1;  ///< index in Structure::parts; -1 for the root
    /// IMAP section "1.2"; parts found inside others go on: "2/1". A multipart has that of what it
    /// is the body of, "" at the top.
    std::string path;
    std::string type;        ///< "application/pdf", lower case; never empty
    std::string charset;     ///< of text, lower case; "" if not said
    Flow flow = Flow::none;  ///< likewise
    std::string name;        ///< file name as the mail says it, UTF-8, not sanitised; "" if none
    std::string content_id;  ///< without < >
    std::string encoding;    ///< transfer encoding, lower case; "" is 7bit
    Disposition disposition = Disposition::none;
    std::uint64_t size_octets = 0;  ///< as it stands in the mail (encoded)
    /// A multipart, or a container (message/rfc822, TNEF, opaque S/MIME) whose inside is listed in
    /// its place, though there may be nothing in it.
    bool has_children = false;
    std::vector<Repair> repaired;

    [[nodiscard]] bool is_text() const { return type.starts_with("text/"); }
    [[nodiscard]] bool is_multipart() const { return type.starts_with("multipart/"); }
    /// message/rfc822 and its kin.
    [[nodiscard]] bool is_message() const;
    /// About how many octets it has decoded.
    [[nodiscard]] std::uint64_t estimated_octets() const;
};

/// Pre-order: parents before children, siblings in their order.
struct Structure {
    std::vector<Part> parts;
    bool complete = true;  ///< false: a cap on depth or count was met, some parts are not listed
};

}  // namespace mail::mime
