#include "mail/store/instances.h"

#include <gtest/gtest.h>

#include "mail/store/ledger.h"
#include "tests/fakes/scratch_folder.h"

namespace mail::store {

// The rows that another computer would have written are written here by hand: what they mean is
// this module's to judge.
class InstanceTest : public testing::Test {
protected:
    InstanceTest() : database_(open(folder_ / "state.db")) {}

    static Database open(const std::string& path) {
        static_cast<void>(Ledger::open(path).value());
        return Database::open(path).value();
    }
    bool lives(const ProcessName& process, int heartbeat_age_seconds) {
        Instance other(process);
        EXPECT_TRUE(other.sign_in(database_));
        EXPECT_TRUE(database_.run("UPDATE instance SET heartbeat = heartbeat - " +
                                  std::to_string(heartbeat_age_seconds)));
        const auto living = Instance(this_process()).others(database_).value();
        return living.contains(other.id());
    }

    fakes::ScratchFolder folder_;
    Database database_;
};

TEST_F(InstanceTest, this_process_runs_and_lives_whatever_its_heartbeat) {
    EXPECT_TRUE(is_running(this_process()));
    EXPECT_TRUE(lives(this_process(), 100'000));
}

TEST_F(InstanceTest, a_later_process_of_the_same_number_is_another) {
    ProcessName earlier = this_process();
    earlier.started += "0";
    EXPECT_FALSE(is_running(earlier));
    EXPECT_FALSE(lives(earlier, 0));
}

TEST_F(InstanceTest, of_another_computer_the_heartbeat_decides) {
    ProcessName elsewhere = this_process();
    elsewhere.host = "another computer";
    EXPECT_TRUE(lives(elsewhere, 0));
    EXPECT_TRUE(lives(elsewhere, 110));
    EXPECT_FALSE(lives(elsewhere, 121));
    EXPECT_TRUE(lives(elsewhere, -3600)) << "a clock that is ahead";
}

TEST_F(InstanceTest, one_is_not_among_the_others) {
    Instance own(this_process());
    ASSERT_TRUE(own.sign_in(database_));
    EXPECT_TRUE(own.others(database_)->empty());
    EXPECT_EQ(Instance(this_process()).others(database_)->count(own.id()), 1U);
}

TEST_F(InstanceTest, the_dead_who_hold_nothing_are_forgotten_at_the_next_sign_in) {
    ProcessName dead = this_process();
    dead.started = "long ago";
    ASSERT_TRUE(Instance(dead).sign_in(database_));
    Instance own(this_process());
    ASSERT_TRUE(own.sign_in(database_));
    EXPECT_EQ(database_.ask_text("SELECT id FROM instance").value(), own.id());
    EXPECT_TRUE(own.sign_out(database_));
    EXPECT_EQ(database_.ask_integer("SELECT count(*) FROM instance").value(), 0);
}

TEST_F(InstanceTest, a_heart_beats_only_for_what_is_held) {
    Instance own(this_process());
    ASSERT_TRUE(own.sign_in(database_));
    ASSERT_TRUE(database_.run("UPDATE instance SET heartbeat = 5"));
    ASSERT_TRUE(own.beat(database_));
    EXPECT_EQ(database_.ask_integer("SELECT heartbeat FROM instance").value(), 5);
    ASSERT_TRUE(database_.run("INSERT INTO mailbox VALUES (1, 'p', 'a', 'f', 1);"
                              "INSERT INTO message VALUES (1, 1, 1, x'', 0, 0, 'planned', '', '', "
                              "0, '', '" +
                              own.id() + "', 0, 0, '', '')"));
    ASSERT_TRUE(own.beat(database_));
    EXPECT_GT(database_.ask_integer("SELECT heartbeat FROM instance").value(), 5);
}

TEST_F(InstanceTest, a_removal_under_way_is_held_like_a_message) {
    ProcessName process = this_process();
    process.started = "long ago";
    Instance dead(process);
    ASSERT_TRUE(dead.sign_in(database_));
    ASSERT_TRUE(
        database_.run("INSERT INTO mailbox VALUES (1, 'p', 'a', 'f', 1);"
                      "INSERT INTO removal VALUES (1, 1, 0, x'', 0, 0, 'removing', 0, '', 0, "
                      "'', '', '', '', 0, 0, '', '', 0, 0, 0, 0, '" +
                      dead.id() + "'); UPDATE instance SET heartbeat = 5"));
    ASSERT_TRUE(Instance(this_process()).sign_in(database_));
    EXPECT_EQ(database_.ask_integer("SELECT count(*) FROM instance").value(), 2);
    ASSERT_TRUE(dead.beat(database_));
    EXPECT_GT(database_.ask_integer("SELECT min(heartbeat) FROM instance").value(), 5);
}

}  // namespace mail::store
