#include "mail/work/same_message.h"

#include <algorithm>

#include "mail/base/hash.h"
#include "mail/imap/fetch.h"
#include "mail/imap/quirks.h"

namespace mail::work {

namespace {

class Hashing final : public imap::PartSink {
public:
    Result<void> begin(std::size_t /*request*/, Form /*form*/) override {
        sha256_ = Sha256();
        return {};
    }
    Result<void> data(std::size_t /*request*/, std::string_view raw) override {
        sha256_.update(raw);
        return {};
    }
    Result<void> end(std::size_t /*request*/, Result<void> outcome) override {
        if (outcome)
            hex_ = to_hex(sha256_.finish());
        return {};
    }
    /// "" where nothing came, or less than all.
    [[nodiscard]] const std::string& hex() const { return hex_; }

private:
    Sha256 sha256_;
    std::string hex_;
};

}  // namespace

bool is_same(const imap::Capabilities& capabilities, const store::MessageId& listed,
             const imap::Marks& now) {
    const bool same_size =
        listed.message_id.empty()
            ? listed.size_octets == now.size_octets
            : imap::quirks::sizes_may_be_of_one(capabilities, listed.size_octets, now.size_octets);
    return same_size && listed.message_id == now.raw_message_id &&
           listed.received == now.internal_date.time_since_epoch().count();
}

Result<std::optional<imap::Marks>> find_again(imap::Session& session,
                                              const store::MessageId& listed,
                                              const std::set<imap::Uid>& others, const Wait& wait) {
    const std::chrono::sys_seconds received{std::chrono::seconds(listed.received)};
    auto uids = imap::uids_like(session, listed.message_id, received, wait);
    if (!uids)
        return tl::unexpected(std::move(uids.error()));
    std::erase_if(*uids, [&](imap::Uid uid) { return others.contains(uid); });
    if (uids->empty())
        return std::nullopt;
    auto marks = imap::marks_of(session, std::move(*uids), wait);
    if (!marks)
        return tl::unexpected(std::move(marks.error()));
    const auto& capabilities = session.capabilities();
    auto found = std::ranges::find_if(
        *marks, [&](const imap::Marks& one) { return is_same(capabilities, listed, one); });
    if (found == marks->end() && !listed.message_id.empty())
        found = std::ranges::find_if(*marks, [&](const imap::Marks& one) {
            return one.raw_message_id == listed.message_id &&
                   imap::quirks::sizes_may_be_of_one(capabilities, listed.size_octets,
                                                     one.size_octets);
        });
    return found == marks->end() ? std::nullopt : std::optional(std::move(*found));
}

store::NextUid next_uid_of(const imap::Session& session) {
    const auto& selected = session.selected();
    if (!selected || !imap::quirks::keeps_its_numbers(session.capabilities(), *selected))
        return {};
    return {selected->uid_validity, selected->uid_next};
}

Result<bool> has_content(imap::Session& session, imap::Uid uid, const std::string& sha256,
                         const Wait& wait) {
    imap::PartRequest request;
    request.uid = uid;
    request.may_decode = false;
    Hashing hashing;
    return imap::fetch_parts(session, {request}, hashing, wait).map([&] {
        return !hashing.hex().empty() && hashing.hex() == sha256;
    });
}

}  // namespace mail::work
