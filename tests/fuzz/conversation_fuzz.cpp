// What a server sends, from octets through framer and assembler to values: no input may crash it,
// and how the octets were split on their way must not show in what comes out.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/imap/framer.h"
#include "mail/imap/reply_assembler.h"
#include "mail/imap/response.h"
#include "tests/fuzz/require.h"

namespace {

using mail::imap::Framer;
using mail::imap::ReplyAssembler;

constexpr std::size_t max_octets = 1 << 16;

/// All that came out, as one text. The parser sees each whole reply.
class Listener {
public:
    /// False: the connection would be closed.
    bool feed(std::string_view raw) {
        framer_.feed(raw);
        for (;;) {
            const auto piece = framer_.next();
            if (!piece)
                return false;
            if (!*piece)
                return true;
            const auto event = assembler_.add(**piece);
            if (!event)
                return false;
            if (*event)
                hear(**event);
        }
    }
    [[nodiscard]] const std::string& heard() const { return heard_; }

private:
    void hear(const ReplyAssembler::Event& event) {
        switch (event.kind) {
        case ReplyAssembler::Event::Kind::body_begins:
            heard_ += "\nbody ";
            break;
        case ReplyAssembler::Event::Kind::body_octets:
            heard_ += event.raw;
            break;
        case ReplyAssembler::Event::Kind::reply:
            const auto response = mail::imap::parse_response(assembler_.reply());
            heard_ += "\nreply " + assembler_.reply().raw;
            heard_ += response ? " as " + std::to_string(response->index()) : " refused";
            break;
        }
    }

    Framer framer_{max_octets};
    ReplyAssembler assembler_{max_octets};
    std::string heard_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Its own copy, in a heap block of exactly that size, so that reading past it shows.
    const std::vector<char> octets(data, data + size);
    const std::string_view raw{octets.data(), octets.size()};
    Listener at_once;
    const bool whole = at_once.feed(raw);

    Listener in_pieces;
    bool going = true;
    for (std::size_t at = 0; going && at < raw.size();) {
        const std::size_t step = 1 + static_cast<unsigned char>(raw[at]) % 5;
        going = in_pieces.feed(raw.substr(at, step));
        at += step;
    }
    if (whole && going)
        fuzz::require(at_once.heard() == in_pieces.heard(), "any split gives the same");
    fuzz::require(whole == going, "any split ends alike");
    return 0;
}
