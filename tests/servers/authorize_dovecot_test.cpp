// Signing in as a user does it: the program opens a browser (curl, which follows redirects as one)
// at a provider of the test's, keeps what comes, and works on Dovecot with it, which asks the same
// provider about each token.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/base/base64.h"
#include "mail/base/hash.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/web_server.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/oauth_point.h"

namespace servers {
namespace {

using Json = nlohmann::json;
using mail::fakes::WebServer;

std::string parameter(const std::string& text, const std::string& name) {
    const std::size_t at = ("&" + text).find("&" + name + "=");
    if (at == std::string::npos)
        return {};
    const std::string value = text.substr(at + name.size() + 1);
    return value.substr(0, value.find('&'));
}

std::string decoded(const std::string& text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (text[at] == '%') {
            plain += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
            at += 2;
        } else {
            plain += text[at];
        }
    return plain;
}

/// An OAuth2 server with one user, who agrees or not. Each access token lives until end_tokens(),
/// each refresh token until it was used.
class Provider {
public:
    explicit Provider(bool agrees = true)
        : agrees_(agrees), server_([this](const std::string& path, const std::string& body) {
              const std::scoped_lock lock(mutex_);
              return answer(path, body);
          }) {}
    [[nodiscard]] std::string url() const { return server_.url(); }
    void end_tokens() {
        const std::scoped_lock lock(mutex_);
        access_.clear();
    }
    /// The mailbox is told that no token is any good.
    void refuse_tokens() {
        const std::scoped_lock lock(mutex_);
        refuses_ = true;
    }
    [[nodiscard]] std::size_t count(const std::string& what) const {
        const std::scoped_lock lock(mutex_);
        return static_cast<std::size_t>(std::count(log_.begin(), log_.end(), what));
    }

private:
    std::string answer(const std::string& path, const std::string& body) {
        if (path == "/.well-known/openid-configuration")
            return WebServer::answer(Json{
                {"issuer", url()},
                {"authorization_endpoint", url() + "/auth"},
                {"token_endpoint", url() + "/token"},
                {"revocation_endpoint", url() + "/revoke"},
                {"code_challenge_methods_supported",
                 {"S256"}}}.dump());
        if (path.starts_with("/auth?"))
            return authorize(path.substr(path.find('?') + 1));
        if (path == "/token")
            return token(body);
        if (path == "/introspect") {
            log_.emplace_back("introspect");
            const bool active = !refuses_ && access_.contains(decoded(parameter(body, "token")));
            return WebServer::answer(Json{{"active", active}, {"username", "ala"}}.dump(),
                                     "Content-Type: application/json\r\n");
        }
        if (path == "/revoke") {
            log_.emplace_back("revoke");
            refresh_.erase(decoded(parameter(body, "token")));
            return WebServer::answer("");
        }
        return WebServer::answer("no", {}, "404 Not Found");
    }
    std::string authorize(const std::string& query) {
        challenge_ = parameter(query, "code_challenge");
        const std::string back = decoded(parameter(query, "redirect_uri")) +
                                 "?state=" + parameter(query, "state") +
                                 (agrees_ ? "&code=c1" : "&error=access_denied");
        return WebServer::answer("", "Location: " + back + "\r\n", "302 Found");
    }
    std::string token(const std::string& body) {
        const bool by_code = parameter(body, "grant_type") == "authorization_code";
        log_.emplace_back(by_code ? "redeem" : "refresh");
        const bool good = by_code ? challenge_of(parameter(body, "code_verifier")) == challenge_
                                  : refresh_.erase(decoded(parameter(body, "refresh_token"))) > 0;
        if (!good)
            return WebServer::answer(R"({"error":"invalid_grant"})", {}, "400 Bad Request");
        const std::string number = std::to_string(++made_);
        access_.insert("access-of-ala-" + number);
        refresh_.insert("refresh-of-ala-" + number);
        return WebServer::answer(Json{{"token_type", "Bearer"},
                                      {"expires_in", 3600},
                                      {"access_token", "access-of-ala-" + number},
                                      {"refresh_token", "refresh-of-ala-" + number}}
                                     .dump());
    }
    static std::string challenge_of(const std::string& verifier) {
        mail::Sha256 hash;
        hash.update(verifier);
        const auto digest = hash.finish();
        return mail::to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
    }

