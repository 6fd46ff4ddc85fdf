#include "mail/base/master_password.h"

#include <string>

#include "mail/base/utf8.h"

namespace mail {

namespace {

/// Unicode's White_Space, and what shows nothing.
bool is_blank(char32_t letter) {
    return letter == U' ' || letter == 0x00A0 || letter == 0x1680 ||
           (letter >= 0x2000 && letter <= 0x200A) || letter == 0x202F || letter == 0x205F ||
           letter == 0x3000 || utf8::is_control(letter) || utf8::is_invisible(letter);
}

}  // namespace

std::optional<MasterPasswordFault> fault_of_master_password(std::string_view text) {
    if (!utf8::valid(text))
        return MasterPasswordFault::not_utf8;
    std::size_t letters = 0, blanks = 0;
    for (std::size_t at = 0; at < text.size(); ++letters)
        blanks += is_blank(utf8::next(text, at)) ? 1 : 0;
    if (letters > 0 && blanks == letters)
        return MasterPasswordFault::only_blanks;
    if (letters < least_master_password_letters)
        return MasterPasswordFault::too_short;
    return std::nullopt;
}

Facts facts_of(MasterPasswordFault fault) {
    switch (fault) {
    case MasterPasswordFault::only_blanks:
        return {{"new", "yes"}, {"fault", "only_blanks"}};
    case MasterPasswordFault::not_utf8:
        return {{"new", "yes"}, {"fault", "not_utf8"}};
    case MasterPasswordFault::too_short:
        break;
    }
    return {{"new", "yes"}, {"limit", std::to_string(least_master_password_letters)}};
}

}  // namespace mail
