#include "mail/oauth/keeper.h"

#include <atomic>
#include <functional>
#include <latch>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mail/oauth/fault.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/web_server.h"

namespace mail::oauth {
namespace {

using fakes::WebServer;
using std::chrono::seconds;

const SystemTime today = std::chrono::system_clock::from_time_t(1'700'000'000);

Wait soon() {
    return Wait::for_at_most(seconds(60));
}

std::string tokens(const std::string& access, const std::string& refresh = {}) {
    std::string body = R"({"token_type":"Bearer","expires_in":3600,"access_token":")" + access;
    if (!refresh.empty())
        body += R"(","refresh_token":")" + refresh;
    return WebServer::answer(body + "\"}");
}

class KeeperTest : public testing::Test {
public:
    Keeper keeper() {
        return Keeper({*store, [this] { return folder.path(); }, [this] { return now; }});
    }
    void sign_in(const std::string& token_endpoint) {
        Account account;
        account.provider.token = token_endpoint;
        account.client_id = "c";
        Tokens first;
        first.access = Secret("at1");
        first.refresh = Secret("rt1");
        first.expires_in = seconds(3600);
        renew(account, std::move(first), now);
        ASSERT_TRUE(keeper().keep(account_key(connection), account, soon()));
    }
    [[nodiscard]] Account kept() { return **keeper().find(account_key(connection), soon()); }
    static std::string text(const Result<Secret>& token) {
        return token ? std::string(token->reveal()) : std::string(name_of(token.error().cause));
    }

    fakes::ScratchFolder folder{fakes::ScratchFolder::Medium::memory};
    std::unique_ptr<SecretStore> store = memory_secret_store();
    point::Connection connection;
    SystemTime now = today;
};

TEST_F(KeeperTest, nobody_has_signed_in) {
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "signin_needed");
}

TEST_F(KeeperTest, a_fresh_token_is_given_without_asking_anybody) {
    sign_in("http://127.0.0.1:1/token");
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at1");
}

TEST_F(KeeperTest, an_old_one_is_renewed_and_the_rotated_refresh_token_is_kept) {
    WebServer server(std::vector{tokens("at2", "rt2"), tokens("at3")});
    sign_in(server.url());
    now = today + seconds(3500);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
    EXPECT_EQ(kept().refresh_token.reveal(), "rt2");
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
    now += seconds(3500);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at3");
    EXPECT_EQ(kept().refresh_token.reveal(), "rt2");
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_NE(requests[0].find("refresh_token=rt1"), std::string::npos);
    EXPECT_NE(requests[1].find("refresh_token=rt2"), std::string::npos);
}

TEST_F(KeeperTest, a_refused_token_is_renewed_once_however_young) {
    WebServer server(std::vector{tokens("at2", "rt2")});
    sign_in(server.url());
    const Secret refused("at1");
    EXPECT_EQ(text(keeper().access_token(connection, &refused, soon())), "at2");
    // Whoever comes with the same refusal later is given what is there.
    EXPECT_EQ(text(keeper().access_token(connection, &refused, soon())), "at2");
}

TEST_F(KeeperTest, many_at_once_make_one_refresh) {
    WebServer server(std::vector{tokens("at2", "rt2"), tokens("at3", "rt3")});
    sign_in(server.url());
    now = today + seconds(3500);
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                if (text(keeper().access_token(connection, nullptr, soon())) == "at2")
                    ++right;
            });
    }
    EXPECT_EQ(right, 8);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(KeeperTest, a_revoked_sign_in_is_told_and_nothing_is_thrown_away) {
    WebServer server(std::vector{
        WebServer::answer(R"({"error":"invalid_grant","error_codes":[50173]})", {}, "400 x"),
        WebServer::answer("<html>", {}, "503 x"), tokens("at2")});
    sign_in(server.url());
    now = today + seconds(3500);
    auto token = keeper().access_token(connection, nullptr, soon());
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().fact("fault"), "sessions_revoked");
    EXPECT_EQ(kept().refresh_token.reveal(), "rt1");
    ASSERT_TRUE(kept().trouble);
    EXPECT_EQ(kept().trouble->fact("number"), "50173");
    EXPECT_EQ(kept().trouble_since, now);
    now += seconds(160);
    token = keeper().access_token(connection, nullptr, soon());
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().cause, Cause::provider_busy);
    EXPECT_EQ(kept().trouble_since, now - seconds(160));
    now += seconds(2);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
    EXPECT_FALSE(kept().trouble);
}

