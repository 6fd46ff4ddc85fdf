#include "mail/work/gate.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "tests/fakes/lossy_disk.h"

namespace mail::work {

namespace {

using Lock = Gate::Lock;

PartView taken(const std::string& file, const std::string& content) {
    PartView part;
    part.part.path = "2";
    part.part.type = "application/pdf";
    part.verdict = Verdict::taken;
    part.reason = Reason::attachment;
    part.counts = true;
    part.file = file;
    part.sha256 = sha256_hex(content);
    part.size_octets = content.size();
    return part;
}

PartView with_verdict(Verdict verdict) {
    PartView part;
    part.part.path = "3";
    part.verdict = verdict;
    part.counts = true;
    return part;
}

MessageState state_of(Status status, const Parts& parts) {
    MessageState state;
    state.status = status;
    state.parts = PartList(parts);
    return state;
}

PartView wanted(const std::string& name) {
    PartView part = with_verdict(Verdict::will_be_taken);
    part.part.name = name;
    part.decision = store::Decision::take;
    return part;
}

class Gates : public testing::Test {
protected:
    void SetUp() override {
        disk_.put_folder("/out");
        disk_.put("/out/a.pdf", "%PDF a");
        disk_.put("/out/b.pdf", "%PDF b");
    }
    [[nodiscard]] Gate check(const MessageState& state, const Wait& wait = {}) {
        return check_gate(disk_, row_, state, wait);
    }
    fakes::LossyDisk disk_;
    MessageRow row_;
    MessageState both_ =
        state_of(Status::taken, {taken("/out/a.pdf", "%PDF a"), taken("/out/b.pdf", "%PDF b"),
                                 with_verdict(Verdict::skipped)});
};

}  // namespace

TEST_F(Gates, names_the_part_that_somebody_wants_where_nothing_else_is_missing) {
    const PartView saved = taken("/out/a.pdf", "%PDF a");
    const Gate gate = gate_of(row_, state_of(Status::partial, {saved, wanted("logo.png")}));
    EXPECT_EQ(gate.lock, Lock::part_wanted);
    EXPECT_EQ(gate.path, "logo.png");
    EXPECT_EQ(gate_of(row_, state_of(Status::partial, {saved, wanted("")})).path, "3");
    const PartView open = with_verdict(Verdict::will_be_taken);
    EXPECT_EQ(gate_of(row_, state_of(Status::partial, {saved, wanted("a"), open})).lock,
              Lock::not_taken);
    EXPECT_EQ(gate_of(row_, state_of(Status::taking, {saved, wanted("a")})).lock, Lock::not_taken);
    EXPECT_EQ(gate_of(row_, state_of(Status::failed, {})).lock, Lock::not_taken);
}

TEST_F(Gates, every_file_is_read_back) {
    EXPECT_EQ(gate_of(row_, both_).lock, Lock::open);
    EXPECT_EQ(disk_.calls(), 0U) << "cheap: for each row";
    EXPECT_EQ(check(both_).lock, Lock::open);
    const auto log = disk_.log();
    for (const std::string call : {"open /out/a.pdf", "open /out/b.pdf"})
        EXPECT_NE(std::ranges::find(log, call), log.end()) << call;
}

TEST_F(Gates, a_file_that_went_or_changed_locks_and_is_named) {
    for (const std::string content : {"%PDF x", "%PDF", "%PDF b and more", ""}) {
        disk_.put("/out/b.pdf", content);
        const Gate gate = check(both_);
        EXPECT_EQ(gate.lock, Lock::file_changed) << content;
        EXPECT_EQ(gate.path, "/out/b.pdf");
    }
    ASSERT_TRUE(disk_.remove("/out/b.pdf"));
    EXPECT_EQ(check(both_).lock, Lock::file_missing);
    EXPECT_EQ(check(both_).path, "/out/b.pdf");
    EXPECT_EQ(gate_of(row_, both_).lock, Lock::open) << "that is only known from the disk";
}

TEST_F(Gates, a_disk_that_fails_at_any_call_locks) {
    ASSERT_EQ(check(both_).lock, Lock::open);
    const unsigned calls = disk_.calls();
    ASSERT_GE(calls, 6U);
    for (unsigned call = 1; call <= calls; ++call) {
        disk_.fail_call(call, Cause::disk_error);
        const Gate gate = check(both_);
        EXPECT_EQ(gate.lock, Lock::file_unreadable) << call;
        ASSERT_TRUE(gate.error);
        EXPECT_EQ(gate.error->cause, Cause::disk_error);
        disk_.heal();
    }
}

TEST_F(Gates, who_stops_it_has_no_open_gate) {
    StopSource stop;
    stop.request_stop();
    Wait wait;
    wait.stop = stop.get_token();
    const Gate gate = check(both_, wait);
    EXPECT_EQ(gate.lock, Lock::file_unreadable);
    EXPECT_EQ(gate.error.value().cause, Cause::cancelled);
}

TEST_F(Gates, what_is_not_wholly_taken_is_locked) {
    const Parts parts{taken("/out/a.pdf", "%PDF a")};
    for (const Status status : {Status::new_, Status::queued, Status::taking, Status::partial,
                                Status::failed, Status::held, Status::gone, Status::quarantined})
        EXPECT_EQ(check(state_of(status, parts)).lock, Lock::not_taken) << name_of(status);
    EXPECT_EQ(check(state_of(Status::check, parts)).lock, Lock::part_needs_you);
    EXPECT_EQ(check(state_of(Status::none, {})).lock, Lock::no_attachments);
    EXPECT_EQ(disk_.calls(), 0U);
}

TEST_F(Gates, a_status_that_its_parts_do_not_bear_out_opens_nothing) {
    const PartView one = taken("/out/a.pdf", "%PDF a");
    EXPECT_EQ(check(state_of(Status::taken, {one, with_verdict(Verdict::will_be_taken)})).lock,
              Lock::not_taken);
    EXPECT_EQ(check(state_of(Status::taken, {one, with_verdict(Verdict::needs_you)})).lock,
              Lock::part_needs_you);
    EXPECT_EQ(check(state_of(Status::taken, {with_verdict(Verdict::skipped)})).lock,
              Lock::no_attachments);
    PartView nameless = one;
    nameless.file.clear();
    EXPECT_EQ(check(state_of(Status::taken, {nameless})).lock, Lock::not_taken);
    PartView unhashed = one;
    unhashed.sha256.clear();
    EXPECT_EQ(check(state_of(Status::taken, {unhashed})).lock, Lock::not_taken);
}

TEST_F(Gates, off_the_list_the_document_still_counts) {
    EXPECT_EQ(check(state_of(Status::hidden, {taken("/out/a.pdf", "%PDF a")})).lock, Lock::open);
    EXPECT_EQ(check(state_of(Status::hidden, {with_verdict(Verdict::will_be_taken)})).lock,
              Lock::not_taken);
}

TEST_F(Gates, every_lock_has_its_name) {
    EXPECT_EQ(name_of(Lock::open), "open");
    EXPECT_EQ(name_of(Lock::not_taken), "not_taken");
    EXPECT_EQ(name_of(Lock::ledger_damaged), "ledger_damaged");
}

}  // namespace mail::work
