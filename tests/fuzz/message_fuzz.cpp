// A stranger's mail through the splitter, and each of its parts through its decoder: always an
// answer, within the caps.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/mime/file_name.h"
#include "mail/mime/message.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mail;
    mime::Limits limits;
    limits.depth = 10;
    limits.parts = 100;
    limits.expanded_octets = 1 << 20;
    limits.window_octets = 256;  // small, so that its borders fall everywhere
    const auto source = mime::source_of(std::string(data, data + size));
    const auto message = mime::Message::read(*source, limits);
    fuzz::require(message.has_value() || size == 0, "a mail of one octet can be read");
    if (!message)
        return 0;

    const auto& parts = message->structure().parts;
    fuzz::require(parts.size() <= limits.parts + 1, "the cap on parts holds");
    const mime::Sink nowhere = [](std::string_view) -> Result<void> { return {}; };
    for (std::size_t at = 0; at < parts.size(); ++at) {
        fuzz::require(parts[at].parent < static_cast<int>(at), "parents come before children");
        fuzz::require(!parts[at].type.empty(), "every part has a type");
        const auto name = mime::safe_file_name(parts[at].name, "part", parts[at].type);
        fuzz::require(!name.empty() && name.find_first_of("/\\") == std::string::npos,
                      "a safe name is one component");
        std::vector<mime::Repair> repaired;
        static_cast<void>(message->decode(at, nowhere, repaired));
    }
    return 0;
}
