#include "gui/screens/editor_form.h"

#include <gtest/gtest.h>

namespace gui {
namespace {

using mail::net::Encryption;
using mail::point::Fault;
using mail::point::Field;

mail::point::Point good_point() {
    mail::point::Point point;
    point.id = "7";
    point.name = "Faktury kosztowe";
    point.connection.server = "imap.firma.example";
    point.connection.login = "faktury@firma.example";
    return point;
}

EditorForm new_form(const std::string& login = "") {
    mail::point::Point point;
    point.connection.login = login;
    EditorForm form(point, EditorForm::Origin::new_point);
    form.check({});
    return form;
}

EditorForm opened(mail::point::Point point = good_point()) {
    EditorForm form(std::move(point), EditorForm::Origin::existing);
    form.check({});
    return form;
}

TEST(EditorForm, an_address_fills_what_the_table_knows_of_it) {
    const EditorForm form = new_form("jan@interia.pl");
    EXPECT_EQ(form.point.connection.server, "poczta.interia.pl");
    EXPECT_EQ(form.port, "993");
    EXPECT_EQ(form.point.connection.encryption, Encryption::tls);
    EXPECT_EQ(form.point.name, "jan@interia.pl");
    EXPECT_EQ(form.source(), EditorForm::Source::table);
    EXPECT_EQ(form.errors(), 0U);
}

TEST(EditorForm, an_address_of_an_unknown_domain_is_a_guess_and_says_so) {
    const EditorForm form = new_form("jan@firma.example");
    EXPECT_EQ(form.point.connection.server, "imap.firma.example");
    EXPECT_EQ(form.source(), EditorForm::Source::domain);
}

TEST(EditorForm, what_only_an_address_filled_in_is_no_change_to_be_asked_about) {
    EXPECT_FALSE(new_form("jan@interia.pl").changed());
    EXPECT_FALSE(new_form().changed());
}

TEST(EditorForm, another_address_fills_again_but_never_over_what_was_typed) {
    EditorForm form = new_form("jan@interia.pl");
    form.point.connection.login = "jan@o2.pl";
    form.fill_from_login();
    EXPECT_EQ(form.point.connection.server, "poczta.o2.pl");
    EXPECT_EQ(form.point.name, "jan@o2.pl");

    form.point.connection.server = "imap.mine.example";
    form.set_by_hand(Field::server);
    form.point.name = "Moja nazwa";
    form.point.connection.login = "jan@interia.pl";
    form.fill_from_login();
    EXPECT_EQ(form.point.connection.server, "imap.mine.example");
    EXPECT_EQ(form.point.name, "Moja nazwa");
    EXPECT_EQ(form.source(), EditorForm::Source::user);
}

TEST(EditorForm, a_login_that_is_no_address_changes_nothing) {
    EditorForm form = new_form();
    form.point.connection.login = "jan";
    form.fill_from_login();
    EXPECT_EQ(form.point.connection.server, "");
}

TEST(EditorForm, an_empty_form_is_not_scolded_before_anything_was_typed) {
    const EditorForm form = new_form();
    EXPECT_EQ(form.errors(), 3U);  // server, login, name
    EXPECT_FALSE(form.any_error_shown(100));
    EXPECT_EQ(form.shown(Field::server, 100), nullptr);
}

TEST(EditorForm, a_fault_is_said_on_leaving_the_field_or_after_a_pause) {
    EditorForm form = opened();
    form.point.connection.server = "imap firma";
    form.check({});
    form.typed(Field::server, 10.0);
    EXPECT_EQ(form.shown(Field::server, 10.1), nullptr);
    ASSERT_NE(form.shown(Field::server, 10.7), nullptr);
    EXPECT_EQ(form.shown(Field::server, 10.7)->fault, Fault::not_a_server_name);

    EditorForm other = opened();
    other.point.connection.server = "";
    other.check({});
    other.left(Field::server);
    ASSERT_NE(other.shown(Field::server, 0), nullptr);
    other.point.connection.server = "imap.firma.example";
    other.check({});
    EXPECT_EQ(other.shown(Field::server, 0), nullptr);
}

TEST(EditorForm, a_port_that_cannot_become_right_is_said_while_typing) {
    for (const char* port : {"99300", "993a", "x", "123456789012345678901"}) {
        EditorForm form = opened();
        form.port = port;
        form.check({});
        ASSERT_NE(form.shown(Field::port, 0), nullptr) << port;
        EXPECT_EQ(form.shown(Field::port, 0)->fault, Fault::port_range);
    }
    EditorForm half = opened();
    half.port = "";
    half.check({});
    EXPECT_EQ(half.shown(Field::port, 0), nullptr);
    EXPECT_EQ(half.errors(), 1U);
}

TEST(EditorForm, the_first_fault_is_the_topmost_field) {
    EditorForm form = opened();
    form.point.name = "";
    form.port = "0";
    form.check({});
    EXPECT_EQ(form.first_fault(), Field::port);
    EXPECT_EQ(form.errors(), 2U);
    form.show_all();
    EXPECT_NE(form.shown(Field::name, 0), nullptr);
}

TEST(EditorForm, the_name_of_another_point_is_refused) {
    EditorForm form = opened();
    form.check({"Reklamacje", "faktury KOSZTOWE"});
    form.left(Field::name);
    ASSERT_NE(form.shown(Field::name, 0), nullptr);
    EXPECT_EQ(form.shown(Field::name, 0)->fault, Fault::name_exists);
}

struct Mend {
    const char* what;
    void (*spoil)(EditorForm&);
    Field field;
    bool (*mended)(const EditorForm&);
};

TEST(EditorForm, the_button_beside_a_fault_mends_it) {
    const Mend mends[] = {
        {"sending port", [](EditorForm& f) { f.port = "465"; }, Field::port,
         [](const EditorForm& f) { return f.port == "993"; }},
        {"143 with TLS",
         [](EditorForm& f) {
             f.port = "143";
             f.point.connection.encryption = Encryption::tls;
         },
         Field::port,
         [](const EditorForm& f) {
             return f.point.connection.encryption == Encryption::starttls && f.port == "143";
         }},
        {"prefix", [](EditorForm& f) { f.point.connection.server = "https://imap.a.example/x"; },
         Field::server,
         [](const EditorForm& f) { return f.point.connection.server == "imap.a.example"; }},
        {"blank", [](EditorForm& f) { f.point.connection.login = " jan "; }, Field::login,
         [](const EditorForm& f) { return f.point.connection.login == "jan"; }},
        {"clear text", [](EditorForm& f) { f.point.connection.encryption = Encryption::none; },
         Field::encryption, [](const EditorForm& f) { return f.point.connection.allow_cleartext; }},
        {"OAuth2 in clear",
         [](EditorForm& f) {
             f.point.connection.encryption = Encryption::none;
             f.point.connection.authentication = mail::point::Authentication::oauth2;
         },
         Field::encryption,
         [](const EditorForm& f) {
             return f.point.connection.encryption == Encryption::automatic;
         }},
        {"shared mailbox by password",
         [](EditorForm& f) { f.shared_mailbox = "faktury@firma.example"; }, Field::shared_mailbox,
         [](const EditorForm& f) { return !f.point.connection.shared_mailbox.has_value(); }},
        {"login of a proxy", [](EditorForm& f) { f.proxy = "http://ala@proxy:3128"; }, Field::proxy,
         [](const EditorForm& f) { return f.proxy == "http://proxy:3128"; }},
        {"fingerprint",
         [](EditorForm& f) {
             for (int i = 0; i < 32; ++i)
                 f.pinned_certificate += i == 0 ? "AB" : ":AB";
         },
         Field::pinned_certificate,
         [](const EditorForm& f) { return f.pinned_certificate.size() == 64; }},
    };
    for (const Mend& mend : mends) {
        SCOPED_TRACE(mend.what);
        EditorForm form = opened();
        mend.spoil(form);
        form.check({});
        form.show_all();
        const mail::point::Finding* finding = form.shown(mend.field, 0);
        ASSERT_NE(finding, nullptr);
        form.mend(mail::point::Finding(*finding));
        form.check({});
        EXPECT_TRUE(mend.mended(form));
        EXPECT_EQ(form.shown(mend.field, 0), nullptr);
    }
}

TEST(EditorForm, an_opened_point_is_unchanged_until_something_differs) {
    EditorForm form = opened();
    EXPECT_FALSE(form.changed());
    form.proxy = "http://proxy.example:3128";
    form.check({});
    EXPECT_TRUE(form.changed());
    form.proxy = "";
    form.check({});
    EXPECT_FALSE(form.changed());
    form.password_typed = true;
    EXPECT_TRUE(form.changed());
}

TEST(EditorForm, a_proxy_that_means_none_stays_so) {
    mail::point::Point point = good_point();
    point.connection.proxy = "";
    EditorForm form = opened(point);
    EXPECT_EQ(form.point.connection.proxy, "");
    EXPECT_FALSE(form.changed());
}

TEST(NearestFolder, is_the_same_name_spelt_otherwise_or_under_a_namespace) {
    const std::vector<std::string> folders{"INBOX", "INBOX.Faktury", "Zakończone"};
    EXPECT_EQ(nearest_folder(folders, "zakonczone"), "Zakończone");
    EXPECT_EQ(nearest_folder(folders, "Faktury"), "INBOX.Faktury");
    EXPECT_EQ(nearest_folder(folders, "Inbox"), "INBOX");
    EXPECT_EQ(nearest_folder(folders, "aktury"), "");
    EXPECT_EQ(nearest_folder({}, "X"), "");
}

}  // namespace
}  // namespace gui
