#pragma once
// What a peer of the redirect port has said: the one request that a browser makes there after a
// sign-in, or anything else, which gets an answer that gives nothing away (RFC 8252, 7.3 and 8.3).
// Pure.

#include <cstdint>
#include <string>
#include <string_view>

namespace mail::oauth {

struct RedirectRequest {
    enum class Kind {
        incomplete,  ///< the head has no end yet
        garbage,     ///< no HTTP at all: close without a word
        refused,     ///< answer with `status`
        redirect     ///< GET of our path, with `query`
    } kind = Kind::incomplete;
    int status = 0;     ///< 400, 404, 405, 421 or 431
    std::string query;  ///< behind the "?", as sent; "" where there is none
};

/// `path` is that of the redirect address, `port` where we listen. Exactly one Host is taken:
/// 127.0.0.1, localhost or [::1] with that port.
[[nodiscard]] RedirectRequest read_redirect_request(std::string_view received,
                                                    std::string_view path, std::uint16_t port);

/// A whole answer with the headers that keep the page from being cached, framed or scripted, and
/// its address from being passed on. The one script that runs in it is that of forget_address().
[[nodiscard]] std::string redirect_answer(int status, std::string_view html);

/// Takes the code out of the browser's address bar and history; allowed by its hash.
[[nodiscard]] std::string_view forget_address();

}  // namespace mail::oauth
