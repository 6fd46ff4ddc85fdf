#pragma once
// The mails that a mailbox at risk holds, and what must come out of each.

#include <string>
#include <vector>

namespace mail::faults {

struct Sent {
    std::string raw, message_id;
    std::vector<std::string> contents;  ///< SHA-256; none: nothing is wanted of it, so it stays
    std::string in_its_copy;  ///< octets that a copy of it holds, however a server ends lines
};

/// Some octets to some 100 KB; some of two files, of the same content as another, or of none.
[[nodiscard]] Sent sent_mail(int number);

}  // namespace mail::faults
