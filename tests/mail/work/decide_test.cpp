// What somebody decides about parts, and what comes of it when the message is taken.

#include "mail/work/decide.h"

#include "mail/mime/source.h"
#include "mail/work/choose.h"
#include "mail/work/gate.h"
#include "mail/work/known.h"
#include "mail/work/recorded.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

using store::Decision;

const std::string pdf = "%PDF-1.7 faktura";
const std::string program = "MZ program";
const std::string program_path = "3";

class Deciding : public Taking {
protected:
    /// Text, a PDF as part 2, a program as part 3.
    static demo::Mail with_program() {
        return with_more(mail_with("faktura.pdf", pdf, {}),
                         {{"setup.exe", program, "application/octet-stream"}});
    }
    [[nodiscard]] MessageRow row(std::uint32_t uid = 1) const {
        MessageRow found = *std::ranges::find(rows_, uid, &MessageRow::uid);
        if (const auto state = states_.find(uid); state != states_.end())
            found.initial = state->second;
        return found;
    }
    Result<MessageState> decide(Decision decision, const std::string& part, std::uint32_t uid = 1) {
        auto state =
            work::decide({*ledger_, mailbox_, point_.general, "Ala"}, row(uid), part, decision);
        if (state)
            states_[uid] = *state;
        return state;
    }
    [[nodiscard]] static PartView part_of(const MessageState& state, const std::string& path) {
        for (PartView& part : state.parts.unpack())
            if (part.part.path == path)
                return part;
        ADD_FAILURE() << "no part " << path;
        return {};
    }
    [[nodiscard]] bool take_with_program() {
        serve({with_program()});
        return run();
    }
    [[nodiscard]] bool run_anew() {
        open_ledger();
        return run();
    }
};

}  // namespace

TEST_F(Deciding, a_program_is_written_once_somebody_wants_it) {
    ASSERT_TRUE(take_with_program());
    EXPECT_EQ(states_[1].status, Status::check);
    EXPECT_EQ(states_[1].who, "tester");
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex(pdf)});
    const auto decided = decide(Decision::take, program_path);
    ASSERT_TRUE(decided) << name_of(decided.error().cause);
    EXPECT_EQ(decided->status, Status::partial);
    EXPECT_EQ(part_of(*decided, program_path).verdict, Verdict::will_be_taken);
    EXPECT_EQ(part_of(*decided, program_path).reason, Reason::asked_for);
    EXPECT_EQ(hashes().size(), 1U) << "nothing is taken by the decision";
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(hashes(), (std::multiset<std::string>{sha256_hex(pdf), sha256_hex(program)}));
    EXPECT_EQ(states_[1].status, Status::taken);
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(states_.empty()) << "nothing is left to be done";
    EXPECT_EQ(row().initial.status, Status::taken);
}

TEST_F(Deciding, what_nobody_wants_leaves_the_message_done) {
    ASSERT_TRUE(take_with_program());
    const auto decided = decide(Decision::skip, program_path);
    ASSERT_TRUE(decided);
    EXPECT_EQ(decided->status, Status::taken);
    EXPECT_EQ(part_of(*decided, program_path).verdict, Verdict::skipped);
    EXPECT_EQ(part_of(*decided, program_path).reason, Reason::not_wanted);
    const auto entry = ledger_->messages(mailbox_).value().at(0);
    EXPECT_EQ(entry.step, store::Step::stored);
    ASSERT_EQ(entry.left_out.size(), 1U);
    EXPECT_FALSE(entry.left_out[0].needs_you);
    EXPECT_EQ(entry.left_out[0].reason, "not_wanted");
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(states_.empty());
    EXPECT_EQ(row().initial.status, Status::taken);
    EXPECT_EQ(part_of(row().initial, program_path).decision, Decision::skip);
}

TEST_F(Deciding, a_part_of_a_new_message_is_left_out) {
    serve({with_more(mail_with("a.pdf", "%PDF a", {}), {{"b.pdf", "%PDF b"}})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    ASSERT_TRUE(decide(Decision::skip, "3"));
    EXPECT_EQ(states_[1].status, Status::new_);
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("%PDF a")});
    EXPECT_EQ(states_[1].status, Status::taken);
}

