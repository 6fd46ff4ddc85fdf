#pragma once
// HTML cut into tags and text, as the tokenizer of WHATWG cuts it: nothing is refused, comments and
// declarations are passed over, and so is the inside of scripts, styles and their like. Each octet
// is looked at once. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail::mime {

struct HtmlToken {
    enum class Kind : std::uint8_t { text, start_tag, end_tag };
    Kind kind = Kind::text;
    std::string_view text;        ///< with its references
    std::string_view name;        ///< of a tag, in any case of letters
    std::string_view attributes;  ///< all of a start tag, as they stand there
    bool closes_itself = false;
};

class HtmlTokens {
public:
    /// Views `html`, which is UTF-8.
    explicit HtmlTokens(std::string_view html) : html_(html) {}
    /// Nothing at the end.
    [[nodiscard]] std::optional<HtmlToken> next();

private:
    [[nodiscard]] std::optional<HtmlToken> read_tag();
    void pass_over_raw(std::string_view name);
    [[nodiscard]] std::size_t end_of_tag(std::size_t at) const;
    std::string_view html_;
    std::size_t at_ = 0;
};

/// The value without references; nothing where there is no such attribute. The first counts.
[[nodiscard]] std::optional<std::string> attribute_of(const HtmlToken& tag, std::string_view name);

/// In any case of letters; `name` is lower case.
[[nodiscard]] bool is_name(std::string_view raw, std::string_view name);

}  // namespace mail::mime
