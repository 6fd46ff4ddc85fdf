#include "mail/look_ahead.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "mail/imap/listing.h"
#include "mail/listing_care.h"
#include "mail/work/decide.h"
#include "mail/work/describe.h"
#include "mail/work/known.h"
#include "mail/work/refresh.h"

namespace mail {

namespace {

using work::MessageRow;
using Opener = std::function<Result<std::unique_ptr<imap::Session>>()>;

/// What has come stays from try to try.
class LookAhead {
public:
    LookAhead(const point::Point& point, std::size_t last) : point_(point), last_(last) {}

    Result<void> run(imap::Session& session, ListingCare& care, const Wait& wait) {
        const auto opened = session.examine_with_uids(point_.connection.folder, wait);
        if (!opened)
            return tl::unexpected(opened.error());
        begin(*opened);
        const work::Caution& caution = care.caution(opened_.uid_validity);
        for (const auto& [uid, why] : caution.set_aside)
            rows_.insert_or_assign(uid, work::row_without_data(uid, why));
        imap::ListRequest request;
        request.portions = caution.portions;
        std::ranges::copy_if(wanted_, std::back_inserter(request.uids),
                             [this](imap::Uid uid) { return !rows_.contains(uid); });
        if (request.uids.empty())
            return {};
        const auto unlisted = imap::list_messages(
            session, std::move(request),
            [this](imap::MessageData data) {
                return work::describe(std::move(data), point_.general);
            },
            [this](MessageRow row) { rows_.insert_or_assign(row.uid, std::move(row)); }, wait);
        if (!unlisted)
            return tl::unexpected(unlisted.error());
        for (const imap::Unlisted& one : *unlisted)
            rows_.insert_or_assign(one.uid, work::row_without_data(one.uid, one.error));
        return {};
    }

    [[nodiscard]] std::size_t came() const { return rows_.size(); }
    [[nodiscard]] work::Forecast forecast(store::Ledger& ledger) && {
        // Without the records there are no decisions either; the definition can be tried out.
        const auto known = work::Known::load(ledger, work::mailbox_of(point_, opened_));
        std::vector<MessageRow> rows;
        for (auto& [uid, row] : rows_) {
            if (known)
                work::apply_decisions(work::decided_of(row, *known), row);
            rows.push_back(std::move(row));
        }
        work::Forecast found = work::forecast(std::move(rows), point_);
        found.in_folder = in_folder_;
        return found;
    }

private:
    void begin(const imap::Contents& opened) {
        if (opened_.uid_validity != opened.mailbox.uid_validity)
            rows_.clear();
        opened_ = opened.mailbox;
        in_folder_ = opened.uids.size();
        wanted_ = opened.uids;
        std::ranges::sort(wanted_);
        wanted_.erase(wanted_.begin(),
                      wanted_.end() - static_cast<std::ptrdiff_t>(std::min(last_, in_folder_)));
    }

    const point::Point& point_;
    std::size_t last_;
    std::size_t in_folder_ = 0;
    imap::Mailbox opened_;
    std::vector<imap::Uid> wanted_;
    std::map<std::uint32_t, MessageRow> rows_;
};

}  // namespace

Result<work::Forecast> look_ahead(const Opener& open, const point::Point& point, std::size_t last,
                                  store::Ledger& ledger, const Wait& wait) {
    LookAhead ahead(point, last);
    ListingCare care;
    care.begin();
    for (;;) {
        const auto session = open();
        if (!session)
            return tl::unexpected(session.error());
        const std::size_t before = ahead.came();
        const auto listed = ahead.run(**session, care, wait);
        if (listed) {
            (*session)->sign_out(wait);
            return std::move(ahead).forecast(ledger);
        }
        const bool has_come = ahead.came() > before;
        if (!care.learn(listed.error(),
                        has_come ? ListingCare::Before::rows : ListingCare::Before::nothing))
            return tl::unexpected(listed.error());
    }
}

}  // namespace mail
