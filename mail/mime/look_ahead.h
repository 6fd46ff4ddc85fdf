#pragma once
// What a damaged mail makes one look ahead for, before its lines are taken one by one. Apart from
// the splitter, because here is where a hostile mail could make us read it again and again: each
// question looks at a few lines only, or pays from one budget.

#include <cstdint>
#include <string>
#include <vector>

#include "mail/mime/line_reader.h"

namespace mail::mime {

enum class BlankLines : std::uint8_t { end_it, pass };

class LookAhead {
public:
    LookAhead(const Source& source, Range range, std::size_t window_octets);
    void use(LineBreak line_break) { reader_.use(line_break); }

    /// Whether one of the next lines begins a field that heads have.
    [[nodiscard]] Result<bool> usual_field(std::uint64_t offset, int lines, BlankLines blank_lines);
    /// Whether the first line that is not blank is a Content-… or MIME-Version field.
    [[nodiscard]] Result<bool> mime_field(std::uint64_t offset);
    /// The first line that is not blank, if it looks like a delimiter: "--x", a field behind it.
    [[nodiscard]] Result<std::string> delimiter(std::uint64_t offset);
    /// Whether one of the delimiters, plain or closing, is anywhere behind.
    [[nodiscard]] Result<bool> occurs(std::uint64_t offset,
                                      const std::vector<std::string>& delimiters);

private:
    [[nodiscard]] Result<std::optional<Line>> first_not_blank(std::uint64_t offset);

    LineReader reader_;
    std::uint64_t budget_;  ///< octets that occurs() may still read
};

}  // namespace mail::mime
