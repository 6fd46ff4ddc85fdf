#include "mail/mime/attachments.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace mail::mime {
namespace {

bool is_uuencoded(std::string_view encoding) {
    return encoding == "x-uuencode" || encoding == "uuencode" || encoding == "x-uue";
}

}  // namespace

bool is_control_type(std::string_view type) {
    static constexpr std::string_view types[] = {"application/pkcs7-signature",
                                                 "application/x-pkcs7-signature",
                                                 "application/pgp-signature",
                                                 "application/pgp-encrypted",
                                                 "application/applefile",
                                                 "message/delivery-status",
                                                 "message/disposition-notification",
                                                 "message/global-delivery-status",
                                                 "message/global-disposition-notification",
                                                 "message/partial",
                                                 "message/external-body"};
    return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

bool counts_as_attachment(const Structure& structure, std::size_t part) {
    const Part& candidate = structure.parts[part];
    if (candidate.is_multipart() || candidate.has_children || candidate.size_octets == 0 ||
        is_control_type(candidate.type))
        return false;
    if (!candidate.is_text())
        return true;
    return !candidate.name.empty() || candidate.disposition == Disposition::attachment ||
           is_uuencoded(candidate.encoding);
}

}  // namespace mail::mime
