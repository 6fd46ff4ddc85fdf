// The ladder against a real server: over TLS, over STARTTLS, and where its certificate is refused.

#include <gtest/gtest.h>

#include "mail/diagnose/ladder.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/mail/diagnose/verdicts.h"
#include "tests/servers/dovecot.h"

namespace mail::diagnose {
namespace {

using namespace std::chrono_literals;

class DiagnoseDovecot : public testing::Test {
protected:
    static void SetUpTestSuite() {
        auto started = servers::Dovecot::start();
        if (!started) {
            reason = started.error();
            return;
        }
        dovecot = *std::move(started);
        dovecot->append("ala", "INBOX", "Subject: x\r\nFrom: a@x\r\n\r\nhej\r\n",
                        std::chrono::sys_days{std::chrono::year{2026} / 11 / 3});
    }
    static void TearDownTestSuite() { dovecot.reset(); }
    void SetUp() override { ASSERT_NE(dovecot, nullptr) << reason; }

    [[nodiscard]] Plan plan(net::Encryption encryption, std::uint16_t port) const {
        Plan plan{{},
                  imap::Credentials{imap::Credentials::Kind::password, "ala",
                                    Secret(servers::Dovecot::password)},
                  "INBOX",
                  target_.path()};
        plan.endpoint.host = "localhost";
        plan.endpoint.port = port;
        plan.endpoint.encryption = encryption;
        plan.endpoint.ca_file = dovecot->ca_file().string();
        return plan;
    }
    static Diagnosis climb(const Plan& plan) {
        return diagnose::climb(plan, real_disk(), {}, {}, Wait::for_at_most(60s));
    }

    static std::unique_ptr<servers::Dovecot> dovecot;
    static std::string reason;
    fakes::ScratchFolder target_;
};

std::unique_ptr<servers::Dovecot> DiagnoseDovecot::dovecot;
std::string DiagnoseDovecot::reason;

TEST_F(DiagnoseDovecot, over_tls_all_is_well_and_the_certificate_is_seen) {
    const Diagnosis diagnosis = climb(plan(net::Encryption::automatic, dovecot->tls_port()));
    EXPECT_EQ(verdicts(diagnosis),
              "dns:ok proxy:not_used tcp:ok tls:ok greeting:ok capabilities:ok starttls:not_used "
              "oauth:not_used auth:ok folders:ok select:ok list:ok fetch:ok target:ok");
    EXPECT_EQ(fact(diagnosis, Layer::tls, "protocol").substr(0, 5), "TLSv1");
    EXPECT_EQ(fact(diagnosis, Layer::tls, "sha256").size(), 64U);
    EXPECT_FALSE(fact(diagnosis, Layer::tls, "issuer").empty());
    EXPECT_GT(diagnosis.step(Layer::tls)->time, 0us);
    EXPECT_TRUE(std::filesystem::is_empty(target_.path()));
}

TEST_F(DiagnoseDovecot, over_starttls_tls_comes_behind_it_whether_asked_for_or_found_out) {
    for (const auto encryption : {net::Encryption::starttls, net::Encryption::automatic}) {
        const Diagnosis diagnosis = climb(plan(encryption, dovecot->clear_port()));
        EXPECT_EQ(verdicts(diagnosis),
                  "dns:ok proxy:not_used tcp:ok greeting:ok capabilities:ok starttls:ok tls:ok "
                  "oauth:not_used auth:ok folders:ok select:ok list:ok fetch:ok target:ok");
        EXPECT_EQ(fact(diagnosis, Layer::tls, "protocol").substr(0, 5), "TLSv1");
    }
}

TEST_F(DiagnoseDovecot, a_certificate_that_is_refused_fails_at_tls_and_is_named) {
    for (const bool behind_starttls : {false, true}) {
        Plan refused = behind_starttls ? plan(net::Encryption::starttls, dovecot->clear_port())
                                       : plan(net::Encryption::tls, dovecot->tls_port());
        refused.endpoint.ca_file.reset();
        const Diagnosis diagnosis = climb(refused);
        ASSERT_NE(diagnosis.first_failure(), nullptr);
        EXPECT_EQ(diagnosis.first_failure()->layer, Layer::tls);
        EXPECT_EQ(diagnosis.first_failure()->error->cause, Cause::certificate_untrusted);
        EXPECT_EQ(fact(diagnosis, Layer::tls, "sha256").size(), 64U);
        EXPECT_EQ(diagnosis.step(Layer::tcp)->verdict, Verdict::ok);
        EXPECT_EQ(diagnosis.step(Layer::auth)->verdict, Verdict::skipped);
    }
}

TEST_F(DiagnoseDovecot, a_port_that_wants_tls_first_is_silent_and_soon_given_up) {
    const auto begin = Clock::now();
    const Diagnosis diagnosis = climb(plan(net::Encryption::none, dovecot->tls_port()));
    ASSERT_NE(diagnosis.first_failure(), nullptr);
    EXPECT_EQ(diagnosis.first_failure()->layer, Layer::greeting);
    EXPECT_LT(Clock::now() - begin, 20s);
}

}  // namespace
}  // namespace mail::diagnose
