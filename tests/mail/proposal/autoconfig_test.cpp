#include "mail/proposal/autoconfig.h"

#include <gtest/gtest.h>

namespace mail::proposal {
namespace {

using net::Encryption;
using point::Authentication;

const point::AddressParts ala{"ala", "firma.example"};

std::string document(const std::string& servers) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="firma.example"><domain>firma.example</domain>)" +
           servers + "</emailProvider></clientConfig>";
}

std::string server(const std::string& host, const std::string& port, const std::string& socket,
                   const std::string& more = "", const std::string& type = "imap") {
    return R"(<incomingServer type=")" + type + R"("><hostname>)" + host + "</hostname><port>" +
           port + "</port><socketType>" + socket + "</socketType>" + more + "</incomingServer>";
}

TEST(Autoconfig, the_server_of_a_usual_document_is_read) {
    const auto settings =
        settings_in(document(server("pop.firma.example", "995", "SSL", "", "pop3") +
                             server(" imap.firma.example\n", "993", "SSL",
                                    "<username>%EMAILADDRESS%</username>"
                                    "<authentication>password-cleartext</authentication>")),
                    ala);
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->server, "imap.firma.example");
    EXPECT_EQ(settings->port, 993);
    EXPECT_EQ(settings->encryption, Encryption::tls);
    EXPECT_EQ(settings->authentication, Authentication::password);
    EXPECT_EQ(settings->login, "ala@firma.example");
    EXPECT_FALSE(settings->guessed);
}

TEST(Autoconfig, tls_from_the_first_byte_goes_before_starttls_and_clear_text_is_never_taken) {
    const std::string plain = server("plain.firma.example", "143", "plain");
    const std::string starttls = server("start.firma.example", "143", "STARTTLS");
    const std::string tls = server("tls.firma.example", "993", "SSL");
    EXPECT_EQ(settings_in(document(plain + starttls + tls), ala)->server, "tls.firma.example");
    const auto second = settings_in(document(plain + starttls), ala);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->server, "start.firma.example");
    EXPECT_EQ(second->port, 143);
    EXPECT_EQ(second->encryption, Encryption::starttls);
    EXPECT_FALSE(settings_in(document(plain), ala));
}

TEST(Autoconfig, holes_are_filled_and_an_unknown_one_leaves_the_address) {
    struct Row {
        const char *form, *login;
    };
    for (const Row& row : {Row{"%EMAILLOCALPART%", "ala"},
                           Row{"%EMAILLOCALPART%.%EMAILDOMAIN%", "ala.firma.example"},
                           Row{"konto7", "konto7"}, Row{"%REALNAME%", "ala@firma.example"},
                           Row{"%EMAILLOCALPART%%REALNAME%", "ala@firma.example"},
                           Row{"a&#10;b", "ala@firma.example"}, Row{"", "ala@firma.example"}}) {
        const std::string name = std::string("<username>") + row.form + "</username>";
        const auto settings =
            settings_in(document(server("imap.%EMAILDOMAIN%", "993", "SSL", name)), ala);
        ASSERT_TRUE(settings) << row.form;
        EXPECT_EQ(settings->server, "imap.firma.example");
        EXPECT_EQ(settings->login, row.login) << row.form;
    }
}

TEST(Autoconfig, the_first_method_that_we_have_is_taken) {
    const auto method_of = [](const std::string& methods, const std::string& host) {
        return settings_in(document(server(host, "993", "SSL", methods)), ala);
    };
    const std::string oauth = "<authentication>OAuth2</authentication>",
                      password = "<authentication>password-cleartext</authentication>",
                      other = "<authentication>GSSAPI</authentication>";
    EXPECT_EQ(method_of(oauth + password, "imap.gmail.com")->authentication,
              Authentication::oauth2);
    EXPECT_EQ(method_of(oauth, "imap.gmail.com")->oauth_provider, "google");
    EXPECT_EQ(method_of(oauth, "imap.firma.example")->oauth_provider, "");
    EXPECT_EQ(method_of(password + oauth, "imap.gmail.com")->authentication,
              Authentication::password);
    EXPECT_EQ(method_of(other + password, "a.example")->authentication, Authentication::password);
    EXPECT_FALSE(method_of(other, "a.example"));
    EXPECT_TRUE(method_of("", "a.example"));
}

TEST(Autoconfig, what_is_no_server_is_left_out) {
    for (const auto& [host, port] :
         {std::pair{"", "993"}, std::pair{"a b.example", "993"}, std::pair{"a.example/x", "993"},
          std::pair{"a.example", "0"}, std::pair{"a.example", "65536"},
          std::pair{"a.example", "993x"}, std::pair{"a.example", ""},
          std::pair{"a.example", "-993"}, std::pair{"%REALNAME%.example", "993"}})
        EXPECT_FALSE(settings_in(document(server(host, port, "SSL")), ala)) << host << ':' << port;
}

TEST(Autoconfig, what_is_no_such_document_says_nothing) {
    for (const char* text :
         {"", "<", "<html><body>404</body></html>", "{\"server\":1}", "<clientConfig>",
          "<clientConfig><emailProvider><incomingServer type='imap'>", "\xFF\xFE\x00"})
        EXPECT_FALSE(settings_in(text, ala)) << text;
}

TEST(Autoconfig, entities_of_the_document_are_not_expanded) {
    const std::string bomb =
        R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "imap.evil.example">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>)";
    const auto with = [&](const std::string& host) {
        std::string text = document(server(host, "993", "SSL"));
        return settings_in(bomb + text.substr(text.find("<clientConfig")), ala);
    };
    EXPECT_FALSE(with("&a;"));
    EXPECT_FALSE(with("&f;"));
    ASSERT_TRUE(with("imap.firma.example"));
}

TEST(Autoconfig, a_deep_or_long_document_does_no_harm) {
    std::string deep;
    while (deep.size() < longest_document - 3)
        deep += "<a>";
    EXPECT_FALSE(settings_in(deep, ala));
    std::string good = document(server("imap.firma.example", "993", "SSL"));
    good.resize(longest_document, ' ');
    EXPECT_TRUE(settings_in(good, ala));
    EXPECT_FALSE(settings_in(good + " ", ala));
}

}  // namespace
}  // namespace mail::proposal
