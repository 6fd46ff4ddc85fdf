// The ladder against the demo server and against scripts: which step fails, why, and that nothing
// is done to the mailbox.

#include "mail/diagnose/ladder.h"

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/net/listener.h"
#include "tests/fakes/lossy_disk.h"
#include "tests/hostile/conversation.h"
#include "tests/mail/diagnose/verdicts.h"

namespace mail::diagnose {
namespace {

using namespace std::chrono_literals;
using hostile::operator+;
using hostile::expect;
using hostile::say;
using hostile::Script;

class Ladder : public testing::Test {
protected:
    Ladder() { disk_.put_folder("/faktury"); }

    void serve(const Script& script) {
        server_ = std::move(*demo::Server::start_script(script));
        plan_.endpoint = server_->endpoint();
    }
    void serve_demo(const demo::Options& options = {}) {
        // They take a while to make.
        static const std::vector<demo::Mail> mails = demo::sample_mails();
        server_ = std::move(*demo::Server::start(mails, options));
        plan_.endpoint = server_->endpoint();
    }
    Diagnosis climb(const Wait& wait = Wait::for_at_most(60s)) {
        transcript_.clear();
        return diagnose::climb(
            plan_, disk_,
            [this](const imap::TranscriptLine& line) { transcript_ += line.text + "\n"; },
            [this](const Diagnosis& now) {
                if (watcher_)
                    watcher_(now);
            },
            wait);
    }
    [[nodiscard]] bool was_said(std::string_view words) const {
        const auto commands = server_->commands();
        return std::ranges::any_of(commands, [&](const std::string& command) {
            return command.find(words) != std::string::npos;
        });
    }
    /// "auth: login_refused, likely"
    static std::string verdict(const Diagnosis& diagnosis) {
        const Step* failed = diagnosis.first_failure();
        if (failed == nullptr)
            return diagnosis.is_healthy() ? "healthy" : "cancelled";
        return std::string(name_of(failed->layer)) + ": " +
               std::string(name_of(failed->error->cause)) + ", " +
               std::string(name_of(certainty_of(*failed->error)));
    }

    fakes::LossyDisk disk_;
    std::unique_ptr<demo::Server> server_;
    Plan plan_{{},
               imap::Credentials{imap::Credentials::Kind::password, "demo", Secret("demo")},
               "INBOX",
               "/faktury"};
    Watcher watcher_;
    std::string transcript_;
};

TEST_F(Ladder, a_healthy_point_has_evidence_at_every_step) {
    serve_demo();
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "healthy");
    EXPECT_EQ(verdicts(diagnosis),
              "dns:ok proxy:not_used tcp:ok tls:not_used greeting:ok capabilities:ok "
              "starttls:not_used oauth:not_used auth:ok folders:ok select:ok list:ok fetch:ok "
              "target:ok");
    EXPECT_EQ(fact(diagnosis, Layer::dns, "addresses"), "127.0.0.1");
    EXPECT_EQ(fact(diagnosis, Layer::tcp, "address"), "127.0.0.1");
    EXPECT_FALSE(fact(diagnosis, Layer::greeting, "server_said").empty());
    EXPECT_NE(fact(diagnosis, Layer::capabilities, "capabilities").find("IMAP4REV1"),
              std::string::npos);
    EXPECT_FALSE(fact(diagnosis, Layer::auth, "mechanism").empty());
    EXPECT_EQ(fact(diagnosis, Layer::folders, "count"), "4");
    EXPECT_EQ(fact(diagnosis, Layer::select, "messages"), "24");
    EXPECT_EQ(fact(diagnosis, Layer::select, "uid_validity"), "20261101");
    EXPECT_EQ(fact(diagnosis, Layer::list, "sampled"), "10");
    EXPECT_NE(fact(diagnosis, Layer::fetch, "octets"), "0");
    for (const Step& step : diagnosis.steps)
        EXPECT_EQ(step.time > 0us, step.verdict == Verdict::ok) << name_of(step.layer);
    EXPECT_EQ(server_->counts().logins, 1U);
    EXPECT_TRUE(disk_.files().empty());
}

TEST_F(Ladder, nothing_on_the_server_is_changed) {
    serve_demo();
    climb();
    for (const char* word :
         {"SELECT", "STORE", "EXPUNGE", "APPEND", "COPY", "MOVE", "CREATE", "BODY[", "RFC822 "})
        EXPECT_FALSE(was_said(word)) << word;
    EXPECT_TRUE(was_said("EXAMINE"));
    EXPECT_TRUE(was_said("BODY.PEEK["));
    EXPECT_TRUE(was_said("LOGOUT"));
    EXPECT_LT(server_->counts().octets_sent, 200'000U) << "a small part is enough";
}

TEST_F(Ladder, steps_are_seen_as_they_end) {
    serve_demo();
    std::vector<std::string> seen;
    watcher_ = [&](const Diagnosis& now) {
        for (const Step& step : now.steps)
            if (step.verdict == Verdict::running)
                if (seen.empty() || seen.back() != name_of(step.layer))
                    seen.emplace_back(name_of(step.layer));
    };
    climb();
    const std::vector<std::string> expected{"dns",   "tcp",     "greeting", "capabilities",
                                            "auth",  "folders", "select",   "list",
                                            "fetch", "target"};
    std::erase(seen, "oauth");
    EXPECT_EQ(seen, expected);
}

TEST_F(Ladder, a_name_that_is_none_fails_at_dns) {
    plan_.endpoint.host = "imap..example";
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "dns: bad_host_name, certain");
    EXPECT_EQ(diagnosis.step(Layer::tcp)->verdict, Verdict::skipped);
    EXPECT_EQ(diagnosis.step(Layer::oauth)->verdict, Verdict::not_used);
    EXPECT_EQ(diagnosis.step(Layer::target)->verdict, Verdict::ok) << "it needs no server";
}

TEST_F(Ladder, a_port_that_nobody_listens_on_fails_at_tcp) {
    plan_.endpoint.host = "127.0.0.1";
    plan_.endpoint.port = net::Listener::open().value()->port();
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "tcp: connection_refused, certain");
    EXPECT_EQ(diagnosis.step(Layer::dns)->verdict, Verdict::ok);
    EXPECT_EQ(fact(diagnosis, Layer::tcp, "port"), std::to_string(plan_.endpoint.port));
}

