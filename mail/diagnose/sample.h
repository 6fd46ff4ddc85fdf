#pragma once
// A part to try the fetching with: small, and one that the newest messages really have. Private to
// mail/diagnose.

#include <optional>
#include <vector>

#include "mail/imap/fetch.h"
#include "mail/imap/listing.h"

namespace mail::diagnose {

/// The smallest parts of `messages`, one of each message, smallest first, three at most. A message
/// whose structure could not be read gives itself.
[[nodiscard]] std::vector<imap::PartRequest>
small_parts(const std::vector<imap::MessageData>& messages);

/// Counts what comes and keeps nothing of it.
class Tasting final : public imap::PartSink {
public:
    /// With these it is proved; the connection may end then.
    static constexpr std::uint64_t enough_octets = 1U << 20U;

    [[nodiscard]] bool wants(std::size_t) override { return !whole_; }
    [[nodiscard]] Result<void> begin(std::size_t request, Form) override;
    [[nodiscard]] Result<void> data(std::size_t request, std::string_view raw) override;
    [[nodiscard]] Result<void> end(std::size_t request, Result<void> outcome) override;

    /// The request that came whole, or nearly without end.
    [[nodiscard]] std::optional<std::size_t> whole() const { return whole_; }
    [[nodiscard]] std::uint64_t octets() const { return octets_; }
    /// Of the first request that did not come.
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    std::optional<std::size_t> whole_;
    std::uint64_t octets_ = 0, arriving_ = 0;
    std::optional<Error> error_;
};

}  // namespace mail::diagnose
