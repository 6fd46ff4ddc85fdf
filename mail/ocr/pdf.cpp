#include "mail/ocr/pdf.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

#include "mail/base/ascii.h"
#include "mail/mime/inflate.h"

namespace mail::ocr {

namespace {

constexpr std::size_t max_looks = 5000;           // at places that may be what is looked for
constexpr std::size_t max_dictionary = 1U << 20;  // octets
constexpr std::size_t max_in_all = 64U << 20;     // octets of all dictionaries
constexpr std::size_t max_before = 1U << 16;      // from the beginning of an object to its /Type
constexpr std::size_t max_inflated = 4U << 20;    // of one stream of objects

bool is_white(char c) {
    return is_space(c) || c == '\f' || c == '\0';
}

bool is_regular(char c) {
    return !is_white(c) && std::string_view("()<>[]{}/%").find(c) == std::string_view::npos;
}

std::size_t skip_white(std::string_view text, std::size_t at) {
    while (at < text.size() && is_white(text[at]))
        ++at;
    return at;
}

/// The tokens that matter: names, words and numbers, and what opens and closes. Strings are passed
/// over.
class Tokens {
public:
    Tokens(std::string_view text, std::size_t at) : text_(text), at_(at) {}

    /// "" at the end.
    std::string_view next() {
        at_ = skip_white(text_, at_);
        if (at_ >= text_.size())
            return {};
        const std::size_t begin = at_;
        const char c = text_[at_++];
        const bool is_double = at_ < text_.size() && text_[at_] == c && (c == '<' || c == '>');
        if (c == '(')
            skip_string();
        else if (c == '%')
            at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
        else if (is_double)
            ++at_;
        else if (c == '<')
            at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
        else if (c == '/' || is_regular(c))
            while (at_ < text_.size() && is_regular(text_[at_]))
                ++at_;
        return text_.substr(begin, at_ - begin);
    }
    [[nodiscard]] std::size_t at() const { return at_; }

private:
    void skip_string() {
        for (int depth = 1; depth > 0 && at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            else if (text_[at_] == '(')
                ++depth;
            else if (text_[at_] == ')')
                --depth;
        }
        at_ = std::min(at_, text_.size());
    }

    std::string_view text_;
    std::size_t at_;
};

struct Dictionary {
    bool is_page_tree = false;
    std::optional<std::uint32_t> count;
    std::size_t end = 0;
};

/// `at`: where its << stands. Nothing where it doesn't end. What is read goes off `left`.
std::optional<Dictionary> dictionary_at(std::string_view text, std::size_t at, std::size_t& left) {
    text = text.substr(0, std::min(text.size(), at + std::min(max_dictionary, left)));
    Tokens tokens(text, at);
    Dictionary found;
    std::string_view before;
    for (int depth = 0;;) {
        const std::string_view token = tokens.next();
        if (token.empty()) {
            left -= std::min(left, text.size() - std::min(text.size(), at));
            return std::nullopt;
        }
        depth += token == "<<" || token == "[" ? 1 : token == ">>" || token == "]" ? -1 : 0;
        if (depth <= 0) {
            found.end = tokens.at();
            left -= std::min(left, found.end - at);
            return found;
        }
        if (depth == 1 && before == "/Type" && token == "/Pages")
            found.is_page_tree = true;
        std::uint32_t count = 0;
        const char* const end = token.data() + token.size();
        if (const auto read = std::from_chars(token.data(), end, count);
            depth == 1 && before == "/Count" && read.ptr == end && read.ec == std::errc{})
            found.count = count;
        before = token;
    }
}

/// Goes through the places where `name` is the value of /Type in an object, and what begins there.
class Objects {
public:
    Objects(std::string_view raw, std::string_view name) : raw_(raw), name_(name) {}

    /// Where the object's dictionary begins.
    std::optional<std::size_t> next() {
        while (looks_++ < max_looks) {
            const std::size_t found = raw_.find(name_, at_);
            if (found == std::string_view::npos)
                return std::nullopt;
            at_ = found + name_.size();
            if (at_ < raw_.size() && is_regular(raw_[at_]))
                continue;
            if (const auto begin = dictionary_before(found))
                return begin;
        }
        return std::nullopt;
    }
    void go_on_from(std::size_t at) { at_ = std::max(at_, at); }

private:
    [[nodiscard]] std::optional<std::size_t> dictionary_before(std::size_t found) const {
        const std::size_t first = found > max_before ? found - max_before : 0;
        const std::string_view before = raw_.substr(first, found - first);
        std::size_t type_end = before.size();
        while (type_end > 0 && is_white(before[type_end - 1]))
            --type_end;
        const std::size_t object = before.rfind("obj");
        if (!before.substr(0, type_end).ends_with("/Type") || object == std::string_view::npos)
            return std::nullopt;
        const std::size_t begin = skip_white(raw_, first + object + 3);
        return raw_.substr(begin, 2) == "<<" ? std::optional(begin) : std::nullopt;
    }

