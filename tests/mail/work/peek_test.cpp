#include "mail/work/peek.h"

#include <mutex>

#include "mail/work/extract.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

constexpr std::size_t plenty = 1 << 20;
const std::string pdf = "%PDF-1.4 " + std::string(5000, 'x');

void no_progress(std::uint64_t /*octets*/) {}

class Peeks : public Taking {
protected:
    /// Serves it, and lists it.
    void list_mails(std::vector<demo::Mail> mails, demo::Options options = {}) {
        options.manner = [this](const std::string& command) {
            const std::lock_guard lock(commands_lock_);
            commands_.push_back(command);
            return demo::Manner::honest;
        };
        serve(std::move(mails), options);
        session_ = sign_in();
        ASSERT_TRUE(session_);
        ASSERT_TRUE(list(*session_));
    }
    /// Another server takes its place: what became of the mailbox since it was listed.
    void serve_instead(std::vector<demo::Mail> mails, const demo::Options& options = {}) {
        session_.reset();
        serve(std::move(mails), options);
        session_ = sign_in();
        ASSERT_TRUE(session_);
    }
    Result<PartOctets> part(std::size_t row, std::size_t number, std::size_t max_octets = plenty) {
        auto peek = Peek::open(*session_, mailbox_, wait());
        if (!peek)
            return tl::unexpected(peek.error());
        const Parts parts = rows_.at(row).parts.unpack();
        return peek->part(rows_.at(row), parts.at(number).part, max_octets, wait());
    }
    Result<SavedMail> save(Disk& disk, const SaveTo& to, const Wait& until = wait()) {
        auto peek = Peek::open(*session_, mailbox_, wait());
        if (!peek)
            return tl::unexpected(peek.error());
        return peek->save(disk, rows_.at(0), to, no_progress, until);
    }
    [[nodiscard]] std::string eml() const { return join_path(target(), "a.eml"); }
    template <class T>
    static std::string_view cause_of(const Result<T>& result) {
        return result ? "" : name_of(result.error().cause);
    }

    std::unique_ptr<imap::Session> session_;
    std::vector<std::string> commands_;
    std::mutex commands_lock_;
};

demo::Mail invoice() {
    return mail_with("faktura.pdf", pdf, {});
}

}  // namespace

TEST_F(Peeks, a_part_comes_decoded_as_far_as_it_is_wanted) {
    for (const bool binary : {true, false}) {
        rows_.clear();
        demo::Options options;
        options.binary = binary;
        list_mails({invoice()}, options);
        const auto text = part(0, 1);
        ASSERT_TRUE(text) << cause_of(text);
        EXPECT_TRUE(text->raw.starts_with("W załączniku faktura.")) << text->raw;
        const auto whole = part(0, 2);
        ASSERT_TRUE(whole) << cause_of(whole);
        EXPECT_EQ(whole->raw, pdf);
        EXPECT_FALSE(whole->is_cut);
        const auto beginning = part(0, 2, 100);
        ASSERT_TRUE(beginning) << cause_of(beginning);
        EXPECT_EQ(beginning->raw, pdf.substr(0, 100));
        EXPECT_TRUE(beginning->is_cut);
        EXPECT_EQ(part(0, 2)->raw, pdf) << "the connection lives";
    }
}

TEST_F(Peeks, nothing_of_the_mailbox_is_changed_by_a_look) {
    list_mails({invoice()});
    ASSERT_TRUE(part(0, 1));
    ASSERT_TRUE(save(real_disk(), {eml()}));
    const std::lock_guard lock(commands_lock_);
    for (const std::string& command : commands_) {
        EXPECT_EQ(command.find("SELECT"), std::string::npos) << command;
        EXPECT_EQ(command.find("STORE"), std::string::npos) << command;
        EXPECT_EQ(command.find("BODY["), std::string::npos) << command;
        EXPECT_EQ(command.find("BINARY["), std::string::npos) << command;
    }
}

TEST_F(Peeks, parts_that_only_we_find_are_taken_out_of_the_whole_message) {
    list_mails(demo::sample_mails());
    const auto mails = demo::sample_mails();
    bool any = false;
    auto peek = Peek::open(*session_, mailbox_, wait());
    ASSERT_TRUE(peek);
    for (const MessageRow& row : rows_) {
        const auto found = extract(real_disk(), *mime::source_of(mails.at(row.uid - 1).raw),
                                   std::nullopt, {}, wait());
        ASSERT_TRUE(found);
        for (const PartView& view : found->parts) {
            if (!view.counts || view.part.path.find('/') == std::string::npos)
                continue;
            const auto octets = peek->part(row, view.part, plenty, wait());
            ASSERT_TRUE(octets) << row.subject << " " << view.part.path << cause_of(octets);
            EXPECT_EQ(sha256_hex(octets->raw), view.sha256) << row.subject;
            any = true;
        }
    }
    EXPECT_TRUE(any);
}

