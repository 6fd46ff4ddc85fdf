#include "mail/demo/outline.h"

#include <algorithm>
#include <optional>

#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

constexpr int deepest = 50;

struct Range {
    std::size_t begin, end;
};

/// A line "--boundary" or "--boundary--": `begin` with the line break before it, which is its own.
struct Delimiter {
    std::size_t begin, end;
    bool closes;
};

std::optional<Delimiter> next_delimiter(std::string_view mail, Range body, std::size_t from,
                                        std::string_view boundary) {
    const std::string mark = "--" + std::string(boundary);
    const std::string_view text = mail.substr(0, body.end);
    for (std::size_t at = text.find(mark, from); at != std::string_view::npos;
         at = text.find(mark, at + 1)) {
        const bool starts_line = at == body.begin || text[at - 1] == '\n';
        std::size_t end = at + mark.size();
        const bool closes = text.substr(end, 2) == "--";
        end = std::min(text.find_first_not_of(" \t", closes ? end + 2 : end), text.size());
        const bool ends_line = closes || end == text.size() || text.substr(end, 2) == "\r\n";
        if (!starts_line || !ends_line)
            continue;
        const std::size_t begin = at >= body.begin + 2 ? at - 2 : at;
        return Delimiter{begin, std::min(end + 2, text.size()), closes};
    }
    return std::nullopt;
}

std::vector<Range> ranges_of_parts(std::string_view mail, Range body, std::string_view boundary) {
    std::vector<Range> ranges;
    auto delimiter = next_delimiter(mail, body, body.begin, boundary);
    while (delimiter && !delimiter->closes) {
        const std::size_t begin = delimiter->end;
        delimiter = next_delimiter(mail, body, begin, boundary);
        const std::size_t end = delimiter ? delimiter->begin : body.end;
        ranges.push_back({begin, std::max(begin, end)});
    }
    if (ranges.empty())
        ranges.push_back({body.end, body.end});
    return ranges;
}

std::size_t body_start(std::string_view mail, Range range) {
    const std::string_view text = mail.substr(0, range.end);
    if (text.substr(range.begin, 2) == "\r\n")
        return range.begin + 2;
    const std::size_t empty_line = text.find("\r\n\r\n", range.begin);
    return empty_line == std::string_view::npos ? range.end : empty_line + 4;
}

Entity read_entity(std::string_view mail, Range range, std::string_view default_type, int depth) {
    Entity entity;
    entity.begin = range.begin;
    entity.body = body_start(mail, range);
    entity.end = range.end;
    const Fields fields = fields_of(entity.head_of(mail));
    const auto type = parse_parameters(value_of(fields, "Content-Type").value_or(""));
    const bool valid_type = type.value.find('/') != std::string::npos;
    const std::string_view full = valid_type ? std::string_view(type.value) : default_type;
    entity.type = full.substr(0, full.find('/'));
    entity.subtype = full.substr(full.find('/') + 1);
    entity.parameters = type.parameters;
    entity.encoding =
        parse_parameters(value_of(fields, "Content-Transfer-Encoding").value_or("7BIT")).value;

    if (depth >= deepest && (entity.is_multipart() || entity.is_message())) {
        entity.type = "APPLICATION";
        entity.subtype = "OCTET-STREAM";
    } else if (entity.is_message()) {
        entity.children.push_back(
            read_entity(mail, {entity.body, entity.end}, "TEXT/PLAIN", depth + 1));
    } else if (entity.is_multipart()) {
        const auto boundary =
            std::find_if(entity.parameters.begin(), entity.parameters.end(),
                         [](const auto& p) { return same_letters(p.first, "boundary"); });
        const std::string mark = boundary == entity.parameters.end() ? "" : boundary->second;
        const bool digest = same_letters(entity.subtype, "digest");
        for (const Range part : ranges_of_parts(mail, {entity.body, entity.end}, mark))
            entity.children.push_back(
                read_entity(mail, part, digest ? "MESSAGE/RFC822" : "TEXT/PLAIN", depth + 1));
    }
    return entity;
}

}  // namespace

bool Entity::is_multipart() const {
    return same_letters(type, "multipart");
}

bool Entity::is_message() const {
    return same_letters(type, "message") && same_letters(subtype, "rfc822");
}

bool Entity::is_text() const {
    return same_letters(type, "text");
}

std::string_view Entity::head_of(std::string_view mail) const {
    return mail.substr(begin, body - begin);
}

std::string_view Entity::body_of(std::string_view mail) const {
    return mail.substr(body, end - body);
}

Entity outline_of(std::string_view mail) {
    return read_entity(mail, {0, mail.size()}, "TEXT/PLAIN", 0);
}

const Entity* find_part(const Entity& mail, const std::vector<std::uint32_t>& path) {
    const Entity* holder = &mail;
    const Entity* part = path.empty() ? &mail : nullptr;
    for (const std::uint32_t number : path) {
        if (part != nullptr && !part->is_multipart() && !part->is_message())
            return nullptr;
        if (part != nullptr)
            holder = part->is_message() ? &part->children.front() : part;
        const bool has_parts = holder->is_multipart();
        if (number == 0 || number > (has_parts ? holder->children.size() : 1))
            return nullptr;
        part = has_parts ? &holder->children[number - 1] : holder;
    }
    return part;
}

}  // namespace mail::demo
