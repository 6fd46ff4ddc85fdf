#pragma once
// Content-Type, Content-Disposition and their like (RFC 2045, 5.1) taken apart, however wrongly
// they are written: missing semicolons, quotes inside quotes, blanks in bare values, comments.
// Pure. Apart from headers.h, because servers hand us parameters that are taken apart already.

#include <string>
#include <string_view>

#include "mail/mime/headers.h"

namespace mail::mime {

struct ParameterField {
    std::string value;         ///< "text/plain", "attachment": lower case, "" if there is none
    RawParameters parameters;  ///< in their order, doubled ones too
};

/// `raw` is the field's content, folded or not.
[[nodiscard]] ParameterField parse_parameters(std::string_view raw);

/// Whether a line begins with one of the usual parameters: "boundary=", "name*0=".
[[nodiscard]] bool begins_known_parameter(std::string_view line);

/// The first parameter of that name (lower case), or "".
[[nodiscard]] std::string_view parameter(const RawParameters& parameters, std::string_view key);

}  // namespace mail::mime
