#include "mail/imap/fetch_items.h"

#include <algorithm>
#include <array>

#include "mail/imap/ascii.h"
#include "mail/imap/body_structure.h"
#include "mail/imap/envelope.h"

namespace mail::imap {

namespace {

std::vector<std::string> parse_flags(Cursor& cursor) {
    std::vector<std::string> flags;
    if (cursor.take_word("NIL"))
        return flags;
    cursor.expect('(');
    cursor.blanks();
    while (!cursor.failed() && !cursor.take(')')) {
        flags.emplace_back(cursor.atom());
        cursor.blanks();
    }
    return flags;
}

/// The name of an attribute, with the section and origin that belong to it.
struct AttributeName {
    std::string word;  ///< upper case: "BODY"
    std::string section;
    bool has_section = false;
    bool from_start = true;
};

/// Up to the "]" that is not part of a quoted header name.
std::string parse_section(Cursor& cursor) {
    std::string section = upper(cursor.until("]\""));
    while (cursor.sees('"')) {
        section += upper(cursor.nstring());
        section += upper(cursor.until("]\""));
    }
    return section;
}

AttributeName parse_name(Cursor& cursor) {
    AttributeName name;
    name.word = upper(cursor.attribute_name());
    if (name.word.empty())
        cursor.refuse();
    if (cursor.take('[')) {
        name.has_section = true;
        name.section = parse_section(cursor);
        cursor.expect(']');
        if (cursor.take('<')) {
            name.from_start = cursor.number() == 0;
            cursor.expect('>');
        }
    }
    return name;
}

std::optional<BodyItem::Kind> body_kind(const AttributeName& name) {
    if (!name.has_section)
        return std::nullopt;
    // Some repeat the name that they were asked by.
    if (name.word == "BODY" || name.word == "BODY.PEEK")
        return BodyItem::Kind::body;
    if (name.word == "BINARY" || name.word == "BINARY.PEEK")
        return BodyItem::Kind::binary;
    return std::nullopt;
}

void parse_structure(Cursor& cursor, FetchData& data) {
    Cursor attempt = cursor;
    BodyStructure structure = parse_body_structure(attempt);
    if (!attempt.failed()) {
        data.structure = std::move(structure);
        cursor = attempt;
        return;
    }
    // The server describes this mail wrongly. Its other attributes are still good if the lists are
    // at least closed.
    data.structure_error = attempt.error(Reach::message);
    cursor.skip_value();
}

/// "(12345)"; anything else is passed over.
std::optional<std::uint64_t> parse_mod_sequence(Cursor& cursor) {
    Cursor attempt = cursor;
    attempt.expect('(');
    const std::uint64_t number = attempt.lenient_number();
    attempt.expect(')');
    if (attempt.failed() || number == 0) {
        cursor.skip_value();
        return std::nullopt;
    }
    cursor = attempt;
    return number;
}

void parse_attribute(Cursor& cursor, FetchData& data) {
    const AttributeName name = parse_name(cursor);
    cursor.blank();
    // Views of different lengths differ without a look at their octets.
    const std::string_view word = name.word;
    if (const auto kind = body_kind(name))
        data.bodies.push_back({*kind, name.section, name.from_start, cursor.string_value()});
    else if (word == "UID")
        data.uid = cursor.number();
    else if (word == "FLAGS")
        data.flags = parse_flags(cursor);
    else if (word == "RFC822.SIZE")
        data.size_octets = cursor.lenient_number();
    else if (word == "INTERNALDATE")
        data.internal_date = parse_internal_date(cursor.nstring());
    else if (word == "ENVELOPE")
        data.envelope = parse_envelope(cursor);
    else if (word == "BODYSTRUCTURE")
        parse_structure(cursor, data);
    else if (word == "MODSEQ")
        data.mod_sequence = parse_mod_sequence(cursor);
    else
        cursor.skip_value();
}

enum class List { closed, open };

/// An open list is what there is of a reply whose body is still to come.
List parse_attributes(Cursor& cursor, FetchData& data) {
    cursor.expect('(');
    cursor.blanks();
    while (!cursor.failed() && !cursor.at_end()) {
        if (cursor.take(')'))
            return List::closed;
        parse_attribute(cursor, data);
        cursor.blanks();
    }
    return List::open;
}

/// The UID at the end of a list whose middle could not be read: only there can it not be a text.
std::optional<Uid> uid_at_end(std::string_view raw) {
    while (raw.ends_with(' '))
        raw.remove_suffix(1);
    if (!raw.ends_with(')'))
        return std::nullopt;
    raw.remove_suffix(1);
    constexpr std::string_view before = " UID ";
    const std::size_t digits = raw.find_last_not_of("0123456789") + 1;
    if (digits < before.size() ||
        !same_word(raw.substr(digits - before.size(), before.size()), before))
        return std::nullopt;
    return number_of<Uid>(raw.substr(digits));
}

std::optional<unsigned> month_number(std::string_view name) {
    constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    const auto* const found = std::find(months.begin(), months.end(), lower(name));
    if (found == months.end())
        return std::nullopt;
    return static_cast<unsigned>(found - months.begin()) + 1;
}

/// "+0130" is 90 minutes.
std::optional<std::chrono::minutes> parse_zone(std::string_view raw) {
    if (raw.size() != 5 || (raw[0] != '+' && raw[0] != '-'))
        return std::nullopt;
    const auto hours = number_of<int>(raw.substr(1, 2));
    const auto minutes = number_of<int>(raw.substr(3, 2));
    if (!hours || !minutes)
        return std::nullopt;
    const std::chrono::minutes offset{*hours * 60 + *minutes};
    return raw[0] == '-' ? -offset : offset;
}

}  // namespace

FetchData parse_fetch(Cursor cursor, std::uint32_t sequence) {
    FetchData data;
    data.sequence = sequence;
    const std::string_view whole = cursor.rest();
    const List list = parse_attributes(cursor, data);
    cursor.blanks();
    if (list == List::open || !cursor.at_end())
        cursor.refuse();
    if (data.uid == 0U) {
        data.uid.reset();
        cursor.refuse();
    }
    if (cursor.failed()) {
        data.error = cursor.error(Reach::message);
        if (!data.uid)
            data.uid = uid_at_end(whole);
    }
    return data;
}

BodyStart parse_body_start(const Reply& reply) {
    BodyStart start;
    start.octets = reply.streamed.empty() ? 0 : reply.streamed.back().octets;
    Cursor cursor(reply.raw, &reply.streamed);
    cursor.expect('*');
    cursor.blank();
    const FetchData data = [&] {
        FetchData read;
        (void)cursor.number();
        cursor.blank();
        (void)cursor.take_word("FETCH");
        cursor.blank();
        (void)parse_attributes(cursor, read);
        return read;
    }();
    if (cursor.failed() || data.bodies.empty())
        return start;
    if (data.uid != 0U)
        start.uid = data.uid;
    start.kind = data.bodies.back().kind;
    start.section = data.bodies.back().section;
    start.from_start = data.bodies.back().from_start;
    return start;
}

std::optional<std::chrono::sys_seconds> parse_internal_date(std::string_view raw) {
    while (raw.starts_with(' '))
        raw.remove_prefix(1);
    const bool short_day = raw.find('-') == 1;  // "7-Jul-…" of careless servers
    const std::string padded = short_day ? "0" + std::string(raw) : std::string();
    const std::string_view all = short_day ? std::string_view(padded) : raw;
    if (all.size() != 26 || all[2] != '-' || all[6] != '-' || all[11] != ' ' || all[14] != ':' ||
        all[17] != ':' || all[20] != ' ')
        return std::nullopt;
    const auto day = number_of<unsigned>(all.substr(0, 2));
    const auto month = month_number(all.substr(3, 3));
    const auto year = number_of<int>(all.substr(7, 4));
    const auto hour = number_of<int>(all.substr(12, 2));
    const auto minute = number_of<int>(all.substr(15, 2));
    const auto second = number_of<int>(all.substr(18, 2));
    const auto zone = parse_zone(all.substr(21));
    if (!day || !month || !year || !hour || !minute || !second || !zone)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{*month},
                                           std::chrono::day{*day}};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second} - *zone;
}

}  // namespace mail::imap
