#include <atomic>

#include "tests/fakes/lossy_disk.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

std::string base64(const std::string& raw) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < raw.size(); i += 3) {
        const auto octet = [&](std::size_t at) {
            return at < raw.size() ? static_cast<unsigned>(static_cast<unsigned char>(raw[at]))
                                   : 0U;
        };
        const unsigned group = octet(i) << 16 | octet(i + 1) << 8 | octet(i + 2);
        text += digits[group >> 18];
        text += digits[group >> 12 & 63];
        text += i + 1 < raw.size() ? digits[group >> 6 & 63] : '=';
        text += i + 2 < raw.size() ? digits[group & 63] : '=';
        if (i % 57 == 54)
            text += "\r\n";
    }
    return text;
}

/// Stands still until somebody moves its hands.
class HandMovedTime final : public TimeSource {
public:
    [[nodiscard]] Clock::time_point now() const override { return now_; }
    void sleep_until(Clock::time_point, const StopToken&) const override {}
    void move_on(Clock::duration length) { now_ += length; }

private:
    Clock::time_point now_ = Clock::now();
};

}  // namespace

demo::Mail mail_with(const std::string& name, const std::string& content,
                     std::chrono::sys_seconds received) {
    return {"From: Biuro <biuro@firma.example>\r\nTo: faktury@firma.example\r\nSubject: " + name +
                "\r\nMessage-ID: <" + sha256_hex(name + content).substr(0, 20) +
                "@firma.example>\r\nMIME-Version: 1.0\r\n"
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                "--b\r\nContent-Type: text/plain\r\n\r\nW załączniku faktura.\r\n"
                "--b\r\nContent-Type: application/pdf; name=\"" +
                name + "\"\r\nContent-Disposition: attachment; filename=\"" + name +
                "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(content) +
                "\r\n--b--\r\n",
            received};
}

demo::Mail with_more(const demo::Mail& mail, const std::vector<MoreFile>& files) {
    demo::Mail longer = mail;
    longer.raw.resize(longer.raw.rfind("--b--"));
    for (const MoreFile& file : files)
        longer.raw += "--b\r\nContent-Type: " + file.type + "; name=\"" + file.name +
                      "\"\r\nContent-Disposition: attachment; filename=\"" + file.name +
                      "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(file.content) +
                      "\r\n";
    longer.raw += "--b--\r\n";
    return longer;
}

TEST_F(Taking, every_sample_mail_gives_its_documents_and_nothing_else) {
    serve(demo::sample_mails());
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(temporary_files(), 0U);
    std::set<std::string> wanted;
    std::set<std::string> allowed;
    for (const demo::ExpectedMail& mail : demo::expected_mails())
        for (const demo::ExpectedFile& file : mail.files) {
            using Kind = demo::ExpectedFile::Kind;
            if (file.kind == Kind::document)
                wanted.insert(file.sha256);
            if (file.kind != Kind::program && file.kind != Kind::control)
                allowed.insert(file.sha256);
        }
    const auto there = hashes();
    for (const demo::ExpectedMail& mail : demo::expected_mails())
        for (const demo::ExpectedFile& file : mail.files)
            if (file.kind == demo::ExpectedFile::Kind::document) {
                EXPECT_TRUE(there.contains(file.sha256)) << mail.subject << ": " << file.name;
            }
    for (const std::string& hash : there)
        EXPECT_TRUE(allowed.contains(hash)) << hash;
}

TEST_F(Taking, without_binary_the_same_comes_out) {
    serve(demo::sample_mails());
    ASSERT_TRUE(run());
    const auto with_binary = hashes();
    std::filesystem::remove_all(target());
    std::filesystem::create_directory(target());
    std::filesystem::remove(folder_ / "state.db");
    open_ledger();
    demo::Options plain;
    plain.binary = plain.esearch = plain.uidplus = plain.sasl_ir = false;
    serve(demo::sample_mails(), plain);
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes(), with_binary);
}

TEST_F(Taking, a_second_run_takes_nothing_even_when_the_files_are_gone) {
    serve(demo::sample_mails());
    ASSERT_TRUE(run());
    std::filesystem::remove_all(target());
    std::filesystem::create_directory(target());
    open_ledger();
    ASSERT_TRUE(run());
    EXPECT_TRUE(hashes().empty());
    EXPECT_TRUE(states_.empty());
}

