#include "mail/point/json_lines.h"

#include <iterator>
#include <optional>
#include <vector>

#include "mail/base/utf8.h"

namespace mail::point {

namespace {

constexpr int max_depth = 64;

/// Counts the line feeds that the parser has read; all copies count together.
class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, int* line) : at_(at), line_(line) {}
    reference operator*() const { return *at_; }
    CountingIterator& operator++() {
        if (*at_ == '\n')
            ++*line_;
        ++at_;
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
    int* line_;
};

struct Fault {
    int line;
    std::string reason, field;
};

/// Follows the parser and remembers where each key was.
class KeyLines {
public:
    explicit KeyLines(const int& line) : line_(line) {}

    void event(int depth, Json::parse_event_t event, const Json& parsed) {
        const auto level = static_cast<std::size_t>(depth);
        if (depth > max_depth)
            keep(Fault{line_, "nested too deep", ""});
        else if (event == Json::parse_event_t::key)
            key(level, parsed.get_ref<const std::string&>());
        else if (event == Json::parse_event_t::object_start)
            enter(level);
        else if (event == Json::parse_event_t::array_start)
            enter_array(level);
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
        std::string field;
        for (const auto& [key, index] : path_)
            field += (field.empty() ? "" : ".") + (index ? std::to_string(*index) : key);
        if (!lines.emplace(field, line_).second)
            keep(Fault{line_, "this key is there twice", field});
    }

    /// An object or array begins; it may be the next element of one.
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

    const int& line_;
    std::vector<Component> path_;
};

/// "[json.exception.parse_error.101] parse error at line 3, column 5: syntax error …" without what
/// the line says already.
std::string reason_of(std::string_view said) {
    const std::size_t colon = said.find(": ");
    if (colon != std::string_view::npos)
        said.remove_prefix(colon + 2);
    return utf8::one_line(said, 200);
}

}  // namespace

int JsonWithLines::line_of(std::string field) const {
    for (;;) {
        const auto found = lines.find(field);
        if (found != lines.end())
            return found->second;
        const std::size_t dot = field.rfind('.');
        if (dot == std::string::npos)
            return 1;
        field.resize(dot);
    }
}

tl::unexpected<Error> damaged(int line, std::string reason, std::string field) {
    Facts facts{{"line", std::to_string(line)}, {"reason", std::move(reason)}};
    if (!field.empty())
        facts.emplace_back("field", std::move(field));
    return fail(Cause::point_damaged, Layer::point, Reach::point, std::move(facts));
}

Result<JsonWithLines> parse_with_lines(std::string_view text) {
    JsonWithLines parsed;
    int& line = parsed.last_line;
    KeyLines keys(line);
    try {
        parsed.value = Json::parse(CountingIterator(text.data(), &line),
                                   CountingIterator(text.data() + text.size(), &line),
                                   [&keys](int depth, Json::parse_event_t event, Json& value) {
                                       keys.event(depth, event, value);
                                       return true;
                                   });
    } catch (const Json::exception& error) {
        return damaged(line, reason_of(error.what()));
    }
    if (keys.fault)
        return damaged(keys.fault->line, keys.fault->reason, keys.fault->field);
    parsed.lines = std::move(keys.lines);
    return parsed;
}

}  // namespace mail::point
