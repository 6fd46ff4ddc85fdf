#include "mail/work/extract.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "mail/demo/expected.h"
#include "mail/demo/server.h"
#include "tests/fakes/lossy_disk.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::work {

namespace {

Wait wait() {
    return Wait::for_at_most(std::chrono::seconds(60));
}

}  // namespace

TEST(Extract, what_the_mailbox_gives_the_file_gives_too) {
    const auto expected = demo::expected_mails();
    const auto mails = demo::sample_mails();
    for (std::size_t i = 0; i < mails.size(); ++i) {
        const auto extraction =
            extract(real_disk(), *mime::source_of(mails[i].raw), std::nullopt, {}, wait());
        ASSERT_TRUE(extraction);
        std::set<std::string> found;
        for (const PartView& part : extraction->parts)
            if (part.counts)
                found.insert(part.sha256);
        for (const demo::ExpectedFile& file : expected[i].files)
            if (file.kind == demo::ExpectedFile::Kind::document) {
                EXPECT_TRUE(found.contains(file.sha256))
                    << expected[i].subject << ": " << file.name;
            }
        EXPECT_EQ(extraction->head.subject, expected[i].subject);
    }
}

TEST(Extract, without_a_folder_nothing_is_written_and_with_one_the_files_are_there) {
    const fakes::ScratchFolder folder;
    const auto mails = demo::sample_mails();
    const auto source = mime::source_of(mails[1].raw);
    const auto measured = extract(real_disk(), *source, std::nullopt, {}, wait());
    ASSERT_TRUE(measured);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    const auto written = extract(real_disk(), *source, folder.path(), {}, wait());
    ASSERT_TRUE(written);
    const auto is_taken = [](const PartView& part) { return part.verdict == Verdict::taken; };
    const auto part = std::ranges::find_if(written->parts, is_taken);
    ASSERT_NE(part, written->parts.end());
    EXPECT_TRUE(std::filesystem::exists(part->file));
    EXPECT_TRUE(std::ranges::none_of(measured->parts, is_taken));
}

TEST(Extract, a_stop_ends_it_and_leaves_nothing) {
    const fakes::ScratchFolder folder;
    StopSource stop;
    stop.request_stop();
    const auto mails = demo::sample_mails();
    const auto ended = extract(real_disk(), *mime::source_of(mails[1].raw), folder.path(), {},
                               Wait::for_at_most(std::chrono::seconds(60), stop.get_token()));
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().cause, Cause::cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Extract, a_file_that_gets_no_name_leaves_nothing_behind_and_holds_up_no_other) {
    constexpr const char* raw =
        "Subject: two\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1.4 one\r\n"
        "--b\r\nContent-Type: application/pdf; name=b.pdf\r\n\r\n%PDF-1.4 two\r\n--b--\r\n";
    const auto run = [&](fakes::LossyDisk& disk) {
        disk.put_folder("/f");
        auto found = extract(disk, *mime::source_of(raw), "/f", {}, wait());
        EXPECT_TRUE(found);
        return found ? std::move(found->parts) : Parts();
    };
    fakes::LossyDisk good;
    run(good);
    ASSERT_EQ(good.files(), (std::vector<std::string>{"/f/a.pdf", "/f/b.pdf"}));
    // Whatever fails between the first file's content and its name.
    const std::vector<std::string> calls = good.log();
    const auto is_rename = [](const std::string& call) { return call.starts_with("rename"); };
    const auto named = std::ranges::find_if(calls, is_rename);
    ASSERT_NE(named, calls.end());
    for (const int before : {0, 1}) {
        SCOPED_TRACE(*(named - before));
        fakes::LossyDisk disk;
        disk.fail_call(static_cast<unsigned>(named - before - calls.begin()) + 1,
                       Cause::disk_error);
        const Parts parts = run(disk);
        EXPECT_EQ(disk.files(), std::vector<std::string>{"/f/b.pdf"});
        const auto failed = std::ranges::find(parts, Reason::failed, &PartView::reason);
        ASSERT_NE(failed, parts.end());
        EXPECT_EQ(failed->part.name, "a.pdf");
        EXPECT_EQ(failed->verdict, Verdict::needs_you);
        EXPECT_EQ(failed->error->cause, Cause::disk_error);
        EXPECT_EQ(failed->file, "");
    }
}

TEST(Extract, an_empty_file_is_no_mail) {
    const auto none = extract(real_disk(), *mime::source_of(""), std::nullopt, {}, wait());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().cause, Cause::not_a_mail);
}

}  // namespace mail::work
