// Signing in end to end: the program, a certified OpenID provider, Debian's Chromium with a person
// at it, and Dovecot, which asks the provider about each token. What goes wrong is made to by
// openid/bench.mjs.

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/base/base64.h"
#include "mail/net/http.h"
#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/oauth_point.h"

namespace servers {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using std::chrono::seconds;

constexpr const char* login = "ala@firma.test";

/// As it stands, in base64 at each of the three offsets, percent-encoded, in UTF-16.
std::vector<std::string> forms_of(const std::string& secret) {
    std::vector<std::string> forms{secret, mail::net::percent_encoded(secret)};
    for (const char* before : {"", "u", "uu"}) {
        // The first and last letters depend on what stands beside it.
        const std::string encoded = mail::to_base64(before + secret);
        forms.push_back(encoded.substr(4, encoded.size() - 8));
    }
    std::string wide;
    for (const char c : secret)
        (wide += c) += '\0';
    forms.push_back(wide);
    return forms;
}

/// The provider and the browser, for all tests.
class Bench {
public:
    /// The error is the reason for people.
    static tl::expected<std::unique_ptr<Bench>, std::string> start() {
        const fs::path modules = MAILPOINT_OPENID_MODULES;
        if (!fs::is_directory(modules / "node_modules" / "oidc-provider"))
            return tl::unexpected(
                "The OpenID provider is not installed (./test does that with npm): " +
                text_of(modules / "npm.log"));
        std::unique_ptr<Bench> bench(new Bench);
        const fs::path log = bench->folder_.path() / "bench.log";
        bench->process_ = std::make_unique<Process>(
            std::vector<std::string>{"node", MAILPOINT_SOURCE_DIR "/tests/servers/openid/bench.mjs",
                                     modules.string(), bench->folder_.path().string()},
            log);
        const auto until = std::chrono::steady_clock::now() + seconds(90);
        while (bench->process_->still_runs() && std::chrono::steady_clock::now() < until)
            if (fs::exists(bench->folder_.path() / "port")) {
                bench->url_ = "http://127.0.0.1:" + text_of(bench->folder_.path() / "port");
                return bench;
            }
        return tl::unexpected("The bench does not come up: " + text_of(log) +
                              text_of(bench->folder_.path() / "chromium.log"));
    }
    [[nodiscard]] const std::string& url() const { return url_; }
    [[nodiscard]] Json ask(const std::string& path,
                           const std::optional<std::string>& body = std::nullopt) const {
        mail::net::HttpRequest request;
        request.url = url_ + "/bench/" + path;
        request.most_octets = 16 << 20;
        if (body)
            request.form = mail::Secret(*body);
        const auto answer = mail::net::exchange(request, mail::Wait::for_at_most(seconds(60)));
        return answer ? Json::parse(answer->body.reveal(), nullptr, false) : Json();
    }

private:
    Bench() = default;
    TemporaryFolder folder_;
    std::unique_ptr<Process> process_;
    std::string url_;
};

class OpenId : public testing::Test {
public:
    static void SetUpTestSuite() {
        auto started = Bench::start();
        if (!started) {
            why_not = started.error();
            return;
        }
        bench = std::move(*started);
        auto server = Dovecot::start({.introspection_url = bench->url() + "/bench/introspect"});
        if (!server) {
            why_not = server.error();
            return;
        }
        dovecot = std::move(*server);
        dovecot->append(login, "INBOX", "Subject: x\n\ntext\n",
                        std::chrono::sys_days{std::chrono::year{2026} / 11 / 3});
    }
    static void TearDownTestSuite() {
        dovecot.reset();
        bench.reset();
    }

