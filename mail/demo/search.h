#pragma once
// SEARCH (RFC 3501, 6.4.4) with RETURN (RFC 4731): the criteria as one test.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mail/demo/arguments.h"
#include "mail/demo/mailbox.h"

namespace mail::demo {

struct Candidate {
    const Message& message;
    std::uint32_t number, highest_number, highest_uid;
};

struct SearchRequest {
    std::function<bool(const Candidate&)> test;
    bool extended = false;             ///< RETURN was there
    std::vector<std::string> returns;  ///< in upper case; "ALL" where the client left it open
};

enum class ReturnOption { unknown, known };
/// Nothing if it is not well-formed, or asks what we don't know.
[[nodiscard]] std::optional<SearchRequest> parse_search(Arguments& arguments, ReturnOption option);

/// The untagged line that answers. `found` by ascending number; `tag` is told by ESEARCH.
enum class NumberKind { sequence, uid };
[[nodiscard]] std::string search_answer(const SearchRequest& request,
                                        const std::vector<std::uint32_t>& found, NumberKind kind,
                                        const std::string& tag);

}  // namespace mail::demo