TEST_F(Taking, a_listing_knows_what_was_taken_and_where) {
    serve({mail_with("faktura.pdf", "%PDF-1.4 x", {})});
    ASSERT_TRUE(run());
    ASSERT_TRUE(run());
    ASSERT_EQ(rows_.size(), 1U);
    EXPECT_EQ(rows_[0].initial.status, Status::taken);
    const Parts parts = rows_[0].initial.parts.unpack();
    EXPECT_EQ(parts[2].verdict, Verdict::taken);
    EXPECT_EQ(parts[2].sha256, sha256_hex("%PDF-1.4 x"));
    EXPECT_EQ(parts[2].file, target() + "/faktura.pdf");
}

TEST_F(Taking, new_mail_alone_is_taken_the_next_day) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    ASSERT_TRUE(run());
    server_->add_message(mail_with("b.pdf", "%PDF b", {}));
    ASSERT_TRUE(run());
    EXPECT_EQ(states_.size(), 1U);
    EXPECT_EQ(hashes(), (std::multiset<std::string>{sha256_hex("%PDF a"), sha256_hex("%PDF b")}));
}

TEST_F(Taking, three_attachments_of_one_name_are_three_files) {
    serve({mail_with("faktura.pdf", "%PDF 1", {}), mail_with("faktura.pdf", "%PDF 2", {}),
           mail_with("Faktura.pdf", "%PDF 3", {})});
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes().size(), 3U);
}

TEST_F(Taking, a_changed_uidvalidity_takes_nothing_twice) {
    using namespace std::chrono;
    const demo::Mail one = mail_with("a.pdf", "%PDF a", sys_days{2026y / November / 3});
    const demo::Mail two = mail_with("b.pdf", "%PDF b", sys_days{2026y / November / 4});
    serve({one, two});
    ASSERT_TRUE(run());
    demo::Options renewed;
    renewed.uid_validity = 77;
    serve({two, one, mail_with("c.pdf", "%PDF c", sys_days{2026y / November / 5})}, renewed);
    ASSERT_TRUE(run());
    EXPECT_EQ(states_.size(), 1U);
    EXPECT_EQ(hashes().size(), 3U);
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty());
}

TEST_F(Taking, a_renamed_server_takes_nothing_twice) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    ASSERT_TRUE(run());
    point_.connection.server = "localhost";
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty());
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty());
}

TEST_F(Taking, a_message_that_is_gone_meanwhile_is_told_and_not_taken) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    auto session = sign_in();
    ASSERT_TRUE(session);
    ASSERT_TRUE(list(*session));
    server_->remove_message(1);
    std::vector<const MessageRow*> all;
    for (const MessageRow& row : rows_)
        all.push_back(&row);
    const TakeContext context{real_disk(), *ledger_, point_, mailbox_, target(), "tester"};
    EXPECT_FALSE(take(*session, context, all, *this, wait()).error);
    EXPECT_EQ(states_[1].status, Status::gone);
    EXPECT_EQ(states_[2].status, Status::taken);
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("%PDF b")});
}

TEST_F(Taking, only_graphic_attachments_are_decided_by_their_octets) {
    point_.general.only_graphic_attachments = true;
    serve({mail_with("really.pdf", "%PDF-1.7 x", {}),
           mail_with("archive.pdf", std::string("PK\x03\x04zip", 7), {})});
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("%PDF-1.7 x")});
    EXPECT_EQ(states_[2].parts.unpack().at(2).reason, Reason::not_graphic);
    ASSERT_TRUE(run());
    EXPECT_TRUE(states_.empty()) << "what was skipped is not fetched again";
}

TEST_F(Taking, a_pdf_under_any_name_and_type_is_a_graphic_attachment) {
    point_.general.only_graphic_attachments = true;
    const demo::Mail plain = mail_with("a.pdf", "%PDF-1.7 a", {});
    serve({with_more(plain, {{"wykaz.xml", "%PDF-1.7 b", "text/xml"},
                             {"a.zip", "%PDF-1.7 c", "application/zip"},
                             {"b.zip", std::string("PK\x03\x04zip", 7), "application/zip"}})});
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes(),
              (std::multiset<std::string>{sha256_hex("%PDF-1.7 a"), sha256_hex("%PDF-1.7 b"),
                                          sha256_hex("%PDF-1.7 c")}));
    EXPECT_EQ(states_[1].status, Status::taken);
    EXPECT_EQ(states_[1].parts.unpack().at(5).reason, Reason::not_graphic);
}

