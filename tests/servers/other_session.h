#pragma once
// Another program that is signed in to the same mailbox: it puts mails in, moves and removes them
// while ours is at work. Strings over a socket, none of our code, so that the two check each other.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace servers {

class OtherSession {
public:
    /// In clear. Throws, as everything here, where the server does not do what it is told.
    OtherSession(std::uint16_t port, const std::string& login, const std::string& password);
    ~OtherSession();
    OtherSession(const OtherSession&) = delete;
    OtherSession& operator=(const OtherSession&) = delete;

    /// All that the server says to it, the tagged OK included.
    std::string command(const std::string& text);
    /// `folder` as it goes over the wire. CRLF line ends. UIDs follow the order.
    void append(const std::string& folder, const std::vector<std::string>& mails,
                std::chrono::sys_seconds received);
    /// All that begin so, of all messages of the selected folder.
    void remove_keywords(const std::string& beginning);
    [[nodiscard]] std::uint32_t uid_validity(const std::string& folder);

private:
    std::string line();
    void send(const std::string& raw) const;
    std::string reply();
    void wait_for_continuation();

    int socket_ = -1;
    std::string received_;
    bool literal_plus_ = false;
};

}  // namespace servers
