#include "mail/demo/search.h"

#include <algorithm>
#include <utility>

#include "mail/demo/dates.h"
#include "mail/demo/describe.h"
#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

using Test = std::function<bool(const Candidate&)>;

constexpr int deepest = 50;

bool contains_text(std::string_view text, const std::string& wanted) {
    return lower_case(text).find(lower_case(wanted)) != std::string::npos;
}

std::optional<Test> flag_test(const std::string& key) {
    constexpr std::string_view names[] = {"ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN"};
    const bool wanted = !key.starts_with("UN");
    for (const std::string_view name : names)
        if (key == name || (!wanted && key.substr(2) == name)) {
            const std::string flag =
                "\\" + upper_case(name.substr(0, 1)) + lower_case(name.substr(1));
            return [flag, wanted](const Candidate& c) {
                return (c.message.flags().count(flag) != 0) == wanted;
            };
        }
    return std::nullopt;
}

Test header_test(const std::string& name, const std::string& wanted) {
    return [name, wanted](const Candidate& c) {
        const auto fields = fields_of(c.message.outline().head_of(c.message.mail.raw));
        return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
            return same_letters(field.name, name) && contains_text(field.raw_value, wanted);
        });
    };
}

enum class Compare { before, on, since };

std::optional<Test> date_test(Compare compare, const std::string& text) {
    const auto day = parse_search_date(text);
    if (!day)
        return std::nullopt;
    return [compare, wanted = *day](const Candidate& c) {
        const auto received = std::chrono::floor<std::chrono::days>(c.message.mail.received);
        return compare == Compare::before ? received < wanted
               : compare == Compare::on   ? received == wanted
                                          : received >= wanted;
    };
}

class SearchParser {
public:
    explicit SearchParser(Arguments& arguments) : arguments_(arguments) {}

    /// Keys separated by blanks: all must hold.
    std::optional<Test> keys(int depth) {
        std::vector<Test> tests;
        do {
            auto test = key(depth);
            if (!test)
                return std::nullopt;
            tests.push_back(std::move(*test));
        } while (arguments_.accept(' '));
        return [tests](const Candidate& c) {
            return std::all_of(tests.begin(), tests.end(), [&](const Test& t) { return t(c); });
        };
    }

private:
    std::optional<Test> key(int depth) {
        if (depth > deepest || arguments_.failed())
            return std::nullopt;
        if (arguments_.accept('(')) {
            auto inner = keys(depth + 1);
            arguments_.expect(')');
            return inner;
        }
        const char next = arguments_.peek();
        if (next == '*' || (next >= '0' && next <= '9'))
            return [set = arguments_.number_set()](const Candidate& c) {
                return set.contains(c.number, c.highest_number);
            };
        const std::string name = arguments_.word();
        if (name == "ALL")
            return [](const Candidate&) { return true; };
        if (auto test = flag_test(name))
            return test;
        arguments_.space();
        return name == "NOT" || name == "OR" ? combination(name, depth) : key_with_value(name);
    }

    std::optional<Test> combination(const std::string& name, int depth) {
        auto first = key(depth + 1);
        if (!first)
            return std::nullopt;
        if (name == "NOT")
            return [test = *first](const Candidate& c) { return !test(c); };
        arguments_.space();
        auto second = key(depth + 1);
        if (!second)
            return std::nullopt;
        return [a = *first, b = *second](const Candidate& c) { return a(c) || b(c); };
    }

    std::optional<Test> key_with_value(const std::string& name) {
        if (name == "UID")
            return [set = arguments_.number_set()](const Candidate& c) {
                return set.contains(c.message.uid, c.highest_uid);
            };
        if (name == "LARGER" || name == "SMALLER")
            return [size = arguments_.number(), larger = name == "LARGER"](const Candidate& c) {
                return larger ? c.message.mail.raw.size() > size : c.message.mail.raw.size() < size;
            };
        const std::string value = arguments_.astring();
        if (name == "HEADER") {
            arguments_.space();
            return header_test(value, arguments_.astring());
        }
        // As it stands in the mail: an honest hint is all that a search for text is.
        if (name == "BODY" || name == "TEXT")
            return [value](const Candidate& c) { return contains_text(c.message.mail.raw, value); };
        if (name == "SUBJECT" || name == "FROM" || name == "TO" || name == "CC")
            return header_test(name, value);
        if (name == "KEYWORD" || name == "UNKEYWORD")
            return [value, wanted = name == "KEYWORD"](const Candidate& c) {
                return (c.message.flags().count(value) != 0) == wanted;
            };
        if (name == "BEFORE")
            return date_test(Compare::before, value);
        if (name == "ON")
            return date_test(Compare::on, value);
        if (name == "SINCE")
            return date_test(Compare::since, value);
        return std::nullopt;
    }

    Arguments& arguments_;
};

/// 1,2,3,7 → "1:3,7"
std::string compact_set(const std::vector<std::uint32_t>& numbers) {
    std::string set;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        set += (set.empty() ? "" : ",") + std::to_string(numbers[i]);
        if (last != i)
            set += ":" + std::to_string(numbers[last]);
        i = last + 1;
    }
    return set;
}

}  // namespace

std::optional<SearchRequest> parse_search(Arguments& arguments, ReturnOption option) {
    SearchRequest request;
    Arguments ahead = arguments;
    if (ahead.word() == "RETURN") {
        if (option == ReturnOption::unknown)
            return std::nullopt;
        ahead.space();
        request.extended = true;
        request.returns = ahead.list();
        for (std::string& name : request.returns) {
            name = upper_case(name);
            if (name != "ALL" && name != "MIN" && name != "MAX" && name != "COUNT")
                return std::nullopt;
        }
        if (request.returns.empty())
            request.returns.emplace_back("ALL");
        ahead.space();
        arguments = ahead;
    }
    auto test = SearchParser(arguments).keys(0);
    if (!test || !arguments.done())
        return std::nullopt;
    request.test = std::move(*test);
    return request;
}

std::string search_answer(const SearchRequest& request, const std::vector<std::uint32_t>& found,
                          NumberKind kind, const std::string& tag) {
    std::string line;
    if (!request.extended) {
        line = "* SEARCH";
        for (const std::uint32_t number : found)
            line += " " + std::to_string(number);
        return line + "\r\n";
    }
    line = "* ESEARCH (TAG " + imap_string(tag) + ")" + (kind == NumberKind::uid ? " UID" : "");
    for (const std::string& name : request.returns) {
        if (name == "COUNT")
            line += " COUNT " + std::to_string(found.size());
        else if (!found.empty())
            line += " " + name + " " +
                    (name == "MIN"   ? std::to_string(found.front())
                     : name == "MAX" ? std::to_string(found.back())
                                     : compact_set(found));
    }
    return line + "\r\n";
}

}  // namespace mail::demo
