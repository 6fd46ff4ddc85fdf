#include "mail/work/extract.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "mail/demo/expected.h"
#include "mail/demo/server.h"
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

TEST(Extract, an_empty_file_is_no_mail) {
    const auto none = extract(real_disk(), *mime::source_of(""), std::nullopt, {}, wait());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().cause, Cause::not_a_mail);
}

}  // namespace mail::work
