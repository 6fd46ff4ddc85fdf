#pragma once
// A demo server, its messages taken and listed, a quarantine, and the way out of the mailbox and
// back: for the tests of removal.

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "mail/work/quarantine.h"
#include "mail/work/remove.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

class Removing : public Taking, public RemoveObserver {
protected:
    void TearDown() override;

    /// So many mails with a file each: "1.pdf" …, taken and listed. The server is as
    /// treat() says.
    void have_taken(int count, demo::Options options = {});
    void have_taken_of(std::vector<demo::Mail> mails, const demo::Options& options = {});
    /// As if none of it had ever been.
    void start_afresh();
    /// Lists again what the server has.
    void list_again();

    /// The folder opened for writing.
    std::unique_ptr<imap::Session> select();
    [[nodiscard]] RemoveContext context();
    /// Of these UIDs, in a session of its own.
    RemoveOutcome remove_uids(const std::vector<std::uint32_t>& uids, const RemoveOrder& order = {},
                              Disk& disk = real_disk());
    /// What a program does that opens the point next.
    Result<void> finish();
    RestoreOutcome restore_uids(const std::vector<std::uint32_t>& uids);

    void removed(std::uint32_t uid) override { removed_.push_back(uid); }
    void taken_along(const store::RemovalEntry& message) override {
        along_.push_back(message.id.uid);
    }
    void kept(std::uint32_t uid, const Error& why) override { kept_[uid] = why; }
    void marked(std::uint32_t uid) override { marked_.push_back(uid); }

    [[nodiscard]] std::string why_kept(std::uint32_t uid) const {
        const auto found = kept_.find(uid);
        return found == kept_.end() ? "" : std::string(name_of(found->second.cause));
    }
    [[nodiscard]] std::vector<std::uint32_t> on_server() const;
    [[nodiscard]] std::set<std::string> flags_of(std::uint32_t uid) const;
    [[nodiscard]] std::vector<store::RemovalEntry> entries() {
        return ledger_->removals(mailbox_).value();
    }
    /// Put there now.
    [[nodiscard]] Quarantine::Copy quarantine_copy_of(const std::string& raw) const;
    /// Names of all files in the quarantine.
    [[nodiscard]] std::vector<std::string> copies() const;
    /// What the log says, oldest first: "removed", or "removed:message_changed".
    [[nodiscard]] std::vector<std::string> logged();
    /// The server hangs up at, or lies to, the first command that holds these words.
    void at_first(const std::string& words, demo::Manner manner,
                  const std::function<void()>& act = {});

    /// How the server treats its commands from now on; {}: honestly.
    void treat(std::function<demo::Manner(const std::string&)> manner);

    using Stage = store::RemovalEntry::Stage;
    std::optional<Quarantine> quarantine_;
    bool keeps_copies_ = true;
    bool ledger_sound_ = true;
    std::vector<std::uint32_t> removed_, marked_, along_;
    std::map<std::uint32_t, Error> kept_;

private:
    std::mutex treating_;
    std::function<demo::Manner(const std::string&)> treat_;  ///< under the lock
};

using Uids = std::vector<std::uint32_t>;

}  // namespace mail::work
