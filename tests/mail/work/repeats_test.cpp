// The same file from several messages.

#include "mail/work/repeats.h"

#include "mail/work/choose.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

const std::string content = "%PDF-1.4 faktura";

class RepeatedFiles : public Taking {
protected:
    /// Three months apart, and under other names.
    static demo::Mail march() {
        using namespace std::chrono;
        return mail_with("faktura.pdf", content, sys_days{2026y / March / 12});
    }
    static demo::Mail june() {
        using namespace std::chrono;
        return mail_with("ponownie.pdf", content, sys_days{2026y / June / 12});
    }
    [[nodiscard]] static PartView pdf_of(const MessageState& state) {
        return state.parts.unpack().at(2);
    }
    [[nodiscard]] const MessageRow& listed(std::uint32_t uid) const {
        return *std::ranges::find(rows_, uid, &MessageRow::uid);
    }
    [[nodiscard]] static std::size_t saved_before(const std::vector<MessageState>& states) {
        return static_cast<std::size_t>(
            std::ranges::count_if(states, [](const MessageState& state) {
                return pdf_of(state).reason == Reason::saved_before;
            }));
    }
    void run_with_june_later() {
        serve({march()});
        ASSERT_TRUE(run());
        server_->add_message(june());
        ASSERT_TRUE(run()) << name_of(last_error_.cause);
    }
};

}  // namespace

TEST_F(RepeatedFiles, are_skipped_and_the_earlier_file_is_named) {
    run_with_june_later();
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex(content)});
    EXPECT_EQ(temporary_files(), 0U);
    ASSERT_EQ(states_.size(), 1U);
    const PartView part = pdf_of(states_[2]);
    EXPECT_EQ(part.verdict, Verdict::skipped);
    EXPECT_EQ(part.reason, Reason::saved_before);
    EXPECT_EQ(part.file, target() + "/faktura.pdf");
    EXPECT_NE(part.saved_at, std::chrono::sys_seconds{});
    EXPECT_EQ(part.sha256, sha256_hex(content));
    EXPECT_EQ(states_[2].status, Status::taken);
    EXPECT_FALSE(is_open(states_[2]));
}

TEST_F(RepeatedFiles, stay_skipped_after_a_restart) {
    run_with_june_later();
    const PartView before = pdf_of(states_[2]);
    open_ledger();
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty()) << "nothing is fetched again";
    const PartView part = pdf_of(listed(2).initial);
    EXPECT_EQ(part.verdict, Verdict::skipped);
    EXPECT_EQ(part.reason, Reason::saved_before);
    EXPECT_EQ(part.file, before.file);
    EXPECT_EQ(part.saved_at, before.saved_at);
    EXPECT_EQ(part.size_octets, content.size());
    EXPECT_EQ(listed(2).initial.status, Status::taken);
    EXPECT_EQ(listed(2).attachments, 1U);
    EXPECT_EQ(pdf_of(listed(1).initial).reason, Reason::attachment);
}

TEST_F(RepeatedFiles, are_skipped_although_the_ocr_program_took_the_file_away) {
    serve({march()});
    ASSERT_TRUE(run());
    std::filesystem::remove(target() + "/faktura.pdf");
    server_->add_message(june());
    ASSERT_TRUE(run());
    EXPECT_TRUE(hashes().empty());
}

TEST_F(RepeatedFiles, of_one_run_are_one_file) {
    std::vector<demo::Mail> mails;
    for (int i = 0; i < 80; ++i)
        mails.push_back(mail_with(std::to_string(i) + ".pdf", content, {}));
    serve(mails);
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex(content)});
    EXPECT_EQ(temporary_files(), 0U);
    std::vector<MessageState> ended;
    for (const auto& [uid, state] : states_) {
        EXPECT_EQ(state.status, Status::taken) << uid;
        ended.push_back(state);
    }
    EXPECT_EQ(saved_before(ended), 79U);
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty());
    std::vector<MessageState> known;
    for (const MessageRow& row : rows_)
        known.push_back(row.initial);
    EXPECT_EQ(saved_before(known), 79U);
}