TEST_F(Deciding, a_part_that_was_left_out_comes_when_it_is_wanted_after_all) {
    serve({with_more(mail_with("a.pdf", "%PDF a", {}), {{"b.pdf", "%PDF b"}})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    ASSERT_TRUE(decide(Decision::skip, "3"));
    ASSERT_TRUE(run_anew());
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(states_.empty());
    EXPECT_EQ(row().initial.status, Status::taken);
    EXPECT_EQ(part_of(row().initial, "3").reason, Reason::not_wanted);
    const auto back = decide(Decision::by_rules, "3");
    ASSERT_TRUE(back);
    EXPECT_EQ(back->status, Status::partial);
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(hashes(), (std::multiset<std::string>{sha256_hex("%PDF a"), sha256_hex("%PDF b")}));
    EXPECT_EQ(states_[1].status, Status::taken);
}

TEST_F(Deciding, a_message_of_which_nothing_is_wanted_is_not_taken) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    ASSERT_TRUE(decide(Decision::skip, "2"));
    EXPECT_EQ(states_[1].status, Status::none);
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(states_.empty());
    EXPECT_TRUE(hashes().empty());
}

TEST_F(Deciding, a_decision_is_taken_back) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    ASSERT_TRUE(decide(Decision::skip, "2"));
    const auto back = decide(Decision::by_rules, "2");
    ASSERT_TRUE(back) << name_of(back.error().cause);
    EXPECT_EQ(back->status, Status::new_);
    EXPECT_EQ(part_of(*back, "2").verdict, Verdict::will_be_taken);
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(hashes().size(), 1U);
}

TEST_F(Deciding, a_wish_taken_back_leaves_the_document_as_it_was) {
    ASSERT_TRUE(take_with_program());
    ASSERT_TRUE(decide(Decision::take, program_path));
    ASSERT_TRUE(decide(Decision::by_rules, program_path));
    EXPECT_EQ(states_[1].status, Status::check);
    EXPECT_FALSE(is_open(states_[1]));
    EXPECT_EQ(ledger_->messages(mailbox_).value().at(0).step, store::Step::stored);
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(states_.empty());
    EXPECT_EQ(hashes().size(), 1U);
}

TEST_F(Deciding, what_the_rules_skip_is_taken_against_them) {
    point_.general.only_graphic_attachments = true;
    serve({with_more(mail_with("a.pdf", "%PDF a", {}), {{"b.txt", "notatka", "text/plain"}})});
    ASSERT_TRUE(run());
    EXPECT_EQ(part_of(states_[1], "3").reason, Reason::not_graphic);
    ASSERT_TRUE(decide(Decision::take, "3"));
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(hashes().contains(sha256_hex("notatka")));
}

TEST_F(Deciding, a_content_that_another_message_brought_is_saved_again) {
    serve({mail_with("a.pdf", pdf, {})});
    ASSERT_TRUE(run());
    server_->add_message(mail_with("b.pdf", pdf, {}));
    ASSERT_TRUE(run());
    ASSERT_EQ(part_of(states_[2], "2").reason, Reason::saved_before);
    ASSERT_TRUE(decide(Decision::take, "2", 2));
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(hashes().count(sha256_hex(pdf)), 2U);
}

// A server that says 7bit of a program has not understood its encoding: the mail is read whole, and
// what its paths mean then is not known before.
TEST_F(Deciding, has_no_sense_for_a_message_that_has_to_be_read_whole) {
    demo::Mail mail = with_program();
    const std::size_t at = mail.raw.rfind("Content-Transfer-Encoding: base64\r\n");
    mail.raw.erase(at, std::string_view("Content-Transfer-Encoding: base64\r\n").size());
    serve({mail});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    ASSERT_TRUE(row().whole_needed);
    const auto refused = decide(Decision::skip, "2");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::nothing_to_decide);
    ASSERT_TRUE(run());
    EXPECT_EQ(states_[1].status, Status::check);
    EXPECT_FALSE(decide(Decision::skip, program_path));
}

