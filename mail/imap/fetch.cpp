#include "mail/imap/fetch.h"

#include <algorithm>

#include "mail/imap/claiming.h"
#include "mail/imap/part_transfer.h"

namespace mail::imap {

namespace {

/// How long it may say nothing while it makes ready what was asked for: a large part is decoded, or
/// a mail put together from what it is stored as, before the first octet of it goes out.
std::chrono::seconds longest_silence(const std::vector<PartRequest>& requests) {
    constexpr std::uint64_t octets_made_ready_a_second = 2'000'000;
    std::uint64_t largest = 0;
    for (const PartRequest& request : requests)
        largest = std::max(largest, request.size_octets);
    return std::chrono::seconds(60 + largest / octets_made_ready_a_second);
}

}  // namespace

Result<void> fetch_parts(Session& session, const std::vector<PartRequest>& requests, PartSink& sink,
                         const Wait& wait) {
    const Pipeline::Pace pace{Pipeline::Patience::idle, longest_silence(requests), 100};
    PartTransfer transfer(session.pipeline(), session.capabilities(), requests, sink);
    return session.pipeline().run(transfer, pace, wait);
}

Result<void> fetch_parts(Session& session, const Claim& claim,
                         const std::vector<PartRequest>& requests, PartSink& sink,
                         const Wait& wait) {
    const Pipeline::Pace pace{Pipeline::Patience::idle, longest_silence(requests), 100};
    PartTransfer parts(session.pipeline(), session.capabilities(), requests, sink);
    const auto looked = look_before_claiming(session, claim, wait);
    if (!looked)
        return tl::unexpected(looked.error());
    ClaimingTransfer transfer(*looked, session.capabilities(), parts);
    return session.pipeline().run(transfer, pace, wait);
}

}  // namespace mail::imap
