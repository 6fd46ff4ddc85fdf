#include "mail/mime/headers.h"

#include <gtest/gtest.h>

#include "mail/base/utf8.h"
#include "mail/mime/parameters.h"

namespace mail::mime {
namespace {

TEST(DecodeText, encoded_words_in_every_usual_form) {
    EXPECT_EQ(decode_text("Faktura nr 5"), "Faktura nr 5");
    EXPECT_EQ(decode_text("=?UTF-8?Q?Za=C5=BC=C3=B3=C5=82=C4=87?="), "Zażółć");
    EXPECT_EQ(decode_text("=?utf-8?B?WmHFvMOzxYLEhw==?="), "Zażółć");
    EXPECT_EQ(decode_text("=?iso-8859-2?Q?za=BF=F3=B3=E6_g=EA=B6l=B1?="), "zażółć gęślą");
    EXPECT_EQ(decode_text("=?windows-1250?Q?ja=9F=F1?="), "jaźń");
    EXPECT_EQ(decode_text("=?utf-8*pl?Q?=C5=BC?="), "ż");
    EXPECT_EQ(decode_text("Re: =?us-ascii?Q?a?= b"), "Re: a b");
}

TEST(DecodeText, blanks_between_words_go_and_those_beside_text_stay) {
    EXPECT_EQ(decode_text("=?utf-8?Q?a?= =?utf-8?Q?b?="), "ab");
    EXPECT_EQ(decode_text("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?="), "ab");
    EXPECT_EQ(decode_text("x =?utf-8?Q?a?= y"), "x a y");
    EXPECT_EQ(decode_text("=?utf-8?Q?a_?= =?utf-8?Q?_b?="), "a  b");
}

TEST(DecodeText, a_character_split_over_two_words_is_joined) {
    EXPECT_EQ(decode_text("=?utf-8?Q?=C5?= =?utf-8?Q?=BC?="), "ż");
    EXPECT_EQ(decode_text("=?utf-8?B?xQ==?= =?UTF-8?B?vA==?="), "ż");
    EXPECT_EQ(decode_text("=?utf-8?B?WmHFv?= =?utf-8?B?MOzxYLEhw==?="), "Zażółć");
}

TEST(DecodeText, wrong_words_are_read_as_far_as_they_go) {
    EXPECT_EQ(decode_text("\"=?utf-8?Q?=C5=BC?=\""), "\"ż\"");
    EXPECT_EQ(decode_text("a=?utf-8?Q?=C5=BC?=b"), "ażb");
    EXPECT_EQ(decode_text("=?utf-8?Q?a b=C5=BC?="), "a bż");
    EXPECT_EQ(decode_text("=?utf-8?B?WmHFvMOz"), "Zażó");
    EXPECT_EQ(decode_text("=?utf-8?X?abc?="), "=?utf-8?X?abc?=");
    EXPECT_EQ(decode_text("=?no-such-set?Q?=C5=BC?="), "ż");
    EXPECT_EQ(decode_text("=?=?=?"), "=?=?=?");
}

TEST(DecodeText, raw_octets_are_guessed) {
    EXPECT_EQ(decode_text("Zażółć"), "Zażółć");
    EXPECT_EQ(decode_text("Za\xBF\xF3\xB3\xE6 g\xEA\x9Cl\xB9"), "Zażółć gęślą");
    EXPECT_EQ(decode_text("za\xBF\xF3\xB3\xE6 g\xEA\xB6l\xB1 ja\xBC\xF1"), "zażółć gęślą jaźń");
    EXPECT_EQ(decode_text("Gr\xFC\xDF"
                          "e"),
              "Grüße");
    EXPECT_TRUE(utf8::valid(decode_text("\xFF\xFE\x80=?utf-8?Q?=FF?=")));
}

TEST(DecodeText, folding_is_one_blank) {
    EXPECT_EQ(decode_text(" a\r\n  b\r\n\tc "), "a b c");
    EXPECT_EQ(decode_text("a  b"), "a  b");
}

struct NameRow {
    std::string_view disposition, type, name;
};

void check_names(std::initializer_list<NameRow> rows) {
    for (const NameRow& row : rows) {
        const FileName file = file_name_of(parse_parameters(row.disposition).parameters,
                                           parse_parameters(row.type).parameters);
        EXPECT_EQ(file.name, row.name) << row.disposition << " / " << row.type;
    }
}

TEST(FileNameOf, plain_names) {
    check_names({{"attachment; filename=\"faktura 1.pdf\"", "", "faktura 1.pdf"},
                 {"attachment; filename=faktura.pdf", "", "faktura.pdf"},
                 {"attachment; filename=faktura za maj.pdf; size=3", "", "faktura za maj.pdf"},
                 {"attachment", "application/pdf; name=a.pdf", "a.pdf"},
                 {"attachment; filename=b.pdf", "application/pdf; name=a.pdf", "b.pdf"},
                 {"attachment; filename=\"\"", "application/pdf; name=a.pdf", "a.pdf"},
                 {"inline", "text/plain; charset=utf-8", ""},
                 {"attachment; name=a.pdf", "", "a.pdf"},
                 {"attachment; FILENAME=A.pdf", "", "A.pdf"}});
}

TEST(FileNameOf, quotes_blanks_and_semicolons_in_wrong_places) {
    check_names({{"attachment; filename=\"a\\\"b.pdf\"", "", "a\"b.pdf"},
                 {"attachment; filename=\"Umowa \"nowa\".pdf\"", "", "Umowa \"nowa\".pdf"},
                 {"attachment; filename=\"a;b.pdf\"; size=1", "", "a;b.pdf"},
                 {"attachment; filename=\"C:\\Users\\jan\\a.pdf\"", "", "C:\\Users\\jan\\a.pdf"},
                 {"attachment; filename=\"a.pdf", "", "a.pdf"},
                 {"attachment; filename = \"a.pdf\" ;", "", "a.pdf"},
                 {"attachment filename=\"a.pdf\"", "", "a.pdf"},
                 {"", "application/pdf name=\"a.pdf\"", "a.pdf"},
                 {"", "application/pdf; charset=utf-8 name=\"a.pdf\"", "a.pdf"},
                 {"attachment; filename=a(1).pdf", "", "a(1).pdf"},
                 {"filename=a.pdf", "", "a.pdf"},
                 {"attachment;\r\n\tfilename=\"a\r\n b.pdf\"", "", "a b.pdf"}});
}

TEST(FileNameOf, rfc_2231_in_any_order) {
    check_names(
        {{"attachment; filename*=utf-8''za%C5%BC%C3%B3.pdf", "", "zażó.pdf"},
         {"attachment; filename*=UTF-8'pl'%C5%BC.pdf; filename=\"z.pdf\"", "", "ż.pdf"},
         {"attachment; filename=z.pdf; filename*=iso-8859-2''%BF.pdf", "", "ż.pdf"},
         {"attachment; filename*0=\"fak\"; filename*1=\"tura.pdf\"", "", "faktura.pdf"},
         {"attachment; filename*1=\"tura.pdf\"; filename*0=\"fak\"", "", "faktura.pdf"},
         {"attachment; filename*0*=utf-8''%C5; filename*1*=%BC; filename*2=\".pdf\"", "", "ż.pdf"},
         {"attachment; filename*2=c; filename*0=a; filename*1=b", "", "abc"},
         {"attachment; filename*10=k; filename*9=j; filename*0=a", "", "ajk"},
         {"attachment; filename*1=a; filename*2=b", "", "ab"},
         {"", "application/pdf; name*=utf-8''%C4%85.pdf", "ą.pdf"}});
}

TEST(FileNameOf, rfc_2231_used_wrongly) {
    check_names({{"attachment; filename=\"utf-8''za%C5%BC.pdf\"", "", "zaż.pdf"},
                 {"attachment; filename*=\"utf-8''%C4%85.pdf\"", "", "ą.pdf"},
                 {"attachment; filename*=%C4%85.pdf", "", "ą.pdf"},
                 {"attachment; filename*=a%2.pdf", "", "a%2.pdf"},
                 {"attachment; filename*0=\"utf-8''%C5\"; filename*1=\"%BC.pdf\"", "", "ż.pdf"},
                 {"attachment; filename*=no-such''%C4%85.pdf", "", "ą.pdf"},
                 {"attachment; filename=\"za%C5%BC%20b.pdf\"", "", "zaż b.pdf"},
                 {"attachment; filename=\"100% rabatu.pdf\"", "", "100% rabatu.pdf"},
                 {"attachment; filename*=\"=?utf-8?Q?=C4=85.pdf?=\"", "", "ą.pdf"},
                 {"attachment; filename*0=a; filename*0=a; filename*1=b", "", "ab"}});
}

TEST(FileNameOf, encoded_words_in_quotes_or_bare_or_cut) {
    check_names(
        {{"attachment; filename=\"=?utf-8?Q?za=C5=BC.pdf?=\"", "", "zaż.pdf"},
         {"attachment; filename==?utf-8?B?xIUucGRm?=", "", "ą.pdf"},
         {"attachment; filename=\"=?utf-8?B?xIU=?=.pdf\"", "", "ą.pdf"},
         {"attachment; filename=\"=?utf-8?Q?a=C4=85?=\r\n =?utf-8?Q?b.pdf?=\"", "", "aąb.pdf"},
         {"attachment; filename*0=\"=?utf-8?Q?=C4\"; filename*1=\"=85.pdf?=\"", "", "ą.pdf"},
         {"", "image/png; name=\"=?windows-1250?Q?=B9.png?=\"", "ą.png"}});
}

TEST(FileNameOf, raw_octets) {
    check_names({{"attachment; filename=\"Za\xBF\xF3\xB3\xE6.pdf\"", "", "Zażółć.pdf"},
                 {"attachment; filename=\"zażółć.pdf\"", "", "zażółć.pdf"},
                 {"attachment; filename=r\xE9sum\xE9.pdf", "", "résumé.pdf"}});
}

TEST(FileNameOf, says_what_had_to_be_mended) {
    const auto repaired = [](std::string_view disposition) {
        return file_name_of(parse_parameters(disposition).parameters, {}).repaired;
    };
    EXPECT_TRUE(repaired("attachment; filename=\"a.pdf\"").empty());
    EXPECT_TRUE(repaired("attachment; filename*=utf-8''%C4%85.pdf").empty());
    EXPECT_EQ(repaired("attachment; filename=\"=?utf-8?Q?a?=\""),
              std::vector<Repair>{Repair::name_syntax});
    EXPECT_EQ(repaired("attachment; filename=\"\xB9\""), std::vector<Repair>{Repair::name_charset});
}

TEST(Parameters, values_are_read_however_they_are_written) {
    const ParameterField field = parse_parameters(
        " Multipart/Mixed (comment); boundary=\"a b\"; Charset=us-ascii (plain); x; =y; type=\"z");
    EXPECT_EQ(field.value, "multipart/mixed");
    EXPECT_EQ(parameter(field.parameters, "boundary"), "a b");
    EXPECT_EQ(parameter(field.parameters, "charset"), "us-ascii");
    EXPECT_EQ(parameter(field.parameters, "type"), "z");
    EXPECT_EQ(parameter(field.parameters, "none"), "");
    EXPECT_EQ(parse_parameters("\"text/plain\"; a=b").value, "text/plain");
    EXPECT_EQ(parse_parameters("").value, "");
    EXPECT_EQ(parse_parameters("text/plain,charset=utf-8").value, "text/plain,charset=utf-8");
}

TEST(Parameters, hostile_fields_end_soon) {
    std::string quotes = "a/b";
    while (quotes.size() < (1 << 20))
        quotes += ";a=\"x";
    EXPECT_LE(parse_parameters(quotes).parameters.size(), 1000U);
    EXPECT_LE(parse_parameters(std::string(1 << 20, '"')).parameters.size(), 1000U);
    EXPECT_LE(parse_parameters(std::string(1 << 20, '(')).parameters.size(), 1000U);
}

TEST(FirstMailbox, name_and_address_are_told_apart) {
    const auto check = [](std::string_view raw, std::string_view name, std::string_view address) {
        const Mailbox mailbox = first_mailbox(raw);
        EXPECT_EQ(mailbox.name, name) << raw;
        EXPECT_EQ(mailbox.address, address) << raw;
    };
    check("Jan Kowalski <jan@firma.example>", "Jan Kowalski", "jan@firma.example");
    check("\"Kowalski, Jan\" <jan@firma.example>, b@c.example", "Kowalski, Jan",
          "jan@firma.example");
    check("jan@firma.example", "", "jan@firma.example");
    check("jan@firma.example (Jan Kowalski)", "Jan Kowalski", "jan@firma.example");
    check("<jan@firma.example>", "", "jan@firma.example");
    check("=?utf-8?Q?=C5=81ukasz?= <l@firma.example>", "Łukasz", "l@firma.example");
    check("\"=?utf-8?Q?=C5=81ukasz?=\" <l@firma.example>", "Łukasz", "l@firma.example");
    check("\"Jan \\\"J\\\" K\" <j@x.example> (work)", "Jan \"J\" K", "j@x.example");
    check("team: a@x.example, b@x.example;", "", "a@x.example");
    check("<@route.example:jan@firma.example>", "", "jan@firma.example");
    check("Biuro <biuro>", "Biuro", "biuro");
    check("Biuro", "Biuro", "");
    check("", "", "");
    check("a(b", "b", "");
    check("\xA3ukasz <l@x.example>", "Łukasz", "l@x.example");
}

TEST(ParseDate, the_usual_forms) {
    using namespace std::chrono;
    const auto at = [](int year_number, unsigned month_number, unsigned day_number, int hour,
                       int minute, int second) {
        return sys_seconds(sys_days(year(year_number) / month(month_number) / day(day_number))) +
               hours(hour) + minutes(minute) + seconds(second);
    };
    const auto noon = at(2026, 11, 24, 12, 0, 5);
    EXPECT_EQ(parse_date("Tue, 24 Nov 2026 13:00:05 +0100"), noon);
    EXPECT_EQ(parse_date("24 Nov 2026 12:00:05 GMT"), noon);
    EXPECT_EQ(parse_date("24 Nov 26 07:00:05 EST"), noon);
    EXPECT_EQ(parse_date("Tue, 24 November 2026 12:00:05 -0000 (UTC)"), noon);
    EXPECT_EQ(parse_date("Tue Nov 24 12:00:05 2026"), noon);
    EXPECT_EQ(parse_date("2026-11-24T12:00:05Z"), noon);
    EXPECT_EQ(parse_date("2026-11-24 13:00:05 +01:00"), noon);
    EXPECT_EQ(parse_date("24-Nov-2026 12:00:05 +0000"), noon);
    EXPECT_EQ(parse_date("Tue, 24 Nov 2026 12:00"), at(2026, 11, 24, 12, 0, 0));
    EXPECT_EQ(parse_date("24 Nov 1999"), at(1999, 11, 24, 0, 0, 0));
    EXPECT_EQ(parse_date("Mon, 1 Jan 100 00:00:00 +0000"), at(2000, 1, 1, 0, 0, 0));
}

TEST(ParseDate, what_is_no_date_gives_none) {
    for (const std::string_view raw :
         {"", "yesterday", "31 Feb 2026", "24 Nov", "Tue, 99 Nov 2026", "((((", "24 Foo 2026"})
        EXPECT_FALSE(parse_date(raw)) << raw;
}

}  // namespace
}  // namespace mail::mime
