#include "mail/demo/command.h"

#include <charconv>

#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

struct LiteralMark {
    std::size_t octets = 0;
    bool waits = true;  ///< the client sends it only when asked
};

/// "{12}" or "{12+}" at the end of a line.
std::optional<LiteralMark> literal_at_end(std::string_view line) {
    const std::size_t open = line.rfind('{');
    if (!line.ends_with('}') || open == std::string_view::npos)
        return std::nullopt;
    std::string_view digits = line.substr(open + 1, line.size() - open - 2);
    LiteralMark mark;
    if (digits.ends_with('+')) {
        mark.waits = false;
        digits.remove_suffix(1);
    }
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), mark.octets);
    if (digits.empty() || end != digits.data() + digits.size())
        return std::nullopt;
    if (error != std::errc())
        mark.octets = largest_literal + 1;
    return mark;
}

std::string cut_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string word(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

}  // namespace

std::optional<std::string> read_command_text(Channel& channel) {
    std::string text;
    for (;;) {
        const auto line = channel.read_line();
        if (!line)
            return std::nullopt;
        text += *line;
        const auto literal = literal_at_end(*line);
        if (!literal)
            return text;
        if (literal->octets > largest_literal) {
            channel.write("* BYE This literal is too large\r\n");
            channel.flush();
            return std::nullopt;
        }
        if (literal->waits)
            channel.write("+ Ready for the literal\r\n");
        const auto octets = channel.read_octets(literal->octets);
        if (!octets)
            return std::nullopt;
        text += "\r\n" + *octets;
    }
}

Command parse_command(std::string text) {
    Command command;
    std::string_view rest = text;
    command.tag = cut_word(rest);
    command.name = upper_case(cut_word(rest));
    if (command.name == "UID")
        command.name += " " + upper_case(cut_word(rest));
    command.arguments = rest;
    command.whole = std::move(text);
    return command;
}

}  // namespace mail::demo
