#include <csignal>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::store {

namespace {

const MailboxId inbox{"point-1", "ala@imap.firma.example", "INBOX", 7};

MessageEntry message(std::uint32_t uid) {
    MessageEntry entry;
    entry.id.uid = uid;
    entry.files.push_back({"2", "a.pdf", "application/pdf", 1, "", "/out/.mailpoint-a.part", ""});
    return entry;
}

RemovalEntry removal(std::uint32_t uid) {
    RemovalEntry entry;
    entry.id.uid = uid;
    entry.copy = std::to_string(uid) + ".eml";
    return entry;
}

/// A real process that does `work` on the ledger, says so, and waits to be killed.
class Victim {
public:
    Victim(const std::string& path, const std::function<void(Ledger&)>& work) {
        int ends[2];
        EXPECT_EQ(pipe(ends), 0);
        process_ = fork();
        if (process_ == 0) {
            auto ledger = Ledger::open(path).value();
            work(*ledger);
            static_cast<void>(!::write(ends[1], "x", 1));
            for (;;)
                pause();
        }
        close(ends[1]);
        char ready = 0;
        EXPECT_EQ(::read(ends[0], &ready, 1), 1);
        close(ends[0]);
    }
    Victim(const Victim&) = delete;
    Victim& operator=(const Victim&) = delete;
    ~Victim() { kill_and_wait(); }

    void kill_and_wait() {
        if (process_ <= 0)
            return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        process_ = -1;
    }

private:
    pid_t process_ = -1;
};

}  // namespace

TEST(KilledProcess, keeps_its_messages_while_it_lives_and_leaves_them_when_killed) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "state.db";
    Victim victim(path, [](Ledger& ledger) {
        ASSERT_TRUE(ledger.planned(inbox, {message(1), message(2), message(3)}));
        ASSERT_TRUE(ledger.placing(inbox, {message(2)}, {}));
        MessageEntry stored = message(3);
        stored.step = Step::stored;
        ASSERT_TRUE(ledger.finished(inbox, {stored}));
    });

    const auto ledger = Ledger::open(path).value();
    EXPECT_TRUE(ledger->unfinished(inbox.point)->empty());
    EXPECT_EQ(ledger->planned(inbox, {message(1)})->at(0).error.cause, Cause::busy_elsewhere);
    EXPECT_TRUE(ledger->planned(inbox, {message(4)})->empty());
    MessageEntry own = message(4);
    own.step = Step::failed;
    ASSERT_TRUE(ledger->finished(inbox, {own}));

    victim.kill_and_wait();
    const auto left = ledger->unfinished(inbox.point).value();
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].second.step, Step::planned);
    EXPECT_EQ(left[0].second.files.at(0).temporary, "/out/.mailpoint-a.part");
    EXPECT_EQ(left[1].second.step, Step::placing);
    EXPECT_EQ(ledger->planned(inbox, {message(1), message(2)})->size(), 2U) << "not before";
    std::vector<MessageEntry> recovered;
    for (const auto& [mailbox, entry] : left) {
        recovered.push_back(entry);
        recovered.back().step = Step::failed;
    }
    ASSERT_TRUE(ledger->finished(inbox, recovered));
    EXPECT_TRUE(ledger->unfinished(inbox.point)->empty());
    EXPECT_TRUE(ledger->planned(inbox, {message(1), message(2)})->empty());
}

