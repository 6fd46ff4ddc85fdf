#include "mail/store/ledger.h"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <type_traits>

#include "mail/base/wait.h"
#include "mail/store/action_rows.h"
#include "mail/store/borne_time.h"
#include "mail/store/claim_rows.h"
#include "mail/store/decision_rows.h"
#include "mail/store/instances.h"
#include "mail/store/mailbox_rows.h"
#include "mail/store/message_rows.h"
#include "mail/store/ocr_rows.h"
#include "mail/store/open_database.h"
#include "mail/store/removal_rows.h"
#include "mail/store/removals.h"
#include "mail/store/stray_rows.h"
#include "mail/store/takings.h"

namespace mailpoint_embedded {
extern const unsigned char schema_sql[];
extern const std::size_t schema_sql_size;
extern const unsigned char schema_2_sql[];
extern const std::size_t schema_2_sql_size;
extern const unsigned char schema_3_sql[];
extern const std::size_t schema_3_sql_size;
extern const unsigned char schema_4_sql[];
extern const std::size_t schema_4_sql_size;
extern const unsigned char schema_5_sql[];
extern const std::size_t schema_5_sql_size;
extern const unsigned char schema_6_sql[];
extern const std::size_t schema_6_sql_size;
extern const unsigned char schema_7_sql[];
extern const std::size_t schema_7_sql_size;
}  // namespace mailpoint_embedded

namespace mail::store {

namespace {

constexpr std::int32_t application_id = 0x4D50'6C67;  // "MPlg"
constexpr std::chrono::seconds heartbeat_interval = heartbeat_limit / 4;

std::string text_of(const unsigned char* octets, std::size_t size) {
    return {reinterpret_cast<const char*>(octets), size};
}

Schema ledger_schema() {
    using namespace mailpoint_embedded;
    return {application_id,
            {text_of(schema_sql, schema_sql_size), text_of(schema_2_sql, schema_2_sql_size),
             text_of(schema_3_sql, schema_3_sql_size), text_of(schema_4_sql, schema_4_sql_size),
             text_of(schema_5_sql, schema_5_sql_size), text_of(schema_6_sql, schema_6_sql_size),
             text_of(schema_7_sql, schema_7_sql_size)}};
}

template <class Row>
std::vector<decltype(Row::entry)> entries_of(std::vector<Row> rows) {
    std::vector<decltype(Row::entry)> entries;
    entries.reserve(rows.size());
    for (Row& row : rows)
        entries.push_back(std::move(row.entry));
    return entries;
}

std::vector<std::pair<MailboxId, RemovalEntry>> with_mailboxes(std::vector<RemovalRow> rows) {
    std::vector<std::pair<MailboxId, RemovalEntry>> entries;
    entries.reserve(rows.size());
    for (RemovalRow& row : rows)
        entries.emplace_back(std::move(row.mailbox), std::move(row.entry));
    return entries;
}

class SqliteLedger final : public Ledger {
public:
    explicit SqliteLedger(OpenedDatabase opened)
        : database_(std::move(opened.database)), damaged_copy_(std::move(opened.damaged_copy)),
          instance_(this_process()), heart_([this](const StopToken& stop) { beat(stop); }) {}

    ~SqliteLedger() override {
        heart_.request_stop();
        heart_.join();
        // What we leave under way is then free at once for who cleans up.
        if (signed_in_)
            static_cast<void>(instance_.sign_out(database_));
    }

    std::string damaged_copy() const override { return damaged_copy_; }

    Result<std::int64_t> version_of_others() override {
        const std::lock_guard lock(mutex_);
        return database_.ask_integer("PRAGMA data_version");
    }
    Result<std::uint32_t> claimant() override {
        return look([&] { return database_.ask_integer("SELECT number FROM claimant"); })
            .map([](std::int64_t number) { return static_cast<std::uint32_t>(number); });
    }

