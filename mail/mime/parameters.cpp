#include "mail/mime/parameters.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "mail/base/ascii.h"

namespace mail::mime {
namespace {

constexpr std::size_t max_parameters = 1000;  // RFC 2231 pieces of a name included
// Beyond this a field says nothing that anybody needs; looking for lost quotes must end.
constexpr std::size_t max_field_octets = 64 << 10;
constexpr std::size_t max_quoted_octets = 8 << 10;

// Only these are believed to begin a parameter where the semicolon before them is missing.
constexpr std::string_view known_keys[] = {"name",
                                           "filename",
                                           "charset",
                                           "boundary",
                                           "type",
                                           "format",
                                           "creation-date",
                                           "modification-date",
                                           "read-date",
                                           "size",
                                           "x-unix-mode",
                                           "delsp",
                                           "method",
                                           "start",
                                           "protocol",
                                           "micalg",
                                           "x-apple-part-url"};

/// "name=", "filename*0*=": the key at the start of `text` and how many octets the "=" ends at.
struct Key {
    std::string name;
    std::size_t octets;
};

std::optional<Key> key_at(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '-' ||
                                text[at] == '_' || text[at] == '*' || text[at] == '.'))
        ++at;
    const std::size_t end = at;
    while (at < text.size() && is_space(text[at]))
        ++at;
    if (end == 0 || at == text.size() || text[at] != '=')
        return std::nullopt;
    return Key{lower_case(text.substr(0, end)), at + 1};
}

bool known_key_at(std::string_view text) {
    const std::optional<Key> key = key_at(text);
    if (!key)
        return false;
    const std::string_view base = std::string_view(key->name).substr(0, key->name.find('*'));
    return std::find(std::begin(known_keys), std::end(known_keys), base) != std::end(known_keys);
}

class Cursor {
public:
    explicit Cursor(std::string_view raw) : raw_(raw) {}
    [[nodiscard]] bool at_end() const { return at_ >= raw_.size(); }
    [[nodiscard]] std::string_view rest() const { return raw_.substr(at_); }
    void skip(std::size_t octets) { at_ += octets; }
    /// Semicolons, commas that stand in for them, white space, and comments.
    void skip_separators();
    /// Up to a semicolon, or to where a known parameter begins without one.
    std::string_view bare_value();
    std::optional<std::string> quoted_value();

private:
    /// Whether the quote at `at` closes the value: what follows is the end or the next parameter.
    [[nodiscard]] bool closes(std::size_t at) const;

    std::string_view raw_;
    std::size_t at_ = 0;
};

void Cursor::skip_separators() {
    while (!at_end()) {
        if (is_space(raw_[at_]) || raw_[at_] == ';' || raw_[at_] == ',') {
            ++at_;
        } else if (raw_[at_] == '(') {
            const std::size_t close = raw_.find(')', at_);
            if (close == std::string_view::npos)
                return;
            at_ = close + 1;
        } else {
            return;
        }
    }
}

std::string_view Cursor::bare_value() {
    const std::size_t begin = at_;
    while (!at_end() && raw_[at_] != ';') {
        if (is_space(raw_[at_]) && at_ > begin && known_key_at(raw_.substr(at_ + 1)))
            break;
        ++at_;
    }
    return trimmed(raw_.substr(begin, at_ - begin));
}

bool Cursor::closes(std::size_t at) const {
    std::string_view behind = raw_.substr(at + 1);
    while (!behind.empty() && is_space(behind.front()))
        behind.remove_prefix(1);
    return behind.empty() || behind.front() == ';' || behind.front() == ',' || known_key_at(behind);
}

std::optional<std::string> Cursor::quoted_value() {
    // Quotes inside the quotes are common (name="Faktura "VAT".pdf"): the value ends at the first
    // one that something sensible follows, else at the first one at all.
    std::string value;
    std::optional<std::size_t> first_close, value_at_first;
    const std::size_t limit = std::min(raw_.size(), at_ + max_quoted_octets);
    for (std::size_t at = at_ + 1; at < limit; ++at) {
        const char octet = raw_[at];
        const bool escaped =
            octet == '\\' && at + 1 < raw_.size() && (raw_[at + 1] == '"' || raw_[at + 1] == '\\');
        // "C:\temp\": the backslash before the last quote is none that escapes.
        if (escaped && !(raw_[at + 1] == '"' && closes(at + 1) &&
                         raw_.find('"', at + 2) == std::string_view::npos)) {
            value += raw_[++at];
        } else if (octet == '"' && closes(at)) {
            at_ = at + 1;
            return value;
        } else {
            if (octet == '"' && !first_close) {
                first_close = at;
                value_at_first = value.size();
            }
            value += octet;
        }
    }
    if (first_close) {
        at_ = *first_close + 1;
        value.resize(*value_at_first);
    } else {
        // No closing quote: up to a semicolon that a parameter follows.
        std::size_t end = raw_.find(';', at_);
        while (end != std::string_view::npos && !key_at(trimmed(raw_.substr(end + 1))))
            end = raw_.find(';', end + 1);
        end = std::min(end, raw_.size());
        value = trimmed(raw_.substr(at_ + 1, end - at_ - 1));
        at_ = end;
    }
    return value;
}

/// "us-ascii (plain text)" is "us-ascii", but a name may well hold "(1)".
std::string without_comment(std::string_view key, std::string_view value) {
    if (!key.starts_with("name") && !key.starts_with("filename") && value.ends_with(')')) {
        const std::size_t open = value.find('(');
        if (open != std::string_view::npos && open > 0)
            value = trimmed(value.substr(0, open));
    }
    return std::string(value);
}

/// Folded lines as one: the line break goes, the blank behind it stays.
std::string unfolded(std::string_view raw) {
    std::string text;
    text.reserve(raw.size());
    for (const char octet : raw) {
        if (octet == '\t')
            text += ' ';
        else if (octet != '\r' && octet != '\n')
            text += octet;
    }
    return text;
}

std::string main_value(Cursor& cursor) {
    cursor.skip_separators();
    if (!cursor.at_end() && cursor.rest().front() == '"')
        return lower_case(trimmed(*cursor.quoted_value()));
    if (known_key_at(cursor.rest()))
        return {};
    const std::string_view value = cursor.bare_value();
    return lower_case(trimmed(value.substr(0, value.find('('))));
}

}  // namespace

ParameterField parse_parameters(std::string_view raw) {
    const std::string text = unfolded(raw.substr(0, max_field_octets));
    Cursor cursor(text);
    ParameterField field;
    field.value = main_value(cursor);
    while (field.parameters.size() < max_parameters) {
        cursor.skip_separators();
        if (cursor.at_end())
            break;
        const std::optional<Key> key = key_at(cursor.rest());
        if (!key) {
            static_cast<void>(cursor.bare_value());  // neither key nor value: passed over
            continue;
        }
        cursor.skip(key->octets);
        while (!cursor.at_end() && is_space(cursor.rest().front()))
            cursor.skip(1);
        if (!cursor.at_end() && cursor.rest().front() == '"')
            field.parameters.emplace_back(key->name, *cursor.quoted_value());
        else
            field.parameters.emplace_back(key->name,
                                          without_comment(key->name, cursor.bare_value()));
    }
    return field;
}

bool begins_known_parameter(std::string_view line) {
    return known_key_at(line);
}

std::string_view parameter(const RawParameters& parameters, std::string_view key) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [key](const auto& row) { return row.first == key; });
    return found != parameters.end() ? std::string_view(found->second) : std::string_view();
}

}  // namespace mail::mime
