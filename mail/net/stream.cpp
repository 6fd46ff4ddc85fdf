#include "mail/net/stream.h"

namespace mail::net {

Result<void> write_all(Stream& stream, std::string_view raw, const Wait& wait) {
    while (!raw.empty()) {
        const auto written = stream.write_some(raw);
        if (!written)
            return tl::unexpected(written.error());
        raw.remove_prefix(*written);
        if (*written > 0)
            continue;
        const auto ready = stream.wait_ready(Stream::Interest::write, wait);
        if (!ready)
            return tl::unexpected(ready.error());
    }
    return {};
}

}  // namespace mail::net