    void SetUp() override {
        ASSERT_NE(dovecot, nullptr) << why_not;
        before_ = seen();
        set({{"password", "tajne"},
             {"answer", "accept"},
             {"redirect", ""},
             {"token", ""},
             {"introspect", ""},
             {"life", 3600}});
        write_point(Json::object());
        std::ofstream(browser()) << "#!/bin/sh\nexec curl --silent --max-time 90 --data-binary "
                                    "\"$1\" "
                                 << bench->url() << "/bench/browse\n";
        fs::permissions(browser(), fs::perms::owner_all);
    }
    /// Nothing that somebody could sign in with stands where people or reports see it.
    void TearDown() override {
        if (dovecot == nullptr)
            return;
        const Json now = seen();
        EXPECT_EQ(now["errors"], Json::array()) << "of the bench itself";
        std::vector<std::string> secrets = now["secrets"];
        std::erase_if(secrets, [](const std::string& secret) { return secret.size() < 12; });
        std::string written = said_;
        for (const auto& entry : fs::recursive_directory_iterator(scratch.path()))
            if (entry.is_regular_file())
                written += text_of(entry.path());
        for (const std::string& secret : secrets)
            for (const std::string& form : forms_of(secret))
                EXPECT_EQ(written.find(form), std::string::npos) << form << " of " << secret;
    }

