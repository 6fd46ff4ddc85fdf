// One taking over several sessions. The first one is kept waiting by the server, so that the others
// have something to do however fast the machine is.

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

// The first one asks for 100 ahead, and others are worth their login while nobody has asked for 32.
constexpr std::size_t mails_in_all = 256;
// It has had answers by then: before that nothing is planned, and nobody else may begin.
constexpr std::size_t first_waits_at = 105;

std::vector<demo::Mail> many_mails() {
    std::vector<demo::Mail> mails;
    for (std::size_t i = 0; i < mails_in_all; ++i)
        mails.push_back(
            mail_with("faktura-" + std::to_string(i) + ".pdf", "%PDF " + std::to_string(i), {}));
    return mails;
}

/// What each session has asked the server for. Sessions are told apart by their thread there.
class Sessions {
public:
    /// On the thread of a session. The first one's request `first_waits_at` waits until others have
    /// asked for `others_first`, or for so long that the test has failed.
    void ask(const std::string& command) {
        if (command.find("UID FETCH ") == std::string::npos ||
            command.find("PEEK[") == std::string::npos)
            return;
        std::unique_lock lock(mutex_);
        const auto me = std::this_thread::get_id();
        if (first_ == std::thread::id())
            first_ = me;
        asked_[me].push_back(command.substr(command.find("UID FETCH ")));
        changed_.notify_all();
        if (me == first_ && asked_[me].size() == first_waits_at)
            changed_.wait_for(lock, std::chrono::seconds(20),
                              [&] { return by_others() >= others_first_; });
    }
    /// Whoever would begin sooner could leave the first one too little.
    void wait_for_first(const Wait& wait) {
        std::unique_lock lock(mutex_);
        while (!wait.stopped() && asked_[first_].size() < first_waits_at)
            changed_.wait_for(lock, std::chrono::milliseconds(20));
    }
    void others_first(std::size_t requests) { others_first_ = requests; }
    [[nodiscard]] std::size_t by_this_one() const {
        const std::lock_guard lock(mutex_);
        const auto mine = asked_.find(std::this_thread::get_id());
        return mine == asked_.end() ? 0 : mine->second.size();
    }
    [[nodiscard]] bool is_first() const {
        const std::lock_guard lock(mutex_);
        return std::this_thread::get_id() == first_;
    }
    [[nodiscard]] std::size_t count() const {
        const std::lock_guard lock(mutex_);
        return asked_.size();
    }
    [[nodiscard]] std::multiset<std::string> all() const {
        const std::lock_guard lock(mutex_);
        std::multiset<std::string> commands;
        for (const auto& [thread, one] : asked_)
            commands.insert(one.begin(), one.end());
        return commands;
    }

private:
    [[nodiscard]] std::size_t by_others() const {
        std::size_t count = 0;
        for (const auto& [thread, commands] : asked_)
            count += thread == first_ ? 0 : commands.size();
        return count;
    }

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::thread::id first_;
    std::map<std::thread::id, std::vector<std::string>> asked_;
    std::size_t others_first_ = 20;
};

class TakingOverSeveral : public Taking, public MoreSessions {
protected:
    void SetUp() override {
        Taking::SetUp();
        more_ = {this, Clock::duration::zero()};
    }
    Result<std::unique_ptr<imap::Session>> open(const Wait& wait) override {
        ++openings_;
        sessions_.wait_for_first(wait);
        if (refuse_)
            return fail(Cause::server_limit, Layer::auth, Reach::connection);
        const imap::Credentials credentials{imap::Credentials::Kind::password, "demo",
                                            Secret("demo")};
        auto session = imap::Session::open(server_->endpoint(), credentials, {}, wait);
        if (session)
            if (const auto opened = (*session)->examine("INBOX", wait); !opened)
                return tl::unexpected(opened.error());
        return session;
    }
    void serve_many(std::function<demo::Manner(const std::string&)> manner = {}) {
        demo::Options options;
        options.manner = [this, manner = std::move(manner)](const std::string& command) {
            sessions_.ask(command);
            return manner ? manner(command) : demo::Manner::honest;
        };
        serve(many_mails(), options);
    }
    void expect_each_document_once() {
        const auto found = hashes();
        EXPECT_EQ(found.size(), mails_in_all);
        EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), mails_in_all);
        EXPECT_EQ(temporary_files(), 0U);
    }

    Sessions sessions_;
    std::atomic<int> openings_ = 0;
    std::atomic<bool> refuse_ = false;
};

}  // namespace

