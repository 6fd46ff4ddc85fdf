#include "mail/back_off.h"

#include <set>

#include <gtest/gtest.h>

#include "mail/suspicion.h"

namespace mail {

namespace {

using namespace std::chrono_literals;

Error error_of(Cause cause, Layer layer = Layer::fetch, Facts facts = {}) {
    return Error{cause, layer, Reach::connection, std::move(facts)};
}

/// That it waits so long after each of these errors, or half as much longer, and then no more.
void expect_waits(BackOff& back_off, const Error& error,
                  const std::vector<std::chrono::seconds>& waits) {
    for (const auto expected : waits) {
        const auto wait = back_off.after(error);
        ASSERT_TRUE(wait);
        EXPECT_GE(*wait, expected);
        EXPECT_LE(*wait, 1.5 * std::chrono::duration<double>(expected));
    }
    EXPECT_FALSE(back_off.after(error));
}

BackOff signed_in() {
    BackOff back_off;
    back_off.signed_in();
    return back_off;
}

}  // namespace

TEST(BackOff, a_lost_connection_is_made_again_at_once_and_then_later_and_later) {
    BackOff back_off = signed_in();
    expect_waits(back_off, error_of(Cause::connection_lost), {0s, 1s, 2s, 4s, 16s, 32s});
}

TEST(BackOff, a_limit_is_respected_from_the_first_time_on) {
    BackOff back_off = signed_in();
    expect_waits(back_off, error_of(Cause::server_limit), {5s, 10s, 20s, 40s, 60s, 60s});
    BackOff other = signed_in();
    EXPECT_GE(other.after(error_of(Cause::server_refused, Layer::list, {{"try_again", "later"}})),
              5s);
}

TEST(BackOff, the_programs_of_an_office_do_not_all_come_back_at_once) {
    std::set<Clock::duration> waits;
    for (int program = 0; program < 20; ++program)
        waits.insert(signed_in().after(error_of(Cause::server_limit)).value());
    EXPECT_GT(waits.size(), 10U);
    EXPECT_GT(*waits.rbegin() - *waits.begin(), 500ms);
}

TEST(BackOff, what_the_server_suggests_is_the_least_and_never_cut_short) {
    BackOff back_off = signed_in();
    const auto said = [](const std::string& seconds) {
        return error_of(Cause::server_limit, Layer::fetch, {{"try_again_after_seconds", seconds}});
    };
    EXPECT_GE(back_off.after(said("120")).value(), 120s);
    EXPECT_GE(back_off.after(said("300")).value(), 300s);
    EXPECT_GE(back_off.after(said("nonsense")).value(), 20s);
    EXPECT_FALSE(back_off.after(said("301"))) << "told instead of asked again too soon";
    EXPECT_FALSE(back_off.after(said("999999999")));
}

TEST(BackOff, a_provider_that_says_when_is_left_alone_until_then) {
    BackOff back_off;
    EXPECT_FALSE(back_off.after(error_of(Cause::provider_busy, Layer::oauth))) << "told at once";
    const auto wait = back_off.after(
        error_of(Cause::provider_busy, Layer::oauth, {{"try_again_after_seconds", "17"}}));
    ASSERT_TRUE(wait);
    EXPECT_GE(*wait, 17s);
}

TEST(BackOff, before_the_first_session_only_a_limit_is_waited_for) {
    BackOff back_off;
    expect_waits(back_off, error_of(Cause::server_limit, Layer::greeting), {5s, 10s, 20s});
    for (const Cause cause : {Cause::connection_refused, Cause::connect_timeout,
                              Cause::name_not_found, Cause::connection_lost, Cause::no_greeting})
        EXPECT_FALSE(BackOff().after(error_of(cause, Layer::tcp))) << name_of(cause);
    EXPECT_TRUE(signed_in().after(error_of(Cause::connection_refused, Layer::tcp)));
}

TEST(BackOff, a_login_that_is_answered_with_bye_is_tried_once_more) {
    for (BackOff back_off : {BackOff(), signed_in()}) {
        expect_waits(back_off, error_of(Cause::server_says_bye, Layer::auth), {5s});
        back_off.progressed();
        EXPECT_FALSE(back_off.after(error_of(Cause::server_says_bye, Layer::auth)));
    }
}

TEST(BackOff, a_bye_before_the_folder_is_open_is_waited_for_as_a_limit_is) {
    for (const Layer layer : {Layer::capabilities, Layer::folders, Layer::select})
        EXPECT_GE(signed_in().after(error_of(Cause::server_says_bye, layer)).value(), 5s);
    EXPECT_LT(signed_in().after(error_of(Cause::server_says_bye, Layer::fetch)).value(), 1s);
}

TEST(BackOff, what_somebody_must_act_on_is_never_tried_again) {
    for (const Cause cause : {Cause::login_refused, Cause::token_refused, Cause::password_needed,
                              Cause::certificate_changed, Cause::cleartext_not_allowed})
        EXPECT_FALSE(signed_in().after(error_of(cause, Layer::auth))) << name_of(cause);
    EXPECT_FALSE(signed_in().after(error_of(Cause::cancelled)));
    EXPECT_FALSE(signed_in().after(Error{Cause::disk_full, Layer::target, Reach::point, {}}));
    EXPECT_FALSE(signed_in().after(error_of(Cause::bytes_before_tls, Layer::starttls)));
}

TEST(BackOff, a_server_that_hangs_up_after_each_message_gets_no_login_for_each) {
    BackOff back_off = signed_in();
    Clock::duration all{0};
    int tries = 0;
    while (const auto wait = back_off.after(error_of(Cause::connection_lost))) {
        all += *wait;
        ++tries;
        back_off.progressed();
    }
    EXPECT_EQ(tries, 20);
    EXPECT_GE(all, 60s) << "and none of them in a row without a pause";
}

TEST(BackOff, a_server_that_is_silent_is_asked_once_more) {
    for (const Layer layer : {Layer::select, Layer::list, Layer::fetch})
        expect_waits(*std::make_unique<BackOff>(signed_in()), error_of(Cause::deadline, layer),
                     {0s});
    BackOff back_off = signed_in();
    EXPECT_TRUE(back_off.after(error_of(Cause::connection_lost)));
    EXPECT_TRUE(back_off.after(error_of(Cause::deadline)));
    back_off.progressed();
    EXPECT_TRUE(back_off.after(error_of(Cause::deadline))) << "something went on";
    EXPECT_FALSE(back_off.after(error_of(Cause::deadline)));
}

TEST(BackOff, silence_about_one_message_is_forgiven_and_about_the_next_one_not) {
    const Error silent = error_of(Cause::deadline);
    BackOff back_off = signed_in();
    EXPECT_TRUE(back_off.after(silent));
    back_off.did_without_one(silent);
    EXPECT_TRUE(back_off.after(silent));
    back_off.did_without_one(silent);
    EXPECT_FALSE(back_off.after(silent));
    BackOff other = signed_in();
    for (int message = 0; message < 3; ++message) {
        other.did_without_one(error_of(Cause::connection_lost));
        EXPECT_TRUE(other.after(error_of(Cause::connection_lost)));
        other.did_without_one(silent);
        EXPECT_TRUE(other.after(silent));
        other.progressed();
    }
}

TEST(BackOff, what_is_asked_for_otherwise_may_be_asked_for_again_a_few_times) {
    BackOff back_off = signed_in();
    const Error broken = error_of(Cause::reply_malformed, Layer::list);
    EXPECT_FALSE(back_off.after(broken));
    int tries = 0;
    while (back_off.after(broken, BackOff::Next::otherwise)) {
        back_off.did_without_one(broken);
        ++tries;
    }
    EXPECT_EQ(tries, 20);
}

TEST(BackOff, broken_framing_is_tried_again_only_where_one_message_may_be_why) {
    EXPECT_TRUE(signed_in().after(error_of(Cause::literal_size, Layer::fetch)));
    EXPECT_FALSE(signed_in().after(error_of(Cause::literal_size, Layer::list)));
}

TEST(Suspicion, a_message_that_breaks_the_connection_twice_is_given_up_once_it_came_undecoded) {
    Suspicion suspicion;
    const Error lost = error_of(Cause::connection_lost);
    EXPECT_FALSE(suspicion.decoding_ended());
    EXPECT_EQ(suspicion.judge(5, lost), Suspicion::Verdict::go_on);
    EXPECT_TRUE(suspicion.decoding_ended());
    EXPECT_EQ(suspicion.judge(5, lost), Suspicion::Verdict::give_up);
    EXPECT_EQ(suspicion.judge(7, lost), Suspicion::Verdict::go_on);
    EXPECT_EQ(suspicion.judge(8, lost), Suspicion::Verdict::go_on);
}

TEST(Suspicion, a_message_that_drips_is_given_up_at_once) {
    Suspicion suspicion;
    const Facts facts{{"octets_came", "90"}, {"seconds", "120"}};
    EXPECT_EQ(suspicion.judge(5, error_of(Cause::deadline, Layer::fetch, facts)),
              Suspicion::Verdict::give_up);
    EXPECT_FALSE(suspicion.decoding_ended());
    EXPECT_EQ(suspicion.judge(6, error_of(Cause::deadline)), Suspicion::Verdict::go_on)
        << "silence may be the line's";
}

TEST(Suspicion, under_a_limit_the_others_have_their_turn_first) {
    Suspicion suspicion;
    const Error limit = error_of(Cause::server_limit);
    EXPECT_EQ(suspicion.judge(5, limit), Suspicion::Verdict::go_on);
    EXPECT_EQ(suspicion.judge(5, limit), Suspicion::Verdict::put_last);
    EXPECT_EQ(suspicion.judge(6, limit), Suspicion::Verdict::go_on);
    EXPECT_EQ(suspicion.judge(5, limit), Suspicion::Verdict::go_on);
    EXPECT_EQ(suspicion.judge(5, limit), Suspicion::Verdict::give_up);
    EXPECT_FALSE(suspicion.decoding_ended()) << "a limit is not about decoding";
}

}  // namespace mail
