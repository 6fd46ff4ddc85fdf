// Any octets are a header field: decoding ends and gives UTF-8.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/base/utf8.h"
#include "mail/mime/headers.h"
#include "mail/mime/parameters.h"
#include "mail/mime/part_head.h"

namespace {

void require(bool condition) {
    if (!condition)
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mail;
    const std::string_view raw(reinterpret_cast<const char*>(data), size);
    require(utf8::valid(mime::decode_text(raw)));
    const mime::RawParameters parameters = mime::parse_parameters(raw).parameters;
    require(utf8::valid(mime::file_name_of(parameters, {}).name));
    require(utf8::valid(mime::file_name_of({}, parameters).name));
    const mime::Mailbox mailbox = mime::first_mailbox(raw);
    require(utf8::valid(mailbox.name) && utf8::valid(mailbox.address));
    static_cast<void>(mime::parse_date(raw));
    const mime::PartHead head = mime::read_part_head(raw, "text/plain");
    require(!head.part.type.empty() && utf8::valid(head.part.name));
    return 0;
}
