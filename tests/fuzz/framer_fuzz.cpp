// The framer cuts the same pieces however the octets are split, and ends.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/imap/framer.h"

namespace {

constexpr std::size_t max_line_octets = 4096;

/// Everything that comes out, joined; fed in steps of `step` octets.
std::string cut(std::string_view raw, std::size_t step) {
    mail::imap::Framer framer(max_line_octets);
    std::string shown;
    while (!raw.empty()) {
        framer.feed(raw.substr(0, step));
        raw.remove_prefix(std::min(step, raw.size()));
        for (;;) {
            const auto piece = framer.next();
            if (!piece)
                return shown + "!" + std::string(mail::name_of(piece.error().cause));
            if (!*piece)
                break;
            shown += (*piece)->raw;
            if ((*piece)->kind == mail::imap::Piece::Kind::line)
                shown += (*piece)->announces ? "\1" + std::to_string(*(*piece)->announces) : "\2";
            else if ((*piece)->octets_left == 0)
                shown += '\3';
        }
    }
    return shown;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count) {
    if (count < 2)
        return 0;
    const std::size_t step = octets[0] % 32U + 1;
    const std::string_view raw(reinterpret_cast<const char*>(octets) + 1, count - 1);
    // A line that is too long is noticed earlier when it comes in pieces: what came out before is
    // the same.
    if (cut(raw, step) != cut(raw, raw.size()))
        std::abort();
    return 0;
}