TEST(KilledProcess, keeps_what_it_removes_while_it_lives_and_leaves_it_when_killed) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "state.db";
    Victim victim(path, [](Ledger& ledger) {
        ASSERT_TRUE(ledger.removing(inbox, {removal(1), removal(2), removal(3)}));
        ASSERT_TRUE(ledger.removed(inbox, {removal(2), removal(3)}));
        ASSERT_TRUE(ledger.restoring(inbox, {3}, "ola"));
    });

    const auto ledger = Ledger::open(path).value();
    EXPECT_TRUE(ledger->unfinished_removals(inbox.point)->empty());
    EXPECT_EQ(ledger->removing(inbox, {removal(1)})->at(0).error.cause, Cause::busy_elsewhere);
    EXPECT_EQ(ledger->restoring(inbox, {3}, "ala")->at(0).error.cause, Cause::busy_elsewhere);
    EXPECT_EQ(ledger->planned(inbox, {message(1)})->at(0).error.cause, Cause::busy_elsewhere);

    victim.kill_and_wait();
    const auto left = ledger->unfinished_removals(inbox.point).value();
    ASSERT_EQ(left.size(), 2U);
    EXPECT_EQ(left[0].second.stage, RemovalEntry::Stage::removing);
    EXPECT_EQ(left[0].second.copy, "1.eml");
    EXPECT_EQ(left[1].second.stage, RemovalEntry::Stage::restoring);
    EXPECT_EQ(left[1].second.who, "ola");
    EXPECT_EQ(ledger->planned(inbox, {message(1)})->size(), 1U) << "not before its end is known";
    ASSERT_TRUE(ledger->removed(inbox, {left[0].second}));
    ASSERT_TRUE(ledger->restored(inbox, 3, inbox, {4, "", 0, 0}, "ola"));
    EXPECT_TRUE(ledger->unfinished_removals(inbox.point)->empty());
    EXPECT_EQ(ledger->removals(inbox)->size(), 2U);
}

TEST(KilledProcess, a_kill_never_parts_what_is_so_from_the_log_of_it) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "state.db";
    std::vector<RemovalEntry> many;
    std::vector<std::uint32_t> uids;
    for (std::uint32_t uid = 1; uid <= 300; ++uid) {
        many.push_back(removal(uid));
        uids.push_back(uid);
    }
    for (int round = 0; round < 5; ++round) {
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t process = fork();
        if (process == 0) {
            auto writer = Ledger::open(path).value();
            for (;;) {
                static_cast<void>(writer->hide(inbox, many));
                static_cast<void>(!::write(ends[1], "x", 1));
                static_cast<void>(writer->show(inbox, uids, "ala"));
            }
        }
        char ready = 0;
        ASSERT_EQ(::read(ends[0], &ready, 1), 1);
        kill(process, SIGKILL);
        waitpid(process, nullptr, 0);
        close(ends[0]);
        close(ends[1]);
        const auto ledger = Ledger::open(path).value();
        EXPECT_EQ(ledger->damaged_copy(), "");
        ActionQuery query;
        query.at_most = 10'000'000;
        std::size_t hidden = 0, shown = 0;
        const auto actions = ledger->actions(query);
        ASSERT_TRUE(actions);
        for (const Action& action : *actions)
            ++(action.what == Action::What::hidden ? hidden : shown);
        EXPECT_GE(hidden, 300U);
        EXPECT_EQ(hidden % 300, 0U);
        EXPECT_EQ(shown % 300, 0U);
        EXPECT_EQ(ledger->removals(inbox)->size(), hidden - shown);
    }
}

TEST(KilledProcess, a_kill_while_it_writes_leaves_a_sound_ledger) {
    const fakes::ScratchFolder folder;
    const std::string path = folder / "state.db";
    std::vector<MessageEntry> many;
    for (std::uint32_t uid = 1; uid <= 300; ++uid)
        many.push_back(message(uid));
    for (int round = 0; round < 5; ++round) {
        // The second half of the work goes on while we kill: wherever it is hit must be as good.
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t process = fork();
        if (process == 0) {
            auto writer = Ledger::open(path).value();
            for (;;) {
                static_cast<void>(writer->planned(inbox, many));
                static_cast<void>(!::write(ends[1], "x", 1));
            }
        }
        char ready = 0;
        ASSERT_EQ(::read(ends[0], &ready, 1), 1);
        kill(process, SIGKILL);
        waitpid(process, nullptr, 0);
        close(ends[0]);
        close(ends[1]);
        const auto ledger = Ledger::open(path).value();
        EXPECT_EQ(ledger->damaged_copy(), "");
        EXPECT_EQ(ledger->unfinished(inbox.point)->size(), 300U);
    }
}

}  // namespace mail::store
