#include "mail/imap/response.h"

#include <array>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/sequence_set.h"
#include "mail/imap/utf7.h"

namespace mail::imap {

namespace {

std::optional<Status::Kind> take_status(Cursor& cursor) {
    constexpr std::array<std::pair<std::string_view, Status::Kind>, 5> words{
        {{"OK", Status::Kind::ok},
         {"NO", Status::Kind::no},
         {"BAD", Status::Kind::bad},
         {"PREAUTH", Status::Kind::preauth},
         {"BYE", Status::Kind::bye}}};
    for (const auto& [word, kind] : words)
        if (cursor.take_word(word))
            return kind;
    return std::nullopt;
}

Status resp_text(Cursor& cursor, Status::Kind kind) {
    Status status;
    status.kind = kind;
    cursor.blanks();
    Cursor attempt = cursor;
    if (attempt.take('[')) {
        ResponseCode code;
        code.name = upper(attempt.until(" ]"));
        attempt.blanks();
        code.raw_arguments = attempt.until("]");
        attempt.expect(']');
        // A "[" without "]" is text.
        if (!attempt.failed() && !code.name.empty()) {
            cursor = attempt;
            cursor.blanks();
            status.code = std::move(code);
        }
    }
    status.raw_text = cursor.rest();
    return status;
}

/// `delimiter` is "/" in quotes, or NIL.
char parse_delimiter(Cursor& cursor) {
    const std::string delimiter = cursor.nstring();
    return delimiter.empty() ? '\0' : delimiter.front();
}

Folder mailbox_list(Cursor& cursor) {
    Folder folder;
    cursor.expect('(');
    cursor.blanks();
    while (!cursor.failed() && !cursor.take(')')) {
        folder.attributes.push_back(lower(cursor.atom()));
        cursor.blanks();
    }
    cursor.blank();
    folder.delimiter = parse_delimiter(cursor);
    cursor.blank();
    folder.raw_name = cursor.nstring();
    folder.name = from_modified_utf7(folder.raw_name);
    for (const std::string& attribute : folder.attributes)
        if (attribute == "\\noselect" || attribute == "\\nonexistent")
            folder.selectable = false;
    return folder;  // RFC 5258 extensions may follow
}

FlagsData flags_data(Cursor& cursor) {
    FlagsData data;
    cursor.expect('(');
    cursor.blanks();
    while (!cursor.failed() && !cursor.take(')')) {
        data.flags.emplace_back(cursor.atom());
        cursor.blanks();
    }
    return data;
}

SearchData search_data(Cursor& cursor) {
    SearchData data;
    cursor.blanks();
    while (!cursor.failed() && !cursor.at_end() && !cursor.sees('(')) {  // "(MODSEQ n)" may end it
        data.uids.push_back(cursor.number());
        if (data.uids.back() == 0 || data.uids.size() > default_max_uids)
            cursor.refuse();
        cursor.blanks();
    }
    return data;
}

EsearchData esearch_data(Cursor& cursor) {
    EsearchData data;
    cursor.blanks();
    if (cursor.take('(')) {
        if (!cursor.take_word("TAG"))
            cursor.refuse();
        cursor.blank();
        data.tag = cursor.nstring();
        cursor.expect(')');
        cursor.blanks();
    }
    data.of_uids = cursor.take_word("UID");
    cursor.blanks();
    while (!cursor.failed() && !cursor.at_end()) {
        const std::string name = upper(cursor.atom());
        cursor.blank();
        if (name == "ALL") {
            auto uids = parse_sequence_set(cursor.atom());
            if (!uids)
                cursor.refuse(uids.error().cause);
            else
                data.all = std::move(*uids);
        } else if (name == "COUNT") {
            data.count = cursor.number();
        } else {
            cursor.skip_value();
        }
        cursor.blanks();
    }
    return data;
}

StatusData status_data(Cursor& cursor) {
    StatusData data;
    cursor.blanks();
    data.raw_folder = cursor.nstring();
    cursor.blank();
    cursor.expect('(');
    cursor.blanks();
    while (!cursor.failed() && !cursor.take(')')) {
        std::string name = upper(cursor.atom());
        cursor.blank();
        data.items.emplace_back(std::move(name), cursor.lenient_number());
        cursor.blanks();
    }
    return data;
}

NamespaceData namespace_data(Cursor& cursor) {
    NamespaceData data;
    cursor.blanks();
    if (cursor.take('(') && cursor.take('(')) {
        data.raw_prefix = cursor.nstring();
        cursor.blank();
        data.delimiter = parse_delimiter(cursor);
    }
    return data;
}

VanishedData vanished_data(Cursor& cursor) {
    VanishedData data;
    if (cursor.take('(')) {
        data.earlier = cursor.take_word("EARLIER");
        if (!data.earlier)
            cursor.refuse();
        cursor.expect(')');
        cursor.blanks();
    }
    // An empty set has no form; some may send it all the same.
    if (cursor.at_end())
        return data;
    auto uids = UidSet::parse(cursor.atom());
    if (!uids)
        cursor.refuse(uids.error().cause);
    else
        data.uids = std::move(*uids);
    return data;
}

EnabledData enabled_data(Cursor& cursor) {
    EnabledData data;
    while (!cursor.failed() && !cursor.at_end()) {
        data.words.push_back(upper(cursor.atom()));
        cursor.blanks();
    }
    return data;
}

Response numbered(Cursor& cursor) {
    const std::uint32_t number = cursor.number();
    cursor.blank();
    if (cursor.take_word("FETCH")) {
        cursor.blank();
        // The list reads on from here; a failure in it is the message's, not the reply's.
        return parse_fetch(cursor, number);
    }
    if (cursor.take_word("EXISTS"))
        return CountData{CountData::Kind::exists, number};
    if (cursor.take_word("RECENT"))
        return CountData{CountData::Kind::recent, number};
    if (cursor.take_word("EXPUNGE") || cursor.take_word("EXPUNGED"))
        return CountData{CountData::Kind::expunge, number};
    return Unknown{upper(cursor.atom())};
}

Response untagged(Cursor& cursor) {
    if (!cursor.at_end() && is_digit(cursor.rest().front()))
        return numbered(cursor);
    if (const auto kind = take_status(cursor))
        return resp_text(cursor, *kind);
    const std::string word = upper(cursor.atom());
    cursor.blanks();
    if (word == "CAPABILITY")
        return parse_capabilities(cursor.rest());
    if (word == "LIST" || word == "XLIST")
        return mailbox_list(cursor);
    if (word == "FLAGS")
        return flags_data(cursor);
    if (word == "SEARCH")
        return search_data(cursor);
    if (word == "ESEARCH")
        return esearch_data(cursor);
    if (word == "STATUS")
        return status_data(cursor);
    if (word == "NAMESPACE")
        return namespace_data(cursor);
    if (word == "VANISHED")
        return vanished_data(cursor);
    if (word == "ENABLED")
        return enabled_data(cursor);
    return Unknown{word};
}

}  // namespace

std::string Status::words() const {
    if (!code)
        return raw_text;
    std::string words = "[" + code->name;
    if (!code->raw_arguments.empty())
        words += " " + code->raw_arguments;
    return words + "] " + raw_text;
}

Result<Response> parse_response(const Reply& reply) {
    Cursor cursor(reply.raw, &reply.streamed);
    if (cursor.take('+')) {
        cursor.blanks();
        return Continuation{std::string(cursor.rest())};
    }
    if (cursor.take('*')) {
        cursor.blank();
        if (cursor.failed())
            return tl::unexpected(cursor.error(Reach::connection));
        cursor.blanks();
        Response response = untagged(cursor);
        if (cursor.failed())
            return tl::unexpected(cursor.error(Reach::folder));
        return response;
    }
    std::string tag(cursor.atom());
    cursor.blank();
    const auto kind = take_status(cursor);
    if (!kind || cursor.failed() || *kind == Status::Kind::preauth || *kind == Status::Kind::bye) {
        cursor.refuse();
        return tl::unexpected(cursor.error(Reach::connection));
    }
    return Tagged{std::move(tag), resp_text(cursor, *kind)};
}

}  // namespace mail::imap
