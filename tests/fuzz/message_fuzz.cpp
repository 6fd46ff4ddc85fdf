// Any octets are a mail: reading it ends, its parts lie inside it, and the size of the window makes
// no difference to what is found.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/utf8.h"
#include "mail/mime/attachments.h"
#include "mail/mime/message.h"

namespace {

using namespace mail::mime;

void require(bool condition) {
    if (!condition)
        std::abort();
}

struct Found {
    std::string text;
    std::vector<std::string> parts;
};

Found read(const Source& source, std::size_t window_octets) {
    Limits limits;
    limits.depth = 20;
    limits.parts = 500;
    limits.expanded_octets = 1 << 20;
    limits.window_octets = window_octets;
    Found found;
    const auto message = Message::read(source, limits);
    require(message.has_value());
    const Structure& structure = message->structure();
    require(!structure.parts.empty() && structure.parts.size() <= limits.parts);
    found.text = message->head().subject + '\n' + message->head().sender_address;
    require(mail::utf8::valid(found.text));
    for (std::size_t i = 0; i < structure.parts.size(); ++i) {
        const Part& part = structure.parts[i];
        require(part.parent < static_cast<int>(i) && !part.type.empty());
        require(mail::utf8::valid(part.name) && mail::utf8::valid(part.type) &&
                mail::utf8::valid(part.content_id) && mail::utf8::valid(part.encoding));
        std::string raw = part.path + '|' + part.type + '|' + part.name + '|';
        raw += counts_as_attachment(structure, i) ? "attachment|" : "|";
        std::vector<Repair> repaired;
        const Sink sink = [&raw](std::string_view piece) -> mail::Result<void> {
            raw += piece;
            return {};
        };
        require(message->decode(i, sink, repaired).has_value());
        found.parts.push_back(std::move(raw));
    }
    return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const auto source = source_of(std::string(reinterpret_cast<const char*>(data), size));
    const Found whole = read(*source, 64 << 10);
    const Found pieces = read(*source, 7);
    require(whole.text == pieces.text && whole.parts == pieces.parts);
    return 0;
}