TEST_F(Deciding, is_about_the_part_of_that_name_only) {
    serve({with_more(mail_with("a.pdf", "%PDF a", {}), {{"b.pdf", "%PDF b"}})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    const store::PartDecision other{id_of(row()), "3", "other.pdf", Decision::skip, "Ala", {}};
    ASSERT_TRUE(ledger_->decide(mailbox_, other, {}));
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(hashes().size(), 2U);
}

// Else a message that is finished would be new again, for a part that nobody decided about.
TEST_F(Deciding, opens_no_finished_message_for_a_part_of_another_name) {
    ASSERT_TRUE(take_with_program());
    auto entry = ledger_->messages(mailbox_).value().at(0);
    std::filesystem::remove(entry.files.at(0).file);
    entry.files.clear();
    entry.step = store::Step::none;
    ASSERT_TRUE(ledger_->finished(mailbox_, {entry}));
    store::PartDecision other{id_of(row()), "2", "other.pdf", Decision::skip, "Ala", {}};
    ASSERT_TRUE(ledger_->decide(mailbox_, other, {store::Step::none, {}}));
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(states_.empty());
    EXPECT_EQ(part_of(row().initial, "2").verdict, Verdict::not_attachment);
}

// Another run has brought the message to its end without knowing of the wish.
TEST_F(Deciding, a_wish_that_a_run_did_not_see_is_met_by_the_next) {
    ASSERT_TRUE(take_with_program());
    ASSERT_TRUE(decide(Decision::take, program_path));
    auto entry = ledger_->messages(mailbox_).value().at(0);
    entry.step = store::Step::stored;
    ASSERT_TRUE(ledger_->finished(mailbox_, {entry}));
    const auto known = Known::load(*ledger_, mailbox_).value();
    EXPECT_FALSE(known.is_finished(1));
    ASSERT_TRUE(run_anew());
    EXPECT_TRUE(hashes().contains(sha256_hex(program)));
    EXPECT_TRUE(Known::load(*ledger_, mailbox_)->is_finished(1));
}

TEST_F(Deciding, holds_when_all_is_taken_again) {
    ASSERT_TRUE(take_with_program());
    ASSERT_TRUE(decide(Decision::skip, program_path));
    order_.extent = Delivery::Extent::all_again;
    ASSERT_TRUE(run_anew());
    EXPECT_EQ(states_[1].status, Status::taken);
    EXPECT_EQ(part_of(states_[1], program_path).reason, Reason::not_wanted);
}

TEST_F(Deciding, a_part_that_did_not_come_can_be_given_up) {
    serve({with_more(mail_with("a.pdf", "%PDF a", {}), {{"b.pdf", "%PDF b"}})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    rows_[0].initial.status = Status::partial;
    Parts parts = rows_[0].parts.unpack();
    parts.at(2).verdict = Verdict::taken;
    parts.at(2).file = target() + "/a.pdf";
    parts.at(3).verdict = Verdict::needs_you;
    parts.at(3).reason = Reason::not_delivered;
    parts.at(3).error = Error{Cause::part_missing, Layer::fetch, Reach::part, {}};
    rows_[0].initial.parts = PartList(parts);
    rows_[0].initial.error = parts.at(3).error;
    const auto decided = decide(Decision::skip, "3");
    ASSERT_TRUE(decided);
    EXPECT_EQ(decided->status, Status::taken);
    EXPECT_FALSE(decided->error);
}

TEST_F(Deciding, the_gate_lets_a_mail_go_without_what_nobody_wants) {
    ASSERT_TRUE(take_with_program());
    const std::string raw = with_program().raw;
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    ASSERT_TRUE(mail);
    const auto lock = [&] { return check_mail(row(), *mail, point_.general, wait()).value().lock; };
    EXPECT_EQ(lock(), Gate::Lock::part_not_saved);
    EXPECT_EQ(gate_of(row(), states_[1]).lock, Gate::Lock::part_needs_you);
    ASSERT_TRUE(decide(Decision::skip, program_path));
    EXPECT_EQ(lock(), Gate::Lock::open);
    EXPECT_EQ(gate_of(row(), states_[1]).lock, Gate::Lock::open);
}

TEST_F(Deciding, has_no_sense_for_what_has_its_file_or_is_no_attachment) {
    ASSERT_TRUE(take_with_program());
    for (const std::string part : {"1", "2", "9", ""})
        for (const Decision decision : {Decision::take, Decision::skip, Decision::by_rules}) {
            const auto refused = decide(decision, part);
            ASSERT_FALSE(refused) << part;
            EXPECT_EQ(refused.error().cause, Cause::nothing_to_decide);
        }
    EXPECT_TRUE(ledger_->decisions(mailbox_)->empty());
}

TEST_F(Deciding, another_program_sees_it) {
    ASSERT_TRUE(take_with_program());
    const MessageRow listed = row();
    ASSERT_TRUE(decide(Decision::skip, program_path));
    const auto known = Known::load(*ledger_, mailbox_).value();
    const auto now = recorded_since(listed, listed.initial, Before::was_in, known, point_.general);
    ASSERT_TRUE(now);
    EXPECT_EQ(part_of(*now, program_path).decision, Decision::skip);
    EXPECT_EQ(now->status, Status::taken);
    EXPECT_FALSE(recorded_since(listed, *now, Before::was_in, known, point_.general));
}

TEST_F(Deciding, another_program_sees_it_of_a_new_message) {
    serve({with_more(mail_with("a.pdf", "%PDF a", {}), {{"b.pdf", "%PDF b"}})});
    auto session = sign_in();
    ASSERT_TRUE(list(*session));
    const MessageRow listed = row();
    ASSERT_TRUE(decide(Decision::skip, "3"));
    const auto known = Known::load(*ledger_, mailbox_).value();
    const auto now = recorded_since(listed, listed.initial, Before::was_in, known, point_.general);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->status, Status::new_);
    EXPECT_EQ(part_of(*now, "3").reason, Reason::not_wanted);
}

}  // namespace mail::work