    mutable std::mutex mutex_;
    const bool agrees_;
    bool refuses_ = false;
    int made_ = 0;
    std::string challenge_;
    std::set<std::string> access_, refresh_;
    std::vector<std::string> log_;
    WebServer server_;  // last: its thread uses the rest
};

class Authorize : public testing::Test {
public:
    void start(bool agrees = true) {
        provider = std::make_unique<Provider>(agrees);
        auto started = Dovecot::start({.introspection_url = provider->url() + "/introspect"});
        ASSERT_TRUE(started) << started.error();
        dovecot = std::move(*started);
        dovecot->append("ala", "INBOX", "Subject: x\n\ntext\n",
                        std::chrono::sys_days{std::chrono::year{2026} / 11 / 3});
        write_oauth_point(
            scratch / "point.json", *dovecot, "ala",
            {{"provider", "oidc"}, {"issuer", provider->url()}, {"client_id", "biuro"}});
    }
    [[nodiscard]] std::vector<std::string> words(std::vector<std::string> arguments) const {
        for (const std::string& word :
             {std::string("--point"), scratch / "point.json", std::string("--workspace"),
              scratch / "workspace", std::string("--lang"), std::string("pl")})
            arguments.push_back(word);
        return arguments;
    }
    [[nodiscard]] program::Environment environment() const {
        return {{"MAILPOINT_MASTER_PASSWORD", "a master password"}, {"BROWSER", browser}};
    }
    [[nodiscard]] program::Outcome mailpoint(const std::vector<std::string>& arguments) const {
        return program::run(words(arguments), environment());
    }
    [[nodiscard]] static std::string content(const std::filesystem::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    // What the browser shows in the end. It is still at it when the program has ended.
    [[nodiscard]] std::string page() const {
        const std::filesystem::path path = scratch / "page.html";
        for (int i = 0; i < 1000 && !std::filesystem::exists(path); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return content(path);
    }

    [[nodiscard]] std::string page_script() const {
        std::string path = scratch / "show.sh";
        const std::string page = scratch / "page.html";
        std::ofstream(path) << "curl --silent --location --max-time 30 --output \"" << page
                            << ".part\" \"$1\" && mv \"" << page << ".part\" \"" << page << "\"\n";
        return path;
    }

    const mail::fakes::ScratchFolder scratch;
    std::string browser = "sh " + page_script() + " %s";
    std::unique_ptr<Provider> provider;
    std::unique_ptr<Dovecot> dovecot;
};

TEST_F(Authorize, once_in_the_browser_and_the_mailbox_opens_from_then_on) {
    start();
    const auto before = mailpoint({"list"});
    EXPECT_EQ(before.exit_code, 3) << before.error;
    const auto signed_in = mailpoint({"authorize", "--verbose"});
    ASSERT_EQ(signed_in.exit_code, 0) << signed_in.out << signed_in.error << dovecot->log();
    EXPECT_EQ(signed_in.out, "Zalogowano użytkownika ala\n");
    const std::string page = this->page();
    EXPECT_NE(page.find("Gratulacje! Zostałeś zalogowany"), std::string::npos) << page;
    EXPECT_NE(page.find("lang=\"pl\""), std::string::npos);
    const auto listed = mailpoint({"list", "--json"});
    EXPECT_EQ(listed.exit_code, 0) << listed.error << dovecot->log();
    const auto status = mailpoint({"authorize", "--status"});
    EXPECT_EQ(status.exit_code, 0);
    EXPECT_NE(status.out.find("Zalogowany: ala"), std::string::npos) << status.out;
    // No secret stands anywhere that a person or a report may see.
    for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch / "workspace"))
        EXPECT_TRUE(!entry.is_regular_file() ||
                    content(entry.path()).find("-of-ala-") == std::string::npos)
            << entry.path();
    EXPECT_EQ((signed_in.out + signed_in.error + status.out + listed.error).find("-of-ala-"),
              std::string::npos)
        << signed_in.error;
}

TEST_F(Authorize, a_token_that_the_mailbox_refuses_is_renewed_once) {
    start();
    ASSERT_EQ(mailpoint({"authorize"}).exit_code, 0);
    provider->end_tokens();
    const auto listed = mailpoint({"list"});
    EXPECT_EQ(listed.exit_code, 0) << listed.error << dovecot->log();
    EXPECT_EQ(provider->count("refresh"), 1U);
    provider->refuse_tokens();
    const auto refused = mailpoint({"list"});
    EXPECT_EQ(refused.exit_code, 3) << refused.error;
    EXPECT_EQ(provider->count("refresh"), 2U) << "once, not again and again";
}

TEST_F(Authorize, what_the_mailbox_does_not_take_is_not_kept) {
    start();
    provider->refuse_tokens();
    const auto outcome = mailpoint({"authorize"});
    EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.error;
    EXPECT_EQ(mailpoint({"authorize", "--status"}).out, "Nikt nie jest zalogowany.\n");
}

TEST_F(Authorize, whoever_refuses_consent_reads_so_in_the_browser_and_here) {
    start(false);
    const auto outcome = mailpoint({"authorize"});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_NE(outcome.error.find("Odmówiono zgody"), std::string::npos) << outcome.error;
    const std::string page = this->page();
    EXPECT_NE(page.find("Logowanie nie powiodło się"), std::string::npos) << page;
    EXPECT_NE(page.find("Odmówiono zgody"), std::string::npos) << page;
    EXPECT_EQ(provider->count("redeem"), 0U);
}

TEST_F(Authorize, the_address_of_another_computers_browser_is_handed_over) {
    start();
    // It can't reach the port that waits; the person copies where it ended.
    const std::string script = scratch / "browser.sh";
    std::ofstream(script) << "#!/bin/sh\ncurl --silent --output /dev/null --write-out "
                             "'%{redirect_url}\\n' \"$1\" | \"" MAILPOINT_PROGRAM
                             "\" authorize --answer --lang pl --point \""
                          << scratch / "point.json"
                          << "\" --workspace \"" << scratch / "other"
                          << "\" 2> \"" << scratch / "handed"
                          << "\"\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    browser = script;
    const auto signed_in = mailpoint({"authorize"});
    EXPECT_EQ(signed_in.exit_code, 0) << signed_in.error << content(scratch / "handed");
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
    const auto late = program::run({"authorize", "--answer", "--lang", "pl", "--point",
                                    scratch / "point.json", "--workspace", scratch / "other"},
                                   {}, "http://127.0.0.1:9/callback?code=c1&state=x\n");
    EXPECT_EQ(late.exit_code, 3);
    EXPECT_NE(late.error.find("Odpowiedź nie pochodziła z tego logowania"), std::string::npos)
        << late.error;
}

TEST_F(Authorize, an_address_is_pasted_where_it_is_waited_for) {
    start();
    // Another computer's browser: it can't reach the port that waits.
    const std::string script = scratch / "browser.sh", address = scratch / "address";
    std::ofstream(script) << "#!/bin/sh\ncurl --silent --output /dev/null --write-out "
                             "'%{redirect_url}\\n' \"$1\" > \""
                          << address << ".part\"\nmv \"" << address << ".part\" \"" << address
                          << "\"\n";
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    browser = script;
    int typed = 0;
    const auto person = [&](const std::string& shown) -> std::string {
        const auto sees = [&](const char* words) { return shown.find(words) != std::string::npos; };
        if (typed == 0 && sees("naciśnij Enter")) {
            ++typed;
            return "AADSTS50011: it is not registered\n";
        }
        if (typed == 1 && sees("Adres powrotny nie jest zarejestrowany")) {
            ++typed;
            return "http://127.0.0.1:9/callback?code=c1&state=x\n";
        }
        if (typed == 2 && sees("odrzucono ją") && std::filesystem::exists(address)) {
            ++typed;
            return content(address);
        }
        return {};
    };
    const auto outcome = program::run_on_terminal(words({"authorize"}), person, environment());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out;
    EXPECT_EQ(typed, 3);
    EXPECT_NE(outcome.out.find("Zalogowano użytkownika ala"), std::string::npos) << outcome.out;
    EXPECT_EQ(outcome.out.find("?code="), std::string::npos) << "what is typed isn't shown";
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
}

TEST_F(Authorize, a_failure_names_the_login_that_was_to_sign_in) {
    start(false);
    EXPECT_NE(
        mailpoint({"authorize"}).error.find("Nie udało się zalogować do konta użytkownika ala"),
        std::string::npos);
}

TEST_F(Authorize, the_administrators_page_is_printed) {
    start();
    const auto page = mailpoint({"authorize", "--admin-page"});
    EXPECT_EQ(page.exit_code, 0) << page.error;
    EXPECT_NE(page.out.find("http://127.0.0.1/callback z dowolnym portem"), std::string::npos)
        << page.out;
    EXPECT_NE(page.out.find(provider->url() + "/.well-known/openid-configuration"),
              std::string::npos);
}

TEST_F(Authorize, a_point_that_names_no_application_uses_the_offices) {
    start();
    Json point = Json::parse(content(scratch / "point.json"));
    point["connection"]["oauth"].erase("client_id");
    std::ofstream(scratch / "point.json") << point;
    const auto without = mailpoint({"authorize"});
    EXPECT_EQ(without.exit_code, 3) << without.error;
    EXPECT_EQ(provider->count("redeem"), 0U);
    std::ofstream(scratch / "workspace/workspace.json")
        << Json{{"oauth_clients",
                 {{{"provider", "oidc"}, {"issuer", provider->url()}, {"client_id", "biuro"}}}}};
    const auto signed_in = mailpoint({"authorize"});
    EXPECT_EQ(signed_in.exit_code, 0) << signed_in.error;
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
    EXPECT_NE(mailpoint({"authorize", "--admin-page"}).out.find("biuro"), std::string::npos);
    // Told where it is needed, and never written over.
    std::ofstream(scratch / "workspace/workspace.json") << R"({"oauth_clients":[{"provider":1}]})";
    const auto damaged = mailpoint({"list"});
    EXPECT_EQ(damaged.exit_code, 1) << damaged.error;
    EXPECT_NE(damaged.error.find("workspace.json"), std::string::npos) << damaged.error;
}

TEST_F(Authorize, signing_out_takes_the_right_back) {
    start();
    ASSERT_EQ(mailpoint({"authorize"}).exit_code, 0);
    EXPECT_EQ(mailpoint({"authorize", "--sign-out"}).exit_code, 0);
    EXPECT_EQ(provider->count("revoke"), 1U);
    EXPECT_EQ(mailpoint({"list"}).exit_code, 3);
    EXPECT_EQ(provider->count("refresh"), 0U);
}

}  // namespace
}  // namespace servers
