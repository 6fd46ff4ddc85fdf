#include "mail/imap/fetch.h"

#include "mail/imap/part_transfer.h"

namespace mail::imap {

Result<void> fetch_parts(Session& session, const std::vector<PartRequest>& requests, PartSink& sink,
                         const Wait& wait) {
    constexpr Pipeline::Pace pace{Pipeline::Patience::idle, std::chrono::seconds(60), 100};
    PartTransfer transfer(session.pipeline(), session.capabilities(), requests, sink);
    return session.pipeline().run(transfer, pace, wait);
}

}  // namespace mail::imap
