#include "mail/listing_care.h"

#include <gtest/gtest.h>

namespace mail {

namespace {

Error error_of(Cause cause, const std::string& uid = {}) {
    Error error{cause, Layer::list, Reach::connection, {}};
    if (!uid.empty())
        error.facts.emplace_back("uid", uid);
    return error;
}

using Before = ListingCare::Before;
using Portions = imap::ListRequest::Portions;

bool learned(ListingCare& care, const Error& error, Before before = Before::nothing) {
    return care.learn(error, before);
}

const Cause broken = Cause::reply_malformed;

}  // namespace

TEST(ListingCare, a_broken_reply_is_looked_for_one_by_one) {
    for (const Cause cause : {broken, Cause::reply_too_long, Cause::literal_size,
                              Cause::unexpected_tag, Cause::nesting_too_deep}) {
        ListingCare care;
        EXPECT_EQ(care.caution(7).portions, Portions::large);
        EXPECT_TRUE(learned(care, error_of(cause))) << name_of(cause);
        EXPECT_EQ(care.caution(7).portions, Portions::single);
        EXPECT_FALSE(learned(care, error_of(cause))) << "and not again and again";
    }
}

TEST(ListingCare, the_message_that_breaks_it_is_done_without) {
    ListingCare care;
    (void)care.caution(7);
    EXPECT_TRUE(learned(care, error_of(broken)));
    EXPECT_TRUE(learned(care, error_of(broken, "5")));
    EXPECT_TRUE(learned(care, error_of(Cause::deadline, "3")));
    EXPECT_FALSE(learned(care, error_of(broken, "5"))) << "it was not asked for any more";
    const work::Caution& caution = care.caution(7);
    ASSERT_EQ(caution.set_aside.size(), 2U);
    EXPECT_EQ(caution.set_aside.at(5).cause, broken);
    EXPECT_EQ(caution.set_aside.at(5).reach, Reach::message);
    EXPECT_TRUE(care.caution(8).set_aside.empty()) << "5 is another message now";
}

TEST(ListingCare, silence_leads_to_one_by_one_but_excuses_no_further_try) {
    ListingCare care;
    EXPECT_FALSE(learned(care, error_of(Cause::deadline), Before::rows));
    EXPECT_EQ(care.caution(7).portions, Portions::single_first);
    EXPECT_TRUE(learned(care, error_of(Cause::deadline, "5"), Before::rows));
    EXPECT_EQ(care.caution(7).portions, Portions::large) << "it was this one";
}

TEST(ListingCare, a_lost_connection_is_a_messages_doing_when_it_is_always_the_same) {
    for (const Cause cause : {Cause::connection_lost, Cause::server_says_bye}) {
        ListingCare care;
        EXPECT_FALSE(learned(care, error_of(cause)));
        EXPECT_EQ(care.caution(7).portions, Portions::large) << "by chance";
        EXPECT_FALSE(learned(care, error_of(cause)));
        EXPECT_EQ(care.caution(7).portions, Portions::single_first);
        EXPECT_FALSE(learned(care, error_of(cause, "5")));
        EXPECT_FALSE(learned(care, error_of(cause, "4")));
        EXPECT_TRUE(learned(care, error_of(cause, "4")));
        EXPECT_TRUE(care.caution(7).set_aside.contains(4));
    }
}

TEST(ListingCare, what_a_line_does_by_chance_slows_no_later_list) {
    for (const Cause cause : {Cause::connection_lost, Cause::deadline}) {
        ListingCare care;
        (void)care.caution(7);
        for (int times = 0; times < 2; ++times)
            EXPECT_FALSE(learned(care, error_of(cause)));
        EXPECT_EQ(care.caution(7).portions, Portions::single_first);
        care.begin();
        EXPECT_EQ(care.caution(7).portions, Portions::large) << name_of(cause);
        EXPECT_FALSE(learned(care, error_of(Cause::connection_lost)));
        EXPECT_EQ(care.caution(7).portions, Portions::large);
        EXPECT_TRUE(learned(care, error_of(broken)));
        EXPECT_TRUE(learned(care, error_of(broken, "5")));
        care.begin();
        EXPECT_EQ(care.caution(7).portions, Portions::single) << "it would break again";
        EXPECT_TRUE(care.caution(7).set_aside.contains(5));
    }
}

TEST(ListingCare, a_connection_lost_in_the_middle_of_a_list_blames_no_message) {
    ListingCare care;
    for (int times = 0; times < 3; ++times)
        EXPECT_FALSE(learned(care, error_of(Cause::connection_lost), Before::rows));
    EXPECT_EQ(care.caution(7).portions, Portions::large);
}

TEST(ListingCare, limits_and_what_somebody_must_act_on_teach_nothing) {
    Error dripped = error_of(Cause::deadline, "5");
    dripped.facts.emplace_back("octets_came", "9");
    for (const Error& error : {error_of(Cause::server_limit, "5"), error_of(Cause::cancelled, "5"),
                               error_of(Cause::uidvalidity_changed, "5"), dripped}) {
        ListingCare care;
        EXPECT_FALSE(learned(care, error));
        EXPECT_EQ(care.caution(7).portions, Portions::large);
        EXPECT_TRUE(care.caution(7).set_aside.empty());
    }
}

}  // namespace mail
