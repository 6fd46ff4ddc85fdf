// first_mailbox(): our own code cuts the first mailbox out of a field, comments and lists away, and
// mimetic takes it apart. The only file that sees mimetic.
#include <algorithm>
#include <exception>
#include <string>
#include <string_view>

#include <mimetic/rfc822/mailbox.h>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/headers.h"

namespace mail::mime {
namespace {

constexpr std::size_t max_field_octets = 64 << 10;

struct Cut {
    std::string raw_mailbox;  ///< "Name <a@b>", "a@b": without comments
    std::string raw_comment;  ///< the last comment: the name in the style of long ago
};

std::size_t end_of_quoted(std::string_view raw, std::size_t at) {
    for (++at; at < raw.size(); ++at) {
        if (raw[at] == '\\')
            ++at;
        else if (raw[at] == '"')
            return at + 1;
    }
    return raw.size();
}

std::size_t end_of_comment(std::string_view raw, std::size_t at) {
    int depth = 0;
    for (; at < raw.size(); ++at) {
        if (raw[at] == '\\')
            ++at;
        else if (raw[at] == '(')
            ++depth;
        else if (raw[at] == ')' && --depth == 0)
            return at + 1;
    }
    return raw.size();
}

Cut first_of_list(std::string_view raw) {
    Cut cut;
    bool in_brackets = false;
    for (std::size_t at = 0; at < raw.size();) {
        const char octet = raw[at];
        std::size_t end = at + 1;
        if (octet == '"') {
            end = std::min(end_of_quoted(raw, at), raw.size());
            cut.raw_mailbox += raw.substr(at, end - at);
        } else if (octet == '(' && !in_brackets) {
            end = std::min(end_of_comment(raw, at), raw.size());
            const std::string_view comment = raw.substr(at + 1, end - at - 1);
            cut.raw_comment = comment.substr(0, comment.size() - (comment.ends_with(')') ? 1 : 0));
        } else if ((octet == ',' || octet == ';') && !in_brackets) {
            if (!trimmed(cut.raw_mailbox).empty())
                break;
        } else if (octet == ':' && !in_brackets) {
            cut.raw_mailbox.clear();  // the name of a group
        } else {
            in_brackets = octet == '<' || (in_brackets && octet != '>');
            cut.raw_mailbox += is_space(octet) ? ' ' : octet;
            if (octet == '>')
                break;
        }
        at = end;
    }
    return cut;
}

/// Quotes taken off, what they escaped as it is.
std::string unquoted(std::string_view raw) {
    std::string text;
    bool quoted = false;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        if (raw[at] == '"')
            quoted = !quoted;
        else if (raw[at] == '\\' && quoted && at + 1 < raw.size())
            text += raw[++at];
        else
            text += raw[at];
    }
    return text;
}

struct Taken {
    std::string raw_label, raw_local, raw_domain;
};

Taken taken_apart(const std::string& raw_mailbox) {
    try {
        const mimetic::Mailbox mailbox(raw_mailbox);
        return {mailbox.label(), mailbox.mailbox(), mailbox.domain()};
    } catch (const std::exception&) {
        return {};  // a mailbox that it can't read has no parts
    }
}

}  // namespace

Mailbox first_mailbox(std::string_view raw_field) {
    const Cut cut = first_of_list(raw_field.substr(0, max_field_octets));
    const std::string raw(trimmed(cut.raw_mailbox));
    const Taken taken = taken_apart(raw);
    Mailbox mailbox;
    mailbox.name = decode_text(unquoted(taken.raw_label));
    if (mailbox.name.empty())
        mailbox.name = decode_text(unquoted(cut.raw_comment));
    const std::string_view local = trimmed(taken.raw_local);
    if (!taken.raw_domain.empty())
        mailbox.address =
            utf8::repaired(std::string(local) + "@" + std::string(trimmed(taken.raw_domain)));
    else if (raw.ends_with('>'))
        mailbox.address = utf8::repaired(local);
    else if (mailbox.name.empty())
        mailbox.name = decode_text(unquoted(raw));
    return mailbox;
}

}  // namespace mail::mime
