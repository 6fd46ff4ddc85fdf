#include "tests/mail/work/removing.h"

#include "mail/work/copies.h"

namespace mail::work {

void Removing::TearDown() {
    treat({});
    server_.reset();  // its threads ask how they are to treat us
}

void Removing::have_taken(int count, demo::Options options) {
    options.manner = [this](const std::string& command) {
        const std::lock_guard lock(treating_);
        return treat_ ? treat_(command) : demo::Manner::honest;
    };
    std::vector<demo::Mail> mails;
    for (int number = 1; number <= count; ++number) {
        const std::string name = std::to_string(number) + ".pdf";
        mails.push_back(mail_with(name, "%PDF " + name,
                                  std::chrono::sys_days{std::chrono::year{2026} / 11 / number}));
    }
    have_taken_of(std::move(mails), options);
}

void Removing::have_taken_of(std::vector<demo::Mail> mails, const demo::Options& options) {
    serve(std::move(mails), options);
    ASSERT_TRUE(run());
    list_again();
    quarantine_.emplace(Quarantine::open(real_disk(), folder_ / "quarantine").value());
}

void Removing::treat(std::function<demo::Manner(const std::string&)> manner) {
    // A session that was dropped may not have been heard out yet.
    const std::lock_guard lock(treating_);
    treat_ = std::move(manner);
}

void Removing::start_afresh() {
    treat({});
    ledger_.reset();
    std::filesystem::remove(folder_ / "state.db");
    std::filesystem::remove_all(folder_ / "quarantine");
    std::filesystem::remove_all(target());
    std::filesystem::create_directory(target());
    open_ledger();
}

void Removing::list_again() {
    rows_.clear();
    ASSERT_TRUE(list(*sign_in()));
}

std::unique_ptr<imap::Session> Removing::select() {
    auto session = sign_in();
    const auto opened = session->select("INBOX", wait());
    EXPECT_TRUE(opened) << name_of(opened.error().cause);
    return session;
}

RemoveContext Removing::context() {
    return {real_disk(),
            *ledger_,
            keeps_copies_ ? &*quarantine_ : nullptr,
            mailbox_,
            "Test",
            "tester",
            30,
            ledger_sound_,
            true,
            point_.general,
            &*quarantine_};
}

RemoveOutcome Removing::remove_uids(const std::vector<std::uint32_t>& uids,
                                    const RemoveOrder& order, Disk& disk) {
    removed_.clear();
    marked_.clear();
    along_.clear();
    kept_.clear();
    std::vector<const MessageRow*> rows;
    for (const MessageRow& row : rows_)
        if (std::ranges::find(uids, row.uid) != uids.end())
            rows.push_back(&row);
    RemoveContext with_disk{disk,
                            *ledger_,
                            keeps_copies_ ? &*quarantine_ : nullptr,
                            mailbox_,
                            "Test",
                            "tester",
                            30,
                            ledger_sound_,
                            true,
                            point_.general,
                            &*quarantine_};
    return remove(*select(), with_disk, rows, order, *this,
                  Wait::for_at_most(std::chrono::seconds(60), stop_.get_token()));
}

Result<void> Removing::finish() {
    removed_.clear();
    kept_.clear();
    return finish_removals(*select(), context(), *this, wait());
}

RestoreOutcome Removing::restore_uids(const std::vector<std::uint32_t>& uids) {
    std::vector<std::pair<store::MailboxId, store::RemovalEntry>> wanted;
    const auto all = ledger_->quarantined(point_.id).value();
    for (const auto& [mailbox, entry] : all)
        if (std::ranges::find(uids, entry.id.uid) != uids.end())
            wanted.emplace_back(mailbox, entry);
    std::ranges::sort(wanted, {}, [](const auto& one) { return one.second.id.uid; });
    return restore(*select(), context(), wanted, wait());
}

std::vector<std::uint32_t> Removing::on_server() const {
    std::vector<std::uint32_t> uids;
    for (const auto& kept : server_->inbox())
        uids.push_back(kept.uid);
    return uids;
}

std::set<std::string> Removing::flags_of(std::uint32_t uid) const {
    for (const auto& kept : server_->inbox())
        if (kept.uid == uid)
            return kept.flags;
    return {"no such message"};
}

Quarantine::Copy Removing::quarantine_copy_of(const std::string& raw) const {
    auto incoming = quarantine_->begin().value();
    EXPECT_TRUE(incoming.write(raw));
    std::vector<Unsynced> mails;
    mails.push_back(incoming.finish_unsynced().value());
    return quarantine_->keep(std::move(mails), copy_prefix(mailbox_)).front().value();
}

std::vector<std::string> Removing::copies() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "quarantine"))
        names.push_back(entry.path().filename().string());
    return names;
}

std::vector<std::string> Removing::logged() {
    std::vector<std::string> log;
    const auto actions = ledger_->actions({}).value();
    for (const store::Action& action : actions)
        if (action.what != store::Action::What::document)
            log.push_back(std::string(name_of(action.what)) +
                          (action.result.empty() ? "" : ":" + action.result));
    std::ranges::reverse(log);
    return log;
}

void Removing::at_first(const std::string& words, demo::Manner manner,
                        const std::function<void()>& act) {
    treat([words, manner, act, done = false](const std::string& command) mutable {
        if (done || command.find(words) == std::string::npos)
            return demo::Manner::honest;
        done = true;
        if (act)
            act();
        return manner;
    });
}

}  // namespace mail::work
