// A program that is killed (SIGKILL) at each step of renewing a token that rotates: at each call of
// the disk, and while the provider has its question. The next one has an account that works, or
// says that somebody must sign in; the second only where the provider had spent the old token and
// its answer was lost, which no program can mend.

#include <atomic>
#include <csignal>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <spawn.h>
#include <sys/wait.h>

#include <gtest/gtest.h>

#include "mail/oauth/fault.h"
#include "mail/oauth/keeper.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/web_server.h"
#include "tests/faults/renewal_store.h"

extern char** environ;

namespace mail::faults {
namespace {

using fakes::WebServer;
using std::chrono::seconds;

constexpr int killed = 128 + SIGKILL, worked = 0, sign_in_needed = 3;

Wait soon() {
    return Wait::for_at_most(seconds(60));
}

std::string parameter(const std::string& body, const std::string& name) {
    const std::size_t at = ("&" + body).find("&" + name + "=");
    if (at == std::string::npos)
        return {};
    const std::string value = body.substr(at + name.size() + 1);
    return value.substr(0, value.find('&'));
}

/// Gives a new refresh token for each. A strict one takes none twice: who shows a spent one has all
/// that came of the sign-in taken away (RFC 9700, 4.14.2). A lenient one goes on taking it.
class Provider {
public:
    enum class Reuse { ends_all, allowed };
    /// When it kills whoever asks.
    enum class Kills { nobody, before_rotation, after_rotation };

    explicit Provider(Reuse reuse)
        : reuse_(reuse), server_([this](const std::string&, const std::string& body) {
              return answer(parameter(body, "refresh_token"));
          }) {}
    [[nodiscard]] std::string url() const { return server_.url(); }
    /// Somebody has signed in: a refresh token.
    [[nodiscard]] std::string new_sign_in() {
        const std::scoped_lock lock(mutex_);
        refresh_ = {"r" + std::to_string(++made_)};
        spent_.clear();
        access_.clear();
        return *refresh_.begin();
    }
    void kill(Kills when) { kills_ = when; }
    void asked_by(pid_t child) { child_ = child; }
    [[nodiscard]] bool takes(const std::string& access) const {
        const std::scoped_lock lock(mutex_);
        return access_.contains(access);
    }
    [[nodiscard]] bool has_rotated() const {
        const std::scoped_lock lock(mutex_);
        return !spent_.empty();
    }

private:
    std::string answer(const std::string& token) {
        if (kill_if(Kills::before_rotation))
            return "";  // nobody is there to read it
        const std::scoped_lock lock(mutex_);
        if (!refresh_.contains(token)) {
            if (spent_.contains(token)) {
                refresh_.clear();
                access_.clear();
            }
            return WebServer::answer(R"({"error":"invalid_grant"})", {}, "400 Bad Request");
        }
        spent_.insert(token);
        if (reuse_ == Reuse::ends_all)
            refresh_.erase(token);
        const std::string number = std::to_string(++made_);
        refresh_.insert("r" + number);
        access_.insert("a" + number);
        kill_if(Kills::after_rotation);
        return WebServer::answer(R"({"token_type":"Bearer","expires_in":3600,"access_token":"a)" +
                                 number + R"(","refresh_token":"r)" + number + "\"}");
    }
    /// Whether it did: by then the test may already have said that the next may live.
    bool kill_if(Kills now) const {
        if (kills_ != now)
            return false;
        while (child_ == 0)
            std::this_thread::yield();
        ::kill(child_, SIGKILL);
        return true;
    }

