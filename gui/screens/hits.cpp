#include "gui/screens/hits.h"

#include <algorithm>

#include "mail/base/utf8.h"

namespace gui {
namespace {

/// A text as it is compared, and for each octet of it the letter that it comes from.
struct Folded {
    std::string plain;
    std::vector<Hit> from;
};

Folded folded(std::string_view text) {
    Folded result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        static_cast<void>(mail::utf8::next(text, at));
        const std::string letter = mail::utf8::unaccented(text.substr(begin, at - begin));
        // A mark that is drawn into the letter before belongs to it.
        if (letter.empty() && !result.from.empty())
            result.from.back().end = at;
        result.plain += letter;
        result.from.insert(result.from.end(), letter.size(), {begin, at});
    }
    return result;
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    const std::string plain = mail::utf8::unaccented(text);
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t begin = plain.find_first_not_of(' ', at);
        if (begin == std::string::npos)
            break;
        at = std::min(plain.find(' ', begin), plain.size());
        words.push_back(plain.substr(begin, at - begin));
    }
    return words;
}

std::vector<Hit> hits_in(std::string_view text, std::span<const std::string> words) {
    std::vector<Hit> hits;
    if (words.empty())
        return hits;
    const Folded folded_text = folded(text);
    for (const std::string& word : words)
        for (std::size_t at = folded_text.plain.find(word); at != std::string::npos;
             at = folded_text.plain.find(word, at + word.size()))
            hits.push_back(
                {folded_text.from[at].begin, folded_text.from[at + word.size() - 1].end});
    std::sort(hits.begin(), hits.end(),
              [](const Hit& a, const Hit& b) { return a.begin < b.begin; });
    std::vector<Hit> joined;
    for (const Hit& hit : hits)
        if (!joined.empty() && hit.begin <= joined.back().end)
            joined.back().end = std::max(joined.back().end, hit.end);
        else
            joined.push_back(hit);
    return joined;
}

}  // namespace gui
