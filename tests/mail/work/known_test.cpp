#include "mail/work/known.h"

#include <gtest/gtest.h>

#include "tests/fakes/scratch_folder.h"

#include "mail/work/choose.h"

namespace mail::work {

namespace {

MessageRow row_with_pdf() {
    MessageRow row;
    row.uid = 5;
    PartView text;
    text.part.path = "1";
    text.part.type = "text/plain";
    PartView pdf;
    pdf.part.path = "2";
    pdf.part.type = "application/pdf";
    pdf.part.name = "a.pdf";
    pdf.counts = true;
    pdf.verdict = Verdict::will_be_taken;
    pdf.reason = Reason::attachment;
    row.parts = PartList({text, pdf});
    return row;
}

store::MessageEntry entry_of(store::Step step, std::vector<store::FileEntry> files) {
    store::MessageEntry entry;
    entry.id.uid = 5;
    entry.step = step;
    entry.files = std::move(files);
    entry.folder = "/target";
    entry.who = "Ala";
    return entry;
}

}  // namespace

TEST(Remember, a_stored_file_makes_the_part_taken) {
    MessageRow row = row_with_pdf();
    remember(row,
             entry_of(store::Step::stored,
                      {{"2", "a.pdf", "application/pdf", 9, "ab", "", "/target/a.pdf"}}),
             {});
    EXPECT_EQ(row.initial.status, Status::taken);
    EXPECT_EQ(row.initial.parts.unpack().at(1).file, "/target/a.pdf");
    EXPECT_EQ(row.initial.parts.unpack().at(1).size_octets, 9U);
    EXPECT_EQ(row.initial.folder, "/target");
    EXPECT_EQ(row.initial.who, "Ala");
}

TEST(Remember, a_file_that_was_dropped_for_its_content_keeps_the_reason) {
    MessageRow row = row_with_pdf();
    const auto entry = entry_of(
        store::Step::stored,
        {{"2", "a.pdf", "application/vnd.microsoft.portable-executable", 9, "ab", "", ""}});
    remember(row, entry, {});
    EXPECT_EQ(row.initial.status, Status::check);
    EXPECT_EQ(row.initial.parts.unpack().at(1).reason, Reason::executable);
}

TEST(Remember, a_part_that_only_the_whole_mail_showed_is_listed_again) {
    MessageRow row = row_with_pdf();
    remember(row,
             entry_of(store::Step::stored,
                      {{"3/1", "inner.pdf", "application/pdf", 9, "ab", "", "/target/inner.pdf"}}),
             {});
    ASSERT_EQ(row.initial.parts.unpack().size(), 3U);
    EXPECT_EQ(row.initial.parts.unpack().at(2).part.name, "inner.pdf");
    EXPECT_EQ(row.initial.parts.unpack().at(2).verdict, Verdict::taken);
    EXPECT_EQ(row.initial.status, Status::taken);
}

TEST(Remember, a_container_that_was_opened_is_no_attachment_beside_what_was_in_it) {
    MessageRow row = row_with_pdf();
    remember(row,
             entry_of(store::Step::stored,
                      {{"2/1", "inner.pdf", "application/pdf", 9, "ab", "", "/target/inner.pdf"}}),
             {});
    EXPECT_FALSE(row.initial.parts.unpack().at(1).counts);
    EXPECT_TRUE(row.initial.parts.unpack().at(2).counts);
}

TEST(Remember, a_name_that_the_server_cut_is_the_one_that_was_read) {
    MessageRow row = row_with_pdf();
    remember(row,
             entry_of(store::Step::stored,
                      {{"2", "a 5.pdf", "application/pdf", 9, "ab", "", "/target/a 5.pdf"}}),
             {});
    EXPECT_EQ(row.initial.parts.unpack().at(1).part.name, "a 5.pdf");
}

TEST(Remember, a_mail_whose_parts_were_not_all_listed_still_needs_somebody) {
    MessageRow row = row_with_pdf();
    auto entry = entry_of(store::Step::stored,
                          {{"2", "a.pdf", "application/pdf", 9, "ab", "", "/target/a.pdf"}});
    entry.cause = "too_many_parts";
    remember(row, entry, {});
    EXPECT_EQ(row.initial.status, Status::check);
    EXPECT_TRUE(is_incomplete(row.initial.parts.unpack()));
}

TEST(Remember, a_partial_message_has_its_open_part) {
    MessageRow row = row_with_pdf();
    remember(row, entry_of(store::Step::partial, {}), {});
    EXPECT_EQ(row.initial.status, Status::partial);
    EXPECT_EQ(row.initial.parts.unpack().at(1).verdict, Verdict::will_be_taken);
}

TEST(Remember, a_part_that_never_arrived_is_still_to_be_taken) {
    for (const store::Step step : {store::Step::failed, store::Step::partial}) {
        MessageRow row = row_with_pdf();
        store::MessageEntry entry = entry_of(step, {{"2", "a.pdf", "", 0, "", "", ""}});
        entry.cause = "disk_full";
        remember(row, entry, {});
        EXPECT_EQ(row.initial.parts.unpack().at(1).verdict, Verdict::will_be_taken);
        EXPECT_TRUE(is_open(row.initial));
    }
}

TEST(Remember, a_failed_one_says_why_and_a_cancelled_one_is_new) {
    MessageRow row = row_with_pdf();
    store::MessageEntry entry = entry_of(store::Step::failed, {});
    entry.cause = "disk_full";
    remember(row, entry, {});
    EXPECT_EQ(row.initial.status, Status::failed);
    EXPECT_EQ(row.initial.error->cause, Cause::disk_full);
    MessageRow other = row_with_pdf();
    entry.cause = "cancelled";
    entry.files = {{"2", "a.pdf", "", 0, "", "", ""}};
    remember(other, entry, {});
    EXPECT_EQ(other.initial.status, Status::new_);
    EXPECT_EQ(other.initial.taken_at, std::chrono::sys_seconds{});
}

TEST(Known, a_uid_that_means_another_message_by_now_is_not_the_known_one) {
    const fakes::ScratchFolder folder;
    const auto ledger = store::Ledger::open(folder / "state.db").value();
    const store::MailboxId inbox{"point", "ala@imap.firma.example", "INBOX", 1};
    auto entry = entry_of(store::Step::stored, {});
    entry.id.message_id = "<old@firma.example>";
    ASSERT_TRUE(ledger->finished(inbox, {entry}));
    const Known known = Known::load(*ledger, inbox).value();
    MessageRow row = row_with_pdf();
    row.message_id = "<old@firma.example>";
    EXPECT_NE(known.find(row), nullptr);
    row.message_id = "<new@firma.example>";
    EXPECT_EQ(known.find(row), nullptr);
    EXPECT_TRUE(known.is_finished(5));
    EXPECT_FALSE(known.is_finished(6));
}

}  // namespace mail::work