TEST_F(RepeatedFiles, are_saved_where_the_point_says_so) {
    point_.general.repeated_files = point::RepeatedFiles::save;
    run_with_june_later();
    EXPECT_EQ(hashes().size(), 2U);
    EXPECT_EQ(pdf_of(states_[2]).reason, Reason::attachment);
}

TEST_F(RepeatedFiles, wait_for_the_operator_who_takes_them_by_name) {
    point_.general.repeated_files = point::RepeatedFiles::ask;
    run_with_june_later();
    EXPECT_EQ(hashes().size(), 1U);
    EXPECT_EQ(states_[2].status, Status::check);
    EXPECT_EQ(pdf_of(states_[2]).verdict, Verdict::needs_you);
    EXPECT_EQ(pdf_of(states_[2]).file, target() + "/faktura.pdf");
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty()) << "asking once is enough";
    EXPECT_EQ(listed(2).initial.status, Status::check);
    order_.extent = Delivery::Extent::all_again;
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes().size(), 2U);
    EXPECT_EQ(states_[2].status, Status::taken);
    EXPECT_EQ(pdf_of(states_[2]).file, target() + "/ponownie.pdf");
    order_.extent = Delivery::Extent::what_is_open;
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty());
    EXPECT_EQ(pdf_of(listed(2).initial).verdict, Verdict::taken);
}

TEST_F(RepeatedFiles, of_the_message_itself_are_no_repeats) {
    serve({{"Subject: x\r\nMessage-ID: <x@firma.example>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
            "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF x\r\n"
            "--b\r\nContent-Type: application/pdf; name=b.pdf\r\n\r\n%PDF x\r\n--b--\r\n",
            {}}});
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes().size(), 2U);
    order_.extent = Delivery::Extent::all_again;
    ASSERT_TRUE(run());
    for (const std::size_t part : {1U, 2U})
        EXPECT_EQ(states_[1].parts.unpack().at(part).verdict, Verdict::taken);
}

TEST_F(RepeatedFiles, are_saved_when_the_other_message_comes_to_nothing) {
    serve({march(), june()});
    const unsigned call = first_call("rename");
    fakes::LossyDisk disk;
    disk.put_folder(target());
    disk.fail_call(call, Cause::file_not_found);
    EXPECT_TRUE(run(disk)) << name_of(last_error_.cause);
    EXPECT_EQ(states_[2].status, Status::failed) << "the newest is first";
    EXPECT_EQ(disk.files(), std::vector<std::string>{target() + "/faktura.pdf"});
    ASSERT_TRUE(run(disk));
    EXPECT_EQ(states_[2].status, Status::taken);
    EXPECT_EQ(pdf_of(states_[2]).reason, Reason::saved_before);
    EXPECT_EQ(disk.files().size(), 1U);
}

TEST_F(RepeatedFiles, are_one_file_whatever_call_of_the_disk_fails) {
    serve({march(), june()});
    unsigned call = 1;
    for (;; ++call) {
        fakes::LossyDisk disk;
        disk.put_folder(target());
        disk.fail_call(call, Cause::disk_error);
        static_cast<void>(run(disk));
        if (disk.calls() < call)
            break;
        const std::string failed = disk.log().at(call - 1);
        disk.heal();
        ASSERT_TRUE(run(disk)) << failed;
        ASSERT_TRUE(run(disk)) << failed;
        // A temporary file that can't be removed is nobody's document.
        std::vector<std::string> files = disk.files();
        std::erase_if(files, [](const std::string& path) { return path.ends_with(".part"); });
        ASSERT_EQ(files.size(), 1U) << failed;
        EXPECT_EQ(disk.content(files[0]), content) << failed;
        EXPECT_EQ(saved_before({listed(1).initial, listed(2).initial}), 1U) << failed;
        for (const std::uint32_t uid : {1U, 2U})
            EXPECT_EQ(listed(uid).initial.status, Status::taken) << failed << ' ' << uid;
        ledger_.reset();
        std::filesystem::remove(folder_ / "state.db");
        open_ledger();
    }
    EXPECT_GT(call, 10U);
}

