#pragma once
// As much of an IMAP client as the tests need: sends what it is given, reads to the tagged reply.
// It knows literals and nothing else of the protocol.

#include <memory>
#include <string>
#include <string_view>

#include "mail/demo/server.h"
#include "mail/net/stream.h"

namespace mail::demo::test {

struct Reply {
    std::string untagged;  ///< all lines before the tagged one, literals in place, with their CRLF
    std::string tagged;    ///< "OK Done": without tag and CRLF; "" where the connection ended
    [[nodiscard]] bool ok() const { return tagged.starts_with("OK"); }
    [[nodiscard]] bool contains(std::string_view text) const {
        return untagged.find(text) != std::string::npos;
    }
};

class Client {
public:
    /// Connects; the greeting is not read yet.
    explicit Client(const Server& server);

    void send(std::string_view raw);
    /// With its literals and CRLF; "" at the end of the connection.
    [[nodiscard]] std::string read_line();
    /// Sends `command` under the next tag and reads to its end.
    Reply ask(std::string_view command);
    /// Reads to the end of a command that was sent under that tag.
    Reply read_reply(const std::string& tag);

private:
    [[nodiscard]] bool fill();
    std::unique_ptr<net::Stream> stream_;
    std::string inbox_;
    int tags_ = 0;
};

/// Greeting read, signed in as demo.
[[nodiscard]] Client signed_in(const Server& server);
/// … and INBOX opened by this command.
[[nodiscard]] Client in_inbox(const Server& server, std::string_view command = "EXAMINE");

/// The octets of the first literal of a reply.
[[nodiscard]] std::string first_literal(const Reply& reply);

/// A server that must start.
[[nodiscard]] std::unique_ptr<Server> started(std::vector<Mail> mails, const Options& options = {});
/// A small mail with that subject.
[[nodiscard]] Mail small_mail(std::string_view subject);

}  // namespace mail::demo::test
