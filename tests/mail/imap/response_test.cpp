#include "mail/imap/response.h"

#include <gtest/gtest.h>

#include "tests/mail/imap/replies.h"

namespace mail::imap {
namespace {

using tests::parsed;

TEST(Response, a_status_has_its_code_and_the_servers_words) {
    struct Case {
        std::string_view raw;
        Status::Kind kind;
        std::string_view code, arguments, text;
    };
    const std::vector<Case> table{
        {"* OK [UIDVALIDITY 3857529045] UIDs valid", Status::Kind::ok, "UIDVALIDITY", "3857529045",
         "UIDs valid"},
        {"* ok [uidnext 4392]", Status::Kind::ok, "UIDNEXT", "4392", ""},
        {"* OK [PERMANENTFLAGS (\\Deleted \\*)] Limited", Status::Kind::ok, "PERMANENTFLAGS",
         "(\\Deleted \\*)", "Limited"},
        {"* NO [ALERT] Full {5}", Status::Kind::no, "ALERT", "", "Full {5}"},
        {"* BAD", Status::Kind::bad, "", "", ""},
        {"* BYE Autologout", Status::Kind::bye, "", "", "Autologout"},
        {"* PREAUTH hi", Status::Kind::preauth, "", "", "hi"},
        {"* OK [", Status::Kind::ok, "", "", "["},
        {"* OK [half", Status::Kind::ok, "", "", "[half"},
        {"* NO [REFERRAL imap://x/] no", Status::Kind::no, "REFERRAL", "imap://x/", "no"},
    };
    for (const Case& one : table) {
        const auto status = parsed<Status>(one.raw);
        EXPECT_EQ(status.kind, one.kind) << one.raw;
        EXPECT_EQ(status.code.value_or(ResponseCode{}).name, one.code) << one.raw;
        EXPECT_EQ(status.code.value_or(ResponseCode{}).raw_arguments, one.arguments) << one.raw;
        EXPECT_EQ(status.raw_text, one.text) << one.raw;
    }
}

TEST(Response, tags_and_continuations_are_told_apart) {
    const auto tagged = parsed<Tagged>("A7 NO [AUTHENTICATIONFAILED] Wrong.");
    EXPECT_EQ(tagged.tag, "A7");
    EXPECT_TRUE(tagged.status.has_code("AUTHENTICATIONFAILED"));
    EXPECT_EQ(tagged.status.words(), "[AUTHENTICATIONFAILED] Wrong.");
    EXPECT_EQ(parsed<Continuation>("+ eyJ9").raw_text, "eyJ9");
    EXPECT_EQ(parsed<Continuation>("+").raw_text, "");
}

TEST(Response, capabilities_are_words_in_any_case) {
    const auto capabilities = parsed<Capabilities>(
        "* CAPABILITY IMAP4rev1 auth=plain AUTH=XOAUTH2 SASL-IR  LITERAL+ Starttls BINARY ESEARCH");
    EXPECT_TRUE(capabilities.sasl_ir && capabilities.literal_plus && capabilities.starttls &&
                capabilities.binary && capabilities.esearch);
    EXPECT_FALSE(capabilities.login_disabled || capabilities.idle);
    EXPECT_TRUE(capabilities.has_mechanism("PLAIN") && capabilities.has_mechanism("XOAUTH2"));
    EXPECT_EQ(capabilities.all.size(), 8U);
    EXPECT_TRUE(parse_capabilities("IMAP4rev2").binary);
    EXPECT_FALSE(parse_capabilities("IMAP4rev2 IMAP4rev1").esearch) << "not before ENABLE";
}

TEST(Response, folders_are_read_with_their_names_decoded) {
    const auto folder = parsed<Folder>("* LIST (\\HasNoChildren \\Trash) \"/\" \"Zako&AUQ-czone\"");
    EXPECT_EQ(folder.name, "Zakończone");
    EXPECT_EQ(folder.raw_name, "Zako&AUQ-czone");
    EXPECT_EQ(folder.delimiter, '/');
    EXPECT_TRUE(folder.selectable);
    EXPECT_EQ(folder.attributes, (std::vector<std::string>{"\\hasnochildren", "\\trash"}));

    EXPECT_FALSE(parsed<Folder>("* LIST (\\Noselect) NIL {3}\r\na b").selectable);
    EXPECT_EQ(parsed<Folder>("* LIST (\\Noselect) NIL {3}\r\na b").name, "a b");
    EXPECT_EQ(parsed<Folder>("* LIST () NIL INBOX").delimiter, '\0');
    EXPECT_EQ(parsed<Folder>("* LIST () \"\\\\\" a\\b").delimiter, '\\');
    EXPECT_EQ(parsed<Folder>("* LIST () \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\"))").name, "a");
    EXPECT_EQ(parsed<Unknown>("* LSUB () \"/\" a").word, "LSUB");
}

TEST(Response, counts_are_read) {
    EXPECT_EQ(parsed<CountData>("* 23 EXISTS").number, 23U);
    EXPECT_EQ(parsed<CountData>("* 5 recent").kind, CountData::Kind::recent);
    EXPECT_EQ(parsed<CountData>("* 2 EXPUNGE").kind, CountData::Kind::expunge);
    EXPECT_EQ(parsed<CountData>("* 2 EXPUNGED").kind, CountData::Kind::expunge);
    EXPECT_EQ(parsed<FlagsData>("* FLAGS (\\Seen a)").flags.size(), 2U);
}

TEST(Response, searches_are_read_in_both_forms) {
    EXPECT_EQ(parsed<SearchData>("* SEARCH 2 84 882").uids, (std::vector<Uid>{2, 84, 882}));
    EXPECT_TRUE(parsed<SearchData>("* SEARCH").uids.empty());
    EXPECT_TRUE(parsed<SearchData>("* SEARCH ").uids.empty());
    EXPECT_EQ(parsed<SearchData>("* SEARCH 2 (MODSEQ 917162500)").uids, (std::vector<Uid>{2}));

    const auto found = parsed<EsearchData>("* ESEARCH (TAG \"A282\") UID COUNT 4 ALL 4:6,9 X (1)");
    EXPECT_EQ(found.tag, "A282");
    EXPECT_TRUE(found.of_uids);
    EXPECT_EQ(found.all, (std::vector<Uid>{4, 5, 6, 9}));
    EXPECT_EQ(found.count, 4U);
    EXPECT_TRUE(parsed<EsearchData>("* ESEARCH (TAG \"A1\") UID").all.empty());
}

TEST(Response, a_damaged_search_gives_no_part_of_it) {
    for (const std::string_view raw :
         {"* SEARCH 1 2 x", "* SEARCH 1 4294967296", "* SEARCH 0",
          "* ESEARCH (TAG \"A\") UID ALL *", "* ESEARCH (TAG \"A\") UID ALL 1:4294967295",
          "* ESEARCH (TAG \"A\") UID ALL 1,,2"}) {
        const auto response = parse_response(tests::reply_of(raw));
        ASSERT_FALSE(response) << raw;
        EXPECT_EQ(response.error().reach, Reach::folder) << raw;
    }
}

TEST(Response, status_and_namespace_are_read) {
    const auto status = parsed<StatusData>("* STATUS \"a b\" (MESSAGES 231 UIDNEXT 44292)");
    EXPECT_EQ(status.raw_folder, "a b");
    EXPECT_EQ(status.items.at(1), (std::pair<std::string, std::uint64_t>{"UIDNEXT", 44292}));
    const auto names = parsed<NamespaceData>("* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL");
    EXPECT_EQ(names.raw_prefix, "INBOX.");
    EXPECT_EQ(names.delimiter, '.');
    EXPECT_EQ(parsed<NamespaceData>("* NAMESPACE NIL NIL NIL").delimiter, '\0');
}

TEST(Response, unknown_ones_are_no_error) {
    EXPECT_EQ(parsed<Unknown>("* XFOO bar (baz \"").word, "XFOO");
    EXPECT_EQ(parsed<Unknown>("* 5 XFOO bar").word, "XFOO");
    EXPECT_EQ(parsed<Unknown>("* XENABLED CONDSTORE").word, "XENABLED");
    EXPECT_EQ(parsed<Unknown>("* ID NIL").word, "ID");
}

TEST(Response, what_has_no_form_condemns_the_connection) {
    for (const std::string_view raw :
         {"", "x", "*", "*x", "A1 FOO", "A1 BYE x", "220 smtp", " OK"}) {
        const auto response = parse_response(tests::reply_of(raw));
        ASSERT_FALSE(response) << raw;
        EXPECT_EQ(response.error().reach, Reach::connection) << raw;
    }
}

}  // namespace
}  // namespace mail::imap
