#include "mail/point/command.h"

#include <algorithm>
#include <optional>

#include "mail/base/ascii.h"

namespace mail::point {

namespace {

constexpr std::string_view in_mark = "{in}", out_mark = "{out}";

bool holds(std::string_view word, std::string_view mark) {
    return word.find(mark) != std::string_view::npos;
}

bool holds_any(std::string_view word) {
    return holds(word, in_mark) || holds(word, out_mark);
}

/// Nothing where a quote stays open.
std::optional<std::vector<std::string>> words_of(std::string_view text) {
    std::vector<std::string> words;
    char quote = 0;
    bool within = false;
    for (const char c : text) {
        const bool quotes = quote == 0 ? c == '"' || c == '\'' : c == quote;
        const bool ends = quote == 0 && is_space(c);
        if (!within && !ends)
            words.emplace_back();
        within = !ends;
        if (quotes)
            quote = quote == 0 ? c : '\0';
        else if (!ends)
            words.back() += c;
    }
    if (quote != 0)
        return std::nullopt;
    return words;
}

std::string replaced(std::string_view word, std::string_view in, std::string_view out) {
    std::string made;
    while (!word.empty()) {
        const bool is_in = word.starts_with(in_mark), is_out = word.starts_with(out_mark);
        const std::size_t length = is_in ? in_mark.size() : is_out ? out_mark.size() : 1;
        made += is_in ? in : is_out ? out : word.substr(0, 1);
        word.remove_prefix(length);
    }
    return made;
}

/// What surrounds a path must be nothing that could make it part of a text with a grammar.
bool is_harmless_around(std::string_view word) {
    const std::string around = replaced(word, "", "");
    return std::ranges::all_of(around, [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("_=:./+-").find(c) != std::string_view::npos;
    });
}

bool is_shell(std::string_view word) {
    static constexpr std::array<std::string_view, 14> shells{
        "sh",   "bash",    "dash", "zsh",        "ksh",  "fish", "csh",
        "tcsh", "busybox", "cmd",  "powershell", "pwsh", "ash",  "mksh"};
    std::string name = lower_case(word.substr(word.find_last_of("/\\") + 1));
    if (name.ends_with(".exe"))
        name.resize(name.size() - 4);
    return std::ranges::find(shells, name) != shells.end();
}

/// "-c", "-lc", "/c", "-Command": what follows is a command's text.
bool asks_for_command(std::string_view word) {
    const std::string option = lower_case(word);
    if (option == "/c" || option == "/k")
        return true;
    return option.size() > 1 && option.front() == '-' &&
           (option.back() == 'c' || std::string_view("-command").starts_with(option));
}

}  // namespace

bool is_ocr_type(std::string_view name) {
    return std::ranges::find(ocr_type_names, name) != ocr_type_names.end();
}

tl::expected<Command, CommandFault> Command::parse(std::string_view text) {
    using What = CommandFault::What;
    auto words = words_of(text);
    if (!words)
        return tl::unexpected(CommandFault{What::open_quote});
    if (words->empty() || words->front().empty() || holds_any(words->front()))
        return tl::unexpected(CommandFault{What::no_program});
    bool in_shell = false, has_in = false;
    for (std::size_t i = 0; i < words->size(); ++i) {
        const std::string& word = (*words)[i];
        const bool is_script = i > 0 && in_shell && asks_for_command((*words)[i - 1]);
        if (holds_any(word) && (is_script || !is_harmless_around(word)))
            return tl::unexpected(CommandFault{What::placeholder_in_text, word});
        in_shell = in_shell || is_shell(word);
        has_in = has_in || holds(word, in_mark);
    }
    if (!has_in)
        return tl::unexpected(CommandFault{What::without_in});
    return Command(*std::move(words));
}

std::vector<std::string> Command::arguments(std::string_view in, std::string_view out) const {
    std::vector<std::string> made;
    for (std::size_t i = 1; i < words_.size(); ++i)
        made.push_back(replaced(words_[i], in, out));
    return made;
}

bool Command::has_out() const {
    return std::ranges::any_of(words_,
                               [](const std::string& word) { return holds(word, out_mark); });
}

}  // namespace mail::point
