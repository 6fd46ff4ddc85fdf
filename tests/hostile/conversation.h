#pragma once
// What a server says in the tests: the steps of a script, and one mail with a PDF as it is listed,
// fetched in parts and fetched whole.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mail/demo/server.h"

namespace mail::hostile {

using Script = std::vector<demo::Step>;

/// Reads command lines until one contains these words.
[[nodiscard]] demo::Step expect(std::string_view words);
/// "$TAG" is the tag of the command read last; CRLF is added.
[[nodiscard]] demo::Step say(std::string_view line);
[[nodiscard]] demo::Step say_raw(std::string_view octets);
[[nodiscard]] demo::Step hang_up();

[[nodiscard]] Script operator+(Script one, const Script& other);

/// Greeting (with these capabilities) and login.
[[nodiscard]] Script greeted(std::string_view capabilities = "IMAP4rev1");
/// INBOX is opened and has so many messages, UIDs from 1 on.
[[nodiscard]] Script examined(std::uint32_t messages = 1, std::uint32_t uid_validity = 1);
/// … and the search that gives their UIDs.
[[nodiscard]] Script searched(std::uint32_t messages = 1);

/// A mail of a text and a PDF, "faktura-N.pdf".
class Letter {
public:
    explicit Letter(std::uint32_t uid, std::string content = {});

    [[nodiscard]] std::uint32_t uid() const { return uid_; }
    [[nodiscard]] std::string file_name() const;
    [[nodiscard]] const std::string& content() const { return content_; }  ///< of the PDF
    [[nodiscard]] const std::string& encoded() const { return encoded_; }  ///< the same as base64
    [[nodiscard]] std::string raw() const;                                 ///< the whole mail

    /// "* N FETCH (…)" of the listing. `part_octets`: what the structure says of the PDF.
    [[nodiscard]] std::string listed() const { return listed(encoded_.size()); }
    [[nodiscard]] std::string listed(std::size_t part_octets) const;
    /// "* N FETCH (UID N BODY[section] {…}…)", CRLF not included.
    [[nodiscard]] std::string fetched(std::string_view section, std::string_view octets) const;

private:
    std::uint32_t uid_;
    std::string content_, encoded_;
};

/// All of it: signed in, opened, searched and listed.
[[nodiscard]] Script listed(const std::vector<Letter>& letters,
                            std::string_view capabilities = "IMAP4rev1");

/// Name and content of all files in a folder; none where there is no folder.
[[nodiscard]] std::map<std::string, std::string> files_in(const std::string& folder);

[[nodiscard]] std::string base64(std::string_view raw);  ///< in lines of 76 letters

}  // namespace mail::hostile