    std::string_view raw_, name_;
    std::size_t at_ = 0, looks_ = 0;
};

/// The root of the page tree counts all; the nodes below it count fewer.
void add(PdfFacts& facts, const Dictionary& found) {
    if (found.is_page_tree && found.count)
        facts.pages = std::max(facts.pages.value_or(0), *found.count);
}

void look_at_plain(std::string_view raw, PdfFacts& facts) {
    std::size_t left = max_in_all;
    Objects objects(raw, "/Pages");
    while (const auto begin = objects.next())
        if (const auto found = dictionary_at(raw, *begin, left)) {
            add(facts, *found);
            objects.go_on_from(found->end);
        }
}

/// All dictionaries of a stream of objects.
void look_within(std::string_view text, PdfFacts& facts) {
    std::size_t all = text.size();
    for (std::size_t at = text.find("<<"); at != std::string_view::npos; at = text.find("<<", at)) {
        const auto found = dictionary_at(text, at, all);
        if (!found)
            return;
        add(facts, *found);
        at = found->end;
    }
}

void look_at_compressed(std::string_view raw, PdfFacts& facts) {
    Objects objects(raw, "/ObjStm");
    std::size_t left = max_in_all, inflated_left = max_in_all;
    while (const auto begin = objects.next()) {
        const auto head = dictionary_at(raw, *begin, left);
        if (!head)
            continue;
        objects.go_on_from(head->end);
        std::size_t data = skip_white(raw, head->end);
        if (!raw.substr(data).starts_with("stream"))
            continue;
        data += 6;
        data += raw.substr(data).starts_with("\r\n") ? 2 : 1;
        const std::size_t end = raw.substr(0, data + max_inflated).find("endstream", data);
        if (data > raw.size() || end == std::string_view::npos)
            continue;
        const auto text =
            mime::inflate_zlib(raw.substr(data, end - data), std::min(inflated_left, max_inflated));
        if (!text)
            continue;
        inflated_left -= text->size();
        look_within(*text, facts);
        objects.go_on_from(end);
    }
}

/// /Encrypt of the trailer, or of a cross-reference stream: neither is ever encrypted itself.
bool is_encrypted(std::string_view raw) {
    constexpr std::string_view name = "/Encrypt";
    for (std::size_t at = raw.find(name); at != std::string_view::npos; at = raw.find(name, at)) {
        at += name.size();
        Tokens tokens(raw.substr(0, std::min(raw.size(), at + 64)), at);
        if (at < raw.size() && is_regular(raw[at]))
            continue;
        const std::string_view value = tokens.next();
        if (value == "<<" || (!value.empty() && is_digit(value[0]) && !tokens.next().empty() &&
                              tokens.next() == "R"))
            return true;
    }
    return false;
}

}  // namespace

PdfFacts pdf_facts(std::string_view raw) {
    PdfFacts facts;
    facts.is_encrypted = is_encrypted(raw);
    look_at_plain(raw, facts);
    look_at_compressed(raw, facts);
    return facts;
}

Result<PdfFacts> pdf_facts_of(Disk& disk, const std::string& path) {
    constexpr std::uint64_t first_octets = 1U << 20U;
    const auto entry = disk.look(path);
    auto file = entry ? disk.open(path) : tl::unexpected(entry.error());
    if (!file)
        return tl::unexpected(std::move(file.error()));
    std::string raw;
    const auto read_up_to = [&](std::uint64_t size) -> Result<void> {
        raw.resize(std::min(size, pdf_octets_read));
        std::size_t filled = 0;
        while (filled < raw.size()) {
            const auto done = (*file)->read(raw.data() + filled, raw.size() - filled);
            if (!done)
                return tl::unexpected(done.error());
            if (*done == 0)
                break;
            filled += *done;
        }
        raw.resize(filled);
        return {};
    };
    if (entry->size_octets <= pdf_octets_read)
        return read_up_to(entry->size_octets).map([&] { return pdf_facts(raw); });
    PdfFacts facts;
    return read_up_to(first_octets)
        .and_then([&] {
            facts = pdf_facts(raw);
            return (*file)->move_to(entry->size_octets - (pdf_octets_read - first_octets));
        })
        .and_then([&] { return read_up_to(pdf_octets_read - first_octets); })
        .map([&] {
            const PdfFacts last = pdf_facts(raw);
            if (last.pages)
                facts.pages = std::max(facts.pages.value_or(0), *last.pages);
            facts.is_encrypted = facts.is_encrypted || last.is_encrypted;
            return facts;
        });
}

}  // namespace mail::ocr