TEST_F(Taking, a_listed_attachment_that_is_kept_back_is_still_open) {
    const demo::Mail short_one = mail_with("a.pdf", "%PDF a", {});
    const demo::Mail both = with_more(short_one, {{"b.pdf", "%PDF b"}});
    // Asked for its second attachment, and then for the whole, the server has one of them.
    std::atomic<bool> keeps_back = true;
    demo::Options options;
    options.manner = [&](const std::string& command) {
        if (keeps_back && command.find("PEEK[3]") != std::string::npos)
            server_->replace_message(1, short_one);
        return demo::Manner::honest;
    };
    serve({both}, options);
    ASSERT_TRUE(run());
    EXPECT_EQ(states_[1].status, Status::partial);
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("%PDF a")});
    const Parts parts = states_[1].parts.unpack();
    ASSERT_EQ(parts.size(), 4U);
    EXPECT_EQ(parts[3].verdict, Verdict::needs_you);
    EXPECT_EQ(parts[3].reason, Reason::not_delivered);
    keeps_back = false;
    server_->replace_message(1, both);
    ASSERT_TRUE(run());
    EXPECT_EQ(states_[1].status, Status::taken);
    EXPECT_EQ(hashes(), (std::multiset<std::string>{sha256_hex("%PDF a"), sha256_hex("%PDF b")}));
    EXPECT_EQ(temporary_files(), 0U);
    server_.reset();  // its threads ask how they are to treat us
}

TEST_F(Taking, what_a_stop_left_is_taken_by_the_next_run) {
    const demo::Mail text_with_file{
        "From: a@firma.example\r\nSubject: tekst\r\nMessage-ID: <t@firma.example>\r\n\r\n"
        "begin 644 faktura.txt\r\n(9F%K='5R80H \r\n`\r\nend\r\n",
        {}};
    const std::string large = "%PDF " + std::string(300'000, 'b');
    serve({text_with_file, mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", large, {})});
    stop_at_first_octet_ = true;
    EXPECT_FALSE(run());
    EXPECT_EQ(last_error_.cause, Cause::cancelled);
    EXPECT_EQ(hashes(), std::multiset<std::string>());
    stop_at_first_octet_ = false;
    stop_ = StopSource();
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(hashes(), (std::multiset<std::string>{sha256_hex("%PDF a"), sha256_hex(large),
                                                    sha256_hex("faktura\n")}));
}

TEST_F(Taking, what_a_full_disk_left_is_taken_by_the_next_run) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    const unsigned call = first_call("write");
    fakes::LossyDisk disk;
    disk.put_folder(target());
    disk.fail_call(call, Cause::disk_full);
    EXPECT_FALSE(run(disk));
    EXPECT_EQ(last_error_.cause, Cause::disk_full);
    EXPECT_TRUE(disk.files().empty());
    ASSERT_TRUE(run(disk)) << name_of(last_error_.cause);
    EXPECT_EQ(disk.files().size(), 2U);
}

TEST_F(Taking, a_file_that_a_scanner_takes_away_stops_no_other_message_and_is_taken_later) {
    const std::vector<demo::Mail> mails{mail_with("a.pdf", "%PDF a", {}),
                                        mail_with("b.pdf", "%PDF b", {})};
    serve(mails);
    const unsigned call = first_call("rename");
    fakes::LossyDisk disk;
    disk.put_folder(target());
    disk.fail_call(call, Cause::file_not_found);
    EXPECT_TRUE(run(disk)) << name_of(last_error_.cause);
    EXPECT_EQ(disk.files().size(), 1U);
    EXPECT_EQ(states_[2].status, Status::failed) << "the newest is first";
    EXPECT_EQ(states_[1].status, Status::taken);
    ASSERT_TRUE(run(disk)) << name_of(last_error_.cause);
    EXPECT_EQ(disk.files().size(), 2U);
    EXPECT_EQ(states_[2].status, Status::taken);
}

TEST_F(Taking, a_file_that_could_not_be_made_durable_gets_no_name_and_is_fetched_again) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    const unsigned call = first_call("sync ");
    fakes::LossyDisk disk;
    disk.put_folder(target());
    disk.fail_call(call, Cause::disk_full);
    EXPECT_FALSE(run(disk));
    EXPECT_EQ(last_error_.cause, Cause::disk_full);
    EXPECT_TRUE(disk.files().empty());
    ASSERT_TRUE(run(disk)) << name_of(last_error_.cause);
    EXPECT_EQ(disk.files().size(), 2U);
}

TEST_F(Taking, an_error_at_any_call_of_the_disk_loses_and_doubles_nothing) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    const std::vector<std::string> both{target() + "/a.pdf", target() + "/b.pdf"};
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
        EXPECT_TRUE(run(disk)) << failed;
        std::vector<std::string> files = disk.files();
        // The file that only tried the folder stays where it can't be removed: nobody's document.
        if (failed.starts_with("remove"))
            std::erase_if(files, [](const std::string& path) { return path.ends_with(".part"); });
        EXPECT_EQ(files, both) << failed;
        EXPECT_EQ(disk.content(both[0]), "%PDF a") << failed;
        EXPECT_EQ(disk.content(both[1]), "%PDF b") << failed;
        ledger_.reset();
        std::filesystem::remove(folder_ / "state.db");
        open_ledger();
    }
    EXPECT_GT(call, 15U);
}

