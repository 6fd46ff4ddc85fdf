#include "mail/oauth/fault.h"

#include <gtest/gtest.h>

namespace mail::oauth {
namespace {

Refusal refusal(std::string error, std::string number = {}, long status = 400) {
    Refusal refusal;
    refusal.error = std::move(error);
    refusal.number = std::move(number);
    refusal.status = status;
    return refusal;
}

TEST(SignInFault, the_number_decides_where_it_is_known) {
    EXPECT_EQ(fault_of(refusal("invalid_grant", "53003")), Fault::access_rule);
    EXPECT_EQ(fault_of(refusal("invalid_client", "7000222")), Fault::client_secret_expired);
    EXPECT_EQ(fault_of(refusal("invalid_grant", "1234567")), Fault::grant_ended);
    EXPECT_EQ(fault_of(refusal("invalid_grant")), Fault::grant_ended);
    EXPECT_EQ(fault_of(refusal("never_heard_of")), Fault::unknown);
}

TEST(SignInFault, a_busy_provider_throws_no_sign_in_away) {
    EXPECT_EQ(fault_of(refusal("invalid_grant", "", 429)), Fault::too_many_requests);
    EXPECT_EQ(fault_of(refusal("invalid_grant", "", 503)), Fault::provider_busy);
    EXPECT_EQ(fault_of(refusal("temporarily_unavailable", "90033")), Fault::provider_busy);
    EXPECT_EQ(error_of(Fault::provider_busy).cause, Cause::provider_busy);
    EXPECT_EQ(error_of(Fault::denied).cause, Cause::sign_in_fault);
}

TEST(SignInFault, names_go_both_ways_and_each_has_a_remedy) {
    for (int i = 0; i <= static_cast<int>(Fault::client_deleted); ++i) {
        const auto fault = static_cast<Fault>(i);
        EXPECT_EQ(fault_named(name_of(fault)), fault);
        EXPECT_LE(remedy_of(fault), Remedy::later);
    }
    EXPECT_EQ(fault_named("nothing"), std::nullopt);
}

TEST(SignInFault, the_number_in_microsofts_words) {
    EXPECT_EQ(number_in("AADSTS50011: The redirect URI"), "50011");
    EXPECT_EQ(number_in("x AADSTS7000215"), "7000215");
    EXPECT_EQ(number_in("AADSTS"), "");
    EXPECT_EQ(number_in(""), "");
}

TEST(SignInFault, the_facts_are_those_that_were_there) {
    Refusal said = refusal("invalid_grant", "70043");
    said.trace = "t-1";
    const Error error = error_of(said);
    EXPECT_EQ(error.layer, Layer::oauth);
    EXPECT_EQ(error.fact("fault"), "sign_in_frequency");
    EXPECT_EQ(error.fact("number"), "70043");
    EXPECT_EQ(error.fact("trace"), "t-1");
    EXPECT_EQ(error.fact("status"), "400");
    for (const auto& [key, value] : error.facts)
        EXPECT_FALSE(value.empty()) << key;
}

}  // namespace
}  // namespace mail::oauth
