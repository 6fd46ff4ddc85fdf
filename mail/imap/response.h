#pragma once
// One whole reply of an IMAP server as a value (RFC 9051, 9 "response"; RFC 3501 alike). Pure:
// octets in, value out. Replies that we don't know are Unknown, and no error.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mail/imap/fetch_items.h"
#include "mail/imap/reply_assembler.h"
#include "mail/imap/types.h"
#include "mail/imap/uid_set.h"

namespace mail::imap {

/// "[UIDVALIDITY 7]": name in upper case, the rest as it came.
struct ResponseCode {
    std::string name;
    std::string raw_arguments;
};

/// OK, NO … with its code and the server's own words.
struct Status {
    enum class Kind { ok, no, bad, preauth, bye };
    Kind kind = Kind::ok;
    std::optional<ResponseCode> code;
    std::string raw_text;
    [[nodiscard]] bool is_ok() const { return kind == Kind::ok || kind == Kind::preauth; }
    [[nodiscard]] bool has_code(std::string_view name) const { return code && code->name == name; }
    /// The whole of it as one line for a fact: "[ALERT] text".
    [[nodiscard]] std::string words() const;
};

struct Tagged {
    std::string tag;
    Status status;
};
struct Continuation {
    std::string raw_text;
};
struct FlagsData {
    std::vector<std::string> flags;
};
/// EXISTS, RECENT, EXPUNGE; Mailutils says EXPUNGED.
struct CountData {
    enum class Kind { exists, recent, expunge };
    Kind kind = Kind::exists;
    std::uint32_t number = 0;
};
struct SearchData {
    std::vector<Uid> uids;  ///< as the server ordered them
};
/// RFC 4731.
struct EsearchData {
    std::string tag;
    bool of_uids = false;
    std::vector<Uid> all;
    std::optional<std::uint32_t> count;
};
struct StatusData {
    std::string raw_folder;
    std::vector<std::pair<std::string, std::uint64_t>> items;  ///< upper case
};
/// RFC 2342: of the personal namespaces the first.
struct NamespaceData {
    std::string raw_prefix;
    char delimiter = 0;
};
/// RFC 7162. `earlier`: of before the folder was opened; else in place of EXPUNGE.
struct VanishedData {
    bool earlier = false;
    UidSet uids;
};
/// RFC 5161.
struct EnabledData {
    std::vector<std::string> words;  ///< upper case
};
struct Unknown {
    std::string word;  ///< upper case
};

using Response = std::variant<Tagged, Continuation, Status, Capabilities, Folder, FlagsData,
                              CountData, SearchData, EsearchData, FetchData, StatusData,
                              NamespaceData, VanishedData, EnabledData, Unknown>;

/// Errors: reply_malformed with the fact "offset". Reach connection where the reply has no form at
/// all, folder where one that we know is damaged. A damaged FETCH is no error: FetchData::error.
[[nodiscard]] Result<Response> parse_response(const Reply& reply);

/// The words behind CAPABILITY, of a reply or a response code.
[[nodiscard]] Capabilities parse_capabilities(std::string_view raw_words);

}  // namespace mail::imap