    Result<std::vector<MessageEntry>> messages(const MailboxId& mailbox) override {
        return look([&] { return messages_of(database_, mailbox).map(entries_of<MessageRow>); });
    }
    Result<std::vector<MessageEntry>> messages_elsewhere(const MailboxId& mailbox) override {
        return look(
            [&] { return messages_beside(database_, mailbox).map(entries_of<MessageRow>); });
    }
    Result<void> adopt(const MailboxId& mailbox, const std::vector<Moved>& moved,
                       const Strangers& strangers) override {
        std::vector<std::uint32_t> aside = strangers.messages;
        for (const Moved& one : moved)
            if (one.is_of_this_mailbox)
                aside.push_back(one.before.id.uid);
        return record([&] {
            return set_aside(database_, mailbox, aside, "message", "instance IS NULL")
                .and_then([&] {
                    return set_aside(database_, mailbox, strangers.hidden, "removal",
                                     "number = 0 AND stage = 'hidden'");
                })
                .and_then([&] { return adopt_messages(database_, mailbox, moved); })
                .and_then([&] { return adopt_hidden(database_, mailbox, moved); });
        });
    }

    Result<std::vector<Refusal>> planned(const MailboxId& mailbox,
                                         const std::vector<MessageEntry>& messages) override {
        if (messages.empty())
            return {};
        return claim([&](Refused& refused) { return takings_.plan(mailbox, messages, refused); });
    }
    Result<void> placing(const MailboxId& mailbox, const std::vector<MessageEntry>& messages,
                         const std::vector<MessageEntry>& done) override {
        return record([&] {
            return takings_.finish(mailbox, done).and_then([&] {
                return takings_.place(mailbox, messages);
            });
        });
    }
    Result<void> finished(const MailboxId& mailbox,
                          const std::vector<MessageEntry>& messages) override {
        if (messages.empty())
            return {};
        return record([&] { return takings_.finish(mailbox, messages); });
    }
    Result<std::vector<std::uint32_t>> claimed(const MailboxId& mailbox,
                                               const std::vector<std::uint32_t>& uids) override {
        return look([&] { return claimed_of(database_, mailbox, uids); });
    }
    Result<std::vector<std::uint32_t>> claimed_by_others(const MailboxId& mailbox) override {
        return look([&] { return claimed_beside(database_, mailbox); });
    }
    Result<std::vector<std::uint32_t>> claimed_in_vain(const MailboxId& mailbox) override {
        return look([&] { return claimed_in_vain_of(database_, mailbox); });
    }
    Result<void> gave_back(const MailboxId& mailbox,
                           const std::vector<std::uint32_t>& uids) override {
        return record([&] { return forget_claims(database_, mailbox, uids); });
    }
    Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    unfinished(const std::string& point) override {
        return look([&] { return takings_.abandoned(point); });
    }

    Result<std::vector<PartDecision>> decisions(const MailboxId& mailbox) override {
        return look([&] { return decisions_of(database_, mailbox); });
    }
    Result<void> decide(const MailboxId& mailbox, const PartDecision& decision,
                        const Standing& document) override {
        return record([&] { return takings_.decide(mailbox, decision, document); });
    }

