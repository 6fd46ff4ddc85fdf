#include "tests/servers/reply_count.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace servers {

bool ReplyCount::client_says(std::string_view raw) {
    const auto lines = static_cast<std::size_t>(std::count(raw.begin(), raw.end(), '\n'));
    if (std::exchange(asked_for_more_, false))
        return true;
    const bool waited = open_commands_ == 0;
    open_commands_ += lines;
    return waited;
}

void ReplyCount::server_says(std::string_view raw) {
    while (!raw.empty()) {
        if (literal_left_ > 0) {
            const auto octets = std::min<std::uint64_t>(literal_left_, raw.size());
            literal_left_ -= octets;
            raw.remove_prefix(static_cast<std::size_t>(octets));
            continue;
        }
        const std::size_t end = raw.find('\n');
        line_ += raw.substr(0, end == std::string_view::npos ? end : end + 1);
        if (end == std::string_view::npos)
            return;
        raw.remove_prefix(end + 1);
        end_line();
    }
}

void ReplyCount::end_line() {
    if (!goes_on_ && line_.starts_with('+'))
        asked_for_more_ = true;
    else if (!goes_on_ && !line_.starts_with("* ") && open_commands_ > 0)
        --open_commands_;
    const std::size_t brace = line_.ends_with("}\r\n") ? line_.rfind('{') : std::string::npos;
    goes_on_ = brace != std::string::npos;
    if (goes_on_)
        literal_left_ = std::strtoull(line_.c_str() + brace + 1, nullptr, 10);
    line_.clear();
}

}  // namespace servers