std::string busy(const std::string& headers = {}) {
    return WebServer::answer(R"({"error":"temporarily_unavailable"})", headers, "503 x");
}

TEST_F(KeeperTest, a_provider_that_says_when_is_left_alone_until_then) {
    WebServer server(std::vector{busy("Retry-After: 17\r\n"), tokens("at2")});
    sign_in(server.url());
    now = today + seconds(3600);
    for (const char* left : {"17", "12", "7", "2"}) {
        const auto token = keeper().access_token(connection, nullptr, soon());
        ASSERT_FALSE(token);
        EXPECT_EQ(token.error().cause, Cause::provider_busy);
        EXPECT_EQ(token.error().fact("try_again_after_seconds"), left);
        EXPECT_EQ(server.requests().size(), 1U) << "by nobody, whatever program asks";
        now += seconds(5);
    }
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
}

TEST_F(KeeperTest, one_that_does_not_say_is_asked_ever_more_rarely) {
    WebServer server(std::vector<std::string>(12, busy()));
    sign_in(server.url());
    now = today + seconds(3600);
    std::vector<long long> pauses;
    for (std::size_t asked = 1; asked <= 12; ++asked) {
        EXPECT_FALSE(keeper().access_token(connection, nullptr, soon()));
        EXPECT_EQ(server.requests().size(), asked);
        const auto again = keeper().access_token(connection, nullptr, soon());
        ASSERT_FALSE(again);
        EXPECT_EQ(server.requests().size(), asked);
        const auto pause = std::stoll(std::string(again.error().fact("try_again_after_seconds")));
        pauses.push_back(pause);
        now += seconds(pause);
    }
    long long least = 1;
    for (const long long pause : pauses) {
        EXPECT_GE(pause, std::min(least, 300LL));
        EXPECT_LE(pause, std::min(least, 300LL) * 5 / 4);
        least *= 2;
    }
}

TEST_F(KeeperTest, a_clock_that_was_set_back_keeps_nobody_out) {
    WebServer server(std::vector{busy("Retry-After: 17\r\n"), tokens("at2")});
    sign_in(server.url());
    now = today + std::chrono::hours(30);
    EXPECT_FALSE(keeper().access_token(connection, nullptr, soon()));
    now = today + std::chrono::hours(2);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
}

TEST_F(KeeperTest, a_token_that_lives_on_is_given_where_it_can_not_be_renewed_yet) {
    WebServer server(std::vector{busy()});
    sign_in(server.url());
    now = today + seconds(3500);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at1");
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at1");
    ASSERT_TRUE(kept().trouble) << "it is told all the same";
    const Secret refused("at1");
    EXPECT_EQ(text(keeper().access_token(connection, &refused, soon())), "provider_busy");
    EXPECT_EQ(server.requests().size(), 1U);
    now = today + seconds(3600);
    EXPECT_FALSE(keeper().access_token(connection, nullptr, soon()));
}

/// Somebody does something while the provider thinks about a refresh.
class WhileRenewed : public KeeperTest {
public:
    void renew_meanwhile(const std::string& answer, const std::function<void()>& deed) {
        std::jthread other;
        std::latch asked(1);
        WebServer server(std::vector{WebServer::Answer([&](const std::string&) {
            asked.count_down();
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            return answer;
        })});
        sign_in(server.url());
        now += seconds(3600);
        other = std::jthread([&] {
            asked.wait();
            deed();
        });
        (void)keeper().access_token(connection, nullptr, soon());
        other.join();
    }
};

