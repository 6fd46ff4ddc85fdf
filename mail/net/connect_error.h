#pragma once
// What a failed connection attempt means: libcurl's code and text, and what was seen, become a
// cause and a layer. Pure, so that every row can be tested without a network. Private to mail/net.

#include <string>

#include "mail/base/result.h"
#include "mail/net/socket.h"

namespace mail::net {

/// How far the attempt had come.
enum class Phase { name, connect, proxy, tls, transfer };

struct Failure {
    enum class Kind { curl, deadline, cancelled };
    enum class Route { direct, proxy };
    Kind kind = Kind::curl;
    Phase phase = Phase::name;
    Route route = Route::direct;
    int curl_code = 0;       ///< CURLcode
    std::string text;        ///< curl's words
    long verify_result = 0;  ///< OpenSSL's X509_V_ERR_…; 0 where the TLS library gives none
    int system_code = 0;     ///< of connect()
    long proxy_reply = 0;    ///< status of the answer to CONNECT
    int proxy_fault = 0;     ///< CURLproxycode of SOCKS
    NameFault name_fault = NameFault::not_found;
};

/// Cause, layer and the fact "curl"; reaches the connection.
[[nodiscard]] Error error_of(const Failure& failure);

/// The certificate was looked at and refused: what it says is worth fetching.
[[nodiscard]] bool is_about_certificate(Cause cause);

}  // namespace mail::net