    Result<std::vector<RemovalEntry>> removals(const MailboxId& mailbox) override {
        return look([&] { return removals_of(database_, mailbox).map(entries_of<RemovalRow>); });
    }
    Result<std::vector<RemovalEntry>> removals_elsewhere(const MailboxId& mailbox) override {
        return look(
            [&] { return removals_beside(database_, mailbox).map(entries_of<RemovalRow>); });
    }
    Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    quarantined(const std::string& point) override {
        return look([&] { return kept_removals_of(database_, point).map(with_mailboxes); });
    }
    Result<std::vector<Refusal>> hide(const MailboxId& mailbox,
                                      const std::vector<RemovalEntry>& messages) override {
        Refused refused;
        return record([&] {
                   refused.clear();
                   return removals_.hide(mailbox, messages, refused);
               })
            .map([&] { return std::move(refused); });
    }
    Result<void> show(const MailboxId& mailbox, const std::vector<std::uint32_t>& uids,
                      const std::string& who) override {
        return record([&] { return removals_.show(mailbox, uids, who); });
    }
    Result<std::vector<Refusal>> removing(const MailboxId& mailbox,
                                          const std::vector<RemovalEntry>& messages) override {
        if (messages.empty())
            return {};
        return claim(
            [&](Refused& refused) { return removals_.begin_removing(mailbox, messages, refused); });
    }
    Result<void> removed(const MailboxId& mailbox,
                         const std::vector<RemovalEntry>& messages) override {
        return record([&] { return removals_.removed(mailbox, messages); });
    }
    Result<void> not_removed(const MailboxId& mailbox, const std::vector<RemovalEntry>& messages,
                             Action::What what, const std::string& result) override {
        return record([&] { return removals_.not_removed(mailbox, messages, what, result); });
    }
    Result<std::vector<Refusal>> restoring(const MailboxId& mailbox,
                                           const std::vector<RemovalKey>& keys,
                                           const std::string& who, const NextUid& next) override {
        if (keys.empty())
            return {};
        return claim([&](Refused& refused) {
            return removals_.begin_restoring(mailbox, keys, who, next, refused);
        });
    }
    Result<void> restored(const std::vector<Restored>& messages, const MailboxId& mailbox_now,
                          const std::string& who) override {
        if (messages.empty())
            return {};
        return record([&] { return removals_.restored(messages, mailbox_now, who); });
    }
    Result<void> not_restored(const MailboxId& mailbox, RemovalKey key,
                              const std::string& result) override {
        return record([&] { return removals_.not_restored(mailbox, key, result); });
    }
    Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    unfinished_removals(const std::string& point) override {
        return look([&] { return removals_.abandoned(point); });
    }
    Result<std::vector<std::pair<MailboxId, RemovalEntry>>>
    expired(std::chrono::sys_seconds now) override {
        // Mostly there are none, and nobody should wait for a lock then.
        auto expired = look([&] { return expired_removals(database_, now).map(with_mailboxes); });
        if (!expired || expired->empty())
            return expired;
        const Entries all = *expired;
        const auto done = record([&] {
            *expired = all;
            return keep_what_time_does_not_bear_out(*expired, now);
        });
        if (!done)
            return tl::unexpected(done.error());
        return expired;
    }
    Result<void> purged(const MailboxId& mailbox, RemovalKey key, const std::string& who) override {
        return record([&] { return removals_.purged(mailbox, key, who); });
    }

    Result<std::vector<std::string>> strays_over(const std::string& prefix,
                                                 const std::vector<std::string>& copies,
                                                 std::chrono::seconds kept,
                                                 std::chrono::sys_seconds now) override {
        // Mostly nothing is new, and nobody should wait for a lock then.
        auto seen = look([&] { return look_at_strays(database_, prefix, copies, kept, now); });
        if (!seen || !seen->is_news)
            return std::move(seen).map([](StraysSeen strays) { return std::move(strays.over); });
        return record([&] { return note_strays(database_, prefix, seen->strays); }).map([&] {
            return std::move(seen->over);
        });
    }

    Result<void> note(const Action& action) override {
        return record([&] {
            return ActionWriter::on(database_).and_then(
                [&](ActionWriter log) { return log.add(action); });
        });
    }
    Result<void> forget_actions(std::chrono::days kept, std::chrono::sys_seconds now) override {
        // Mostly there are none, and nobody should wait for a lock then.
        const auto any = look([&] { return any_old_action(database_, kept, now); });
        if (!any || !*any)
            return any.map([](bool) {});
        return record([&] { return purge_actions(database_, kept, now); });
    }
    Result<std::size_t> action_count(const ActionQuery& query) override {
        return look([&] { return count_actions(database_, query); });
    }
    Result<std::vector<Action>> actions(const ActionQuery& query) override {
        return look([&] { return actions_of(database_, query); });
    }
    Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    documents(const DocumentQuery& query) override {
        return look([&] {
            return documents_of(database_, query).map([](std::vector<MessageRow> rows) {
                std::vector<std::pair<MailboxId, MessageEntry>> entries;
                for (MessageRow& row : rows)
                    entries.emplace_back(std::move(row.mailbox), std::move(row.entry));
                return entries;
            });
        });
    }
    Result<std::optional<EarlierFile>> earlier_file(const MailboxId& mailbox,
                                                    std::uint32_t but_not_of,
                                                    const std::string& sha256) override {
        return look([&]() -> Result<std::optional<EarlierFile>> {
            if (!earlier_file_) {
                auto prepared = prepare_earlier_file(database_);
                if (!prepared)
                    return tl::unexpected(std::move(prepared.error()));
                earlier_file_.emplace(std::move(*prepared));
            }
            return earlier_file_of(*earlier_file_, mailbox, but_not_of, sha256);
        });
    }