TEST_F(RepeatedFiles, of_a_folder_that_is_not_listed_are_known_from_the_ledger) {
    store::MessageEntry other;
    other.id = {2, "<other@firma.example>", 0, 100};
    other.step = store::Step::stored;
    other.when = std::chrono::sys_seconds(std::chrono::seconds(1'770'000'000));
    other.files = {{"1", "x.pdf", "application/pdf", content.size(), sha256_hex(content), "",
                    target() + "/x.pdf"}};
    ASSERT_TRUE(ledger_->finished({point_.id, "ala@elsewhere", "INBOX", 4}, {other}));
    serve({march()});
    ASSERT_TRUE(run());
    EXPECT_EQ(pdf_of(states_[1]).file, target() + "/x.pdf");
    ASSERT_TRUE(run());
    EXPECT_EQ(pdf_of(listed(1).initial).reason, Reason::saved_before);
    EXPECT_EQ(pdf_of(listed(1).initial).saved_at, other.when);
}

TEST_F(RepeatedFiles, of_another_point_count_for_nothing) {
    serve({march()});
    ASSERT_TRUE(run());
    point_.id = "another";
    server_->add_message(june());
    ASSERT_TRUE(run());
    EXPECT_EQ(pdf_of(states_[2]).reason, Reason::attachment);
}

TEST_F(RepeatedFiles, that_nobody_wants_keep_their_reason) {
    point_.general.only_graphic_attachments = true;
    const std::string zip("PK\x03\x04zip", 7);
    serve({mail_with("a.pdf", zip, {}), mail_with("b.pdf", zip, {})});
    ASSERT_TRUE(run());
    for (const std::uint32_t uid : {1U, 2U})
        EXPECT_EQ(pdf_of(states_[uid]).reason, Reason::not_graphic);
}

TEST_F(RepeatedFiles, beside_a_part_that_failed_stay_on_record_when_that_comes) {
    serve({march()});
    ASSERT_TRUE(run());
    server_->add_message(
        {"Subject: y\r\nMessage-ID: <y@firma.example>\r\nMIME-Version: 1.0\r\n"
         "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
         "--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n" +
             content +
             "\r\n--b\r\nContent-Type: application/pdf; name=b.pdf\r\n\r\n%PDF other\r\n--b--\r\n",
         {}});
    // The second part never came.
    after_listing_ = [&] {
        after_listing_ = nullptr;
        for (MessageRow& row : rows_)
            if (row.uid == 2) {
                row.initial.status = Status::partial;
                Parts parts = row.parts.unpack();
                judge_content(parts.at(1), "application/pdf", content.size(), point_.general);
                parts.at(1).sha256 = sha256_hex(content);
                judge_repeat(parts.at(1), {target() + "/faktura.pdf", {}},
                             point::RepeatedFiles::skip);
                row.initial.parts = PartList(parts);
            }
    };
    ASSERT_TRUE(run());
    EXPECT_EQ(states_[2].status, Status::taken);
    ASSERT_TRUE(run());
    const Parts parts = listed(2).initial.parts.unpack();
    EXPECT_EQ(parts.at(1).reason, Reason::saved_before);
    EXPECT_EQ(parts.at(1).file, target() + "/faktura.pdf");
    EXPECT_EQ(parts.at(2).verdict, Verdict::taken);
}

TEST(ChooseRepeats, a_message_whose_file_is_saved_before_counts_as_taken) {
    PartView part;
    judge_repeat(part, {"/target/a.pdf", {}}, point::RepeatedFiles::skip);
    EXPECT_EQ(status_of({part}), Status::taken);
    EXPECT_EQ(attachments_in({part}), 1U);
    judge_repeat(part, {"/target/a.pdf", {}}, point::RepeatedFiles::ask);
    EXPECT_EQ(status_of({part}), Status::check);
    part.verdict = Verdict::skipped;
    part.reason = Reason::logo;
    EXPECT_EQ(status_of({part}), Status::none);
}

}  // namespace mail::work
