#include "mail/point/suggest.h"

#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "mail/point/validate.h"

namespace mail::point {

TEST(Suggest, known_providers) {
    struct Row {
        const char *address, *server, *login, *provider;
    };
    const Row rows[] = {
        {"ala@gmail.com", "imap.gmail.com", "ala@gmail.com", "Gmail"},
        {"ala@Hotmail.COM", "outlook.office365.com", "ala@hotmail.com", "Outlook.com"},
        {"biuro@firma.onmicrosoft.com", "outlook.office365.com", "biuro@firma.onmicrosoft.com",
         "Microsoft 365"},
        {"ala@op.pl", "imap.poczta.onet.pl", "ala@op.pl", "Onet"},
        {"ala@poczta.onet.pl", "imap.poczta.onet.pl", "ala@poczta.onet.pl", "Onet"},
        {"ala@wp.pl", "imap.wp.pl", "ala", "WP"},
        {"ala@tlen.pl", "poczta.o2.pl", "ala@tlen.pl", "o2"},
        {"ala@poczta.fm", "poczta.interia.pl", "ala@poczta.fm", "Interia"},
        {"ala@firma.home.pl", "firma.home.pl", "ala@firma.home.pl", "home.pl"},
        {"ala@web.de", "imap.web.de", "ala@web.de", "WEB.DE"},
        {"ala@icloud.com", "imap.mail.me.com", "ala", "iCloud"},
    };
    for (const Row& row : rows) {
        const auto suggestion = suggest(row.address);
        ASSERT_TRUE(suggestion) << row.address;
        EXPECT_EQ(suggestion->server, row.server);
        EXPECT_EQ(suggestion->login, row.login);
        EXPECT_EQ(suggestion->provider, row.provider);
        EXPECT_EQ(suggestion->port, 993);
        EXPECT_EQ(suggestion->encryption, net::Encryption::tls);
        EXPECT_FALSE(suggestion->guessed);
    }
}

TEST(Suggest, microsoft_takes_no_passwords) {
    EXPECT_EQ(suggest("a@outlook.com")->authentication, Authentication::oauth2);
    EXPECT_EQ(suggest("a@x.onmicrosoft.com")->authentication, Authentication::oauth2);
    EXPECT_EQ(suggest("a@gmx.de")->authentication, Authentication::password);
}

TEST(Suggest, protons_bridge_is_on_this_computer) {
    const auto suggestion = suggest("ala@proton.me");
    EXPECT_EQ(suggestion->server, "127.0.0.1");
    EXPECT_EQ(suggestion->port, 1143);
    EXPECT_EQ(suggestion->encryption, net::Encryption::starttls);
}

TEST(Suggest, of_other_domains_the_server_is_a_guess_and_said_to_be) {
    for (const auto& [address, server] :
         {std::pair{" faktury@firma.example ", "imap.firma.example"},
          std::pair{"ala@ŻÓŁW.example", "imap.żółw.example"},
          std::pair{"a.b+c@home.pl", "imap.home.pl"},
          std::pair{"x@notonmicrosoft.com", "imap.notonmicrosoft.com"}}) {
        const auto suggestion = suggest(address);
        ASSERT_TRUE(suggestion) << address;
        EXPECT_TRUE(suggestion->guessed);
        EXPECT_EQ(suggestion->server, server);
        EXPECT_EQ(suggestion->provider, "");
        EXPECT_EQ(suggestion->encryption, net::Encryption::tls);
    }
}

TEST(Suggest, what_is_no_address_gets_nothing) {
    for (const char* text : {"", "ala", "ala@", "@firma.pl", "ala@firma", "a b@firma.pl",
                             "a@b@firma.pl", "ala@firma..pl", "ala@firma.pl.", "<ala@firma.pl>",
                             "ala@[127.0.0.1]", "ala@::1", "ala@-x.pl"})
        EXPECT_FALSE(suggest(text)) << text;
}

TEST(Suggest, a_company_is_known_by_where_its_mail_goes) {
    const AddressParts address{"ala", "firma.example"};
    const auto microsoft =
        suggest_by_exchanger(address, "firma-example.mail.protection.outlook.com");
    ASSERT_TRUE(microsoft);
    EXPECT_EQ(microsoft->provider, "Microsoft 365");
    EXPECT_EQ(microsoft->authentication, Authentication::oauth2);
    EXPECT_EQ(microsoft->oauth_provider, "microsoft");
    EXPECT_EQ(microsoft->login, "ala@firma.example");
    EXPECT_EQ(suggest_by_exchanger(address, "aspmx.l.google.com")->provider, "Google Workspace");
    EXPECT_FALSE(suggest_by_exchanger(address, "mx.firma.example"));
    EXPECT_FALSE(suggest_by_exchanger(address, "mx.notgoogle.com"));
}

TEST(Suggest, who_signs_the_users_of_a_server_in_is_known_by_its_name) {
    EXPECT_EQ(oauth_provider_of("imap.gmail.com"), "google");
    EXPECT_EQ(oauth_provider_of("outlook.office365.com"), "microsoft");
    EXPECT_EQ(oauth_provider_of("imap.firma.example"), "");
}

TEST(Providers, every_row_of_the_table_can_be_used) {
    std::ifstream file(MAILPOINT_SOURCE_DIR "/mail/point/providers.json");
    const auto table = nlohmann::json::parse(file);
    std::set<std::string> domains;
    for (const auto& row : table) {
        for (const auto& domain : row.value("domains", std::vector<std::string>())) {
            EXPECT_TRUE(domains.insert(domain).second) << domain << " is there twice";
            const auto suggestion = suggest("ala@" + domain);
            ASSERT_TRUE(suggestion) << domain;
            EXPECT_EQ(suggestion->provider, row.at("name")) << domain;
            EXPECT_EQ(suggestion->server, row.at("server")) << domain;
            EXPECT_TRUE(looks_like_server(suggestion->server)) << domain;
        }
        for (const auto& suffix : row.value("suffixes", std::vector<std::string>()))
            EXPECT_EQ(suggest("ala@firma" + suffix)->provider, row.at("name")) << suffix;
        for (const auto& end : row.value("exchangers", std::vector<std::string>())) {
            const auto suggestion = suggest_by_exchanger({"ala", "firma.example"}, "mx1" + end);
            ASSERT_TRUE(suggestion) << end;
            EXPECT_EQ(suggestion->server, row.at("server")) << end;
        }
        EXPECT_TRUE(row.contains("domains") || row.contains("suffixes") ||
                    row.contains("exchangers"))
            << row;
    }
    EXPECT_GT(table.size(), 15U);
}

}  // namespace mail::point
