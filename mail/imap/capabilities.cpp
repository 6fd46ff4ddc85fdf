#include <array>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/response.h"

namespace mail::imap {

namespace {

constexpr std::size_t max_words = 1'000;

constexpr std::array<std::pair<std::string_view, bool Capabilities::*>, 13> known_words{{
    {"STARTTLS", &Capabilities::starttls},
    {"LOGINDISABLED", &Capabilities::login_disabled},
    {"SASL-IR", &Capabilities::sasl_ir},
    {"LITERAL+", &Capabilities::literal_plus},
    {"LITERAL-", &Capabilities::literal_minus},
    {"UIDPLUS", &Capabilities::uidplus},
    {"BINARY", &Capabilities::binary},
    {"ESEARCH", &Capabilities::esearch},
    {"IDLE", &Capabilities::idle},
    {"CONDSTORE", &Capabilities::condstore},
    {"MOVE", &Capabilities::move},
    {"SPECIAL-USE", &Capabilities::special_use},
    {"ID", &Capabilities::id},
}};

/// IMAP4rev2 (RFC 9051, appendix E) has taken these in. BINARY only in part, but FETCH is that
/// part. Where a server has both revisions, it speaks the old one until ENABLE (RFC 9051, 6.3.1).
void add_those_of_rev2(Capabilities& capabilities) {
    capabilities.sasl_ir = capabilities.uidplus = capabilities.binary = capabilities.esearch =
        capabilities.idle = capabilities.move = capabilities.special_use = capabilities.namespaces =
            true;
    capabilities.literal_minus = true;
}

}  // namespace

Capabilities parse_capabilities(std::string_view raw_words) {
    Capabilities capabilities;
    bool rev1 = false, rev2 = false;
    while (!raw_words.empty() && capabilities.all.size() < max_words) {
        const std::size_t blank = raw_words.find(' ');
        const std::string word = upper(raw_words.substr(0, blank));
        raw_words.remove_prefix(blank == std::string_view::npos ? raw_words.size() : blank + 1);
        if (word.empty())
            continue;
        for (const auto& [known, flag] : known_words)
            if (word == known)
                capabilities.*flag = true;
        if (word == "NAMESPACE")
            capabilities.namespaces = true;
        if (word == "QRESYNC")
            capabilities.condstore = true;
        rev1 = rev1 || word == "IMAP4REV1";
        rev2 = rev2 || word == "IMAP4REV2";
        if (word.starts_with("AUTH="))
            capabilities.mechanisms.push_back(word.substr(5));
        capabilities.all.push_back(word);
    }
    if (rev2 && !rev1)
        add_those_of_rev2(capabilities);
    return capabilities;
}

}  // namespace mail::imap
