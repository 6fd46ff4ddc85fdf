#pragma once
// A mail's octets, read where wanted: a file, a string. So that no parser holds a whole mail.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mail/base/result.h"

namespace mail::mime {

class Source {
public:
    virtual ~Source() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    /// Up to `room` octets from `offset` into `to`; fewer only at the end.
    [[nodiscard]] virtual Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                                      std::size_t room) const = 0;
};

[[nodiscard]] std::unique_ptr<Source> source_of(std::string raw);
/// Errors: file_not_found, no_permission_there, disk_error; not_a_mail for a folder or device,
/// where the system tells. `path` is UTF-8.
[[nodiscard]] Result<std::unique_ptr<Source>> open_source(const std::string& path);

/// Takes decoded octets in pieces. An error stops whoever calls it and is handed through.
using Sink = std::function<Result<void>(std::string_view raw)>;

}  // namespace mail::mime
