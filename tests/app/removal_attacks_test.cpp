// What other clients and servers do between two steps of a removal, and what must not be taken for
// something else.

#include <atomic>

#include "tests/app/removal_fixture.h"

namespace program {

namespace {

mail::demo::Mail nameless(int number, int day) {
    mail::demo::Mail mail = mail_number(number);
    const std::size_t from = mail.raw.find("Message-ID: ");
    mail.raw.erase(from, mail.raw.find("\r\n", from) + 2 - from);
    mail.received += std::chrono::days(day);
    return mail;
}

mail::demo::Mail with_two(bool second) {
    std::string raw = "From: Ala <ala@firma.example>\r\nSubject: Two\r\nMessage-ID: "
                      "<two@firma.example>\r\nMIME-Version: 1.0\r\n"
                      "Content-Type: multipart/mixed; boundary=\"b-o\"\r\n\r\n";
    for (const std::string name : {"first", "second"})
        if (name == "first" || second)
            raw += "--b-o\r\nContent-Type: application/pdf; name=\"" + name +
                   ".pdf\"\r\nContent-Disposition: attachment; filename=\"" + name +
                   ".pdf\"\r\n\r\n%PDF-1.4 " + name + "\r\n";
    return {raw + "--b-o--\r\n", std::chrono::sys_seconds(std::chrono::seconds(1'780'000'000))};
}

}  // namespace

class Attacked : public Removal, public testing::WithParamInterface<std::string> {
protected:
    /// Another client expunges 1 right before the `nth` command that begins so after our STORE.
    void start_with_an_expunge_before(const std::string& command, bool uidplus) {
        mail::demo::Options options;
        options.uidplus = uidplus;
        options.manner = [this, command](const std::string& line) {
            if (line.find("+FLAGS.SILENT (\\Deleted)") != std::string::npos)
                stored_ = true;
            else if (stored_ && line.find(command) != std::string::npos && !done_.exchange(true))
                server_->remove_message(1);
            return mail::demo::Manner::honest;
        };
        start(3, options);
    }
    std::atomic<bool> stored_ = false, done_ = false;
};

TEST_P(Attacked, what_somebody_else_expunges_by_our_mark_has_its_copy_and_is_told_as_removed) {
    for (const bool uidplus : {true, false}) {
        stored_ = done_ = false;
        fs::remove_all(folder_ / "w");
        start_with_an_expunge_before(GetParam(), uidplus);
        take("1:2");
        SCOPED_TRACE(uidplus);
        const Outcome removed = on_point({"remove", "--mailbox", "--uid", "1:2"});
        EXPECT_EQ(removed.exit_code, 0) << removed.error;
        EXPECT_EQ(on_server(), (Uids{3}));
        EXPECT_EQ(copies().size(), 2U);
        EXPECT_EQ(json_of({"restore"}).at("quarantine").size(), 2U);
        EXPECT_EQ(on_point({"restore", "--uid", "1:2"}).exit_code, 0);
        EXPECT_EQ(on_server().size(), 3U);
    }
}

INSTANTIATE_TEST_SUITE_P(Moments, Attacked, testing::Values("SEARCH DELETED", "FETCH", "EXPUNGE"),
                         [](const auto& moment) {
                             std::string name = moment.param;
                             std::ranges::replace(name, ' ', '_');
                             return name;
                         });

TEST_F(Removal, what_was_taken_before_the_switch_stays_when_the_definition_is_edited) {
    start(2);
    write_point(false, false);
    ASSERT_EQ(on_point({"run"}).exit_code, 0);
    write_point(false, true);
    ASSERT_EQ(on_point({"run"}).exit_code, 0);
    EXPECT_EQ(on_server(), (Uids{1, 2}));
}

TEST_F(Removal, a_part_that_the_server_withheld_once_bars_the_removal_for_good) {
    std::atomic<bool> lies = true;
    mail::demo::Options options;
    options.keywords = false;
    options.manner = [&](const std::string& command) {
        if (lies && command.find("FETCH 1 ") != std::string::npos &&
            command.find("PEEK[") != std::string::npos)
            server_->replace_message(1, with_two(false));
        return mail::demo::Manner::honest;
    };
    options.password = password;
    server_ = std::move(*mail::demo::Server::start({with_two(true)}, options));
    write_point();
    EXPECT_EQ(on_point({"run"}).exit_code, 1) << "only one of two came";
    lies = false;
    server_->replace_message(1, with_two(true));
    EXPECT_TRUE(listed("taken").empty());
    EXPECT_EQ(on_point({"remove", "--mailbox", "--uid", "1"}).exit_code, 1);
    EXPECT_EQ(on_server(), (Uids{1}));
    EXPECT_EQ(on_point({"run"}).exit_code, 0);
    EXPECT_TRUE(fs::exists(folder_ / "target/second.pdf"));
}

TEST_F(Removal, a_number_without_a_message_id_that_means_another_mail_is_new) {
    mail::demo::Options options;
    options.keywords = false;  // the mail that takes another's place here would keep its mark
    options.password = password;
    server_ = std::move(*mail::demo::Server::start({nameless(1, 0), nameless(2, 1)}, options));
    write_point();
    ASSERT_EQ(on_point({"run"}).exit_code, 0);
    ASSERT_EQ(on_point({"remove", "--uid", "2"}).exit_code, 0);
    server_->replace_message(1, nameless(7, 5));
    server_->replace_message(2, nameless(8, 6));
    EXPECT_EQ(listed("new"), (Uids{1, 2})) << "neither taken nor hidden";
    EXPECT_EQ(on_point({"remove", "--mailbox", "--uid", "1"}).exit_code, 1);
    EXPECT_EQ(on_point({"run"}).exit_code, 0);
    EXPECT_TRUE(fs::exists(folder_ / "target/f7.pdf"));
    EXPECT_TRUE(fs::exists(folder_ / "target/f8.pdf"));
}

TEST_F(Removal, mails_that_have_moved_to_other_numbers_are_not_taken_twice) {
    for (const bool uidplus : {true, false}) {
        fs::remove_all(folder_ / "w");
        fs::remove_all(folder_ / "target");
        mail::demo::Options options;
        options.uidplus = uidplus;
        options.keywords = false;
        start(3, options);
        ASSERT_EQ(on_point({"run"}).exit_code, 0);
        fs::remove_all(folder_ / "target");  // an OCR program has fetched them
        server_->replace_message(1, mail_number(2));
        server_->replace_message(2, mail_number(3));
        server_->replace_message(3, mail_number(4));
        EXPECT_EQ(listed("new"), (Uids{3})) << uidplus;
        ASSERT_EQ(on_point({"run"}).exit_code, 0);
        EXPECT_TRUE(fs::exists(folder_ / "target/f4.pdf")) << uidplus;
        EXPECT_FALSE(fs::exists(folder_ / "target/f2.pdf")) << uidplus;
    }
}

}  // namespace program
