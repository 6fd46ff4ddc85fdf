#pragma once
// What must come out of each sample mail: the table that tests hold the program to. Computed from
// the same contents that the mails are made of, never from the mails.

#include <cstdint>
#include <string>
#include <vector>

namespace mail::demo {

struct ExpectedFile {
    enum class Kind : std::uint8_t {
        document,   ///< an attachment in every sense: taken by default
        picture,    ///< shown inside the HTML text: listed, taken only if the point says so
        program,    ///< listed, never written unasked
        container,  ///< winmail.dat, the message around a forwarded invoice: may be listed or not
        control,    ///< a signature, an empty file: may be listed or not
    };
    std::string name;  ///< UTF-8, as the mail says it
    std::string sha256;
    std::uint64_t size_octets = 0;
    Kind kind = Kind::document;
};

struct ExpectedMail {
    std::string subject;  ///< UTF-8, decoded
    std::string sender_name, sender_address;
    std::vector<ExpectedFile> files;  ///< in the order of the mail
};

/// One for each of sample_mails(), in their order: that at [n] has the UID n + 1.
[[nodiscard]] std::vector<ExpectedMail> expected_mails();

}  // namespace mail::demo
