#pragma once
// The command of an OCR point: "ocrmypdf -l pol {in} {out}". No shell reads it: it is cut into
// words by the rule below, and a path takes the place of {in} and {out} within its word, so that a
// file's name can be neither an option nor a command. Pure.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace mail::point {

/// Kinds of files that a point can accept: what mime::is_graphic() lets through, by the names that
/// people know.
inline constexpr std::array<std::string_view, 8> ocr_type_names{"pdf", "jpg", "tif",  "png",
                                                                "bmp", "gif", "webp", "heic"};
[[nodiscard]] bool is_ocr_type(std::string_view name);

struct CommandFault {
    enum class What {
        open_quote,
        no_program,  ///< nothing, or {in} or {out}, where the program belongs
        without_in,
        placeholder_in_text,  ///< within a text that the program may read as a command
    };
    What what = What::no_program;
    std::string word = {};  ///< the one that is wrong
};

class Command {
public:
    /// Words are what blanks separate. Between two " or two ' everything is as it stands; there is
    /// no escaping, so that paths of Windows are what they are. In a word with {in} or {out} there
    /// may be letters, digits and _=:./+- beside it only, and a shell's own command (sh -c …)
    /// can't be or hold one.
    [[nodiscard]] static tl::expected<Command, CommandFault> parse(std::string_view text);

    [[nodiscard]] const std::string& program() const { return words_.front(); }
    /// `in`, `out`: absolute paths.
    [[nodiscard]] std::vector<std::string> arguments(std::string_view in,
                                                     std::string_view out) const;
    /// Whether it names {out}; else the program itself says where its results go.
    [[nodiscard]] bool has_out() const;

private:
    explicit Command(std::vector<std::string> words) : words_(std::move(words)) {}
    std::vector<std::string> words_;
};

}  // namespace mail::point
