#include "mail/point/validate.h"

#include <gtest/gtest.h>

namespace mail::point {

void PrintTo(const Finding& finding, std::ostream* out) {
    *out << "field " << static_cast<int>(finding.field) << ", fault "
         << static_cast<int>(finding.fault) << ", '" << finding.fact << "', '" << finding.fix
         << "'";
}

static bool operator==(const Finding& a, const Finding& b) {
    return a.field == b.field && a.fault == b.fault && a.severity == b.severity &&
           a.fact == b.fact && a.fix == b.fix;
}

namespace {

Point good() {
    Point point;
    point.name = "Faktury kosztowe";
    point.connection.server = "imap.firma.example";
    point.connection.login = "faktury@firma.example";
    return point;
}

Finding error(Field field, Fault fault, std::string fact = "", std::string fix = "") {
    return {field, fault, Severity::error, std::move(fact), std::move(fix)};
}

Finding warning(Field field, Fault fault, std::string fact, std::string fix) {
    return {field, fault, Severity::warning, std::move(fact), std::move(fix)};
}

template <class Change>
std::vector<Finding> after(const Change& change) {
    Point point = good();
    change(point);
    return validate(point, {"Zamówienia", "Biuro (M365)"});
}

using Findings = std::vector<Finding>;

}  // namespace

TEST(Validate, nothing_is_wrong_with_a_good_point) {
    EXPECT_EQ(validate(good(), {}), Findings{});
}

TEST(Validate, an_empty_point_lists_its_fields_in_the_order_of_the_screen) {
    EXPECT_EQ(validate(Point{}, {}),
              (Findings{error(Field::server, Fault::required), error(Field::login, Fault::required),
                        error(Field::name, Fault::required)}));
}

TEST(Validate, a_server_that_is_nearly_the_one_of_the_logins_provider_is_pointed_at) {
    const auto server = [](const std::string& text) {
        return after([&](Point& point) {
            point.connection.login = "jan@interia.pl";
            point.connection.server = text;
        });
    };
    const Findings meant{
        warning(Field::server, Fault::server_misspelt, "poczta.interia.pl", "poczta.interia.pl")};
    EXPECT_EQ(server("poczta.intera.pl"), meant);
    EXPECT_EQ(server("poczta.interiaa.pl"), meant);
    EXPECT_EQ(server("pocta.intria.pl"), meant);
    EXPECT_EQ(server("Poczta.Interia.pl"), Findings{});
    EXPECT_EQ(server("pocta.intia.pl"), Findings{});  // three letters: another one
    EXPECT_EQ(server("imap.firma.example"), Findings{});
}

TEST(Validate, what_the_large_providers_do_not_take_is_a_warning) {
    const auto at = [](const std::string& server, const std::string& login, Authentication way) {
        return after([&](Point& point) {
            point.connection.server = server;
            point.connection.login = login;
            point.connection.authentication = way;
        });
    };
    EXPECT_EQ(at("outlook.office365.com", "jan@firma.example", Authentication::password),
              Findings{warning(Field::authentication, Fault::microsoft_takes_no_password, "", "")});
    EXPECT_EQ(at("outlook.office365.com", "jan@firma.example", Authentication::oauth2), Findings{});
    EXPECT_EQ(at("imap.gmail.com", "jan", Authentication::password),
              Findings{warning(Field::login, Fault::login_wants_address, "", "")});
    EXPECT_EQ(at("imap.gmail.com", "jan@firma.example", Authentication::password), Findings{});
    EXPECT_EQ(at("imap.firma.example", "jan", Authentication::password), Findings{});
}

TEST(Validate, a_server_is_a_name_and_nothing_more) {
    const auto server = [](const std::string& text) {
        return after([&](Point& point) { point.connection.server = text; });
    };
    EXPECT_EQ(server("  "), Findings{error(Field::server, Fault::required)});
    EXPECT_EQ(
        server("imaps://imap.firma.example:993/"),
        Findings{error(Field::server, Fault::server_has_prefix, "imaps://", "imap.firma.example")});
    EXPECT_EQ(server("https://?"),
              Findings{error(Field::server, Fault::server_has_prefix, "https://")});
    EXPECT_EQ(server("imap.firma.example:993"),
              Findings{error(Field::server, Fault::not_a_server_name, "", "imap.firma.example")});
    EXPECT_EQ(server(" imap.firma.example"),
              Findings{error(Field::server, Fault::not_a_server_name, "", "imap.firma.example")});
    EXPECT_EQ(server("faktury@firma.example"),
              Findings{error(Field::server, Fault::not_a_server_name)});
}

TEST(Validate, looks_like_a_server) {
    for (const char* name :
         {"imap.firma.pl", "localhost", "a", "poczta.żółw.example", "почта.example", "10.0.0.1",
          "127.0.0.1", "::1", "[::1]", "fe80::1", "2001:db8::192.0.2.1", "3com.example", "a-b.c",
          "imap.firma.pl.", "xn--w-uga1v.example"})
        EXPECT_TRUE(looks_like_server(name)) << name;
    for (const char* name :
         {"", ".", "a..b", "-a.b", "a-.b", "a b", "a_b.c", "a/b", "a@b.c", "300.1.1.1", "1.2.3",
          "1.2.3.4.5", "1.2.3.", "a.b:993", "a\xFF.pl", "a\u200B.pl", "a\u3000b", "“a”.pl"})
        EXPECT_FALSE(looks_like_server(name)) << name;
    EXPECT_FALSE(looks_like_server(std::string(64, 'a') + ".pl"));
    EXPECT_FALSE(looks_like_server(std::string(300, 'a')));
}

TEST(Validate, ports) {
    const auto port = [](int number, net::Encryption encryption) {
        return after([&](Point& point) {
            point.connection.port = number;
            point.connection.encryption = encryption;
            point.connection.allow_cleartext = true;
        });
    };
    using net::Encryption;
    for (const int number : {-1, 0, 65'536, 99'300})
        EXPECT_EQ(port(number, Encryption::automatic),
                  Findings{error(Field::port, Fault::port_range)});
    for (const int number : {25, 465, 587})
        EXPECT_EQ(
            port(number, Encryption::automatic),
            Findings{error(Field::port, Fault::port_for_sending, std::to_string(number), "993")});
    EXPECT_EQ(port(143, Encryption::tls),
              Findings{warning(Field::port, Fault::port_unusual, "starttls", "starttls")});
    EXPECT_EQ(port(993, Encryption::starttls),
              Findings{warning(Field::port, Fault::port_unusual, "tls", "tls")});
    EXPECT_EQ(port(993, Encryption::none),
              Findings{warning(Field::port, Fault::port_unusual, "tls", "tls")});
    for (const int number : {1, 143, 1143, 65'535})
        EXPECT_EQ(port(number, Encryption::automatic), Findings{}) << number;
}

TEST(Validate, clear_text_needs_consent_but_on_this_computer) {
    const auto clear = [](const std::string& server, bool consent, Authentication authentication) {
        return after([&](Point& point) {
            point.connection.server = server;
            point.connection.port = 143;
            point.connection.encryption = net::Encryption::none;
            point.connection.allow_cleartext = consent;
            point.connection.authentication = authentication;
        });
    };
    EXPECT_EQ(clear("imap.firma.example", false, Authentication::password),
              Findings{error(Field::encryption, Fault::cleartext_needs_consent)});
    EXPECT_EQ(clear("imap.firma.example", true, Authentication::password), Findings{});
    EXPECT_EQ(clear("127.0.0.1", false, Authentication::password), Findings{});
    for (const char* server : {"imap.firma.example", "127.0.0.1"})
        EXPECT_EQ(clear(server, true, Authentication::oauth2),
                  Findings{error(Field::encryption, Fault::oauth_needs_encryption, "", "auto")});
}

TEST(Validate, a_login_has_no_blanks_around_it) {
    EXPECT_EQ(after([](Point& point) { point.connection.login = " ala@firma.example\t"; }),
              Findings{error(Field::login, Fault::login_has_blanks, "", "ala@firma.example")});
    EXPECT_EQ(after([](Point& point) { point.connection.login = "ala kowalska"; }), Findings{});
}

TEST(Validate, what_shows_nothing_is_told_and_can_be_taken_out) {
    const auto hidden = [](Field field, const std::string& fix) {
        return Findings{error(field, Fault::hidden_characters, "", fix)};
    };
    const auto login = [](const std::string& text) {
        return after([&](Point& point) { point.connection.login = text; });
    };
    EXPECT_EQ(login("ala@firma.example\u200B"), hidden(Field::login, "ala@firma.example"));
    EXPECT_EQ(login("ala\r\nA1 LOGOUT"), hidden(Field::login, "alaA1 LOGOUT"));
    EXPECT_EQ(login("\u00A0ala@firma.example\u3000"),
              Findings{error(Field::login, Fault::login_has_blanks, "", "ala@firma.example")});
    EXPECT_EQ(login("\u00A0"), Findings{error(Field::login, Fault::required)});
    EXPECT_EQ(after([](Point& point) { point.connection.folder = "INBOX\nx"; }),
              hidden(Field::folder, "INBOXx"));
    EXPECT_EQ(after([](Point& point) { point.connection.ca_file = std::string("a\0b", 3); }),
              hidden(Field::ca_file, "ab"));
    EXPECT_EQ(after([](Point& point) { point.general.folder = std::string("a\0b", 3); }),
              hidden(Field::target_folder, "ab"));
    EXPECT_EQ(after([](Point& point) { point.general.naming = "{name}\n"; }),
              hidden(Field::naming, "{name}"));
    EXPECT_EQ(after([](Point& point) { point.connection.server = "imap.firma.example\u200B"; }),
              Findings{error(Field::server, Fault::not_a_server_name, "", "imap.firma.example")});
    EXPECT_EQ(after([](Point& point) { point.connection.folder = "Do\u200BB"; }), Findings{})
        << "a server may have such a one";
}

TEST(Validate, names_that_look_alike_are_the_same) {
    const auto name = [](const std::string& text) {
        return after([&](Point& point) { point.name = text; });
    };
    for (const char* nothing : {"\u00A0", "\u200B", " \u202E "})
        EXPECT_EQ(name(nothing), Findings{error(Field::name, Fault::required)}) << nothing;
    EXPECT_EQ(name("Zamówienia\u200B"),
              (Findings{error(Field::name, Fault::hidden_characters, "", "Zamówienia"),
                        error(Field::name, Fault::name_exists)}));
    EXPECT_EQ(name(" Faktury"),
              (Findings{{Field::name, Fault::blanks_around, Severity::warning, "", "Faktury"}}));
    EXPECT_EQ(name("👩\u200D💻 می\u200Cخواهم"), Findings{})
        << "joiners are part of how they are written";
}

TEST(Validate, what_signing_in_needs_has_its_form) {
    const auto with = [](const auto& set) {
        return after([&](Point& point) {
            point.connection.authentication = Authentication::oauth2;
            set(point.connection.oauth);
        });
    };
    const auto issuer = [&](const std::string& text) {
        return with([&](OAuth& oauth) {
            oauth.provider = "oidc";
            oauth.issuer = text;
        });
    };
    for (const char* good : {"", "https://id.firma.example", "https://[2001:db8::1]:8443/realm/a",
                             "http://127.0.0.1:8080", "http://localhost/x"})
        EXPECT_EQ(issuer(good), Findings{}) << good;
    for (const char* bad : {"id.firma.example", "javascript:alert(1)", "http://id.firma.example",
                            "https://", "https://a b", "https://id.firma.example?x", "https://a@b"})
        EXPECT_EQ(issuer(bad), Findings{error(Field::issuer, Fault::not_an_issuer)}) << bad;
    EXPECT_EQ(issuer("https://ala:tajne@id.firma.example"),
              Findings{error(Field::issuer, Fault::password_in_address)});
    const auto tenant = [&](const std::string& text) {
        return with([&](OAuth& oauth) { oauth.tenant = text; });
    };
    for (const char* good :
         {"", "common", "firma.onmicrosoft.com", "00000000-0000-0000-0000-000000000000"})
        EXPECT_EQ(tenant(good), Findings{}) << good;
    for (const char* bad : {"../evil", "a b", "żółw", "a/b", "a?b"})
        EXPECT_EQ(tenant(bad), Findings{error(Field::tenant, Fault::not_a_tenant)}) << bad;
    const auto client = [&](const std::string& text) {
        return with([&](OAuth& oauth) { oauth.client_id = text; });
    };
    EXPECT_EQ(client("1234-abcd.apps.example"), Findings{});
    EXPECT_EQ(client(" 12 34\u00A0"),
              Findings{error(Field::client_id, Fault::blanks_within, "", "1234")});
    EXPECT_EQ(client("1234\n"),
              Findings{error(Field::client_id, Fault::hidden_characters, "", "1234")});
    EXPECT_EQ(after([](Point& point) { point.connection.oauth.tenant = "../evil"; }), Findings{})
        << "by password nobody uses it";
}

TEST(Validate, a_target_folder_is_no_address_with_a_password) {
    const auto folder = [](const std::string& text) {
        return after([&](Point& point) { point.general.folder = text; });
    };
    EXPECT_EQ(folder("smb://ala:tajne@nas/scans"),
              Findings{error(Field::target_folder, Fault::password_in_address)});
    for (const char* good : {"", "D:\\Faktury", "/a/b:c@d", "smb://nas/scans", "a@b:c"})
        EXPECT_EQ(folder(good), Findings{}) << good;
}

TEST(Validate, folder_and_proxy) {
    EXPECT_EQ(after([](Point& point) { point.connection.folder = ""; }),
              Findings{error(Field::folder, Fault::required, "", "INBOX")});
    const auto proxy = [](const std::string& url) {
        return after([&](Point& point) { point.connection.proxy = url; });
    };
    for (const char* url : {"", "proxy.firma.example", "http://proxy:3128", "http://[::1]:3128/",
                            "https://proxy", "socks4://proxy:1", "socks4a://proxy:65535",
                            "socks5://proxy", "socks5h://proxy.firma.example:1080"})
        EXPECT_EQ(proxy(url), Findings{}) << url;
    for (const char* url : {"http://", "http://:3128", "a b"})
        EXPECT_EQ(proxy(url), Findings{error(Field::proxy, Fault::not_a_server_name)}) << url;
    for (const char* url : {"ftp://proxy", "socks://proxy:1080", "://proxy", "HTTP://proxy"})
        EXPECT_EQ(proxy(url), Findings{error(Field::proxy, Fault::proxy_scheme)}) << url;
    for (const char* url : {"http://proxy:0", "proxy:65536", "socks5://proxy:", "http://proxy:80a",
                            "http://[::1]3128", "http://proxy:123456789012"})
        EXPECT_EQ(proxy(url), Findings{error(Field::proxy, Fault::proxy_port)}) << url;
    for (const char* url : {"socks5h://ala:tajne@proxy.firma.example:1080", "ala:tajne@proxy"})
        EXPECT_EQ(proxy(url), Findings{error(Field::proxy, Fault::proxy_password)}) << url;
    EXPECT_EQ(proxy("ftp://ala:tajne@proxy"), (Findings{error(Field::proxy, Fault::proxy_password),
                                                        error(Field::proxy, Fault::proxy_scheme)}))
        << "whatever else is wrong";
    for (const auto& [url, fix] :
         {std::pair{"http://ala@proxy", "http://proxy"}, std::pair{"ala@proxy:3128", "proxy:3128"}})
        EXPECT_EQ(proxy(url),
                  (Findings{{Field::proxy, Fault::proxy_login, Severity::warning, "", fix}}));
}

TEST(Validate, a_shared_mailbox_is_an_address_and_goes_with_oauth2) {
    const auto shared = [](const std::string& address, Authentication method) {
        return after([&](Point& point) {
            point.connection.shared_mailbox = address;
            point.connection.authentication = method;
        });
    };
    for (const char* good : {"faktury@firma.example", "a.b+c@zażółć.pl"})
        EXPECT_EQ(shared(good, Authentication::oauth2), Findings{}) << good;
    for (const char* bad : {"", "faktury", "@firma.example", "faktury@", "a b@firma.example",
                            "Ala <a@firma.example>", "a@b@firma.example"})
        EXPECT_EQ(shared(bad, Authentication::oauth2),
                  Findings{error(Field::shared_mailbox, Fault::not_an_address)})
            << bad;
    EXPECT_EQ(shared("faktury@firma.example", Authentication::password),
              Findings{error(Field::shared_mailbox, Fault::shared_needs_oauth2)});
}

TEST(Validate, a_fingerprint_is_64_hex_digits) {
    const auto pin = [](const std::string& text) {
        return after([&](Point& point) { point.connection.pinned_certificate = text; });
    };
    std::string digits, with_colons;
    for (int n = 0; n < 32; ++n) {
        digits += "ab";
        with_colons += n == 0 ? "AB" : ":AB";
    }
    EXPECT_EQ(pin(digits), Findings{});
    EXPECT_EQ(pin(with_colons),
              Findings{error(Field::pinned_certificate, Fault::not_a_fingerprint, "", digits)});
    for (const std::string& text : {std::string(), digits + "a", std::string(64, 'g')})
        EXPECT_EQ(pin(text), Findings{error(Field::pinned_certificate, Fault::not_a_fingerprint)});
}

TEST(Validate, a_name_is_there_short_and_the_only_one) {
    const auto name = [](const std::string& text) {
        return after([&](Point& point) { point.name = text; });
    };
    EXPECT_EQ(name(" "), Findings{error(Field::name, Fault::required)});
    EXPECT_EQ(name("ZAMÓWIENIA"), Findings{error(Field::name, Fault::name_exists)});
    std::string eighty;
    for (int n = 0; n < 80; ++n)
        eighty += "ż";
    EXPECT_EQ(name(eighty), Findings{});
    EXPECT_EQ(name(eighty + "x"), Findings{error(Field::name, Fault::name_too_long)});
}

TEST(Validate, templates_have_known_fields_only) {
    const auto naming = [](const std::string& text) {
        return after([&](Point& point) { point.general.naming = text; });
    };
    for (const char* text : {"{name}", "{received:%Y-%m-%d} {sender} {name}", "faktura",
                             "{received}{sender_address}{subject}{number}{point}"})
        EXPECT_EQ(naming(text), Findings{}) << text;
    EXPECT_EQ(naming(""), Findings{error(Field::naming, Fault::required)});
    for (const auto& [text, c] :
         {std::pair{"{sender}/{name}", "/"}, std::pair{"{received:%H:%M} {name}", ":"},
          std::pair{"a*{name}?", "*"}, std::pair{"{point}: {name}", ":"}})
        EXPECT_EQ(naming(text),
                  (Findings{{Field::naming, Fault::template_char, Severity::warning, c, ""}}))
            << text;
    for (const auto& [text, field] :
         {std::pair{"{nmae}.x", "nmae"}, std::pair{"{}", ""}, std::pair{"a {name", "{name"},
          std::pair{"a} b", "} b"}, std::pair{"{sender:%Y}", "sender:%Y"},
          std::pair{"{a{name}", "a{name"}})
        EXPECT_EQ(naming(text),
                  Findings{error(Field::naming, Fault::unknown_template_field, field)})
            << text;
    EXPECT_EQ(naming("{received:%Y%m%d-%H%M%S %%} {received:}"), Findings{});
    for (const char* form : {"%B", "%Ex", "%", "%Y-%", "%-d", "%Y %c"})
        EXPECT_EQ(naming("{received:" + std::string(form) + "}"),
                  Findings{error(Field::naming, Fault::date_form, form)})
            << form;
}

TEST(Validate, days_and_columns) {
    for (const int days : {-1, 366})
        EXPECT_EQ(after([&](Point& point) { point.general.quarantine_days = days; }),
                  Findings{error(Field::quarantine_days, Fault::days_range)});
    for (const int days : {0, 365})
        EXPECT_EQ(after([&](Point& point) { point.general.quarantine_days = days; }), Findings{});
    EXPECT_EQ(after([](Point& point) {
                  point.columns = {"size", "status"};
              }),
              Findings{error(Field::columns, Fault::no_column)});
    EXPECT_EQ(after([](Point& point) { point.columns = {"size", "sender"}; }), Findings{});
}

TEST(Validate, an_ocr_point_needs_no_mailbox) {
    Point point;
    point.type = Type::ocr;
    point.name = "Faktury - OCR";
    EXPECT_EQ(validate(point, {}), Findings{});
}

TEST(FirstObstacle, is_what_no_connection_or_file_could_survive) {
    EXPECT_FALSE(first_obstacle(good()));
    Point point = good();
    point.name.clear();
    point.connection.port = 465;
    point.connection.encryption = net::Encryption::none;
    EXPECT_FALSE(first_obstacle(point)) << "shows where it matters";
    point.connection.port = 70000;
    EXPECT_EQ(key_of(first_obstacle(point)->field), "connection.port");
    point = good();
    point.general.naming = "{sendr}";
    EXPECT_EQ(key_of(first_obstacle(point)->field), "general.naming");
    point.connection.server.clear();
    EXPECT_EQ(key_of(first_obstacle(point)->field), "connection.server");
}

namespace {

template <class Change>
Findings of_ocr(const Change& change) {
    Point point;
    point.type = Type::ocr;
    point.name = "Skany";
    point.general.folder = "skany";
    change(point);
    return validate(point, {});
}

}  // namespace

TEST(Validate, an_ocr_point_is_good_as_it_is_made_and_with_a_command) {
    EXPECT_EQ(of_ocr([](Point& point) { point.general.folder.clear(); }), Findings{});
    EXPECT_EQ(of_ocr([](Point& point) { point.ocr.command = "ocrmypdf -l pol {in} {out}"; }),
              Findings{});
    EXPECT_EQ(of_ocr([](Point& point) {
                  point.ocr.max_pages = 0;
                  point.ocr.warn_after_minutes = 0;
              }),
              Findings{});
}

TEST(Validate, a_command_needs_a_folder_and_a_file) {
    const auto command = [](const std::string& text, const std::string& folder = "skany") {
        return of_ocr([&](Point& point) {
            point.ocr.command = text;
            point.general.folder = folder;
        });
    };
    EXPECT_EQ(command("ocr {in}", ""), Findings{error(Field::target_folder, Fault::required)});
    EXPECT_EQ(command("ocr"), Findings{error(Field::ocr_command, Fault::command_without_in)});
    EXPECT_EQ(command("ocr '{in}"), Findings{error(Field::ocr_command, Fault::command_quote)});
    EXPECT_EQ(command("{in}").at(0).fault, Fault::command_program);
    EXPECT_EQ(command("sh -c 'ocr {in}'"),
              Findings{error(Field::ocr_command, Fault::command_placeholder, "ocr {in}")});
    EXPECT_EQ(command("ocr\x01 {in}"),
              Findings{error(Field::ocr_command, Fault::hidden_characters, "", "ocr {in}")});
}

TEST(Validate, the_numbers_and_types_of_an_ocr_point_have_limits) {
    const auto number = [](int Ocr::*which, int value) {
        return of_ocr([&](Point& point) { point.ocr.*which = value; });
    };
    EXPECT_EQ(number(&Ocr::max_megabytes, 0),
              Findings{error(Field::ocr_size, Fault::number_range, "1–100000")});
    EXPECT_EQ(number(&Ocr::max_pages, -1),
              Findings{error(Field::ocr_pages, Fault::number_range, "0–1000000")});
    EXPECT_EQ(number(&Ocr::jobs, 0), Findings{error(Field::ocr_jobs, Fault::number_range, "1–16")});
    EXPECT_EQ(number(&Ocr::jobs, 17),
              Findings{error(Field::ocr_jobs, Fault::number_range, "1–16")});
    EXPECT_EQ(number(&Ocr::limit_minutes, 1441),
              Findings{error(Field::ocr_limit, Fault::number_range, "1–1440")});
    EXPECT_EQ(number(&Ocr::warn_after_minutes, -1),
              Findings{error(Field::ocr_warning, Fault::number_range, "0–43200")});
    EXPECT_EQ(of_ocr([](Point& point) {
                  point.ocr.types = {"pdf", "docx"};
              }),
              Findings{error(Field::ocr_types, Fault::unknown_type, "docx")});
    EXPECT_EQ(of_ocr([](Point& point) { point.ocr.types.clear(); }),
              Findings{error(Field::ocr_types, Fault::required)});
}

TEST(Validate, what_an_ocr_command_can_t_work_with_is_an_obstacle) {
    Point point;
    point.type = Type::ocr;
    point.general.folder = "skany";
    EXPECT_FALSE(first_obstacle(point));
    point.ocr.command = "ocr {out}";
    EXPECT_EQ(first_obstacle(point)->fault, Fault::command_without_in);
}

}  // namespace mail::point
