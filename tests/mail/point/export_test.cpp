#include "mail/point/export.h"

#include <gtest/gtest.h>

#include "mail/point/point_file.h"

namespace mail::point {

TEST(Export, is_the_definition) {
    Point point;
    point.id = "12345678-0000-4000-8000-000000000000";
    point.name = "Faktury @ biuro: https://a.b/c@d";
    point.connection.server = "imap.firma.example";
    point.connection.login = "ala@firma.example";
    point.connection.proxy = "http://proxy.firma.example:3128";
    point.unknown_keys = R"({"later":{"a":[1,null]}})";
    EXPECT_EQ(parse_point(export_point(point)).value(), point);
}

TEST(Export, leaves_out_the_login_of_a_proxy) {
    for (const auto& [proxy, given] :
         {std::pair{"http://ala:tajne@proxy:3128", "http://proxy:3128"},
          std::pair{"socks5h://ala:ta/j@ne@proxy", "socks5h://proxy"},
          std::pair{"ala:tajne@proxy:3128", "proxy:3128"}, std::pair{"", ""},
          std::pair{"http://proxy", "http://proxy"}}) {
        Point point;
        point.connection.proxy = proxy;
        EXPECT_EQ(parse_point(export_point(point))->connection.proxy, given);
    }
    EXPECT_EQ(parse_point(export_point(Point{}))->connection.proxy, std::nullopt);
}

TEST(Export, knows_a_secret_by_its_key) {
    for (const char* key : {"pwd", "imapPwd", "pass", "smtp_pass", "userpass", "apikey", "api_key",
                            "apiKey", "X-Api-Key", "auth", "basicAuth", "authKey", "Authorization",
                            "bearer", "BearerValue", "refresh-token"}) {
        Point point;
        point.unknown_keys = std::string(R"({"connection":{")") + key + R"(":"tajne"}})";
        EXPECT_EQ(export_point(point).find("tajne"), std::string::npos) << key;
    }
    for (const char* key : {"author", "passive", "keyboard", "note", "oauth2"}) {
        Point point;
        point.unknown_keys = std::string(R"({"connection":{")") + key + R"(":"jawne"}})";
        EXPECT_NE(export_point(point).find("jawne"), std::string::npos) << key;
    }
    EXPECT_NE(export_point(Point{}).find("\"authentication\""), std::string::npos);
}

TEST(Export, leaves_out_what_somebody_wrote_by_hand) {
    Point point;
    point.general.folder = "smb://ala:tajne1@server/scans";
    point.unknown_keys =
        R"({"connection":{"Password":"tajne2","oauth":{"client_secret":"tajne3","pkce":true}},
            "hasło":"tajne4","list":[{"access_token":{"x":"tajne5"}}],"url":"a ftp://b:tajne6@c d"})";
    const std::string given = export_point(point);
    EXPECT_EQ(given.find("tajne"), std::string::npos) << given;
    EXPECT_NE(given.find("\"pkce\": true"), std::string::npos);
    EXPECT_NE(given.find("smb://server/scans"), std::string::npos);
    EXPECT_NE(given.find("a ftp://c d"), std::string::npos);
    EXPECT_TRUE(parse_point(given));
}

}  // namespace mail::point
