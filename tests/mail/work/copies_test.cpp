#include "mail/work/copies.h"

#include "tests/mail/work/removing.h"

namespace mail::work {

namespace {

/// The real disk, on which a test sees to copies before they are looked at.
class WatchedDisk final : public Disk {
public:
    /// Told the path, and may change what is found there.
    std::function<void(const std::string& path, Entry& entry)> at_look;
    std::function<void(const std::string& path)> at_open;

    Result<Entry> look(const std::string& path) override {
        auto entry = real_.look(path);
        if (entry && at_look && path.ends_with(".eml")) {
            at_look(path, *entry);
            if (auto still = real_.look(path); !still)
                return still;
        }
        return entry;
    }
    Result<std::unique_ptr<NewFile>> create(const std::string& path, Access access) override {
        return real_.create(path, access);
    }
    std::vector<Result<void>> sync_all(const std::vector<NewFile*>& files) override {
        return real_.sync_all(files);
    }
    Result<std::unique_ptr<OldFile>> open(const std::string& path) override {
        if (at_open)
            at_open(path);
        return real_.open(path);
    }
    Result<void> rename_new(const std::string& from, const std::string& to) override {
        return real_.rename_new(from, to);
    }
    Result<void> rename_over(const std::string& from, const std::string& to) override {
        return real_.rename_over(from, to);
    }
    Result<void> sync_folder(const std::string& folder) override {
        return real_.sync_folder(folder);
    }
    Result<void> remove(const std::string& path) override { return real_.remove(path); }
    Result<void> make_folder(const std::string& path, Access access) override {
        return real_.make_folder(path, access);
    }
    Result<std::vector<Entry>> list(const std::string& folder) override {
        return real_.list(folder);
    }
    Result<std::uint64_t> free_octets(const std::string& folder) override {
        return real_.free_octets(folder);
    }

private:
    Disk& real_ = real_disk();
};

class CopiesOnTheirWay : public Removing {
protected:
    void keep_on(WatchedDisk& disk) {
        quarantine_.emplace(Quarantine::open(disk, folder_ / "quarantine").value());
    }
};

}  // namespace

TEST_F(CopiesOnTheirWay, a_copy_that_went_before_the_ledger_had_its_name_keeps_its_mail) {
    have_taken(3);
    WatchedDisk disk;
    keep_on(disk);
    disk.at_look = [&, first = true](const std::string& path, const Entry&) mutable {
        if (std::exchange(first, false))
            std::filesystem::remove(path);
    };
    ASSERT_FALSE(remove_uids({1, 2}).error);
    ASSERT_EQ(kept_.size(), 1U);
    const std::uint32_t kept = kept_.begin()->first;
    EXPECT_EQ(why_kept(kept), "copy_missing");
    EXPECT_EQ(on_server(), (Uids{kept, 3}));
    ASSERT_EQ(entries().size(), 1U);
    EXPECT_EQ(copies(), std::vector<std::string>{entries().front().copy});
}

TEST_F(CopiesOnTheirWay, a_disk_without_room_is_told_as_that_alone) {
    have_taken(3);
    for (std::uint64_t room = 1; room < 750; room += 150) {
        SCOPED_TRACE(room);
        fakes::LossyDisk disk;
        disk.set_room(room);
        quarantine_.emplace(Quarantine::open(disk, "/quarantine").value());
        const RemoveOutcome outcome = remove_uids({1, 2}, {.despite_gate = true}, disk);
        ASSERT_TRUE(outcome.error);
        EXPECT_EQ(outcome.error->cause, Cause::disk_full);
        EXPECT_EQ(outcome.left.size(), 2U);
        for (const auto& [uid, why] : kept_)
            ADD_FAILURE() << uid << ": " << name_of(why.cause);
        EXPECT_EQ(on_server(), (Uids{1, 2, 3}));
    }
}

TEST_F(CopiesOnTheirWay, a_connection_that_is_given_up_for_the_disk_is_nobodys_fault) {
    have_taken(1);
    fakes::LossyDisk disk;
    quarantine_.emplace(Quarantine::open(disk, "/quarantine").value());
    disk.set_room(3);
    const RemoveContext with_disk = context();
    Copies copies(with_disk, {{&rows_.front(), {}}}, true);
    ASSERT_TRUE(copies.begin(0, imap::PartSink::Form::encoded));
    EXPECT_EQ(copies.data(0, "Subject: x").error().cause, Cause::disk_full);
    const Error broken{Cause::connection_lost, Layer::fetch, Reach::connection, {}};
    EXPECT_EQ(copies.end(0, tl::unexpected(broken)).error().cause, Cause::disk_full);
    EXPECT_TRUE(copies.kept().empty());
}

TEST_F(CopiesOnTheirWay, one_so_old_that_others_might_take_it_for_a_stray_is_none) {
    have_taken(2);
    WatchedDisk disk;
    keep_on(disk);
    disk.at_look = [](const std::string&, Entry& entry) {
        entry.modified -= std::chrono::minutes(6);
    };
    ASSERT_FALSE(remove_uids({1}).error);
    EXPECT_EQ(why_kept(1), "verify_failed");
    EXPECT_EQ(on_server(), (Uids{1, 2}));
    EXPECT_TRUE(entries().empty());
    EXPECT_TRUE(copies().empty());
    EXPECT_EQ(logged(), (std::vector<std::string>{"removed:verify_failed"}));
}

TEST_F(CopiesOnTheirWay, who_stops_it_while_they_are_read_back_has_changed_nothing) {
    // Each is read twice: as octets and as a mail.
    for (const int opened : {1, 2, 3, 4}) {
        SCOPED_TRACE(opened);
        start_afresh();
        have_taken(2);
        WatchedDisk disk;
        keep_on(disk);
        const auto session = select();
        StopSource stop;
        Wait stoppable = wait();
        stoppable.stop = stop.get_token();
        disk.at_open = [&, count = 0](const std::string& path) mutable {
            if (path.ends_with(".eml") && ++count == opened)
                stop.request_stop();
        };
        const RemoveOutcome cut =
            remove(*session, context(), {&rows_[0], &rows_[1]}, {}, *this, stoppable);
        ASSERT_TRUE(cut.error);
        EXPECT_EQ(cut.error->cause, Cause::cancelled);
        EXPECT_EQ(cut.left, (Uids{rows_[0].uid, rows_[1].uid}));
        EXPECT_TRUE(kept_.empty());
        EXPECT_EQ(on_server(), (Uids{1, 2}));
        EXPECT_TRUE(entries().empty());
        EXPECT_TRUE(copies().empty());
    }
}

}  // namespace mail::work
