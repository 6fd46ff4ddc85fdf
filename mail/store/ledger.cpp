#include "mail/store/ledger.h"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <thread>

#include "mail/base/wait.h"
#include "mail/store/instances.h"
#include "mail/store/message_rows.h"
#include "mail/store/open_database.h"

namespace mailpoint_embedded {
extern const unsigned char schema_sql[];
extern const std::size_t schema_sql_size;
}  // namespace mailpoint_embedded

namespace mail::store {

namespace {

constexpr std::int32_t application_id = 0x4D50'6C67;  // "MPlg"
constexpr std::chrono::seconds heartbeat_interval = heartbeat_limit / 4;

Schema ledger_schema() {
    const auto* text = reinterpret_cast<const char*>(mailpoint_embedded::schema_sql);
    return {application_id, {std::string(text, mailpoint_embedded::schema_sql_size)}};
}

[[maybe_unused]] bool is_under_way(Step step) {
    return step == Step::planned || step == Step::placing;
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

    Result<std::vector<MessageEntry>> messages(const MailboxId& mailbox) override {
        const std::lock_guard lock(mutex_);
        return read_entries(messages_of, mailbox);
    }

    Result<std::vector<MessageEntry>> messages_elsewhere(const MailboxId& mailbox) override {
        const std::lock_guard lock(mutex_);
        return read_entries(messages_beside, mailbox);
    }

    Result<void> adopt(const MailboxId& mailbox, const std::vector<Moved>& moved) override {
        const std::lock_guard lock(mutex_);
        return database_.transact([&] { return move_rows(mailbox, moved); });
    }

    Result<std::vector<Refusal>> planned(const MailboxId& mailbox,
                                         const std::vector<MessageEntry>& messages) override {
        std::vector<Refusal> refused;
        if (messages.empty())
            return refused;
        const std::lock_guard lock(mutex_);
        const auto done = database_.transact([&] {
            refused.clear();
            return instance_.sign_in(database_).and_then(
                [&] { return plan_rows(mailbox, messages, refused); });
        });
        if (!done)
            return tl::unexpected(done.error());
        signed_in_ = true;
        return refused;
    }

    Result<void> placing(const MailboxId& mailbox, const std::vector<MessageEntry>& messages,
                         const std::vector<MessageEntry>& done) override {
        const std::lock_guard lock(mutex_);
        return database_.transact([&] {
            return write_rows(mailbox, done, std::nullopt).and_then([&] {
                return write_rows(mailbox, messages, Step::placing);
            });
        });
    }

    Result<void> finished(const MailboxId& mailbox,
                          const std::vector<MessageEntry>& messages) override {
        if (messages.empty())
            return {};
        const std::lock_guard lock(mutex_);
        return database_.transact([&] { return write_rows(mailbox, messages, std::nullopt); });
    }

    Result<std::vector<std::pair<MailboxId, MessageEntry>>>
    unfinished(const std::string& point) override {
        const std::lock_guard lock(mutex_);
        std::vector<std::pair<MailboxId, MessageEntry>> abandoned;
        // Of one moment: who signs in between two reads would look dead in the first.
        return database_.read([&] { return find_abandoned(point, abandoned); }).map([&] {
            return std::move(abandoned);
        });
    }

private:
    using ReadRows = Result<std::vector<MessageRow>> (*)(Database&, const MailboxId&);

    Result<std::vector<MessageEntry>> read_entries(ReadRows read_rows, const MailboxId& mailbox) {
        std::vector<MessageEntry> entries;
        return database_
            .read([&] {
                return read_rows(database_, mailbox).map([&](std::vector<MessageRow> rows) {
                    entries.reserve(rows.size());
                    for (MessageRow& row : rows)
                        entries.push_back(std::move(row.entry));
                });
            })
            .map([&] { return std::move(entries); });
    }

    Result<void> find_abandoned(const std::string& point,
                                std::vector<std::pair<MailboxId, MessageEntry>>& abandoned) {
        const auto living = instance_.others(database_);
        auto held = held_messages_of(database_, point);
        if (!living || !held)
            return tl::unexpected(!living ? living.error() : held.error());
        for (MessageRow& row : *held)
            if (!living->contains(row.instance))
                abandoned.emplace_back(std::move(row.mailbox), std::move(row.entry));
        return {};
    }

    struct Writing {
        std::map<std::string, std::string> living;  ///< other instances, and their hosts
        MessageWriter writer;
    };
    Result<Writing> open_for_writing(const MailboxId& mailbox) {
        auto living = instance_.others(database_);
        const auto number = find_or_add_mailbox(database_, mailbox);
        if (!living || !number)
            return tl::unexpected(!living ? living.error() : number.error());
        return MessageWriter::on(database_, *number).map([&](MessageWriter writer) {
            return Writing{std::move(*living), std::move(writer)};
        });
    }

    Result<void> plan_rows(const MailboxId& mailbox, const std::vector<MessageEntry>& messages,
                           std::vector<Refusal>& refused) {
        auto opened = open_for_writing(mailbox);
        if (!opened)
            return tl::unexpected(std::move(opened.error()));
        auto& [living, writer] = *opened;
        for (const MessageEntry& message : messages) {
            const auto lease = writer.lease(message.id.uid);
            const auto taken = writer.taken_files(message.id);
            if (!lease || !taken)
                return tl::unexpected(!lease ? lease.error() : taken.error());
            const bool held = *lease && (*lease)->instance != instance_.id();
            if (held || !names_all(message, *taken)) {
                Facts facts{{"uid", std::to_string(message.id.uid)}};
                const auto other = held ? living.find((*lease)->instance) : living.end();
                if (other != living.end())
                    facts.emplace_back("host", other->second);
                refused.push_back(
                    {message.id.uid, Error{held ? Cause::busy_elsewhere : Cause::taken_elsewhere,
                                           Layer::ledger, Reach::message, std::move(facts)}});
                continue;
            }
            if (auto done = writer.write(message, Step::planned, instance_.id()); !done)
                return done;
        }
        return {};
    }

    static bool names_all(const MessageEntry& message, const std::vector<FileEntry>& taken) {
        return std::ranges::all_of(taken, [&](const FileEntry& file) {
            return std::ranges::any_of(message.files, [&](const FileEntry& named) {
                return named.part == file.part && named.file == file.file;
            });
        });
    }

    /// `step` is for all; without it each has its own, and its lease ends.
    Result<void> write_rows(const MailboxId& mailbox, const std::vector<MessageEntry>& messages,
                            std::optional<Step> step) {
        auto opened = open_for_writing(mailbox);
        if (!opened)
            return tl::unexpected(std::move(opened.error()));
        auto& [living, writer] = *opened;
        const std::optional<std::string> holder =
            step ? std::optional(instance_.id()) : std::nullopt;
        for (const MessageEntry& message : messages) {
            assert(step || !is_under_way(message.step));
            const auto lease = writer.lease(message.id.uid);
            if (!lease)
                return tl::unexpected(lease.error());
            if (auto allowed = may_write(message, step, *lease, living); !allowed)
                return allowed;
            auto done = writer.write(message, step.value_or(message.step), holder);
            if (!done)
                return done;
        }
        return {};
    }

    /// Nobody who lives holds it; and what is being placed was planned and not given to others
    /// since, because they have removed its temporary files.
    static Result<void> may_write(const MessageEntry& message, std::optional<Step> step,
                                  const std::optional<MessageWriter::Lease>& lease,
                                  const std::map<std::string, std::string>& living) {
        Facts facts{{"uid", std::to_string(message.id.uid)}};
        const auto other = lease ? living.find(lease->instance) : living.end();
        if (other != living.end())
            facts.emplace_back("host", other->second);
        else if (lease || step != Step::placing)
            return {};
        return fail(Cause::busy_elsewhere, Layer::ledger, Reach::message, std::move(facts));
    }

    Result<void> move_rows(const MailboxId& mailbox, const std::vector<Moved>& moved) {
        const auto number = find_or_add_mailbox(database_, mailbox);
        // The newest that fits, and not one that is under way; a row that the message has by now
        // says more than the old one.
        auto statement = database_.prepare(
            "UPDATE OR IGNORE message SET mailbox = ?1, uid = ?2, message_id = ?3, received = ?4, "
            "size_octets = ?5 WHERE id = (SELECT message.id FROM message JOIN mailbox "
            "ON mailbox.id = message.mailbox WHERE point = ?6 AND substr(account, 1, length(?7)) = "
            "?7 AND mailbox.folder = ?8 AND mailbox <> ?1 AND uid = ?9 AND message_id = ?10 "
            "AND received = ?11 AND size_octets = ?12 AND instance IS NULL "
            "ORDER BY message.id DESC LIMIT 1)");
        if (!number || !statement)
            return tl::unexpected(!number ? number.error() : statement.error());
        for (const Moved& one : moved) {
            const MessageId& before = one.before.id;
            auto done = statement->execute(
                *number, one.now.uid, Octets{one.now.message_id}, one.now.received,
                one.now.size_octets, mailbox.point, login_of(mailbox), mailbox.folder, before.uid,
                Octets{before.message_id}, before.received, before.size_octets);
            if (!done)
                return done;
        }
        return {};
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
    std::string damaged_copy_;
    Instance instance_;
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