TEST_F(Peeks, a_message_of_another_number_is_told_and_never_shown) {
    list_mails({invoice()});
    demo::Options options;
    options.uid_validity = 5;
    serve_instead({invoice()}, options);
    EXPECT_EQ(cause_of(part(0, 1)), "uidvalidity_changed");
    serve_instead({mail_with("inna.pdf", pdf, {})});
    EXPECT_EQ(cause_of(part(0, 1)), "message_changed");
    EXPECT_EQ(cause_of(save(real_disk(), {eml()})), "message_changed");
    serve_instead({});
    EXPECT_EQ(cause_of(part(0, 1)), "message_gone");
    EXPECT_EQ(cause_of(save(real_disk(), {eml()})), "message_gone");
    EXPECT_FALSE(std::filesystem::exists(eml()));
    EXPECT_TRUE(hashes().empty());
}

TEST_F(Peeks, a_message_is_saved_octet_by_octet) {
    list_mails({invoice()});
    const auto saved = save(real_disk(), {eml()});
    ASSERT_TRUE(saved) << cause_of(saved);
    EXPECT_EQ(saved->size_octets, invoice().raw.size());
    EXPECT_FALSE(saved->doubt);
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex(invoice().raw)});
    EXPECT_EQ(saved->sha256, sha256_hex(invoice().raw));
}

TEST_F(Peeks, what_is_there_stays_unless_it_may_be_replaced) {
    list_mails({invoice()});
    std::ofstream(eml()) << "mine";
    EXPECT_EQ(cause_of(save(real_disk(), {eml()})), "file_exists");
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("mine")});
    EXPECT_TRUE(save(real_disk(), {eml(), SaveTo::Existing::replace}));
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex(invoice().raw)});
    EXPECT_EQ(cause_of(save(real_disk(), {join_path(target(), "none/a.eml")})), "folder_not_found");
}

TEST_F(Peeks, less_than_was_listed_is_saved_and_doubted) {
    demo::Options options;
    options.uidplus = false;  // whose sizes may be a little off
    list_mails({invoice()}, options);
    rows_[0].size_octets += 50;
    Parts parts = rows_[0].parts.unpack();
    parts.push_back(parts.back());
    parts.back().part.path = "3";
    rows_[0].parts = PartList(parts);
    const auto saved = save(real_disk(), {eml()});
    ASSERT_TRUE(saved) << cause_of(saved);
    ASSERT_TRUE(saved->doubt);
    EXPECT_EQ(saved->doubt->cause, Cause::part_incomplete);
}

TEST_F(Peeks, a_stop_leaves_no_file) {
    list_mails({invoice()});
    StopSource stop;
    auto peek = Peek::open(*session_, mailbox_, wait());
    ASSERT_TRUE(peek);
    const auto stopped = peek->save(
        real_disk(), rows_.at(0), {eml()}, [&stop](std::uint64_t) { stop.request_stop(); },
        Wait::for_at_most(std::chrono::seconds(60), stop.get_token()));
    EXPECT_FALSE(stopped);
    EXPECT_TRUE(hashes().empty());
}

TEST_F(Peeks, a_disk_that_fails_at_any_call_shows_no_file_that_is_not_whole) {
    list_mails({invoice()});
    fakes::LossyDisk rehearsal;
    rehearsal.put_folder(target());
    ASSERT_TRUE(save(rehearsal, {eml()}));
    ASSERT_EQ(rehearsal.content(eml()), invoice().raw);
    for (unsigned call = 1; call <= rehearsal.calls(); ++call) {
        fakes::LossyDisk disk;
        disk.put_folder(target());
        disk.fail_call(call, Cause::disk_error);
        const auto saved = save(disk, {eml()});
        const auto content = disk.content(eml());
        EXPECT_TRUE(!content || *content == invoice().raw) << rehearsal.log()[call - 1];
        EXPECT_TRUE(content || disk.files().empty()) << rehearsal.log()[call - 1];
        disk.lose_power(fakes::LossyDisk::Kept::nothing_unsynced);
        EXPECT_TRUE(!saved || disk.content(eml()) == invoice().raw) << rehearsal.log()[call - 1];
    }
}

}  // namespace mail::work
