#include "gui/fuzzy.h"

#include <algorithm>
#include <string>

#include "gui/screens/hits.h"
#include "mail/base/utf8.h"

namespace gui {
namespace {

constexpr int at_the_beginning = 60, at_a_word = 50, within = 30, scattered = 10;

bool begins_word(std::string_view name, std::size_t at) {
    return at == 0 || name[at - 1] == ' ' || name[at - 1] == '(' || name[at - 1] == '-';
}

/// One letter after the other, the first at the beginning of a word: those that begin words and
/// those side by side count more.
std::optional<int> scattered_fit(std::string_view word, std::string_view name) {
    int score = scattered;
    std::size_t at = 0, last = std::string_view::npos;
    for (const char letter : word) {
        for (at = name.find(letter, at);
             last == std::string_view::npos && at < name.size() && !begins_word(name, at);)
            at = name.find(letter, at + 1);
        if (at >= name.size())
            return std::nullopt;
        if (begins_word(name, at) || (last != std::string_view::npos && at == last + 1))
            ++score;
        last = at++;
    }
    return std::min(score, within - 1);
}

std::optional<int> word_fit(std::string_view word, std::string_view name) {
    std::optional<int> best;
    for (std::size_t at = name.find(word); at != std::string_view::npos;
         at = name.find(word, at + 1)) {
        const int here = at == 0 ? at_the_beginning : begins_word(name, at) ? at_a_word : within;
        best = std::max(best.value_or(0), here);
    }
    return best ? best : scattered_fit(word, name);
}

}  // namespace

std::optional<int> fuzzy_fit(std::string_view typed, std::string_view name) {
    const std::string plain = mail::utf8::unaccented(name);
    int sum = 0;
    for (const std::string& word : words_in(typed)) {
        const auto fit = word_fit(word, plain);
        if (!fit)
            return std::nullopt;
        sum += *fit;
    }
    return sum;
}

}  // namespace gui