TEST_F(Ladder, tls_on_a_port_that_speaks_clear_fails_at_tls) {
    serve_demo();
    plan_.endpoint.encryption = net::Encryption::tls;
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "tls: tls_not_spoken, certain");
    EXPECT_EQ(diagnosis.step(Layer::tcp)->verdict, Verdict::ok) << "the port is open";
    EXPECT_EQ(fact(diagnosis, Layer::tcp, "address"), "127.0.0.1");
    EXPECT_EQ(server_->counts().logins, 0U);
}

TEST_F(Ladder, automatic_goes_on_to_starttls_and_never_to_clear_text) {
    serve({say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello"), expect("CAPABILITY"),
           say("* CAPABILITY IMAP4rev1 AUTH=PLAIN"), say("$TAG OK")});
    plan_.endpoint.encryption = net::Encryption::automatic;
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "starttls: starttls_missing, certain");
    EXPECT_EQ(order(diagnosis).substr(0, 48), "dns proxy tcp greeting capabilities starttls tls");
    EXPECT_EQ(diagnosis.step(Layer::greeting)->verdict, Verdict::ok);
    EXPECT_EQ(diagnosis.step(Layer::tls)->verdict, Verdict::skipped);
    EXPECT_FALSE(was_said("AUTHENTICATE"));
    EXPECT_FALSE(was_said("LOGIN"));
}

TEST_F(Ladder, another_protocol_fails_at_the_greeting_and_is_quoted) {
    serve({say("220 mx.firma.example ESMTP Postfix")});
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "greeting: not_imap, certain");
    EXPECT_EQ(fact(diagnosis, Layer::greeting, "protocol"), "smtp");
    EXPECT_EQ(fact(diagnosis, Layer::greeting, "server_said"),
              "220 mx.firma.example ESMTP Postfix");
}

TEST_F(Ladder, a_wrong_password_is_tried_once_and_never_shown) {
    serve_demo();
    plan_.credentials =
        imap::Credentials{imap::Credentials::Kind::password, "demo", Secret("Tajne-7f3a")};
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "auth: login_refused, likely");
    EXPECT_EQ(server_->counts().logins + server_->counts().connections, 1U);
    EXPECT_EQ(transcript_.find("Tajne-7f3a"), std::string::npos);
    EXPECT_EQ(diagnosis.step(Layer::folders)->verdict, Verdict::skipped);
}

TEST_F(Ladder, a_server_that_says_the_password_back_is_not_quoted_with_it) {
    serve({say("* OK [CAPABILITY IMAP4rev1] Tajne-7f3a"), expect("LOGIN"),
           say("$TAG NO [AUTHENTICATIONFAILED] Tajne-7f3a is wrong")});
    plan_.credentials =
        imap::Credentials{imap::Credentials::Kind::password, "demo", Secret("Tajne-7f3a")};
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "auth: login_refused, likely");
    for (const Step& step : diagnosis.steps)
        for (const auto& [key, value] : step.evidence)
            EXPECT_EQ(value.find("Tajne-7f3a"), std::string::npos) << key;
}