TEST_F(WhileRenewed, a_new_sign_in_is_not_overwritten) {
    for (const std::string& answer :
         {tokens("at2", "rt2"),
          WebServer::answer(R"({"error":"invalid_grant"})", {}, "400 Bad Request")}) {
        renew_meanwhile(answer, [this] {
            Account fresh;
            fresh.client_id = "c";
            Tokens second;
            second.access = Secret("new");
            second.refresh = Secret("new-rt");
            second.expires_in = seconds(3600);
            renew(fresh, std::move(second), now);
            EXPECT_TRUE(keeper().keep(account_key(connection), fresh, soon()));
        });
        EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "new");
        EXPECT_EQ(kept().refresh_token.reveal(), "new-rt");
        EXPECT_FALSE(kept().trouble);
    }
}

TEST_F(WhileRenewed, a_sign_out_stays_one) {
    renew_meanwhile(tokens("at2", "rt2"),
                    [this] { EXPECT_TRUE(keeper().sign_out(connection, soon())); });
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "signin_needed");
}

TEST_F(KeeperTest, what_the_application_was_given_is_no_persons) {
    sign_in("http://127.0.0.1:1/token");
    connection.oauth.flow = "app";
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "signin_needed");
}

/// Keeps nothing new once it has been told so often.
class FullStore final : public SecretStore {
public:
    explicit FullStore(std::unique_ptr<SecretStore> store) : store_(std::move(store)) {}
    void fills_up_after(int puts) { left_ = puts; }
    [[nodiscard]] Kind kind() const override { return store_->kind(); }
    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        return store_->get(key, wait);
    }
    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        if (left_-- <= 0)
            return fail(Cause::disk_full, Layer::workspace, Reach::point);
        return store_->put(key, secret, wait);
    }
    Result<void> remove(const std::string& key, const Wait& wait) override {
        return store_->remove(key, wait);
    }

private:
    std::unique_ptr<SecretStore> store_;
    int left_ = 1000;
};

TEST_F(KeeperTest, what_can_not_be_kept_is_neither_asked_for_nor_used) {
    auto full = std::make_unique<FullStore>(std::move(store));
    FullStore& disk = *full;
    store = std::move(full);
    WebServer server(std::vector{tokens("at2", "rt2"), tokens("at3", "rt3")});
    sign_in(server.url());
    now = today + seconds(3500);
    disk.fills_up_after(0);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "disk_full");
    disk.fills_up_after(1);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "disk_full");
    EXPECT_EQ(server.requests().size(), 1U) << "not where it was clear before";
}

TEST_F(KeeperTest, a_lost_answer_is_asked_for_once_more) {
    WebServer server(std::vector<std::string>{"", tokens("at2", "rt2")});
    sign_in(server.url());
    now = today + seconds(3500);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST_F(KeeperTest, the_offices_secret_goes_along_where_there_is_one) {
    WebServer server(std::vector{tokens("at2")});
    sign_in(server.url());
    ASSERT_TRUE(store->put(client_secret_key(connection), Secret("s1"), soon()));
    now = today + seconds(3500);
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "at2");
    EXPECT_NE(server.requests().at(0).find("client_secret=s1"), std::string::npos);
}

TEST_F(KeeperTest, signing_out_forgets_also_where_the_provider_is_away) {
    sign_in("http://127.0.0.1:1/token");
    Account account = kept();
    account.provider.revoke = "http://127.0.0.1:1/revoke";
    ASSERT_TRUE(keeper().keep(account_key(connection), account, soon()));
    EXPECT_TRUE(keeper().sign_out(connection, soon()));
    EXPECT_EQ(text(keeper().access_token(connection, nullptr, soon())), "signin_needed");
}

}  // namespace
}  // namespace mail::oauth
