#pragma once
// Where to connect and how: plain data, made from a point's definition.

#include <cstdint>
#include <optional>
#include <string>

namespace mail::net {

enum class Encryption { automatic, tls, starttls, none };

struct Endpoint {
    std::string host;  ///< name or address; Unicode names are used in their xn-- form
    std::uint16_t port = 993;
    Encryption encryption = Encryption::automatic;
    std::optional<std::string> proxy;    ///< URL; nothing: the system's settings; "": none
    std::optional<std::string> ca_file;  ///< PEM, in place of the system's certificates
    std::optional<std::string> pinned_certificate;  ///< SHA-256 of the leaf, 64 hex digits
    bool allow_cleartext = false;  ///< encryption none to a host other than loopback
};

/// 127.0.0.0/8, ::1, "localhost": the only hosts that clear text may go to unasked.
[[nodiscard]] bool is_loopback(const std::string& host);

}  // namespace mail::net
