#include "mail/mime/part.h"

#include "mail/base/ascii.h"

namespace mail::mime {

std::string_view name_of(Repair repair) {
    switch (repair) {
    case Repair::name_charset:
        return "name_charset";
    case Repair::name_syntax:
        return "name_syntax";
    case Repair::boundary:
        return "boundary";
    case Repair::headers:
        return "headers";
    case Repair::content_type:
        return "content_type";
    case Repair::transfer_encoding:
        return "transfer_encoding";
    case Repair::base64_damaged:
        return "base64_damaged";
    case Repair::uuencode:
        return "uuencode";
    case Repair::tnef:
        return "tnef";
    case Repair::encoded_message:
        return "encoded_message";
    case Repair::signed_envelope:
        return "signed_envelope";
    case Repair::structure_replaced:
        return "structure_replaced";
    }
    return "";
}

Flow flow_of(std::string_view format, std::string_view del_sp) {
    if (lower_case(format) != "flowed")
        return Flow::none;
    return lower_case(del_sp) == "yes" ? Flow::flowed_without_spaces : Flow::flowed;
}

std::uint64_t Part::estimated_octets() const {
    // Lines of 76 characters and a line break of two: 57 octets each.
    if (encoding == "base64")
        return size_octets / 78 * 57 + size_octets % 78 * 3 / 4;
    if (encoding == "x-uuencode" || encoding == "uuencode" || encoding == "x-uue")
        return size_octets / 63 * 45 + size_octets % 63 * 5 / 7;
    return size_octets;
}

bool Part::is_message() const {
    return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

}  // namespace mail::mime