TEST_F(TakingOverSeveral, nothing_is_asked_for_twice) {
    serve_many();
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    expect_each_document_once();
    EXPECT_GE(sessions_.count(), 2U);
    EXPECT_LE(sessions_.count(), 3U);
    const auto asked = sessions_.all();
    EXPECT_EQ(asked.size(), mails_in_all);
    EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()).size(), mails_in_all);
    ASSERT_TRUE(run());
    EXPECT_EQ(sessions_.all().size(), mails_in_all) << "the second run";
}

TEST_F(TakingOverSeveral, what_a_session_leaves_that_breaks_is_fetched_by_the_first) {
    serve_many([this](const std::string& command) {
        const bool breaks = command.find("PEEK[") != std::string::npos && !sessions_.is_first() &&
                            sessions_.by_this_one() > 7;
        return breaks ? demo::Manner::hang_up : demo::Manner::honest;
    });
    sessions_.others_first(8);
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    expect_each_document_once();
    EXPECT_GE(sessions_.count(), 2U);
    EXPECT_LE(openings_, 2) << "none is opened in place of one that broke";
}

TEST_F(TakingOverSeveral, a_server_that_lets_nobody_else_in_gives_all_to_the_first) {
    refuse_ = true;
    serve_many();
    sessions_.others_first(0);
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    expect_each_document_once();
    EXPECT_EQ(sessions_.count(), 1U);
    EXPECT_LE(openings_, 2);
}

TEST_F(TakingOverSeveral, a_first_one_that_breaks_stops_all_and_the_next_run_takes_the_rest) {
    std::atomic<bool> breaks = true;
    serve_many([this, &breaks](const std::string& command) {
        const bool now = breaks && command.find("PEEK[") != std::string::npos &&
                         sessions_.is_first() && sessions_.by_this_one() >= first_waits_at;
        return now ? demo::Manner::hang_up : demo::Manner::honest;
    });
    EXPECT_FALSE(run());
    EXPECT_FALSE(left_.empty());
    EXPECT_EQ(temporary_files(), 0U);
    const std::size_t taken = hashes().size();
    EXPECT_EQ(taken + left_.size(), mails_in_all);
    breaks = false;
    sessions_.others_first(0);
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    expect_each_document_once();
}

TEST_F(TakingOverSeveral, a_full_disk_stops_them_all) {
    serve_many();
    for (const unsigned call : {300U, 500U, 700U}) {
        fakes::LossyDisk disk;
        disk.put_folder(target());
        disk.fail_call(call, Cause::disk_full);
        EXPECT_FALSE(run(disk)) << call;
        EXPECT_EQ(last_error_.cause, Cause::disk_full) << call;
    }
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
}

TEST_F(TakingOverSeveral, an_operator_stops_them_all) {
    serve_many([this](const std::string&) {
        if (sessions_.all().size() > 120)
            stop_.request_stop();
        return demo::Manner::honest;
    });
    EXPECT_FALSE(run());
    EXPECT_EQ(last_error_.cause, Cause::cancelled);
    EXPECT_EQ(temporary_files(), 0U);
    EXPECT_EQ(hashes().size() + left_.size(), mails_in_all);
    more_ = {};
    serve(many_mails());
    stop_ = StopSource();
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    expect_each_document_once();
}

}  // namespace mail::work
