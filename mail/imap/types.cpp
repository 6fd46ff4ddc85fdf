#include "mail/imap/types.h"

#include <algorithm>

namespace mail::imap {

bool Capabilities::has_mechanism(std::string_view name) const {
    return std::find(mechanisms.begin(), mechanisms.end(), name) != mechanisms.end();
}

}  // namespace mail::imap