    const Reuse reuse_;
    mutable std::mutex mutex_;
    std::set<std::string> refresh_, spent_, access_;
    int made_ = 0;
    std::atomic<Kills> kills_ = Kills::nobody;
    std::atomic<pid_t> child_ = 0;
    WebServer server_;  // last: its thread uses the rest
};

class RenewalKilled : public testing::TestWithParam<Provider::Reuse> {
public:
    RenewalKilled() { sign_in(); }
    void sign_in() {
        oauth::Account account;
        account.provider.token = provider.url() + "/token";
        account.client_id = connection().oauth.client_id;
        oauth::Tokens tokens;
        tokens.access = Secret("old");
        tokens.refresh = Secret(provider.new_sign_in());
        tokens.expires_in = seconds(3600);
        oauth::renew(account, std::move(tokens),
                     std::chrono::system_clock::now() - std::chrono::hours(2));
        EXPECT_TRUE(keeper().keep(oauth::account_key(connection()), account, soon()));
    }
    [[nodiscard]] oauth::Keeper keeper() {
        return oauth::Keeper({store, [this] { return folder.path(); }});
    }
    int renew(unsigned killed_at) {
        std::string program = RENEWAL_CHILD, place = folder.path(),
                    number = std::to_string(killed_at);
        char* words[] = {program.data(), place.data(), number.data(), nullptr};
        provider.asked_by(0);
        pid_t child = 0;
        EXPECT_EQ(posix_spawn(&child, program.c_str(), nullptr, nullptr, words, environ), 0);
        provider.asked_by(child);
        int status = 0;
        waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
    [[nodiscard]] std::string outcome() const {
        std::ifstream in(folder / "outcome");
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// What the next program makes of what the killed one has left. True: the account still works.
    bool survives(const std::string& what) {
        const bool rotated = provider.has_rotated();
        const int exit_code = renew(0);
        if (exit_code == worked) {
            EXPECT_TRUE(provider.takes(outcome())) << what << ": a token that does not work";
            return true;
        }
        EXPECT_EQ(exit_code, sign_in_needed) << what << ": " << outcome();
        EXPECT_EQ(outcome(), "grant_ended") << what;
        EXPECT_TRUE(rotated && GetParam() == Provider::Reuse::ends_all)
            << what << ": lost for no reason";
        // It says so on the point from then on, and a new sign-in mends it.
        const auto kept = keeper().find(oauth::account_key(connection()), soon());
        EXPECT_TRUE(kept && *kept && (*kept)->trouble) << what;
        sign_in();
        EXPECT_EQ(renew(0), worked) << what;
        EXPECT_TRUE(provider.takes(outcome())) << what;
        return false;
    }

    fakes::ScratchFolder folder{fakes::ScratchFolder::Medium::memory};
    FileStore store{store_in(folder.path(), real_disk())};
    Provider provider{GetParam()};
};

TEST_P(RenewalKilled, at_each_call_of_the_disk) {
    unsigned at = 1, lost = 0;
    for (;; ++at) {
        sign_in();
        const int exit_code = renew(at);
        if (exit_code == worked)
            break;
        ASSERT_EQ(exit_code, killed) << at << ": " << outcome();
        lost += survives("call " + std::to_string(at)) ? 0U : 1U;
    }
    EXPECT_GT(at, 5U) << "a renewal reads, writes, flushes and renames";
    if (GetParam() == Provider::Reuse::allowed) {
        EXPECT_EQ(lost, 0U);
    } else {
        EXPECT_GT(lost, 0U) << "the answer is in memory only for a moment";
        EXPECT_LT(lost, at - 1) << "but not for long";
    }
}

TEST_P(RenewalKilled, before_the_provider_has_done_anything) {
    provider.kill(Provider::Kills::before_rotation);
    ASSERT_EQ(renew(0), killed);
    provider.kill(Provider::Kills::nobody);
    EXPECT_TRUE(survives("before the rotation"));
}

TEST_P(RenewalKilled, when_the_old_token_is_spent_and_the_answer_not_yet_there) {
    provider.kill(Provider::Kills::after_rotation);
    ASSERT_EQ(renew(0), killed);
    provider.kill(Provider::Kills::nobody);
    EXPECT_EQ(survives("after the rotation"), GetParam() == Provider::Reuse::allowed);
}

INSTANTIATE_TEST_SUITE_P(providers, RenewalKilled,
                         testing::Values(Provider::Reuse::ends_all, Provider::Reuse::allowed),
                         [](const auto& name) {
                             return name.param == Provider::Reuse::ends_all ? "strict" : "lenient";
                         });

}  // namespace
}  // namespace mail::faults
