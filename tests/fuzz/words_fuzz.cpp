// Strangers' words on their way to a screen, a file system and a server: always valid UTF-8, always
// one safe component, and folder names come back as they were.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mail/base/utf8.h"
#include "mail/imap/utf7.h"
#include "mail/mime/file_name.h"
#include "mail/mime/headers.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mail;
    const std::string raw(data, data + size);

    fuzz::require(utf8::valid(mime::decode_text(raw)), "a decoded text is valid");
    const auto mailbox = mime::first_mailbox(raw);
    fuzz::require(utf8::valid(mailbox.name) && utf8::valid(mailbox.address), "a mailbox is valid");
    static_cast<void>(mime::parse_date(raw));

    const auto line = utf8::one_line(raw, 100);
    fuzz::require(utf8::valid(line) && line.size() <= 100, "one line is valid and capped");
    fuzz::require(utf8::from_utf16(utf8::to_utf16(line)) == line, "UTF-16 and back is the same");
    static_cast<void>(utf8::sort_key(raw));

    const auto name = mime::safe_file_name(raw, "part", "application/pdf");
    fuzz::require(utf8::valid(name) && !name.empty() && name.size() <= 200, "a name is valid");
    fuzz::require(name.find_first_of("/\\:") == std::string::npos && name.front() != '.',
                  "a name is one plain component");
    fuzz::require(mime::safe_file_name(name, "part", "application/pdf") == name,
                  "a safe name stays as it is");

    const auto folder = imap::from_modified_utf7(raw);
    fuzz::require(utf8::valid(folder), "a folder's name is valid");
    fuzz::require(imap::from_modified_utf7(imap::to_modified_utf7(folder)) == folder,
                  "a folder's name comes back");
    return 0;
}