TEST_F(Taking, a_finished_message_does_not_wait_for_the_end_of_a_large_one) {
    serve({mail_with("large.pdf", "%PDF " + std::string(2'000'000, 'b'), {}),
           mail_with("small.pdf", "%PDF a", {})});
    auto session = sign_in();
    ASSERT_TRUE(session);
    ASSERT_TRUE(list(*session));
    class Order final : public TakeObserver {
    public:
        void changed(std::uint32_t uid, const MessageState& state) override {
            if (state.status == Status::taking)
                time.move_on(std::chrono::seconds(1));
            if (uid == 2 && state.status == Status::taken)
                small_is_there = true;
            if (uid == 1 && state.status == Status::taking && small_is_there)
                large_goes_on = true;
        }
        HandMovedTime time;
        bool small_is_there = false, large_goes_on = false;
    } order;
    const TakeContext context{real_disk(), *ledger_, point_, mailbox_, target(), "tester"};
    const Wait wait{Clock::time_point::max(), {}, &order.time};
    EXPECT_FALSE(take(*session, context, {&rows_[0], &rows_[1]}, order, wait).error);
    EXPECT_TRUE(order.large_goes_on);
    EXPECT_EQ(hashes().size(), 2U);
}

TEST_F(Taking, an_old_failure_is_forgotten_once_the_part_has_come) {
    point_.general.only_graphic_attachments = true;
    serve({mail_with("umowa.pdf", std::string("PK\x03\x04zip", 7), {})});
    fakes::LossyDisk disk;
    disk.put_folder(target());
    auto session = sign_in();
    ASSERT_TRUE(session);
    ASSERT_TRUE(list(*session));
    const TakeContext context{disk, *ledger_, point_, mailbox_, target(), "tester"};
    disk.fail_call(7, Cause::file_exists);
    EXPECT_FALSE(take(*session, context, {&rows_[0]}, *this, wait()).error);
    ASSERT_EQ(states_[1].status, Status::failed);
    rows_[0].initial = states_[1];
    EXPECT_FALSE(take(*session, context, {&rows_[0]}, *this, wait()).error);
    const Parts parts = states_[1].parts.unpack();
    EXPECT_EQ(parts.at(2).reason, Reason::not_graphic);
    EXPECT_FALSE(parts.at(2).error);
}

TEST_F(Taking, what_failed_is_tried_again_without_a_new_listing) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    fakes::LossyDisk disk;
    disk.put_folder(target());
    auto session = sign_in();
    ASSERT_TRUE(session);
    ASSERT_TRUE(list(*session));
    const TakeContext context{disk, *ledger_, point_, mailbox_, target(), "tester"};
    // After the folder was looked at and tried: the temporary file can't be made.
    disk.fail_call(7, Cause::file_exists);
    EXPECT_FALSE(take(*session, context, {&rows_[0]}, *this, wait()).error);
    EXPECT_EQ(states_[1].status, Status::failed);
    rows_[0].initial = states_[1];
    EXPECT_FALSE(take(*session, context, {&rows_[0]}, *this, wait()).error);
    EXPECT_EQ(states_[1].status, Status::taken);
    EXPECT_EQ(disk.files().size(), 1U);
}

TEST_F(Taking, who_listed_before_another_had_finished_takes_nothing_twice) {
    serve({mail_with("a.pdf", "%PDF a", {}), mail_with("b.pdf", "%PDF b", {})});
    after_listing_ = [this] {
        // The other program takes all, and its files are fetched at once by the OCR program.
        after_listing_ = nullptr;
        const auto mine = ledger_.release();
        open_ledger();
        ASSERT_TRUE(run());
        EXPECT_EQ(hashes().size(), 2U);
        std::filesystem::remove_all(target());
        std::filesystem::create_directory(target());
        ledger_.reset(mine);
        for (MessageRow& row : rows_)
            row.initial = {};
    };
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes().size(), 0U);
    ASSERT_EQ(refused_.size(), 2U);
    EXPECT_EQ(refused_[0].error.cause, Cause::taken_elsewhere);
}

