#include "mail/oauth/account.h"

#include <gtest/gtest.h>

namespace mail::oauth {
namespace {

using std::chrono::seconds;

const SystemTime today = std::chrono::system_clock::from_time_t(1'700'000'000);

Account an_account() {
    Account account;
    account.provider.id = "oidc";
    account.provider.issuer = "https://id.example";
    account.provider.token = "https://id.example/token";
    account.provider.secret_in_header = true;
    account.client_id = "c";
    account.login = "zażółć@firma.test";
    account.person = {"s", "t", "e", "u"};
    account.first_sign_in_at = today;
    Tokens tokens;
    tokens.access = Secret("at");
    tokens.refresh = Secret("r\"t\\\n");
    tokens.expires_in = seconds(3600);
    renew(account, std::move(tokens), today);
    return account;
}

TEST(OAuthAccount, comes_back_as_it_was_kept) {
    Account account = an_account();
    account.trouble = Error{Cause::provider_busy, Layer::oauth, Reach::point, {{"fault", "x"}}};
    account.trouble_since = today + seconds(7);
    const auto back = account_in(to_text(account));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->login, account.login);
    EXPECT_EQ(back->access_token.reveal(), "at");
    EXPECT_EQ(back->refresh_token.reveal(), "r\"t\\\n");
    EXPECT_EQ(back->expires_at, today + seconds(3600));
    EXPECT_EQ(back->life, seconds(3600));
    EXPECT_EQ(back->generation, 1U);
    EXPECT_EQ(back->person.tenant, "t");
    EXPECT_TRUE(back->provider.secret_in_header);
    ASSERT_TRUE(back->trouble);
    EXPECT_EQ(back->trouble->cause, Cause::provider_busy);
    EXPECT_EQ(back->trouble->fact("fault"), "x");
    EXPECT_EQ(back->trouble_since, today + seconds(7));
}

TEST(OAuthAccount, what_is_damaged_or_newer_is_said) {
    const auto cause = [](const std::string& text) {
        const auto read = account_in(Secret(text));
        return read ? "none" : std::string(name_of(read.error().cause));
    };
    EXPECT_EQ(cause(""), "secrets_damaged");
    EXPECT_EQ(cause("{}"), "secrets_damaged");
    EXPECT_EQ(cause(R"({"version":1,"access_token":"!"})"), "secrets_damaged");
    EXPECT_EQ(cause(R"({"version":2})"), "secrets_newer");
    const std::string whole(to_text(an_account()).reveal());
    for (std::size_t length = 0; length < whole.size(); ++length)
        EXPECT_EQ(cause(whole.substr(0, length)), "secrets_damaged") << length;
}

TEST(OAuthAccount, a_refresh_without_a_new_refresh_token_keeps_the_old_one) {
    Account account = an_account();
    account.trouble = Error{};
    Tokens tokens;
    tokens.access = Secret("at2");
    tokens.expires_in = seconds(60);
    renew(account, std::move(tokens), today + seconds(10));
    EXPECT_EQ(account.refresh_token.reveal(), "r\"t\\\n");
    EXPECT_EQ(account.refresh_obtained_at, today);
    EXPECT_EQ(account.last_refresh_at, today + seconds(10));
    EXPECT_EQ(account.generation, 2U);
    EXPECT_FALSE(account.trouble);
}

TEST(OAuthAccount, is_fresh_until_shortly_before_its_end) {
    const Account account = an_account();
    EXPECT_TRUE(is_fresh(account, today));
    EXPECT_TRUE(is_fresh(account, today + seconds(3600 - 361)));
    EXPECT_FALSE(is_fresh(account, today + seconds(3600 - 360)));
    EXPECT_FALSE(is_fresh(account, today - seconds(3600))) << "the clock was set back";
    Account brief = account;
    brief.life = seconds(60);
    brief.expires_at = today + seconds(60);
    EXPECT_TRUE(is_fresh(brief, today));
    EXPECT_FALSE(is_fresh(brief, today + seconds(30)));
}

TEST(OAuthAccount, points_of_one_account_share_its_key) {
    point::Connection one, other;
    one.login = other.login = "ala@firma.test";
    other.folder = "INBOX/x";
    EXPECT_EQ(account_key(one), account_key(other));
    other.server = "another.server";
    EXPECT_NE(account_key(one), account_key(other)) << "its token would go elsewhere";
    other.server = one.server;
    other.login = "ola@firma.test";
    EXPECT_NE(account_key(one), account_key(other));
    EXPECT_EQ(client_secret_key(one), client_secret_key(other));
    other = one;
    other.oauth.client_id = "x";
    EXPECT_NE(account_key(one), account_key(other));
    EXPECT_NE(client_secret_key(one), client_secret_key(other));
}

}  // namespace
}  // namespace mail::oauth
