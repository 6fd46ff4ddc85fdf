#include <limits>
#include <utility>

#include "mail/demo/describe.h"
#include "mail/demo/fetch.h"
#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

using Kind = FetchItem::Kind;
using What = Section::What;

FetchItem plain_item(Kind kind, std::string_view label) {
    FetchItem item;
    item.kind = kind;
    item.label = label;
    return item;
}

std::optional<What> what_named(const std::string& word) {
    if (word == "HEADER")
        return What::header;
    if (word == "HEADER.FIELDS")
        return What::fields;
    if (word == "HEADER.FIELDS.NOT")
        return What::fields_not;
    if (word == "TEXT")
        return What::text;
    if (word == "MIME")
        return What::mime;
    return std::nullopt;
}

/// What stands between the brackets, and how it is told back.
struct ReadSection {
    Section section;
    std::string shown;
};

std::optional<ReadSection> parse_section(Arguments& arguments) {
    ReadSection read;
    while (arguments.peek() >= '0' && arguments.peek() <= '9') {
        const std::uint64_t number = arguments.number();
        if (number > std::numeric_limits<std::uint32_t>::max())
            return std::nullopt;
        read.section.path.push_back(static_cast<std::uint32_t>(number));
        read.shown += std::to_string(number);
        if (!arguments.accept('.'))
            break;
        read.shown += '.';
    }
    if (arguments.peek() != ']') {
        const std::string word = arguments.word("]");
        const auto what = what_named(word);
        if (!what || (*what == What::mime && read.section.path.empty()))
            return std::nullopt;
        read.section.what = *what;
        read.shown += word;
    }
    if (read.section.what == What::fields || read.section.what == What::fields_not) {
        arguments.space();
        read.section.names = arguments.list();
        read.shown += " (";
        for (const std::string& name : read.section.names)
            read.shown += (&name == &read.section.names.front() ? "" : " ") + imap_string(name);
        read.shown += ')';
    }
    arguments.expect(']');
    return arguments.failed() ? std::nullopt : std::optional(read);
}

std::optional<FetchItem> parse_section_item(Arguments& arguments, const std::string& name,
                                            BinaryItems binary) {
    const bool is_body = name == "BODY" || name == "BODY.PEEK";
    const bool is_binary = name == "BINARY" || name == "BINARY.PEEK" || name == "BINARY.SIZE";
    if (!is_body && (!is_binary || binary == BinaryItems::unknown))
        return std::nullopt;
    auto read = parse_section(arguments);
    if (!read || (is_binary && read->section.what != What::whole))
        return std::nullopt;
    const bool only_size = name == "BINARY.SIZE";
    FetchItem item = plain_item(is_body     ? Kind::section
                                : only_size ? Kind::binary_size
                                            : Kind::binary,
                                is_body     ? "BODY["
                                : only_size ? "BINARY.SIZE["
                                            : "BINARY[");
    item.label += read->shown + "]";
    item.section = std::move(read->section);
    if (name == "BODY" || name == "BINARY")
        item.effect = FetchItem::Effect::marks_seen;
    if (!only_size && arguments.accept('<')) {
        const std::uint64_t first = arguments.number();
        arguments.expect('.');
        item.partial = {first, arguments.number()};
        arguments.expect('>');
        item.label += "<" + std::to_string(first) + ">";
    }
    return item;
}

/// RFC822 and its parts are sections under an older name.
std::optional<FetchItem> older_item(const std::string& name) {
    FetchItem item = plain_item(Kind::section, name);
    if (name == "RFC822.HEADER") {
        item.section.what = What::header;
        return item;
    }
    item.effect = FetchItem::Effect::marks_seen;
    if (name == "RFC822.TEXT")
        item.section.what = What::text;
    else if (name != "RFC822")
        return std::nullopt;
    return item;
}

std::optional<FetchItem> simple_item(const std::string& name) {
    constexpr std::pair<std::string_view, Kind> items[] = {{"UID", Kind::uid},
                                                           {"FLAGS", Kind::flags},
                                                           {"MODSEQ", Kind::mod_sequence},
                                                           {"BODY", Kind::body},
                                                           {"INTERNALDATE", Kind::internal_date},
                                                           {"RFC822.SIZE", Kind::size},
                                                           {"ENVELOPE", Kind::envelope},
                                                           {"BODYSTRUCTURE", Kind::body_structure}};
    for (const auto& [label, kind] : items)
        if (label == name)
            return plain_item(kind, label);
    return older_item(name);
}

std::vector<FetchItem> macro(const std::string& name) {
    std::vector<FetchItem> items{plain_item(Kind::flags, "FLAGS"),
                                 plain_item(Kind::internal_date, "INTERNALDATE"),
                                 plain_item(Kind::size, "RFC822.SIZE")};
    if (name == "ALL" || name == "FULL")
        items.push_back(plain_item(Kind::envelope, "ENVELOPE"));
    if (name == "FULL")
        items.push_back(plain_item(Kind::body, "BODY"));
    return items;
}

}  // namespace

std::optional<std::vector<FetchItem>> parse_fetch_items(Arguments& arguments, BinaryItems binary) {
    std::vector<FetchItem> items;
    const bool in_list = arguments.accept('(');
    do {
        const std::string name = arguments.word("[]<>");
        if (!in_list && (name == "ALL" || name == "FAST" || name == "FULL"))
            return macro(name);
        auto item =
            arguments.accept('[') ? parse_section_item(arguments, name, binary) : simple_item(name);
        if (!item || arguments.failed())
            return std::nullopt;
        items.push_back(std::move(*item));
    } while (in_list && arguments.accept(' '));
    if (in_list)
        arguments.expect(')');
    return arguments.failed() ? std::nullopt : std::optional(std::move(items));
}

}  // namespace mail::demo
