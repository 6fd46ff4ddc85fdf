#include "mail/point/json_lines.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <optional>
#include <vector>

#include "mail/base/utf8.h"

namespace mail::point {

namespace {

constexpr int max_depth = 64;

/// How far the parser has read.
struct Reading {
    const char* begin;
    const char* at;
    int& line;
};

/// Tells how far it is, and counts line feeds; all copies count together.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, Reading* reading) : at_(at), reading_(reading) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        if (*at_ == '\n')
            ++reading_->line;
        reading_->at = ++at_;
        return *this;
    }
    CountingIterator operator++(int) {
        const CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return at_ == other.at_; }
    bool operator!=(const CountingIterator& other) const { return at_ != other.at_; }

private:
    const char* at_;
    Reading* reading_;
};

/// A number that the parser has just read is the last one before: it has read one character more,
/// unless the text ended there.
std::string_view number_before(const Reading& reading) {
    constexpr std::string_view letters = "+-.0123456789Ee";
    const std::string_view text(reading.begin,
                                static_cast<std::size_t>(reading.at - reading.begin));
    const std::size_t last = text.find_last_of(letters);
    if (last == std::string_view::npos)
        return {};
    const std::size_t before = text.find_last_not_of(letters, last);
    const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(first, last + 1 - first);
}

/// What a number is worth: 0.d1d2d3… times ten to that power, without needless zeros.
struct Decimal {
    bool negative = false;
    std::string digits;
    long long exponent = 0;
    bool operator==(const Decimal&) const = default;
};

Decimal decimal_of(std::string_view number) {
    // Far beyond what any number here can have.
    constexpr long long most = 1'000'000'000;
    Decimal decimal;
    decimal.negative = number.starts_with('-');
    const std::size_t mark = std::min(number.find_first_of("eE"), number.size());
    const std::string_view mantissa = number.substr(0, mark);
    for (const char c : mantissa)
        if (c >= '0' && c <= '9')
            decimal.digits += c;
    const std::size_t signs = decimal.negative ? 1 : 0;
    decimal.exponent = static_cast<long long>(std::min(mantissa.find('.'), mark) - signs);
    long long power = 0;
    for (const char c : number.substr(mark))
        if (c >= '0' && c <= '9')
            power = std::min(most, power * 10 + (c - '0'));
    decimal.exponent += number.substr(mark).find('-') == std::string_view::npos ? power : -power;
    const std::size_t zeros = decimal.digits.find_first_not_of('0');
    if (zeros == std::string::npos)
        return {decimal.negative, "", 0};
    decimal.exponent -= static_cast<long long>(zeros);
    decimal.digits = decimal.digits.substr(zeros, decimal.digits.find_last_not_of('0') + 1 - zeros);
    return decimal;
}

/// RFC 6901 section 3: a reference token of a JSON Pointer.
std::string escaped(std::string_view key) {
    std::string token;
    for (const char c : key)
        token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return token;
}

struct Fault {
    int line;
    FieldFault what;
};

/// Follows the parser and remembers where each key was.
class KeyLines {
public:
    explicit KeyLines(const Reading& reading) : reading_(reading), line_(reading.line) {}

    void event(int depth, Json::parse_event_t event, const Json& parsed) {
        const auto level = static_cast<std::size_t>(depth);
        if (depth > max_depth)
            keep({line_, {"", JsonFault::too_deep, {{"limit", std::to_string(max_depth)}}}});
        else if (event == Json::parse_event_t::key)
            key(level, parsed.get_ref<const std::string&>());
        else if (event == Json::parse_event_t::object_start)
            enter(level);
        else if (event == Json::parse_event_t::array_start)
            enter_array(level);
        else if (event == Json::parse_event_t::value)
            value(level, parsed);
    }

    std::map<std::string, int> lines;
    std::optional<Fault> fault;

private:
    struct Component {
        std::string key;
        std::optional<int> index;  ///< of the element, where it is one of an array
    };

    void key(std::size_t depth, const std::string& name) {
        path_.resize(depth);
        path_.back() = {name, std::nullopt};
        if (!lines.emplace(pointer_to(depth), line_).second)
            keep({line_, {field_of(depth), JsonFault::duplicate_key}});
    }

    [[nodiscard]] std::string pointer_to(std::size_t depth) const {
        std::string pointer;
        for (std::size_t i = 0; i < std::min(depth, path_.size()); ++i)
            pointer +=
                "/" + (path_[i].index ? std::to_string(*path_[i].index) : escaped(path_[i].key));
        return pointer;
    }

    /// As it is shown, an empty key as "". Another key with a dot in its name may be shown alike.
    [[nodiscard]] std::string field_of(std::size_t depth) const {
        std::string field;
        for (std::size_t i = 0; i < std::min(depth, path_.size()); ++i)
            field += (i == 0 ? "" : ".") + (path_[i].index         ? std::to_string(*path_[i].index)
                                            : path_[i].key.empty() ? "\"\""
                                                                   : path_[i].key);
        return field;
    }

    void value(std::size_t depth, const Json& parsed) {
        enter(depth);
        if (parsed.is_number())
            check_number(depth, parsed);
    }

