#include "mail/diagnose/record.h"

#include <gtest/gtest.h>

#include "tests/mail/diagnose/verdicts.h"

namespace mail::diagnose {
namespace {

using net::Encryption;

class RecordOf : public testing::Test {
protected:
    Record record(Encryption encryption) {
        return Record(
            encryption, [this](const Diagnosis& now) { seen_.push_back(now); }, real_time());
    }
    std::vector<Diagnosis> seen_;
};

TEST_F(RecordOf, the_first_step_runs_and_the_others_wait) {
    EXPECT_EQ(verdicts(record(Encryption::tls).diagnosis()),
              "dns:running proxy:waiting tcp:waiting tls:waiting greeting:waiting "
              "capabilities:waiting starttls:not_used oauth:waiting auth:waiting folders:waiting "
              "select:waiting list:waiting fetch:waiting target:waiting");
}

TEST_F(RecordOf, steps_stand_in_the_order_in_which_they_run) {
    EXPECT_EQ(order(record(Encryption::starttls).diagnosis()).substr(0, 44),
              "dns proxy tcp greeting capabilities starttls");
    Record automatic = record(Encryption::automatic);
    EXPECT_EQ(order(automatic.diagnosis()).substr(0, 26), "dns proxy tcp tls greeting");
    automatic.ok(Layer::dns, {});
    automatic.not_used(Layer::proxy);
    automatic.ok(Layer::tcp, {});
    automatic.ok(Layer::greeting, {});
    EXPECT_EQ(order(automatic.diagnosis()),
              "dns proxy tcp greeting capabilities starttls tls oauth auth folders select list "
              "fetch target");
    EXPECT_EQ(automatic.step(Layer::starttls).verdict, Verdict::waiting);
}

TEST_F(RecordOf, after_a_failure_only_the_target_is_looked_at) {
    Record failing = record(Encryption::none);
    failing.ok(Layer::dns, {});
    failing.not_used(Layer::proxy);
    failing.fail({Cause::connection_refused, Layer::tcp, Reach::connection, {{"port", "1"}}});
    EXPECT_EQ(verdicts(failing.diagnosis()),
              "dns:ok proxy:not_used tcp:fail tls:not_used greeting:skipped capabilities:skipped "
              "starttls:not_used oauth:skipped auth:skipped folders:skipped select:skipped "
              "list:skipped fetch:skipped target:running");
    EXPECT_EQ(failing.step(Layer::tcp).evidence, (Facts{{"port", "1"}}));
    failing.ok(Layer::target, {});
    failing.end();
    ASSERT_NE(failing.diagnosis().first_failure(), nullptr);
    EXPECT_EQ(failing.diagnosis().first_failure()->error->cause, Cause::connection_refused);
    EXPECT_FALSE(failing.diagnosis().is_healthy());
}

TEST_F(RecordOf, an_error_of_a_step_that_went_well_is_one_of_the_step_that_runs) {
    for (const Layer named : {Layer::tcp, Layer::point}) {
        Record failing = record(Encryption::none);
        failing.ok(Layer::dns, {});
        failing.not_used(Layer::proxy);
        failing.ok(Layer::tcp, {{"address", "::1"}});
        failing.fail({Cause::connection_lost, named, Reach::connection, {}});
        EXPECT_EQ(failing.step(Layer::tcp).verdict, Verdict::ok);
        EXPECT_EQ(failing.diagnosis().first_failure()->layer, Layer::greeting);
    }
}

TEST_F(RecordOf, what_was_cancelled_is_not_called_healthy_or_failed) {
    Record cancelled = record(Encryption::tls);
    cancelled.ok(Layer::dns, {});
    cancelled.cancel();
    EXPECT_EQ(cancelled.diagnosis().first_failure(), nullptr);
    EXPECT_FALSE(cancelled.diagnosis().is_healthy());
    EXPECT_EQ(cancelled.step(Layer::tcp).verdict, Verdict::skipped);
    EXPECT_EQ(cancelled.step(Layer::starttls).verdict, Verdict::not_used);
}

TEST_F(RecordOf, each_change_is_seen_by_itself) {
    Record record_of = record(Encryption::tls);
    record_of.ok(Layer::dns, {{"host", "x"}});
    record_of.ok(Layer::dns, {{"host", "x"}, {"addresses", "::1"}});
    ASSERT_EQ(seen_.size(), 3U);
    EXPECT_TRUE(seen_[0].step(Layer::dns)->evidence.empty());
    EXPECT_EQ(seen_[1].step(Layer::dns)->evidence.size(), 1U);
    EXPECT_EQ(seen_[2].step(Layer::dns)->evidence.size(), 2U) << "more may be known later";
    EXPECT_EQ(seen_[1].step(Layer::dns)->time, seen_[2].step(Layer::dns)->time);
}

TEST(Certainty, the_words_of_a_server_alone_are_never_certain) {
    const auto certainty = [](Cause cause, Facts facts) {
        return certainty_of({cause, Layer::auth, Reach::point, std::move(facts)});
    };
    EXPECT_EQ(certainty(Cause::login_refused, {{"server_said", "Wrong password"}}),
              Certainty::likely);
    EXPECT_EQ(certainty(Cause::login_refused, {{"server_said", "[AUTHENTICATIONFAILED] No"}}),
              Certainty::likely)
        << "said to those who are locked out, too";
    EXPECT_EQ(certainty(Cause::folder_refused, {{"server_said", "[INUSE] Locked"}}),
              Certainty::certain);
    EXPECT_EQ(certainty(Cause::folder_refused, {{"server_said", "Locked"}}), Certainty::likely);
    EXPECT_EQ(certainty(Cause::server_says_bye, {}), Certainty::likely);
}

TEST(Certainty, what_was_seen_here_is_certain_and_what_was_only_missed_is_not) {
    for (const Cause cause :
         {Cause::name_not_found, Cause::connection_refused, Cause::certificate_name,
          Cause::starttls_missing, Cause::password_needed, Cause::no_permission_there})
        EXPECT_EQ(certainty_of({cause, Layer::tcp, Reach::point, {}}), Certainty::certain);
    EXPECT_EQ(certainty_of({Cause::connect_timeout, Layer::tcp, Reach::point, {}}),
              Certainty::likely);
    EXPECT_EQ(certainty_of({Cause::deadline, Layer::tcp, Reach::point, {}}), Certainty::possible);
}

}  // namespace
}  // namespace mail::diagnose
