#include "mail/base/master_password.h"

#include "mail/base/utf8.h"

namespace mail {

bool is_long_enough_master_password(std::string_view text) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < text.size() && letters < least_master_password_letters; ++letters)
        static_cast<void>(utf8::next(text, at));
    return letters >= least_master_password_letters;
}

}  // namespace mail
