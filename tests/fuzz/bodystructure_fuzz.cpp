// BODYSTRUCTURE and ENVELOPE: parents stand before children, sections fit together, and no nesting
// costs more stack than the cap.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/imap/body_structure.h"
#include "mail/imap/envelope.h"

namespace {

using namespace mail::imap;

void check(const BodyStructure& structure) {
    for (std::size_t index = 0; index < structure.size(); ++index) {
        const BodyNode& node = structure[index];
        if (node.parent >= static_cast<int>(index) || (index > 0 && node.parent < 0))
            std::abort();
        if (node.parent < 0)
            continue;
        const BodyNode& parent = structure[static_cast<std::size_t>(node.parent)];
        if (!node.section.starts_with(parent.section) || node.section.ends_with('.'))
            std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count) {
    const std::string_view raw(reinterpret_cast<const char*>(octets), count);
    Cursor cursor(raw);
    const BodyStructure structure = parse_body_structure(cursor);
    if (cursor.failed() != structure.empty())
        std::abort();
    check(structure);
    Cursor envelope(raw);
    (void)parse_envelope(envelope);
    return 0;
}