    Result<std::vector<OcrJob>> ocr_jobs(const std::string& point,
                                         const std::string& folder) override {
        return look([&] { return ocr_jobs_of(database_, instance_, point, folder); });
    }
    Result<std::vector<OcrJob>> ocr_jobs_of_file(const std::string& folder,
                                                 const std::string& file) override {
        return look([&] { return store::ocr_jobs_of_file(database_, instance_, folder, file); });
    }
    Result<void> ocr_seen(const std::vector<OcrJob>& jobs) override {
        return jobs.empty() ? Result<void>{}
                            : record([&] { return put_ocr_jobs(database_, instance_, jobs); });
    }
    Result<bool> ocr_begin(const OcrJob& job) override {
        bool begun = false;
        return claim([&](Refused&) {
                   return begin_ocr_job(database_, instance_, job).map([&](bool is) {
                       begun = is;
                   });
               })
            .map([&](const Refused&) { return begun; });
    }
    Result<void> ocr_write(const OcrJob& job) override {
        return record([&] { return write_own_ocr_job(database_, instance_, job); });
    }
    Result<void> ocr_forget(const std::vector<OcrJob>& jobs) override {
        return jobs.empty() ? Result<void>{}
                            : record([&] { return forget_ocr_jobs(database_, instance_, jobs); });
    }

private:
    using Refused = std::vector<Refusal>;
    using Entries = std::vector<std::pair<MailboxId, RemovalEntry>>;

    Result<void> keep_what_time_does_not_bear_out(Entries& expired, std::chrono::sys_seconds now) {
        const auto time = BorneTime::read(database_, now);
        if (!time)
            return tl::unexpected(time.error());
        std::erase_if(expired,
                      [&](const auto& one) { return !time->is_over(one.first, one.second); });
        if (!time->leaps_now())
            return {};
        // From this line on time counts again.
        Action leapt;
        leapt.when = now;
        leapt.what = Action::What::clock_leapt;
        return ActionWriter::on(database_).and_then(
            [&](ActionWriter log) { return log.add(leapt); });
    }

    /// All that `read` reads is of one moment: who signs in between two reads would look dead in
    /// the first.
    template <class Read>
    std::invoke_result_t<Read> look(const Read& read) {
        const std::lock_guard lock(mutex_);
        typename std::invoke_result_t<Read>::value_type answer;
        return database_
            .read([&] { return read().map([&](auto found) { answer = std::move(found); }); })
            .map([&] { return std::move(answer); });
    }
    template <class Write>
    Result<void> record(const Write& write) {
        const std::lock_guard lock(mutex_);
        return database_.transact(write);
    }
    /// What `write` does not refuse belongs to this instance, which therefore has to be known.
    template <class Write>
    Result<Refused> claim(const Write& write) {
        Refused refused;
        const std::lock_guard lock(mutex_);
        const auto done = database_.transact([&] {
            refused.clear();
            return instance_.sign_in(database_).and_then([&] { return write(refused); });
        });
        if (!done)
            return tl::unexpected(done.error());
        signed_in_ = true;
        return refused;
    }

    /// A heartbeat that fails is made up for by the next: four fit into the limit.
    void beat(const StopToken& stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
            woken_.wait_for(lock, stop, heartbeat_interval, [] { return false; });
            if (signed_in_ && !stop.stop_requested())
                static_cast<void>(instance_.beat(database_));
        }
    }

    std::mutex mutex_;  ///< of all below
    std::condition_variable_any woken_;
    Database database_;
    std::optional<Statement> earlier_file_;  ///< goes before `database_`
    std::string damaged_copy_;
    Instance instance_;
    Takings takings_{database_, instance_};
    Removals removals_{database_, instance_};
    bool signed_in_ = false;
    std::jthread heart_;  ///< last: it must see all others made, and end first
};

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(const std::string& path) {
    return open_database(path, ledger_schema())
        .map([](OpenedDatabase opened) -> std::unique_ptr<Ledger> {
            return std::make_unique<SqliteLedger>(std::move(opened));
        });
}

}  // namespace mail::store
