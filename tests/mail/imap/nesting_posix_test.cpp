// Replies that nest as deep as they are long, on a thread with a stack of 256 KB.

#include <gtest/gtest.h>

#include "mail/imap/body_structure.h"
#include "tests/fakes/small_stack_posix.h"
#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

constexpr int deep = 100'000;

std::string times(std::string_view text, int count) {
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

/// So many of `open`, then `inside`, then so many of `close`.
std::string nested(std::string_view open, std::string_view inside, std::string_view close,
                   int depth = deep) {
    return times(open, depth) + std::string(inside) + times(close, depth);
}

constexpr std::string_view text = R"(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 100 5))";
constexpr std::string_view message_open =
    R"(("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 300 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) )";

std::string fetch(const std::string& items) {
    return "* 1 FETCH (UID 7 " + items + ")";
}

std::string structure(const std::string& raw) {
    return fetch("BODYSTRUCTURE " + raw);
}

/// The cause for which the message is given up; "" if it is read.
std::string refusal_of(const std::string& line) {
    const auto response = parse_response(tests::reply_of(line));
    if (!response)
        return std::string(name_of(response.error().cause));
    const auto* fetched = std::get_if<FetchData>(&*response);
    if (fetched == nullptr)
        return "";
    const auto& error = fetched->structure_error ? fetched->structure_error : fetched->error;
    return error ? std::string(name_of(error->cause)) : "";
}

TEST(DeepNesting, of_a_structure_is_refused_above_a_hundred_and_costs_no_stack) {
    const std::vector<std::string> refused{
        structure(times("(", deep)),
        structure(nested("(", text, " \"MIXED\")")),
        // Half as deep, to stay a line that a server may send.
        structure(nested(message_open, text, " 10)", deep / 2)),
        structure(nested("(" + std::string(message_open), text, " 10) \"MIXED\")", deep / 2)),
        structure(nested("(", text, " \"MIXED\")", 100)),
    };
    EXPECT_TRUE(fakes::on_small_stack([&] {
        for (const std::string& line : refused)
            EXPECT_EQ(refusal_of(line), "nesting_too_deep") << line.substr(0, 60);
        EXPECT_EQ(refusal_of(structure(nested("(", text, " \"MIXED\")", 99))), "");
        EXPECT_EQ(refusal_of(structure(nested(message_open, text, " 10)", 99))), "");
    }));
}

TEST(DeepNesting, of_what_is_passed_over_costs_no_stack) {
    const std::string list = nested("(", "x", ")");
    const std::vector<std::string> lines{
        fetch("X-FOO " + list),
        fetch("FLAGS " + list),
        fetch("ENVELOPE (NIL NIL " + list + ")"),
        structure("(\"A\" \"B\" NIL NIL NIL NIL 1 NIL NIL " + list + " NIL (" + list + "))"),
        structure("(\"A\" \"B\" (\"NAME\" " + list + ") NIL NIL NIL 1)"),
        structure("(" + std::string(text) + " \"MIXED\" " + list + " " + list + ")"),
        "* NAMESPACE " + list + " NIL NIL",
        "* LIST " + list + " \"/\" x",
        "* ESEARCH (TAG \"A1\") UID X " + list,
        "* STATUS x " + list,
        "* SEARCH " + list,
        "* ID " + list,
        "* XFOO " + list,
        "* OK [XFOO " + list + "] text",
        "* OK [XFOO " + times("[", deep) + "] text",
        "+ " + list,
    };
    std::vector<std::string> refusals;
    EXPECT_TRUE(fakes::on_small_stack([&] {
        for (const std::string& line : lines)
            refusals.push_back(refusal_of(line));
    }));
    EXPECT_EQ(refusals.size(), lines.size());
    // A structure is still read where only what nobody wants of it nests.
    EXPECT_EQ(refusals.at(3), "");
}

}  // namespace
}  // namespace mail::imap