    void write_point(const Json& more, const std::string& client = "biuro") const {
        Json oauth{{"provider", "oidc"},
                   {"issuer", bench->url()},
                   {"client_id", client},
                   {"scopes", "openid email offline_access mail"}};
        oauth.update(more);
        write_oauth_point(scratch / "point.json", *dovecot, login, oauth);
    }
    [[nodiscard]] std::string browser() const { return scratch / "browser"; }
    [[nodiscard]] std::vector<std::string> words(std::vector<std::string> arguments) const {
        for (const std::string& word :
             {std::string("--point"), scratch / "point.json", std::string("--workspace"),
              scratch / "workspace", std::string("--lang"), language})
            arguments.push_back(word);
        return arguments;
    }
    [[nodiscard]] program::Environment environment() const {
        program::Environment all{{"MAILPOINT_MASTER_PASSWORD", "a master password"},
                                 {"BROWSER", browser()}};
        if (!client_secret.empty())
            all["MAILPOINT_CLIENT_SECRET"] = client_secret;
        return all;
    }
    program::Outcome mailpoint(const std::vector<std::string>& arguments) {
        auto outcome = program::run(words(arguments), environment());
        said_ += outcome.out + outcome.error;
        return outcome;
    }
    void sign_in() {
        const auto outcome = mailpoint({"authorize", "--verbose"});
        ASSERT_EQ(outcome.exit_code, 0) << outcome.error << seen()["errors"].dump();
        EXPECT_EQ(outcome.out, "Zalogowano użytkownika ala@firma.test\n");
    }
    void set(const Json& settings) const { (void)bench->ask("set", settings.dump()); }
    [[nodiscard]] static Json seen() { return bench->ask("seen"); }
    /// What the browser saw last, once it is there.
    [[nodiscard]] Json visit() const {
        const auto until = std::chrono::steady_clock::now() + seconds(70);
        for (;;) {
            const Json now = seen();
            if (now["visits"].size() > before_["visits"].size())
                return now["visits"].back();
            if (std::chrono::steady_clock::now() > until)
                return Json::object();
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
    }
    /// Of this test.
    [[nodiscard]] std::size_t refreshes() const {
        const Json now = seen();
        std::size_t count = 0;
        for (std::size_t at = before_["tokens"].size(); at < now["tokens"].size(); ++at)
            count += now["tokens"][at]["grant"] == "refresh_token" ? 1U : 0U;
        return count;
    }
    /// The browser ends somewhere else, and the program waits until somebody stops it.
    void expect_waiting_until_stopped(const std::string& seen_there) const {
        program::Started started(words({"authorize"}), environment());
        EXPECT_NE(visit().value("text", "").find(seen_there), std::string::npos) << visit();
        const auto began = std::chrono::steady_clock::now();
        started.signal(SIGINT);
        EXPECT_EQ(started.wait(), 1);
        EXPECT_LT(std::chrono::steady_clock::now() - began, seconds(3));
    }
    void expect_refused(const std::string& words_of_it, const std::string& on_the_page) {
        before_ = seen();  // not the page of a sign-in before
        const auto outcome = mailpoint({"authorize"});
        EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.error;
        EXPECT_NE(outcome.error.find(words_of_it), std::string::npos) << outcome.error;
        EXPECT_NE(visit().value("text", "").find(on_the_page), std::string::npos) << visit();
        EXPECT_EQ(mailpoint({"list"}).exit_code, 3) << "nothing was kept";
    }

    static std::unique_ptr<Bench> bench;
    static std::unique_ptr<Dovecot> dovecot;
    static std::string why_not;
    const mail::fakes::ScratchFolder scratch;
    std::string language = "pl", client_secret;

private:
    Json before_;
    std::string said_;
};
std::unique_ptr<Bench> OpenId::bench;
std::unique_ptr<Dovecot> OpenId::dovecot;
std::string OpenId::why_not;

TEST_F(OpenId, a_person_signs_in_and_the_mailbox_opens_from_then_on) {
    sign_in();
    const Json page = visit();
    EXPECT_NE(page["text"].get<std::string>().find("Gratulacje! Zostałeś zalogowany\n"),
              std::string::npos)
        << page;
    EXPECT_NE(page["text"].get<std::string>().find("Zamknij kartę i wróć do aplikacji"),
              std::string::npos);
    EXPECT_EQ(page["lang"], "pl");
    EXPECT_EQ(page["at"].get<std::string>().find("code="), std::string::npos)
        << "the code has gone from the address bar";
    for (const Json& host : page["hosts"])
        EXPECT_TRUE(host.get<std::string>().starts_with("127.0.0.1:")) << host;
    ASSERT_FALSE(page["redirects"].empty());
    const Json headers = page["redirects"][0]["headers"];
    EXPECT_EQ(headers.value("Cache-Control", ""), "no-store") << headers;
    EXPECT_EQ(headers.value("Referrer-Policy", ""), "no-referrer");
    EXPECT_NE(headers.value("Content-Security-Policy", "").find("default-src 'none'"),
              std::string::npos);
    const auto listed = mailpoint({"list", "--json", "--verbose"});
    EXPECT_EQ(listed.exit_code, 0) << listed.error << dovecot->log();
    EXPECT_EQ(Json::parse(listed.out)["messages"].size(), 1U);
    EXPECT_EQ(mailpoint({"diagnose"}).exit_code, 0);
    EXPECT_EQ(mailpoint({"authorize", "--status"}).exit_code, 0);
}

TEST_F(OpenId, in_english_too) {
    language = "en";
    const auto outcome = mailpoint({"authorize"});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.error;
    EXPECT_EQ(outcome.out, "Signed in as ala@firma.test\n");
    EXPECT_NE(visit()["text"].get<std::string>().find("Congratulations! You are signed in"),
              std::string::npos);
    EXPECT_EQ(visit()["lang"], "en");
}

TEST_F(OpenId, with_the_offices_secret) {
    write_point(Json::object(), "biuro-z-kluczem");
    client_secret = "klucz-biura/1+2";
    sign_in();
    (void)bench->ask("expire");
    client_secret.clear();
    const auto listed = mailpoint({"list"});
    EXPECT_EQ(listed.exit_code, 0) << "it was kept with the sign-in: " << listed.error;
    EXPECT_EQ(refreshes(), 1U);
}

TEST_F(OpenId, with_a_code_on_another_device) {
    const auto outcome = mailpoint({"authorize", "--device"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.error << seen()["errors"].dump();
    EXPECT_NE(outcome.error.find("wpisz kod"), std::string::npos) << outcome.error;
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
}

TEST_F(OpenId, whoever_refuses_consent_reads_so_here_and_there) {
    set({{"answer", "deny"}});
    expect_refused("Odmówiono zgody", "Odmówiono zgody");
    EXPECT_EQ(visit()["title"], "Logowanie nie powiodło się");
}

TEST_F(OpenId, what_goes_wrong_is_said_in_english_too) {
    language = "en";
    set({{"answer", "deny"}});
    expect_refused("Consent was refused", "Consent was refused");
    set({{"answer", "accept"}, {"redirect", "wrong_iss"}});
    expect_refused("Another provider than the point's", "The sign-in failed");
    set({{"redirect", ""}, {"token", "invalid_grant"}});
    expect_refused("The password was changed", "The password was changed");
    set({{"token", "throttled"}});
    const auto busy = mailpoint({"authorize"});
    EXPECT_EQ(busy.exit_code, 4) << busy.error;
    EXPECT_NE(busy.error.find("too many requests"), std::string::npos) << busy.error;
    EXPECT_NE(busy.error.find("press Authorize again"), std::string::npos) << busy.error;
}

TEST_F(OpenId, a_provider_that_is_throttled_is_left_alone_as_long_as_it_says) {
    sign_in();
    (void)bench->ask("expire");
    set({{"token", "throttled"}});
    const auto once = mailpoint({"list"});
    EXPECT_EQ(once.exit_code, 4) << once.error;
    EXPECT_NE(once.error.find("zbyt wiele żądań"), std::string::npos) << once.error;
    const auto asked = seen()["throttled"];
    EXPECT_EQ(mailpoint({"list"}).exit_code, 4);
    EXPECT_EQ(seen()["throttled"], asked) << "another program asks no sooner";
}

TEST_F(OpenId, a_wrong_password_stays_with_the_provider) {
    set({{"password", "złe"}});
    expect_waiting_until_stopped("Wrong password");
}

TEST_F(OpenId, another_state_is_refused_and_the_sign_in_goes_on) {
    set({{"redirect", "wrong_state"}});
    expect_waiting_until_stopped("Odpowiedź nie pochodziła z tego logowania");
    EXPECT_EQ(visit()["redirects"][0]["status"], 400);
    EXPECT_EQ(visit()["lang"], "pl");
}

TEST_F(OpenId, another_issuer_or_none_is_refused) {
    for (const char* mode : {"no_iss", "wrong_iss"}) {
        set({{"redirect", mode}});
        expect_refused("Odpowiedział inny dostawca", "Logowanie nie powiodło się");
    }
}

TEST_F(OpenId, two_codes_are_none) {
    set({{"redirect", "two_codes"}});
    expect_refused("nieprawidłowa odpowiedź", "Logowanie nie powiodło się");
}

TEST_F(OpenId, who_comes_first_on_either_family_ends_nothing_and_has_no_room_there) {
    write_point({{"redirect", "http://localhost/"}});
    set({{"redirect", "forged_first"}});
    sign_in();
    const Json now = seen();
    EXPECT_EQ(now["forged"][0], 400);
    EXPECT_EQ(now["squatted"][0], "EADDRINUSE");
    // Where there is no IPv6 nobody can listen there.
    const bool has_v6 =
        now["squatted"][1] != "EADDRNOTAVAIL" && now["squatted"][1] != "EAFNOSUPPORT";
    if (has_v6) {
        EXPECT_EQ(now["forged"][1], 400);
        EXPECT_EQ(now["squatted"][1], "EADDRINUSE");
    }
}

TEST_F(OpenId, a_forged_code_with_the_right_state_fails_by_pkce) {
    set({{"redirect", "forged_code"}});
    expect_refused("Odpowiedź nie pochodziła z tego logowania", "Logowanie nie powiodło się");
    set({{"redirect", ""}});
    sign_in();
}

TEST_F(OpenId, a_token_endpoint_that_is_down_or_a_hotels_page_is_told_from_a_refusal) {
    for (const char* mode : {"down", "html"}) {
        set({{"token", mode}});
        const auto outcome = mailpoint({"authorize"});
        EXPECT_EQ(outcome.exit_code, 4) << mode << outcome.error;
        EXPECT_EQ(outcome.error.find("Zaloguj się ponownie"), std::string::npos) << outcome.error;
    }
    set({{"token", ""}});
    sign_in();
    (void)bench->ask("expire");
    // What is there survives it.
    for (const char* mode : {"down", "html"}) {
        set({{"token", mode}});
        EXPECT_EQ(mailpoint({"list"}).exit_code, 4) << mode;
    }
    set({{"token", ""}});
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
}

TEST_F(OpenId, a_slow_one_is_waited_for) {
    set({{"token", "slow"}});
    sign_in();
    EXPECT_NE(visit()["text"].get<std::string>().find("Gratulacje!"), std::string::npos)
        << "the page says what is true, also when that takes a while";
}

TEST_F(OpenId, less_than_was_asked_for_is_said_before_the_mailbox_is_tried) {
    set({{"token", "small_scope"}});
    expect_refused("mail", "Logowanie nie powiodło się");
}

TEST_F(OpenId, no_refresh_token_is_said) {
    set({{"token", "no_refresh_token"}});
    const auto outcome = mailpoint({"authorize"});
    EXPECT_EQ(outcome.exit_code, 3) << outcome.error;
}

TEST_F(OpenId, an_expired_token_is_renewed_once_by_two_at_a_time) {
    set({{"life", 8}});
    sign_in();
    std::this_thread::sleep_for(seconds(5));  // the program takes a new one at half of its life
    set({{"life", 3600}});
    {
        program::Started one(words({"list"}), environment()), two(words({"list"}), environment());
        EXPECT_EQ(one.wait(), 0);
        EXPECT_EQ(two.wait(), 0);
    }
    EXPECT_EQ(refreshes(), 1U);
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
    EXPECT_EQ(refreshes(), 1U);
}

TEST_F(OpenId, a_stolen_refresh_token_ends_the_sign_in_and_that_is_said) {
    sign_in();
    (void)bench->ask("expire");
    ASSERT_EQ(mailpoint({"list"}).exit_code, 0);  // rotates
    EXPECT_EQ(bench->ask("replay")["error"], "invalid_grant");
    const auto listed = mailpoint({"list"});
    EXPECT_EQ(listed.exit_code, 3) << listed.error;
    EXPECT_NE(listed.error.find("Autoryzacja wygasła albo została cofnięta"), std::string::npos)
        << listed.error;
    EXPECT_EQ(mailpoint({"authorize", "--status"}).exit_code, 3);
    const auto diagnosed = mailpoint({"diagnose"});
    EXPECT_EQ(diagnosed.exit_code, 3) << diagnosed.out;
    sign_in();
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
}

TEST_F(OpenId, what_was_revoked_is_told_and_a_changed_password_too) {
    sign_in();
    (void)bench->ask("revoke");
    const auto listed = mailpoint({"list"});
    EXPECT_EQ(listed.exit_code, 3) << listed.error;
    EXPECT_NE(listed.error.find("Autoryzacja wygasła albo została cofnięta"), std::string::npos)
        << listed.error;
    sign_in();
    (void)bench->ask("expire");
    set({{"token", "invalid_grant"}});
    const auto changed = mailpoint({"list"});
    EXPECT_EQ(changed.exit_code, 3);
    EXPECT_NE(changed.error.find("hasło"), std::string::npos) << changed.error;
}

TEST_F(OpenId, a_token_that_the_mailbox_refuses_is_no_sign_in) {
    set({{"introspect", "inactive"}});
    const auto outcome = mailpoint({"authorize"});
    EXPECT_EQ(outcome.exit_code, 3) << outcome.out << outcome.error;
    EXPECT_EQ(outcome.out, "") << "nobody is signed in before the mailbox has opened";
    set({{"introspect", ""}});
    EXPECT_EQ(mailpoint({"list"}).exit_code, 3) << "nothing was kept";
}

TEST_F(OpenId, the_mailbox_refuses_later_on_one_refresh_is_tried_also_by_diagnose) {
    sign_in();
    set({{"introspect", "inactive"}});
    EXPECT_EQ(mailpoint({"list"}).exit_code, 3);
    EXPECT_EQ(refreshes(), 1U);
    EXPECT_EQ(mailpoint({"diagnose"}).exit_code, 3);
    EXPECT_EQ(refreshes(), 2U);
    set({{"introspect", "down"}});
    const auto listed = mailpoint({"list"});
    EXPECT_NE(listed.exit_code, 3) << "that its checker is away is not the sign-in's fault";
    set({{"introspect", ""}});
    EXPECT_EQ(mailpoint({"list"}).exit_code, 0);
}

TEST_F(OpenId, signing_out_ends_it_at_the_provider) {
    sign_in();
    (void)bench->ask("expire");
    ASSERT_EQ(mailpoint({"list"}).exit_code, 0);
    EXPECT_EQ(mailpoint({"authorize", "--sign-out"}).exit_code, 0);
    EXPECT_EQ(mailpoint({"list"}).exit_code, 3);
    EXPECT_EQ(bench->ask("last")["error"], "invalid_grant") << "whoever has kept it";
}

}  // namespace
}  // namespace servers
