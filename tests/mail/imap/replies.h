#pragma once
// Octets of a server to replies, without a connection, for the tests of the parsers.

#include <string_view>
#include <vector>

#include "mail/imap/response.h"

namespace mail::imap::tests {

/// All replies in `raw`, which must be well framed; streamed literals are dropped.
[[nodiscard]] std::vector<Reply> replies_of(std::string_view raw);

/// The one reply in `raw`; CRLF is added.
[[nodiscard]] Reply reply_of(std::string_view raw_line);

/// The one reply of `raw`, as the alternative that it must be.
template <class Data>
[[nodiscard]] Data parsed(std::string_view raw_line) {
    return std::get<Data>(parse_response(reply_of(raw_line)).value());
}

}  // namespace mail::imap::tests
