#include "mail/imap/command.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "mail/imap/ascii.h"

namespace mail::imap {
namespace {

Result<Command> login(std::string_view name, std::string_view password,
                      const Capabilities& capabilities) {
    CommandBuilder builder("LOGIN", capabilities);
    return builder.astring(name)
        .astring(password, CommandBuilder::Shown::secret)
        .finish(Cause::bad_credentials_text, Layer::auth);
}

std::string joined(const Command& command) {
    std::string raw;
    for (const Secret& segment : command.segments)
        raw += std::string(raw.empty() ? "" : "|") + std::string(segment.reveal());
    return raw;
}

TEST(Command, texts_are_quoted_or_literals) {
    const Capabilities none;
    Capabilities plus;
    plus.literal_plus = true;
    EXPECT_EQ(joined(login("ala", "a\"b\\c", none).value()), "LOGIN \"ala\" \"a\\\"b\\\\c\"\r\n");
    EXPECT_EQ(joined(login("", "x", none).value()), "LOGIN \"\" \"x\"\r\n");
    EXPECT_EQ(joined(login("żo", "x", none).value()), "LOGIN {3}\r\n|żo \"x\"\r\n");
    EXPECT_EQ(joined(login("żo", "ą", none).value()), "LOGIN {3}\r\n|żo {2}\r\n|ą\r\n");
    EXPECT_EQ(joined(login("żo", "ą", plus).value()), "LOGIN {3+}\r\nżo {2+}\r\ną\r\n");
}

TEST(Command, a_server_without_literal_plus_is_waited_for) {
    Capabilities minus;
    minus.literal_minus = true;
    const std::string short_name(4096, '\xc4');
    EXPECT_EQ(login(short_name, "x", minus).value().segments.size(), 1U);
    EXPECT_EQ(login(short_name + "\xc4", "x", minus).value().segments.size(), 2U);
}

TEST(Command, secrets_are_not_in_what_is_shown) {
    const auto command = login("ala", "Tajne-7f3a", {}).value();
    EXPECT_EQ(command.shown, "LOGIN \"ala\" ***");
}

TEST(Command, what_would_end_a_line_is_refused) {
    using namespace std::string_view_literals;
    for (const std::string_view bad : {"a\rb"sv, "a\nb"sv, "a\r\nA2 LOGOUT"sv, "a\0b"sv}) {
        EXPECT_EQ(login(bad, "x", {}).error().cause, Cause::bad_credentials_text);
        EXPECT_EQ(login("x", bad, {}).error().cause, Cause::bad_credentials_text);
        CommandBuilder words("UID FETCH 1 (BODY.PEEK[", {});
        EXPECT_FALSE(words.words(bad).finish(Cause::internal, Layer::fetch));
    }
}

/// What a server would take as command lines: literals jumped over, quotes not needed, as a quoted
/// string cannot hold a line end.
std::size_t command_lines(std::string_view raw) {
    std::size_t lines = 0;
    while (!raw.empty()) {
        const std::size_t end = raw.find("\r\n");
        if (end == std::string_view::npos)
            return 1000;
        const std::string_view line = raw.substr(0, end);
        raw.remove_prefix(end + 2);
        const std::size_t open = line.rfind('{');
        const std::string_view size =
            line.ends_with('}') ? line.substr(open + 1, line.size() - open - 2) : "";
        const auto octets =
            number_of<std::size_t>(size.ends_with('+') ? size.substr(0, size.size() - 1) : size);
        if (octets)
            raw.remove_prefix(std::min(*octets, raw.size()));
        else
            ++lines;
    }
    return lines;
}

std::size_t literals(std::string_view one, std::string_view two) {
    const auto is_8bit = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    return (std::any_of(one.begin(), one.end(), is_8bit) ? 1U : 0U) +
           (std::any_of(two.begin(), two.end(), is_8bit) ? 1U : 0U);
}

TEST(Command, no_text_gives_a_second_command_line) {
    std::mt19937 random(11);
    constexpr std::string_view nasty("\r\n\0\"\\{}+~* ()%aA1\xc4\x85\xff\x7f", 21);
    for (int round = 0; round < 4'000; ++round) {
        Capabilities capabilities;
        capabilities.literal_plus = round % 2 == 0;
        std::string one;
        std::string two;
        for (auto length = random() % 10; length > 0; --length) {
            one += nasty[random() % nasty.size()];
            two += nasty[random() % nasty.size()];
        }
        const auto command = login(one, two, capabilities);
        if (!command)
            continue;
        std::string raw;
        for (const Secret& segment : command->segments)
            raw += segment.reveal();
        EXPECT_EQ(command_lines(raw), 1U) << raw;
        for (std::size_t segment = 0; segment + 1 < command->segments.size(); ++segment)
            EXPECT_FALSE(command->segments[segment].reveal().ends_with("+}\r\n"));
        EXPECT_TRUE(capabilities.literal_plus ||
                    command->segments.size() == 1 + literals(one, two));
    }
}

}  // namespace
}  // namespace mail::imap
