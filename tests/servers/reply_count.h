#pragma once
// Follows a conversation in clear far enough to know when the client has every answer that it asked
// for. Pure.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace servers {

class ReplyCount {
public:
    /// Whether the client had waited for this.
    [[nodiscard]] bool client_says(std::string_view raw);
    void server_says(std::string_view raw);

private:
    void end_line();

    std::string line_;
    std::uint64_t literal_left_ = 0;
    std::size_t open_commands_ = 0;
    bool goes_on_ = false;         ///< the line belongs to the reply before it, behind a literal
    bool asked_for_more_ = false;  ///< by "+"
};

}  // namespace servers
