#include "gui/text/admin_page.h"

#include <gtest/gtest.h>

namespace gui::text {
namespace {

mail::point::Connection at(const std::string& provider) {
    mail::point::Connection connection;
    connection.login = "ala@firma.example";
    connection.oauth.provider = provider;
    connection.oauth.client_id = "4711";
    return connection;
}

bool has(const std::string& page, const std::string& words) {
    return page.find(words) != std::string::npos;
}

TEST(AdminPage, microsoft_gets_the_redirect_the_permissions_and_the_consent_link) {
    mail::point::Connection connection = at("microsoft");
    connection.oauth.tenant = "firma.example";
    connection.shared_mailbox = "faktury@firma.example";
    for (const Language language : {Language::en, Language::pl}) {
        const std::string page = admin_page(connection, language);
        EXPECT_TRUE(has(page, "http://localhost")) << page;
        EXPECT_FALSE(has(page, "http://localhost/")) << "Microsoft compares the path";
        EXPECT_TRUE(has(page, "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"));
        EXPECT_TRUE(has(
            page, "https://login.microsoftonline.com/firma.example/v2.0/adminconsent?client_id=4711"
                  "&scope=https://outlook.office.com/IMAP.AccessAsUser.All"
                  "&redirect_uri=http://localhost&state=mailpoint\n"));
        EXPECT_TRUE(has(page, "Add-MailboxPermission -Identity faktury@firma.example -User "
                              "ala@firma.example"));
    }
    connection.oauth.tenant = "common";
    EXPECT_TRUE(has(admin_page(connection, Language::en), "/organizations/v2.0/adminconsent"))
        << "common is refused there";
}

TEST(AdminPage, an_application_of_its_own_gets_other_permissions_and_no_redirect) {
    mail::point::Connection connection = at("microsoft");
    connection.oauth.flow = "app";
    const std::string page = admin_page(connection, Language::pl);
    EXPECT_TRUE(has(page, "https://outlook.office365.com/.default"));
    EXPECT_TRUE(has(page, "IMAP.AccessAsApp"));
    EXPECT_TRUE(has(page, "New-ServicePrincipal -AppId 4711"));
    EXPECT_FALSE(has(page, "localhost"));
}

TEST(AdminPage, each_provider_has_its_own) {
    EXPECT_TRUE(has(admin_page(at("google"), Language::en), "https://mail.google.com/"));
    EXPECT_TRUE(has(admin_page(at("google"), Language::pl), "Aplikacja na komputer"));
    EXPECT_TRUE(has(admin_page(at("yahoo"), Language::en), "senders.yahooinc.com"));
    mail::point::Connection connection = at("oidc");
    connection.oauth.issuer = "https://id.firma.example";
    connection.oauth.redirect = "http://127.0.0.1:8400/back";
    const std::string page = admin_page(connection, Language::en);
    EXPECT_TRUE(has(page, "https://id.firma.example/.well-known/openid-configuration"));
    EXPECT_TRUE(has(page, "http://127.0.0.1:8400/back\n"));
    EXPECT_TRUE(has(page, "openid email offline_access"));
}

TEST(AdminPage, what_is_not_entered_yet_is_said_and_nothing_breaks_a_line) {
    mail::point::Connection connection = at("microsoft");
    connection.oauth.client_id.clear();
    connection.login.clear();
    const std::string page = admin_page(connection, Language::en);
    EXPECT_TRUE(has(page, "<not entered in the point yet>"));
    EXPECT_TRUE(has(page, "client_id=<application%20ID>"));
    connection.login = "a\nb@firma.example";
    EXPECT_FALSE(has(admin_page(connection, Language::en), "a\nb"));
}

}  // namespace
}  // namespace gui::text
