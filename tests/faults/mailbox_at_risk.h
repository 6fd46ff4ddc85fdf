#pragma once
// A mailbox on a real server, a point on it, and what must be so whenever the program was killed at
// work on it, and at the end: counted, so that a run of a thousand kills has figures. Linux.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/faults/sent_mail.h"
#include "tests/faults/watcher_linux.h"
#include "tests/servers/mail_server.h"
#include "tests/servers/relay.h"

namespace mail::faults {

/// What the program is asked to do.
enum class Work {
    take,
    take_and_remove,  ///< "after the document delete from the mailbox"
    remove,           ///< what was taken before, by the command
};

/// All but the kills must be 0.
struct Figures {
    unsigned kills = 0, lost = 0, duplicates = 0, half_visible = 0, left_behind = 0,
             early_deletes = 0, foreign_touched = 0, fetched_in_vain = 0, unfinished = 0;
    unsigned extra_fetches = 0;            ///< of what was in flight at a kill; one each is allowed
    std::vector<std::string> faults = {};  ///< the first of them, in words
    [[nodiscard]] std::string text() const;
};

class MailboxAtRisk {
public:
    using Medium = fakes::ScratchFolder::Medium;
    MailboxAtRisk(servers::MailServer& server, std::string login, std::vector<Sent> mails,
                  Medium medium);

    /// Every mail is in the mailbox, nothing is taken, and for Work::remove all has been taken.
    void begin_anew(Work work);
    [[nodiscard]] program::Outcome run(const std::vector<std::string>& runner = {},
                                       const program::Environment& more = {}) const;
    /// Asked for one by one, whosever mark they have.
    [[nodiscard]] program::Outcome take_by_name(const std::vector<std::uint32_t>& uids) const;
    /// The window on the same workspace; `runner` acts for its user.
    [[nodiscard]] program::Outcome run_window(const std::vector<std::string>& runner) const;
    /// Another program moves or removes it: nothing is to be had of it any more. Until all is begun
    /// anew.
    void let_go(const Sent& mail);
    /// Another program marks it so: it stays so.
    void is_marked(const Sent& mail, const std::string& flags);
    /// Acts at the first words of the program's that hold these, before the server hears them.
    /// Once.
    void when_it_says(std::string words, std::function<void()> act);
    [[nodiscard]] bool has_said_it() const;
    /// Its sequence number when all was begun.
    [[nodiscard]] std::string number_of(const Sent& mail) const;
    [[nodiscard]] const std::string& login() const { return login_; }
    [[nodiscard]] const std::vector<Sent>& mails() const { return mails_; }
    /// From now on a run may ask for the same twice: after its line was cut, or as two of them.
    void may_ask_again() { may_ask_again_ = true; }
    /// Until then or its end. Whether it was killed.
    [[nodiscard]] bool run_and_kill(std::chrono::microseconds after,
                                    const program::Environment& more = {}) const;
    /// The same with SIGTERM: how long it took to end then.
    [[nodiscard]] std::chrono::milliseconds run_and_stop(std::chrono::microseconds after) const;
    /// After the program has ended, however.
    void expect_nothing_lost(bool killed);
    /// After it has come to its end.
    void expect_the_end(const program::Outcome& last);
    /// All files are there, or all that was to be removed is gone.
    [[nodiscard]] bool is_done() const;
    /// Nothing at all has left the mailbox.
    [[nodiscard]] bool has_all() const { return mailbox().size() == before_.size(); }

    /// Hash and number of all that is visible.
    [[nodiscard]] std::map<std::string, unsigned> visible() const;
    /// How many documents the manifests have of each UID.
    [[nodiscard]] std::map<std::uint32_t, unsigned> documents() const;
    /// When its program last asked to mark messages.
    [[nodiscard]] std::chrono::steady_clock::time_point claimed_at() const;
    [[nodiscard]] const std::map<std::uint32_t, const Sent*>& by_uid() const { return by_uid_; }
    /// As if its computer were lost: what it has marked stays.
    void lose_workspace();
    /// From now on begin_anew() makes a ledger whose marks are this one's, as of an office that is
    /// there for years: a folder takes only so many numbers (imap::most_claimants).
    void be_claimant(std::uint32_t number) { claimant_ = number; }

    /// What passes here, the program's words to the server and its answers.
    [[nodiscard]] servers::Relay& line() { return *relay_; }
    [[nodiscard]] const Figures& figures();
    [[nodiscard]] unsigned seen() { return watcher_->seen(); }
    [[nodiscard]] std::string target() const { return scratch_ / "target"; }
    [[nodiscard]] std::string workspace() const { return scratch_ / "w"; }
    [[nodiscard]] std::string path(const std::string& name) const { return scratch_ / name; }

private:
    struct There {
        std::uint32_t uid = 0;
        std::string flags;
    };
    /// By Message-ID; what is there twice has two.
    using Mailbox = std::multimap<std::string, There>;
    using Fetches = std::map<std::pair<std::uint32_t, std::string>, unsigned>;

    void write_point(bool removes) const;
    [[nodiscard]] std::vector<std::string> words() const;
    [[nodiscard]] Mailbox mailbox() const;
    [[nodiscard]] bool is_let_go(const Sent& mail) const;
    void make_ledger();
    void fill_up();
    void hear(std::string_view raw);
    void count_fetches();
    /// How many copies there are of each mail.
    [[nodiscard]] std::map<std::string, unsigned> copies() const;
    void look_at_foreign(const Mailbox& there);
    void expect_nothing_begun();
    void expect_documents_once();
    void expect_copies_once(const Mailbox& there);
    void blame(unsigned& figure, const std::string& what);

    servers::MailServer& server_;
    std::string login_;
    std::vector<Sent> mails_;
    std::set<std::string> wanted_;
    fakes::ScratchFolder scratch_;
    Work work_ = Work::take;
    bool may_ask_again_ = false;
    Mailbox before_;
    std::vector<std::string> let_go_;  ///< Message-IDs
    std::map<std::uint32_t, const Sent*> by_uid_;
    mutable std::mutex mutex_;
    std::string heard_;
    std::string words_;
    std::chrono::steady_clock::time_point claimed_at_;
    std::function<void()> act_;
    Fetches fetches_;                  ///< of the run
    Fetches fetched_;                  ///< of the runs before it, until all was begun anew
    std::set<std::uint32_t> settled_;  ///< whose files were there before the run
    std::uint32_t claimant_ = 0;       ///< be_claimant()
    Figures figures_;
    std::unique_ptr<Watcher> watcher_;
    std::unique_ptr<servers::Relay> relay_;
};

}  // namespace mail::faults
