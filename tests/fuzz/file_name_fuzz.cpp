// Any octets are a file name: what comes out is one component that every system takes, and stays
// the same when it is made safe once more.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/base/utf8.h"
#include "mail/mime/file_name.h"

namespace {

void require(bool condition) {
    if (!condition)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mail;
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    for (const std::string_view type : {"", "application/pdf"}) {
        const std::string name = mime::safe_file_name(raw, "part", type);
        require(!name.empty() && name.size() <= 200 && utf8::valid(name));
        require(name.find_first_of("<>:\"/\\|?*") == std::string::npos);
        require(name.front() != '.' && name.front() != '-' && name.front() != ' ');
        require(name.back() != '.' && name.back() != ' ');
        require(mime::safe_file_name(name, "part", type) == name);
        const std::string second = mime::numbered_name(name, 2);
        require(mime::key_on_any_disk(second) != mime::key_on_any_disk(name));
    }
    static_cast<void>(utf8::sort_key(raw));
    require(utf8::valid(utf8::one_line(raw, 40)) && utf8::one_line(raw, 40).size() <= 40);
    require(utf8::valid(utf8::folded(raw)) && utf8::valid(utf8::unaccented(raw)));
    require(utf8::from_utf16(utf8::to_utf16(raw)) == utf8::repaired(raw));
    return 0;
}