TEST_F(Ladder, without_a_password_all_before_the_login_is_seen) {
    serve_demo();
    plan_.credentials = fail(Cause::password_needed, Layer::auth, Reach::point);
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "auth: password_needed, certain");
    EXPECT_EQ(diagnosis.step(Layer::capabilities)->verdict, Verdict::ok);
    EXPECT_FALSE(was_said("LOGIN"));
    EXPECT_FALSE(was_said("AUTHENTICATE"));
    plan_.credentials = fail(Cause::signin_needed, Layer::oauth, Reach::point);
    EXPECT_EQ(verdict(climb()), "oauth: signin_needed, certain");
}

TEST_F(Ladder, a_token_never_goes_in_clear) {
    serve_demo();
    plan_.credentials =
        imap::Credentials{imap::Credentials::Kind::oauth_token, "demo", Secret("TOK-9c1b")};
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "auth: token_in_clear, certain");
    EXPECT_EQ(diagnosis.step(Layer::oauth)->verdict, Verdict::ok);
    EXPECT_FALSE(was_said("TOK-9c1b"));
}

TEST_F(Ladder, a_missing_folder_fails_at_select_and_the_nearest_is_named) {
    serve_demo();
    plan_.folder = "2025";
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "select: folder_missing, certain");
    EXPECT_EQ(fact(diagnosis, Layer::select, "nearest"), "Archiwum/2025");
}

TEST_F(Ladder, an_empty_folder_is_healthy_and_has_nothing_to_fetch) {
    serve_demo();
    plan_.folder = "Faktury";
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "healthy");
    EXPECT_EQ(diagnosis.step(Layer::list)->verdict, Verdict::ok);
    EXPECT_EQ(diagnosis.step(Layer::fetch)->verdict, Verdict::not_used);
}

TEST_F(Ladder, a_target_that_cannot_be_written_to_fails_though_the_mailbox_is_well) {
    serve_demo();
    disk_.set_room(0);
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "target: disk_full, certain");
    EXPECT_EQ(diagnosis.step(Layer::fetch)->verdict, Verdict::ok);
    disk_.heal();
    plan_.target_folder.clear();
    EXPECT_EQ(verdict(climb()), "target: no_target_folder, certain");
    plan_.target = Plan::Target::chosen_at_work;
    EXPECT_EQ(verdict(climb()), "healthy");
}

TEST_F(Ladder, little_room_is_a_note_and_no_fault) {
    serve_demo();
    disk_.set_room(50U << 20U);
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "healthy");
    EXPECT_EQ(diagnosis.step(Layer::target)->verdict, Verdict::warn);
}

TEST_F(Ladder, a_point_that_reaches_its_server_only_by_proxy_fails_there) {
    serve_demo();
    plan_.endpoint.proxy =
        "http://ala:Tajne-7f3a@127.0.0.1:" + std::to_string(net::Listener::open().value()->port());
    const Diagnosis diagnosis = climb();
    EXPECT_EQ(verdict(diagnosis), "proxy: proxy_unreachable, likely");
    for (const auto& [key, value] : diagnosis.step(Layer::proxy)->evidence)
        EXPECT_EQ(value.find("Tajne-7f3a"), std::string::npos) << key;
}

TEST_F(Ladder, a_connection_that_breaks_fails_where_it_was) {
    serve(hostile::greeted() + Script{expect("LIST"), hostile::hang_up()});
    EXPECT_EQ(verdict(climb()), "folders: connection_lost, possible");
}

TEST_F(Ladder, cancelled_it_comes_back_at_once_with_what_it_has) {
    serve({say("* OK [CAPABILITY IMAP4rev1] hello"), expect("LOGIN")});
    StopSource stop;
    watcher_ = [&](const Diagnosis& now) {
        if (now.step(Layer::auth)->verdict == Verdict::running)
            stop.request_stop();
    };
    const auto begin = Clock::now();
    const Diagnosis diagnosis = climb(Wait::for_at_most(60s, stop.get_token()));
    EXPECT_LT(Clock::now() - begin, 5s);
    EXPECT_EQ(verdict(diagnosis), "cancelled");
    EXPECT_EQ(diagnosis.state, Diagnosis::State::cancelled);
    EXPECT_EQ(diagnosis.step(Layer::greeting)->verdict, Verdict::ok);
    EXPECT_EQ(diagnosis.step(Layer::auth)->verdict, Verdict::skipped);
    EXPECT_EQ(diagnosis.step(Layer::target)->verdict, Verdict::skipped);
}

}  // namespace
}  // namespace mail::diagnose
