#pragma once
// Finds whole uuencoded files ("begin 644 name" … "end") among the lines of a text. A line that is
// no uuencode ends the search for that block, so a text that only speaks of "begin" has none.

#include <optional>
#include <string>
#include <vector>

#include "mail/mime/line_reader.h"

namespace mail::mime {

struct UuBlock {
    std::string raw_name;
    Range lines;  ///< from "begin" to "end"
};

class UuBlockFinder {
public:
    void line(const Line& line);
    [[nodiscard]] std::vector<UuBlock> take();

private:
    std::vector<UuBlock> found_;
    std::optional<UuBlock> open_;
    std::size_t data_lines_ = 0;
};

}  // namespace mail::mime
