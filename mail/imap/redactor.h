#pragma once
// Takes secrets out of texts that will be seen: as they are, and as base64 at each of its three
// offsets, in case a server says back what it was told.

#include <string>
#include <string_view>
#include <vector>

#include "mail/base/secret.h"

namespace mail::imap {

class Redactor {
public:
    void hide(const Secret& secret);
    /// `text` with every known secret as "***".
    [[nodiscard]] std::string redacted(std::string_view text) const;

private:
    std::vector<Secret> hidden_;
};

}  // namespace mail::imap
