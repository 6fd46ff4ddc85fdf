#pragma once
// A text that a user reads: English and Polish side by side, checked when the program is built.
// Used by name, so that a click on the name shows both. No Dear ImGui here: the commands use these
// texts too.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace gui::text {

enum class Language : std::uint8_t { en, pl };

/// A text with {holes}. Does not compile with an empty language, or with holes that differ between
/// the two.
struct Text {
    std::string_view en, pl;

    consteval Text(std::string_view english, std::string_view polish) : en(english), pl(polish) {
        if (english.empty() || polish.empty())
            throw "a language is missing";
        if (!same_holes(english, polish) || !same_holes(polish, english))
            throw "the holes differ";
    }

    [[nodiscard]] constexpr std::string_view in(Language language) const {
        return language == Language::pl ? pl : en;
    }

private:
    static consteval bool same_holes(std::string_view from, std::string_view in) {
        for (std::size_t open = from.find('{'); open != std::string_view::npos;
             open = from.find('{', open + 1)) {
            const std::size_t close = from.find('}', open);
            if (close == std::string_view::npos ||
                in.find(from.substr(open, close - open + 1)) == std::string_view::npos)
                return false;
        }
        return true;
    }
};

/// A noun (or adjective) that goes with a number: "1 message", "2 wiadomości", "5 wiadomości".
/// Polish: one n = 1; few n%10 in 2..4 and n%100 not in 12..14; many all others.
struct Plural {
    std::string_view en_one, en_other;
    std::string_view pl_one, pl_few, pl_many;

    [[nodiscard]] constexpr std::string_view in(Language language, std::uint64_t n) const {
        if (language == Language::en)
            return n == 1 ? en_one : en_other;
        if (n == 1)
            return pl_one;
        const bool few = n % 10 >= 2 && n % 10 <= 4 && !(n % 100 >= 12 && n % 100 <= 14);
        return few ? pl_few : pl_many;
    }
};

using Holes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// The text with its {holes} filled; a hole without a value stays as it is.
[[nodiscard]] std::string fill(std::string_view text, Holes holes);
[[nodiscard]] inline std::string fill(const Text& text, Language language, Holes holes) {
    return fill(text.in(language), holes);
}

/// "3 wiadomości": number, no-break space, the right form; numbers as format.h has them.
[[nodiscard]] std::string counted(const Plural& plural, Language language, std::uint64_t n);

}  // namespace gui::text
