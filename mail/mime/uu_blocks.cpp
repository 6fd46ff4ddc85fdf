#include "mail/mime/uu_blocks.h"

#include <utility>

#include "mail/base/ascii.h"
#include "mail/mime/decoder_uuencode.h"

namespace mail::mime {

void UuBlockFinder::line(const Line& line) {
    if (const auto name = uuencode_begin(line.text)) {
        open_ = UuBlock{std::string(*name), {line.begin, line.next}};
        data_lines_ = 0;
        return;
    }
    if (!open_)
        return;
    if (is_uuencode_end(line.text)) {
        open_->lines.end = line.next;
        if (data_lines_ > 0)
            found_.push_back(std::move(*open_));
        open_.reset();
    } else if (is_uuencode_line(line.text)) {
        ++data_lines_;
    } else if (!trimmed(line.text).empty()) {
        open_.reset();
    }
}

std::vector<UuBlock> UuBlockFinder::take() {
    open_.reset();
    return std::exchange(found_, {});
}

}  // namespace mail::mime
