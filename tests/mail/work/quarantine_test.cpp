#include "mail/work/quarantine.h"

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "tests/fakes/lossy_disk.h"

namespace mail::work {

namespace {

using namespace std::chrono_literals;

const std::vector<std::string> mails{"Subject: a\r\n\r\nx", "Subject: b\r\n\r\ny", "c"};

class Quarantines : public testing::Test {
protected:
    /// The copies, or the first error on the way.
    static Result<std::vector<Result<Quarantine::Copy>>> keep_all(Disk& disk) {
        auto quarantine = Quarantine::open(disk, "/work/quarantine");
        if (!quarantine)
            return tl::unexpected(quarantine.error());
        std::vector<Unsynced> unsynced;
        for (const std::string& mail : mails) {
            auto incoming = quarantine->begin();
            if (!incoming)
                return tl::unexpected(incoming.error());
            if (auto written = incoming->write(mail); !written)
                return tl::unexpected(written.error());
            auto finished = incoming->finish_unsynced();
            if (!finished)
                return tl::unexpected(finished.error());
            unsynced.push_back(std::move(*finished));
        }
        return quarantine->keep(std::move(unsynced), "ab-");
    }
    Quarantine open() { return Quarantine::open(disk_, "/work/quarantine").value(); }
    std::vector<Quarantine::Copy> kept() {
        std::vector<Quarantine::Copy> copies;
        auto all = keep_all(disk_);
        for (auto& copy : all.value())
            copies.push_back(std::move(copy).value());
        return copies;
    }
    Result<void> check_young(const Quarantine::Copy& copy) {
        return open().check_young(copy, open().now_there().value());
    }
    /// Names of those that nobody has written to for more than ten minutes.
    std::vector<std::string> old_ones() {
        std::vector<std::string> names;
        const auto files = open().ages().value();
        for (const auto& [name, age] : files)
            if (age > Quarantine::half_ones_kept)
                names.push_back(name);
        return names;
    }
    fakes::LossyDisk disk_;
};

}  // namespace

TEST_F(Quarantines, a_copy_is_whole_durable_and_known_by_its_content) {
    const auto copies = kept();
    disk_.lose_power(fakes::LossyDisk::Kept::nothing_unsynced);
    for (std::size_t i = 0; i < mails.size(); ++i) {
        EXPECT_EQ(copies[i].size_octets, mails[i].size());
        EXPECT_EQ(copies[i].sha256, sha256_hex(mails[i]));
        EXPECT_TRUE(copies[i].name.starts_with("ab-"));
        EXPECT_TRUE(copies[i].name.ends_with(".eml"));
        EXPECT_EQ(disk_.content(open().path_of(copies[i].name)), mails[i]);
        EXPECT_TRUE(open().check(copies[i], {}));
        EXPECT_TRUE(check_young(copies[i]));
    }
    EXPECT_EQ(disk_.files().size(), mails.size()) << "and nothing else is there";
}

TEST_F(Quarantines, a_disk_that_fails_at_any_call_keeps_no_copy_that_is_not_whole) {
    fakes::LossyDisk rehearsal;
    ASSERT_TRUE(keep_all(rehearsal));
    for (unsigned call = 1; call <= rehearsal.calls(); ++call) {
        fakes::LossyDisk disk;
        disk.fail_call(call, Cause::disk_error);
        const auto copies = keep_all(disk);
        disk.lose_power(fakes::LossyDisk::Kept::nothing_unsynced);
        std::size_t whole = 0;
        if (copies)
            for (std::size_t i = 0; i < copies->size(); ++i) {
                const auto& copy = (*copies)[i];
                if (!copy)
                    continue;
                ++whole;
                EXPECT_EQ(disk.content("/work/quarantine/" + copy->name), mails[i]) << call;
            }
        EXPECT_LT(whole, mails.size()) << call << ": " << rehearsal.log()[call - 1];
    }
}

TEST_F(Quarantines, a_disk_that_stops_for_good_keeps_nothing_that_it_did_not_say) {
    fakes::LossyDisk rehearsal;
    ASSERT_TRUE(keep_all(rehearsal));
    for (unsigned call = 1; call <= rehearsal.calls(); ++call) {
        fakes::LossyDisk disk;
        disk.stop_at_call(call);
        const auto copies = keep_all(disk);
        if (!copies)
            continue;
        for (const auto& copy : *copies)
            EXPECT_FALSE(copy && !disk.content("/work/quarantine/" + copy->name)) << call;
    }
}

TEST_F(Quarantines, a_copy_that_changed_or_went_is_told) {
    const auto copies = kept();
    disk_.put(open().path_of(copies[0].name), "Subject: A\r\n\r\nx");
    EXPECT_EQ(open().check(copies[0], {}).error().cause, Cause::verify_failed);
    disk_.put(open().path_of(copies[1].name), mails[1] + "z");
    EXPECT_EQ(open().check(copies[1], {}).error().cause, Cause::verify_failed);
    EXPECT_EQ(check_young(copies[1]).error().cause, Cause::verify_failed);
    EXPECT_TRUE(open().drop(copies[2].name));
    EXPECT_TRUE(open().drop(copies[2].name)) << "gone is gone";
    EXPECT_EQ(open().check(copies[2], {}).error().cause, Cause::file_not_found);
    EXPECT_EQ(check_young(copies[2]).error().cause, Cause::file_not_found);
}

TEST_F(Quarantines, between_young_and_old_nobody_uses_or_drops_a_copy) {
    const auto copy = kept().front();
    EXPECT_TRUE(check_young(copy));
    EXPECT_TRUE(old_ones().empty());
    disk_.age(open().path_of(copy.name), 7min);
    EXPECT_EQ(check_young(copy).error().cause, Cause::verify_failed);
    EXPECT_TRUE(old_ones().empty());
    disk_.age(open().path_of(copy.name), 4min);
    EXPECT_EQ(old_ones(), (std::vector<std::string>{copy.name}));
}

TEST_F(Quarantines, ages_go_by_the_clock_of_whoever_keeps_the_folder) {
    for (const auto skew : {-20min, 20min}) {
        disk_.set_clock_ahead(skew);
        const auto copy = kept().front();
        EXPECT_TRUE(check_young(copy)) << skew.count();
        EXPECT_TRUE(old_ones().empty()) << skew.count();
        disk_.age(open().path_of(copy.name), 6min);
        EXPECT_FALSE(check_young(copy)) << skew.count();
        disk_.age(open().path_of(copy.name), 6min);
        EXPECT_EQ(old_ones(), (std::vector<std::string>{copy.name})) << skew.count();
        for (const std::string& path : disk_.files())
            EXPECT_TRUE(disk_.remove(path));
    }
}

TEST_F(Quarantines, where_no_file_can_be_made_nothing_is_old) {
    const auto copy = kept().front();
    disk_.age(open().path_of(copy.name), 30min);
    const Quarantine quarantine = open();
    disk_.fail_call(1, Cause::disk_full);
    EXPECT_TRUE(quarantine.ages().value().empty());
}

}  // namespace mail::work