TEST_F(Taking, what_another_has_taken_stays_so_though_our_folder_fails) {
    // As many without attachments as share a flush, before the one that has.
    std::vector<demo::Mail> mails(64, demo::Mail{"Subject: x\r\n\r\ntext\r\n"});
    mails.push_back(mail_with("a.pdf", "%PDF a", {}));
    serve(mails);
    auto session = sign_in();
    ASSERT_TRUE(session);
    ASSERT_TRUE(list(*session));
    std::ranges::sort(rows_, {}, &MessageRow::uid);
    const std::vector<MessageRow> listed = std::exchange(rows_, {});
    const auto mine = std::exchange(ledger_, nullptr);
    open_ledger();
    ASSERT_TRUE(run());
    ASSERT_EQ(hashes().size(), 1U);
    fakes::LossyDisk disk;
    disk.put_folder(target());
    // After the folder was looked at and tried: it can't be synced.
    disk.fail_call(7, Cause::disk_error);
    const TakeContext context{disk, *mine, point_, mailbox_, target(), "tester"};
    std::vector<const MessageRow*> all;
    for (const MessageRow& row : listed)
        all.push_back(&row);
    ASSERT_TRUE(take(*session, context, all, *this, wait()).error);
    const auto entries = mine->messages(mailbox_).value();
    const auto at = std::ranges::find(
        entries, 65U, [](const store::MessageEntry& entry) { return entry.id.uid; });
    ASSERT_NE(at, entries.end());
    EXPECT_EQ(at->step, store::Step::stored);
}

TEST_F(Taking, the_same_attachment_in_two_mails_is_one_file) {
    using namespace std::chrono;
    serve({mail_with("a.pdf", "%PDF a", sys_days{2026y / November / 3}),
           mail_with("a.pdf", "%PDF a", sys_days{2026y / November / 4})});
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("%PDF a")});
    EXPECT_EQ(temporary_files(), 0U);
    for (const std::uint32_t uid : {1U, 2U}) {
        EXPECT_EQ(states_[uid].status, Status::taken);
        EXPECT_EQ(states_[uid].parts.unpack().at(2).file, target() + "/a.pdf");
    }
}

TEST_F(Taking, taking_again_that_is_stopped_leaves_the_first_taking_on_record) {
    const std::string large = "%PDF " + std::string(300'000, 'b');
    serve({mail_with("b.pdf", large, {})});
    ASSERT_TRUE(run());
    std::filesystem::remove_all(target());
    std::filesystem::create_directory(target());
    order_.extent = Delivery::Extent::all_again;
    stop_at_first_octet_ = true;
    EXPECT_FALSE(run());
    stop_ = StopSource();
    stop_at_first_octet_ = false;
    order_.extent = Delivery::Extent::what_is_open;
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes().size(), 0U);
    order_.extent = Delivery::Extent::all_again;
    ASSERT_TRUE(run());
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex(large)});
    order_.extent = Delivery::Extent::what_is_open;
    ASSERT_TRUE(run());
    EXPECT_EQ(rows_[0].initial.status, Status::taken);
}

TEST_F(Taking, a_target_folder_that_is_missing_stops_before_anything) {
    serve({mail_with("a.pdf", "%PDF a", {})});
    std::filesystem::remove_all(folder_.path() + "/target");
    std::ofstream(folder_ / "target") << "a file in its place";
    EXPECT_FALSE(run());
    EXPECT_EQ(left_, std::vector<std::uint32_t>{1});
    EXPECT_EQ(last_error_.layer, Layer::target);
}

TEST_F(Taking, a_mail_that_the_list_told_nothing_of_is_named_by_its_own_head) {
    serve({{"From: Ala <ala@firma.example>\r\nSubject: Faktura\r\nMessage-ID: <a@firma.example>\r\n"
            "Date: Tue, 3 Nov 2026 12:00:00 +0000\r\n"
            "Content-Type: application/pdf; name=f.pdf\r\n\r\n%PDF f",
            std::chrono::sys_seconds{}}});
    after_listing_ = [&] {
        MessageRow bare;
        bare.uid = rows_.at(0).uid;
        bare.parts = PartList(Parts{});
        bare.whole_needed = true;
        rows_.at(0) = bare;
    };
    point_.general.naming = "{received:%Y-%m-%d} {sender_address} {subject} {name}";
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(states_[1].parts.unpack().at(0).file,
              target() + "/2026-11-03 ala@firma.example Faktura f.pdf");
    const auto recorded = ledger_->messages(mailbox_);
    ASSERT_TRUE(recorded);
    EXPECT_EQ(recorded->at(0).id.message_id, "<a@firma.example>");
}

}  // namespace mail::work
