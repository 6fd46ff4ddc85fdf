#include "mail/proposal/services.h"

#include <gtest/gtest.h>

namespace mail::proposal {
namespace {

using net::Encryption;

const point::AddressParts ala{"ala", "firma.example"};

TEST(Services, tls_goes_before_starttls_at_the_same_priority) {
    const auto found = by_services(
        ala, {{{"a.firma.example", 993, 0, 0}}, {{"b.firma.example", 143, 0, 100}}, {}});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->settings.server, "a.firma.example");
    EXPECT_EQ(found->settings.encryption, Encryption::tls);
    EXPECT_EQ(found->settings.login, "ala@firma.example");
    EXPECT_EQ(found->source, Source::srv);
    EXPECT_EQ(found->asked, "_imaps._tcp.firma.example");
    EXPECT_FALSE(found->outside_domain);
}

TEST(Services, the_least_priority_counts_then_the_largest_weight) {
    const auto found =
        by_services(ala, {{{"a.firma.example", 993, 10, 0}},
                          {{"b.firma.example", 143, 5, 1}, {"c.firma.example", 1143, 5, 9}},
                          {}});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->settings.server, "c.firma.example");
    EXPECT_EQ(found->settings.port, 1143);
    EXPECT_EQ(found->settings.encryption, Encryption::starttls);
    EXPECT_EQ(found->asked, "_imap._tcp.firma.example");
}

TEST(Services, what_is_not_offered_is_not_proposed) {
    EXPECT_FALSE(by_services(ala, {{{"", 0, 0, 0}}, {{"", 0, 0, 0}}, {}}));
    EXPECT_FALSE(by_services(ala, {{{"a.firma.example", 0, 0, 0}}, {}, {}}));
    EXPECT_FALSE(by_services(ala, {}));
    const auto found = by_services(ala, {{{"", 0, 0, 0}}, {{"b.firma.example", 143, 7, 0}}, {}});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->settings.server, "b.firma.example");
}

TEST(Services, a_server_outside_the_domain_is_marked) {
    const auto outside = [](const std::string& domain, const std::string& target) {
        return by_services({"ala", domain}, {{{target, 993, 0, 0}}, {}, {}})->outside_domain;
    };
    EXPECT_FALSE(outside("firma.example", "firma.example"));
    EXPECT_FALSE(outside("firma.example", "imap.firma.example"));
    EXPECT_FALSE(outside("żółw.example", "imap.xn--w-uga1v8h.example"));
    EXPECT_TRUE(outside("firma.example", "imap.hosting.example"));
    EXPECT_TRUE(outside("firma.example", "notfirma.example"));
    EXPECT_TRUE(outside("poczta.firma.example", "firma.example"));
}

TEST(Exchangers, a_known_host_tells_the_provider) {
    const auto found = by_exchangers(
        ala, {{}, {}, {"mx.other.example", "firma-example.mail.protection.outlook.com"}});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::mx);
    EXPECT_EQ(found->settings.server, "outlook.office365.com");
    EXPECT_EQ(found->settings.provider, "Microsoft 365");
    EXPECT_EQ(found->settings.authentication, point::Authentication::oauth2);
    EXPECT_EQ(found->asked, "firma-example.mail.protection.outlook.com");
    EXPECT_FALSE(by_exchangers(ala, {{}, {}, {"mx.firma.example"}}));
}

}  // namespace
}  // namespace mail::proposal
