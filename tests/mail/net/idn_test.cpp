#include "mail/net/idn.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace mail::net {
namespace {

std::string ascii(std::string_view host) {
    return ascii_host(host).value_or("(refused)");
}

TEST(Idn, plain_names_and_addresses_pass_in_lower_case) {
    EXPECT_EQ(ascii("imap.firma.example"), "imap.firma.example");
    EXPECT_EQ(ascii("IMAP.Firma.Example"), "imap.firma.example");
    EXPECT_EQ(ascii("my_host-1"), "my_host-1");
    EXPECT_EQ(ascii("localhost."), "localhost");
    EXPECT_EQ(ascii("127.0.0.1"), "127.0.0.1");
    EXPECT_EQ(ascii("xn--bcher-kva.example"), "xn--bcher-kva.example");
}

TEST(Idn, ipv6_addresses_pass_with_and_without_brackets) {
    EXPECT_EQ(ascii("::1"), "::1");
    EXPECT_EQ(ascii("[2001:db8::1]"), "2001:db8::1");
    EXPECT_EQ(ascii("fe80::1%eth0"), "fe80::1%eth0");
    EXPECT_EQ(ascii("::ffff:127.0.0.1"), "::ffff:127.0.0.1");
    EXPECT_EQ(ascii("host:993"), "(refused)");
    EXPECT_EQ(ascii("fe80::1%a/b"), "(refused)");
}

// Forms that registries and browsers use; the last two from RFC 3492, 7.1.
TEST(Idn, unicode_names_become_punycode) {
    const std::pair<const char*, const char*> rows[] = {
        {"bücher.example", "xn--bcher-kva.example"},
        {"BÜCHER.example", "xn--bcher-kva.example"},
        {"poczta.żółw.pl", "poczta.xn--w-uga1v8h.pl"},
        {"łódź.pl", "xn--d-uga0v4h.pl"},
        {"münchen。de", "xn--mnchen-3ya.de"},
        {"почта.рф", "xn--80a1acny.xn--p1ai"},
        {"他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"},
        {"почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"},
    };
    for (const auto& [typed, used] : rows)
        EXPECT_EQ(ascii(typed), used) << typed;
}

TEST(Idn, what_is_no_host_name_is_refused) {
    const std::string long_label(64, 'a');
    std::string long_name = "a";
    while (long_name.size() <= 253)
        long_name += ".a";
    for (const std::string& host :
         {std::string(), std::string("."), std::string("a..b"), std::string(".a"),
          std::string("a b"), std::string("a/b"), std::string("user@host"), std::string("a?b"),
          std::string("a#b"), std::string("a\r\nb"), std::string("-a"), std::string("a-"),
          std::string("a\0b", 3), std::string("\xff"),
          std::string("a\xE2\x80\xAE"
                      "b"),
          std::string("a\xC2\xA0"
                      "b"),
          long_label, long_name})
        EXPECT_EQ(ascii(host), "(refused)") << host;
    EXPECT_EQ(ascii(long_label.substr(1)), long_label.substr(1));
    // 63 letters of other than ASCII don't fit when encoded.
    std::string umlauts;
    for (int i = 0; i < 63; ++i)
        umlauts += i % 2 == 0 ? "ü" : "ż";
    EXPECT_EQ(ascii(umlauts), "(refused)");
}

}  // namespace
}  // namespace mail::net
