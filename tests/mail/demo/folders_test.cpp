#include <gtest/gtest.h>

#include "mail/demo/folder_names.h"
#include "tests/mail/demo/client.h"

namespace mail::demo {
namespace {

using test::Client;
using test::in_inbox;
using test::Reply;
using test::signed_in;
using test::small_mail;
using test::started;

TEST(FolderNames, modified_utf7_there_and_back) {
    // RFC 3501, 5.1.3 has the two in the middle.
    const std::pair<const char*, const char*> table[] = {
        {"INBOX", "INBOX"},
        {"Zażółć", "Za&AXwA8wFCAQc-"},
        {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
        {"A&B", "A&-B"},
        {"📎", "&2D3czg-"},
    };
    for (const auto& [name, raw] : table) {
        EXPECT_EQ(to_modified_utf7(name), raw);
        EXPECT_EQ(from_modified_utf7(raw), name);
    }
    for (const char* raw : {"Zażółć", "&", "&AXw", "&A-", "&!!!-"})
        EXPECT_EQ(from_modified_utf7(raw), std::nullopt) << raw;
}

TEST(FolderNames, a_star_crosses_folders_and_a_percent_does_not) {
    EXPECT_TRUE(matches_pattern("Archiwum/2025", "*"));
    EXPECT_FALSE(matches_pattern("Archiwum/2025", "%"));
    EXPECT_TRUE(matches_pattern("Archiwum/2025", "%/%"));
    EXPECT_TRUE(matches_pattern("Archiwum/2025", "A*5"));
    EXPECT_FALSE(matches_pattern("Archiwum", "archiwum"));
    EXPECT_TRUE(matches_pattern("INBOX", "inbox"));
    EXPECT_FALSE(matches_pattern("INBOX", ""));
    EXPECT_FALSE(matches_pattern(std::string(500, 'a'), std::string(500, '*') + "b"));
}

TEST(DemoFolders, are_listed_with_those_above_them) {
    const auto server = started({});
    Client client = signed_in(*server);
    EXPECT_EQ(client.ask("LIST \"\" *").untagged,
              "* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n"
              "* LIST (\\HasNoChildren) \"/\" \"Faktury\"\r\n"
              "* LIST (\\HasChildren \\Noselect) \"/\" \"Archiwum\"\r\n"
              "* LIST (\\HasNoChildren) \"/\" \"Archiwum/2025\"\r\n"
              "* LIST (\\HasNoChildren) \"/\" \"Za&AXwA8wFCAQc-\"\r\n");
    EXPECT_EQ(client.ask("LIST Archiwum/ %").untagged,
              "* LIST (\\HasNoChildren) \"/\" \"Archiwum/2025\"\r\n");
    EXPECT_EQ(client.ask("LIST \"\" \"\"").untagged, "* LIST (\\Noselect) \"/\" \"\"\r\n");
    EXPECT_TRUE(client.ask("LSUB \"\" *").contains("* LSUB () \"/\" \"Faktury\"\r\n"));
    EXPECT_EQ(client.ask("NAMESPACE").untagged, "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
    EXPECT_TRUE(client.ask("CREATE Nowy").tagged.starts_with("NO [CANNOT]"));
}

TEST(DemoFolders, status_counts_without_opening) {
    const auto server = started({small_mail("a"), small_mail("b")});
    Client client = signed_in(*server);
    EXPECT_EQ(
        client.ask("STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN RECENT)").untagged,
        "* STATUS \"INBOX\" (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 20261101 UNSEEN 2 RECENT 0)\r\n");
}

TEST(DemoFolders, examine_reads_only_and_select_writes) {
    const auto server = started({small_mail("a")});
    Client client = signed_in(*server);
    const Reply examined = client.ask("EXAMINE inbox");
    EXPECT_TRUE(examined.tagged.starts_with("OK [READ-ONLY]"));
    EXPECT_TRUE(examined.contains("* 1 EXISTS\r\n"));
    EXPECT_TRUE(examined.contains("[UIDVALIDITY 20261101]"));
    EXPECT_TRUE(examined.contains("[UIDNEXT 2]"));
    EXPECT_TRUE(examined.contains("[PERMANENTFLAGS ()]"));
    for (const char* command : {"UID STORE 1 +FLAGS (\\Deleted)", "UID EXPUNGE 1", "EXPUNGE"})
        EXPECT_TRUE(client.ask(command).tagged.starts_with("NO [READ-ONLY]")) << command;
    client.ask("UID FETCH 1 BODY[]");
    EXPECT_TRUE(client.ask("UID FETCH 1 FLAGS").contains("FLAGS ()"));
    const Reply selected = client.ask("SELECT INBOX");
    EXPECT_TRUE(selected.tagged.starts_with("OK [READ-WRITE]"));
    EXPECT_TRUE(selected.contains("\\*)]"));
    EXPECT_TRUE(client.ask("UID FETCH 1 BODY[]").contains("FLAGS (\\Seen)"));
}

TEST(DemoFolders, a_missing_or_misspelt_folder_leaves_none_open) {
    const auto server = started({small_mail("a")});
    Client client = in_inbox(*server);
    EXPECT_TRUE(client.ask("EXAMINE Brak").tagged.starts_with("NO [NONEXISTENT]"));
    EXPECT_TRUE(client.ask("UID FETCH 1 FLAGS").tagged.starts_with("BAD"));
    EXPECT_TRUE(client.ask("EXAMINE \"Zażółć\"").tagged.starts_with("NO [CANNOT]"));
    EXPECT_TRUE(client.ask("EXAMINE Archiwum").tagged.starts_with("NO"));
    EXPECT_TRUE(client.ask("EXAMINE Za&AXwA8wFCAQc-").ok());
}

TEST(DemoFolders, what_is_appended_is_there_with_flags_and_date) {
    const auto server = started({});
    Client client = signed_in(*server);
    const Reply appended = client.ask("APPEND Faktury (\\Seen) \"05-Nov-2026 08:00:00 +0100\" "
                                      "{17+}\r\nSubject: a\r\n\r\nb\r\n");
    EXPECT_TRUE(appended.tagged.starts_with("OK [APPENDUID 20261102 1]")) << appended.tagged;
    client.ask("EXAMINE Faktury");
    EXPECT_EQ(client.ask("UID FETCH 1 (FLAGS INTERNALDATE RFC822.SIZE)").untagged,
              "* 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \" 5-Nov-2026 07:00:00 +0000\" "
              "RFC822.SIZE 17)\r\n");
}

TEST(DemoFolders, close_expunges_and_unselect_does_not) {
    const auto server = started({small_mail("a"), small_mail("b")});
    Client client = in_inbox(*server, "SELECT");
    client.ask("UID STORE 1 +FLAGS.SILENT (\\Deleted)");
    client.ask("UNSELECT");
    EXPECT_TRUE(client.ask("SELECT INBOX").contains("* 2 EXISTS"));
    client.ask("CLOSE");
    EXPECT_TRUE(client.ask("SELECT INBOX").contains("* 1 EXISTS"));
}

}  // namespace
}  // namespace mail::demo
