#pragma once
// Mails with attachments in every shape that the servers describe differently, and what must come
// out of each: the demo's samples but the large one, and some more.

#include <string>
#include <vector>

#include "mail/demo/expected.h"

namespace servers {

struct OddMail {
    std::string raw;  ///< CRLF line ends
    std::vector<mail::demo::ExpectedFile> files;
};

[[nodiscard]] std::vector<OddMail> odd_mails();

/// A small one with one PDF that no other number has.
[[nodiscard]] OddMail numbered_mail(int number);

}  // namespace servers
