#pragma once
// What an IMAP server tells, as plain data (RFC 9051; RFC 3501 servers alike). Strings named raw…
// are octets as they came: whoever shows them decodes them first (mime/headers).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mail/base/result.h"
#include "mail/base/secret.h"

namespace mail::imap {

using Uid = std::uint32_t;  ///< never 0 in a reply that we accept

struct Credentials {
    enum class Kind { password, oauth_token };
    Kind kind = Kind::password;
    std::string login;  ///< UTF-8
    Secret secret;
};

struct Address {
    std::string raw_name;     ///< encoded words, not decoded
    std::string raw_mailbox;  ///< before the @
    std::string raw_host;
};

/// RFC 9051, 2.3.5. NIL and "" are the same to us.
struct Envelope {
    std::string raw_subject, raw_message_id;
    std::vector<Address> from;
    std::vector<Address> sender;  ///< only where there is no `from`
};

/// Keys in lower case. Of a structure only those that tell of names and letters: charset, name and
/// filename, in all their spellings.
using RawParameters = std::vector<std::pair<std::string, std::string>>;

/// One node of BODYSTRUCTURE (RFC 9051, 7.5.2).
struct BodyNode {
    int parent = -1;      ///< index of the node that holds it; -1 for the root
    std::string section;  ///< for FETCH: "1.2". A multipart has that of what it is the body of, ""
                          ///< at the top
    std::string type, subtype;  ///< lower case
    RawParameters parameters;
    std::string raw_id;
    std::string encoding;     ///< lower case, may be anything
    std::string disposition;  ///< lower case; "" where there is none
    RawParameters disposition_parameters;
    std::uint64_t size_octets = 0;  ///< as encoded, as the server says; 0 for multiparts
};

/// Parents before children, in the order of the mail: a flat list, so that no depth can hurt.
using BodyStructure = std::vector<BodyNode>;

struct MessageData {
    Uid uid = 0;
    std::uint64_t size_octets = 0;  ///< RFC822.SIZE: a hint, servers are wrong by a few per cent
    std::chrono::sys_seconds internal_date{};
    std::vector<std::string> flags;
    Envelope envelope;
    BodyStructure structure;
    /// Set where BODYSTRUCTURE could not be read (structure is empty then): read the whole mail.
    std::optional<Error> structure_error;
};

struct Folder {
    std::string name;  ///< UTF-8, decoded
    std::string raw_name;
    char delimiter = 0;  ///< 0: none
    bool selectable = true;
    std::vector<std::string> attributes;  ///< lower case, "\\noselect"
};

/// What EXAMINE or SELECT said.
struct Mailbox {
    std::string folder;
    std::uint32_t uid_validity = 0;  ///< 0: not said
    bool uids_stick = true;          ///< false: UIDNOTSTICKY was said (RFC 4315)
    Uid uid_next = 0;                ///< 0: not said
    std::uint32_t exists = 0;
    bool can_store_keywords = false;         ///< PERMANENTFLAGS holds \*
    bool can_claim = false;                  ///< PERMANENTFLAGS holds \* or claim_keyword (claim.h)
    std::vector<std::uint32_t> claimants;    ///< whose marks the folder knows (FLAGS), ascending
    std::uint64_t highest_mod_sequence = 0;  ///< RFC 7162; 0: not said
};

/// A folder that was opened, and all UIDs that it had then, ascending.
struct Contents {
    Mailbox mailbox;
    std::vector<Uid> uids;
};

struct Capabilities {
    bool starttls = false, login_disabled = false, sasl_ir = false, literal_plus = false,
         literal_minus = false, uidplus = false, binary = false, esearch = false, idle = false,
         condstore = false, move = false, special_use = false, id = false, namespaces = false;
    std::vector<std::string> mechanisms;  ///< of AUTH=, upper case
    std::vector<std::string> all;         ///< every word, upper case
    [[nodiscard]] bool has_mechanism(std::string_view name) const;
};

}  // namespace mail::imap
