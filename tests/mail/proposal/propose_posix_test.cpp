#include "mail/proposal/propose.h"

#include <thread>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/fakes/dns_server.h"
#include "tests/fakes/web_server.h"

namespace mail::proposal {
namespace {

using fakes::DnsServer;
using fakes::WebServer;
using std::chrono::seconds;

const char* const document =
    R"(<clientConfig><emailProvider><incomingServer type="imap"><hostname>imap.hosting.example
</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username>
</incomingServer></emailProvider></clientConfig>)";
const char* const own_path =
    "/own/xn--w-uga1v8h.example?emailaddress=ala%40%C5%BC%C3%B3%C5%82w.example";

struct Propose : testing::Test {
    Propose() { net::initialise(); }

    /// With places in the manner of the usual ones, at that server.
    [[nodiscard]] static proposal::Setup asking(const DnsServer& dns, const WebServer& web) {
        return {dns.address(),
                {{Source::autoconfig, web.url() + "/own/{domain}?emailaddress={address}"},
                 {Source::ispdb, web.url() + "/third/{domain}"}},
                std::nullopt};
    }
    static Wait soon() { return Wait::for_at_most(seconds(15)); }
};

TEST_F(Propose, what_the_table_knows_is_asked_of_nobody) {
    DnsServer dns;
    WebServer web(WebServer::Documents{});
    const auto found = propose(" ala@interia.pl ", asking(dns, web), soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::table);
    EXPECT_EQ(found->settings.server, "poczta.interia.pl");
    EXPECT_TRUE(dns.asked().empty());
    EXPECT_TRUE(web.asked().empty());
}

TEST_F(Propose, dns_goes_before_the_web) {
    DnsServer dns;
    dns.add_srv("_imaps._tcp.firma.example", "mail.hosting.example", 993);
    dns.add_mx("firma.example", "aspmx.l.google.com", 1);
    WebServer web(
        WebServer::Documents{{"/own/firma.example?emailaddress=ala%40firma.example", document}});
    const auto found = propose("ala@firma.example", asking(dns, web), soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::srv);
    EXPECT_EQ(found->settings.server, "mail.hosting.example");
    EXPECT_TRUE(found->outside_domain);
    EXPECT_TRUE(web.asked().empty());
}

TEST_F(Propose, a_company_at_a_large_provider_is_found_by_its_exchanger) {
    DnsServer dns;
    dns.add_mx("firma.example", "smtp.google.com", 1);
    WebServer web(WebServer::Documents{});
    const auto found = propose("ala@firma.example", asking(dns, web), soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::mx);
    EXPECT_EQ(found->settings.server, "imap.gmail.com");
    EXPECT_EQ(found->asked, "smtp.google.com");
    EXPECT_TRUE(web.asked().empty());
}

TEST_F(Propose, the_domain_publishes_for_names_in_any_letters) {
    DnsServer dns;
    WebServer web(WebServer::Documents{{own_path, document}});
    const auto found = propose("ala@ŻÓŁW.example", asking(dns, web), soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::autoconfig);
    EXPECT_EQ(found->settings.server, "imap.hosting.example");
    EXPECT_EQ(found->settings.login, "ala");
    EXPECT_EQ("http://" + found->asked, web.url());
    EXPECT_EQ(web.asked(), std::vector<std::string>{own_path});
}

TEST_F(Propose, the_third_party_is_asked_last_and_hears_the_domain_only) {
    DnsServer dns;
    WebServer web(WebServer::Documents{{"/third/firma.example", document}});
    const auto found = propose("ala@firma.example", asking(dns, web), soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::ispdb);
    ASSERT_EQ(web.asked().size(), 2U);
    EXPECT_EQ(web.asked()[1], "/third/firma.example");
}

TEST_F(Propose, what_nobody_knows_is_a_guess) {
    DnsServer dns;
    WebServer web(
        WebServer::Documents{{"/own/firma.example?emailaddress=ala%40firma.example", "<html/>"}});
    const auto found = propose("ala@firma.example", asking(dns, web), soon());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->source, Source::guess);
    EXPECT_EQ(found->settings.server, "imap.firma.example");
    EXPECT_FALSE(found->trouble);
}

TEST_F(Propose, a_dns_that_fails_is_told_and_the_web_is_asked_all_the_same) {
    DnsServer dns(DnsServer::Manner::refuses);
    WebServer nothing(WebServer::Documents{});
    const auto guess = propose("ala@firma.example", asking(dns, nothing), soon());
    ASSERT_TRUE(guess);
    ASSERT_TRUE(guess->trouble);
    EXPECT_EQ(guess->trouble->cause, Cause::dns_unavailable);
    WebServer web(WebServer::Documents{{"/third/firma.example", document}});
    EXPECT_EQ(propose("ala@firma.example", asking(dns, web), soon())->source, Source::ispdb);
}

TEST_F(Propose, what_is_no_whole_address_is_asked_of_nobody) {
    DnsServer dns;
    WebServer web(WebServer::Documents{});
    for (const char* text : {"", "ala", "ala@firma", "ala@", "@firma.example"}) {
        const auto found = propose(text, asking(dns, web), soon());
        ASSERT_FALSE(found) << text;
        EXPECT_EQ(found.error().cause, Cause::point_invalid);
    }
    EXPECT_EQ(propose("ala@127.0.0.1", asking(dns, web), soon())->source, Source::guess);
    EXPECT_TRUE(dns.asked().empty());
    EXPECT_TRUE(web.asked().empty());
}

TEST_F(Propose, a_stop_ends_it_at_once) {
    DnsServer dns(DnsServer::Manner::silent);
    WebServer web(WebServer::Documents{});
    StopSource stop;
    std::thread stopper([&] {
        while (dns.asked().empty())
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto begin = Clock::now();
    const auto found = propose("ala@firma.example", asking(dns, web),
                               Wait::for_at_most(seconds(60), stop.get_token()));
    stopper.join();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().cause, Cause::cancelled);
    EXPECT_LT(Clock::now() - begin, seconds(2));
    EXPECT_TRUE(web.asked().empty());
}

TEST_F(Propose, the_usual_places_are_encrypted_and_only_the_last_is_a_third_partys) {
    const auto places = usual_places();
    ASSERT_EQ(places.size(), 3U);
    for (const Place& place : places)
        EXPECT_TRUE(place.url.starts_with("https://")) << place.url;
    EXPECT_EQ(places[2].source, Source::ispdb);
    EXPECT_EQ(places[2].url.find("{address}"), std::string::npos);
}

}  // namespace
}  // namespace mail::proposal