    /// One of more digits than the program's numbers have, or -0, would be written back as another
    /// one; a whole one of more than 64 bits as one with an exponent.
    void check_number(std::size_t depth, const Json& parsed) {
        const std::string_view number = number_before(reading_);
        const bool still_whole =
            parsed.is_number_integer() || number.find_first_of(".Ee") != std::string_view::npos;
        if (still_whole && decimal_of(number) == decimal_of(parsed.dump()))
            return;
        while (depth > 0 && path_[depth - 1].index)
            --depth;
        const auto known = lines.find(pointer_to(depth));
        keep({known == lines.end() ? line_ : known->second,
              {field_of(depth), JsonFault::number_not_kept}});
    }

    /// An object, array or value begins; it may be the next element of an array.
    void enter(std::size_t depth) {
        if (depth > 0 && path_.size() >= depth && path_[depth - 1].index)
            ++*path_[depth - 1].index;
    }

    void enter_array(std::size_t depth) {
        enter(depth);
        path_.resize(depth + 1);
        path_.back() = {"", -1};
    }

    void keep(Fault found) {
        if (!fault)
            fault = std::move(found);
    }

    const Reading& reading_;
    const int& line_;
    std::vector<Component> path_;
};

/// Outside the strings of a JSON text whatever shows nothing is named by its number.
std::string visible(std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    const char32_t letter = utf8::next(text, at);
    if (!utf8::is_control(letter) && !utf8::is_invisible(letter))
        return std::string(text.substr(begin, at - begin));
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "U+%04X", static_cast<unsigned>(letter));
    return number.data();
}

int line_at(std::string_view text, std::size_t at) {
    return 1 + static_cast<int>(std::ranges::count(text.substr(0, at), '\n'));
}

/// `octet`: the last one that the parser has read, from 1; behind the end where that was missing.
tl::unexpected<Error> syntax_fault(std::string_view text, std::size_t octet) {
    if (octet == 0 || octet > text.size())
        return damaged(line_at(text, text.size()), JsonFault::unexpected_end);
    const std::size_t at = octet - 1;
    const std::size_t line_begin = text.substr(0, at).rfind('\n') + 1;
    std::size_t column = 1;
    for (std::size_t before = line_begin; before < at; ++column)
        static_cast<void>(utf8::next(text, before));
    return damaged(line_at(text, at), JsonFault::unexpected_character,
                   {{"column", std::to_string(column)}, {"seen", visible(text, at)}});
}

/// Where the first malformed octets are.
std::size_t first_malformed(std::string_view text) {
    std::size_t at = 0;
    for (std::size_t next = 0; at < text.size(); at = next) {
        static_cast<void>(utf8::next(text, next));
        if (!utf8::valid(text.substr(at, next - at)))
            break;
    }
    return at;
}

}  // namespace

int JsonWithLines::line_of(std::string field) const {
    std::ranges::replace(field, '.', '/');
    for (field.insert(0, "/"); !field.empty(); field.resize(field.rfind('/'))) {
        const auto found = lines.find(field);
        if (found != lines.end())
            return found->second;
    }
    return 1;
}

JsonKind kind_of(const Json& value) {
    return value.is_null()      ? JsonKind::null
           : value.is_boolean() ? JsonKind::boolean
           : value.is_number()  ? JsonKind::number
           : value.is_string()  ? JsonKind::text
           : value.is_array()   ? JsonKind::list
                                : JsonKind::object;
}

tl::unexpected<Error> damaged(int line, const FieldFault& fault) {
    Facts facts{{"line", std::to_string(line)}, {"reason", std::string(name_of(fault.fault))}};
    if (!fault.field.empty())
        facts.emplace_back("field", fault.field);
    facts.insert(facts.end(), fault.more.begin(), fault.more.end());
    return fail(Cause::point_damaged, Layer::point, Reach::point, std::move(facts));
}

tl::unexpected<Error> damaged(int line, JsonFault fault, Facts more) {
    return damaged(line, FieldFault{"", fault, std::move(more)});
}

Result<JsonWithLines> parse_with_lines(std::string_view text) {
    if (!utf8::valid(text))
        return damaged(line_at(text, first_malformed(text)), JsonFault::not_utf8);
    JsonWithLines parsed;
    int& line = parsed.last_line;
    Reading reading{text.data(), text.data(), line};
    KeyLines keys(reading);
    try {
        parsed.value = Json::parse(CountingIterator(text.data(), &reading),
                                   CountingIterator(text.data() + text.size(), &reading),
                                   [&keys](int depth, Json::parse_event_t event, Json& value) {
                                       keys.event(depth, event, value);
                                       return true;
                                   });
    } catch (const Json::parse_error& error) {
        // Of a text that is nested without end the parser may say that, too.
        if (!keys.fault)
            return syntax_fault(text, error.byte);
    } catch (const Json::exception&) {
        // The parser has looked at what follows the number, perhaps on the next line.
        const auto begin = static_cast<std::size_t>(number_before(reading).data() - text.data());
        return damaged(line_at(text, begin), JsonFault::number_out_of_range);
    }
    if (keys.fault)
        return damaged(keys.fault->line, keys.fault->what);
    parsed.lines = std::move(keys.lines);
    return parsed;
}

}  // namespace mail::point
