#pragma once
// The IMAP servers that the program is held to, each on loopback in a root of its own (root.sh):
// started and ended alike, whatever they are. Gone with the object. Linux, as root.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace servers {

enum class Software { dovecot, cyrus, courier, mailutils };
[[nodiscard]] std::string name_of(Software software);

class MailServer {
public:
    static constexpr const char* password = "tajne";
    static constexpr int logins = 40;

    /// The error is the reason for people. From the test's main thread.
    [[nodiscard]] static tl::expected<std::unique_ptr<MailServer>, std::string>
    start(Software software);
    virtual ~MailServer() = default;

    /// One that exists and was not given out before: an empty mailbox. At most `logins` of them.
    [[nodiscard]] std::string fresh_login();
    /// Where a user of this server has a folder of this name: below a prefix, on some.
    [[nodiscard]] std::string folder(const std::string& name) const;

    /// Into the INBOX, as files where the server keeps each mail in one: such a server looks at all
    /// of them again for every APPEND. CRLF line ends.
    virtual void put_many(const std::string& login, const std::vector<std::string>& mails,
                          std::chrono::sys_seconds received);

    [[nodiscard]] virtual std::uint16_t clear_port() const = 0;  ///< with STARTTLS
    [[nodiscard]] virtual std::uint16_t tls_port() const = 0;
    [[nodiscard]] virtual const std::filesystem::path& ca_file() const = 0;
    /// What it has logged, for the message of a failed test.
    [[nodiscard]] virtual std::string log() const = 0;

    [[nodiscard]] Software software() const { return software_; }

protected:
    explicit MailServer(Software software) : software_(software) {}

private:
    Software software_;
    int given_out_ = 0;
};

}  // namespace servers
