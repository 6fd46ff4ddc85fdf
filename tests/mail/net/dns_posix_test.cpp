#include "mail/net/dns.h"

#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "mail/net/connection.h"
#include "tests/fakes/dns_server.h"

namespace mail::net {
namespace {

using fakes::DnsServer;
using std::chrono::seconds;

struct Dns : testing::Test {
    Dns() { initialise(); }
};

TEST_F(Dns, services_and_exchangers_of_a_domain_come_at_once) {
    DnsServer server;
    server.add_srv("_imaps._tcp.firma.example", "Mail.Firma.Example", 993, 10, 5);
    server.add_srv("_imaps._tcp.firma.example", "second.firma.example", 9993, 20, 0);
    server.add_srv("_imap._tcp.firma.example", ".", 0);
    server.add_mx("firma.example", "late.firma.example", 20);
    server.add_mx("firma.example", "early.firma.example", 10);
    const auto records =
        mail_records("Firma.example", server.address(), Wait::for_at_most(seconds(5)));
    ASSERT_TRUE(records) << name_of(records.error().cause);
    ASSERT_EQ(records->imaps.size(), 2U);
    EXPECT_EQ(records->imaps[0].target, "mail.firma.example");
    EXPECT_EQ(records->imaps[0].port, 993);
    EXPECT_EQ(records->imaps[0].priority, 10);
    EXPECT_EQ(records->imaps[0].weight, 5);
    ASSERT_EQ(records->imap.size(), 1U);
    EXPECT_EQ(records->imap[0].target, "");
    EXPECT_EQ(records->exchangers,
              (std::vector<std::string>{"early.firma.example", "late.firma.example"}));
}

TEST_F(Dns, names_in_other_letters_are_asked_for_in_their_ascii_form) {
    DnsServer server;
    server.add_mx("xn--w-uga1v8h.example", "mx.firma.example", 1);
    const auto records =
        mail_records("żółw.example", server.address(), Wait::for_at_most(seconds(5)));
    ASSERT_TRUE(records);
    EXPECT_TRUE(server.asked().contains("_imaps._tcp.xn--w-uga1v8h.example"));
    EXPECT_EQ(records->exchangers, std::vector<std::string>{"mx.firma.example"});
}

TEST_F(Dns, a_domain_without_records_is_an_empty_answer) {
    DnsServer server;
    const auto records =
        mail_records("firma.example", server.address(), Wait::for_at_most(seconds(5)));
    ASSERT_TRUE(records) << name_of(records.error().cause);
    EXPECT_TRUE(records->imaps.empty());
    EXPECT_TRUE(records->exchangers.empty());
}

TEST_F(Dns, a_server_that_refuses_or_talks_nonsense_leaves_no_answer) {
    for (const auto manner : {DnsServer::Manner::refuses, DnsServer::Manner::babbles}) {
        DnsServer server(manner);
        const auto records =
            mail_records("firma.example", server.address(), Wait::for_at_most(seconds(10)));
        ASSERT_FALSE(records);
        EXPECT_EQ(records.error().cause, Cause::dns_unavailable);
        EXPECT_EQ(records.error().layer, Layer::dns);
    }
}

TEST_F(Dns, a_silent_server_is_waited_for_until_the_deadline) {
    DnsServer server(DnsServer::Manner::silent);
    const auto begin = Clock::now();
    const auto records = mail_records("firma.example", server.address(),
                                      Wait::for_at_most(std::chrono::milliseconds(300)));
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().cause, Cause::deadline);
    EXPECT_LT(Clock::now() - begin, seconds(2));
}

TEST_F(Dns, a_stop_ends_the_waiting_at_once) {
    DnsServer server(DnsServer::Manner::silent);
    StopSource stop;
    std::thread stopper([&] {
        while (server.asked().empty())
            std::this_thread::yield();
        stop.request_stop();
    });
    const auto begin = Clock::now();
    const auto records = mail_records("firma.example", server.address(),
                                      Wait::for_at_most(seconds(30), stop.get_token()));
    stopper.join();
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().cause, Cause::cancelled);
    EXPECT_LT(Clock::now() - begin, seconds(1));
}

TEST_F(Dns, what_is_no_host_name_is_not_asked_for) {
    DnsServer server;
    const auto records =
        mail_records("fir ma.example", server.address(), Wait::for_at_most(seconds(5)));
    ASSERT_FALSE(records);
    EXPECT_EQ(records.error().cause, Cause::bad_host_name);
    EXPECT_TRUE(server.asked().empty());
}

}  // namespace
}  // namespace mail::net
