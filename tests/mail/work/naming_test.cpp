#include "mail/work/naming.h"

#include <gtest/gtest.h>

namespace mail::work {

namespace {

NamingFields fields() {
    using namespace std::chrono;
    NamingFields fields;
    fields.received = sys_days{2026y / November / 24} + 9h + 12min;
    fields.sender = "Transbud Łódź";
    fields.sender_address = "faktury@transbud.example";
    fields.subject = "Faktura 7/11";
    fields.name = "FV_2026.pdf";
    fields.point = "Koszty";
    fields.type = "application/pdf";
    return fields;
}

}  // namespace

TEST(Naming, the_default_is_the_name_of_the_part) {
    EXPECT_EQ(file_name_for("{name}", fields()), "FV_2026.pdf");
}

TEST(Naming, fields_are_filled_and_the_extension_stays) {
    EXPECT_EQ(file_name_for("{received:%Y-%m-%d} {sender} {name}", fields()),
              "2026-11-24 Transbud Łódź FV_2026.pdf");
    EXPECT_EQ(file_name_for("{point}-{number}", fields()), "Koszty-1.pdf");
    EXPECT_EQ(file_name_for("{received}", fields()), "2026-11-24.pdf");
}

TEST(Naming, a_date_has_these_forms_and_no_other) {
    NamingFields early = fields();
    early.received =
        std::chrono::sys_days(std::chrono::year(987) / 6 / 5) + std::chrono::seconds(3723);
    EXPECT_EQ(file_name_for("{received:%Y%m%d %H.%M.%S %%}", early), "09870605 01.02.03 %.pdf");
    EXPECT_EQ(file_name_for("{received:%B %}", early).find("June"), std::string::npos);
}

TEST(Naming, a_slash_in_a_field_makes_no_folder) {
    EXPECT_EQ(file_name_for("{subject}", fields()), "Faktura 7_11.pdf");
    EXPECT_EQ(file_name_for("../{name}", fields()).find('/'), std::string::npos);
}

TEST(Naming, a_part_without_name_gets_the_subject_and_the_extension_of_its_type) {
    NamingFields nameless = fields();
    nameless.name.clear();
    nameless.subject = "Faktura za energię";
    EXPECT_EQ(file_name_for("{name}", nameless), "Faktura za energię.pdf");
    nameless.subject.clear();
    EXPECT_EQ(file_name_for("{name}", nameless), "attachment 1.pdf");
}

TEST(Naming, an_unknown_field_stays) {
    EXPECT_EQ(file_name_for("{sendr} {name}", fields()), "{sendr} FV_2026.pdf");
}

TEST(Naming, an_open_brace_is_only_a_brace) {
    EXPECT_EQ(file_name_for("a{name", fields()), "a{name.pdf");
}

}  // namespace mail::work
