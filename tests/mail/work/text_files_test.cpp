#include "mail/work/text_files.h"

#include "mail/work/decide.h"
#include "tests/mail/work/taking.h"

namespace mail::work {

namespace {

std::string head(const std::string& id) {
    return "From: a@firma.example\r\nSubject: tekst\r\nMessage-ID: <" + id + "@firma.example>\r\n";
}

}  // namespace

TEST_F(Taking, a_file_in_a_text_is_found_whatever_rights_it_carries) {
    std::vector<demo::Mail> mails;
    for (const std::string mode : {"644", "444", "0600", "755", "555"})
        mails.push_back(
            {head(mode) + "\r\nbegin " + mode + " faktura.txt\r\n(9F%K='5R80H \r\n`\r\nend\r\n",
             std::chrono::sys_seconds{}});
    mails.push_back({head("none") + "\r\nNothing begins here, and nothing is added to it.\r\n",
                     std::chrono::sys_seconds{}});
    serve(mails);
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    for (std::uint32_t uid = 1; uid <= 5; ++uid)
        EXPECT_EQ(states_[uid].status, Status::taken) << uid;
    EXPECT_FALSE(states_.contains(6)) << "not even fetched";
}

TEST_F(Taking, a_file_in_the_text_beside_an_attachment_is_found) {
    const std::string letter(2500, 'x');
    const std::string attached = "--b\r\nContent-Type: application/pdf; name=f.pdf\r\n"
                                 "Content-Disposition: attachment\r\n\r\n%PDF f\r\n--b--\r\n";
    const std::string mixed = "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                              "--b\r\nContent-Type: text/plain\r\n\r\n";
    serve({{head("both") + mixed + letter +
                "\r\nbegin 644 faktura.txt\r\n(9F%K='5R80H \r\n`\r\nend\r\n" + attached,
            std::chrono::sys_seconds{}},
           {head("one") + mixed + letter + "\r\n" + attached, std::chrono::sys_seconds{}}});
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(hashes(),
              (std::multiset<std::string>{sha256_hex("%PDF f"), sha256_hex("faktura\n")}));
    EXPECT_EQ(states_[2].parts.unpack().size(), 3U) << "not read whole";
}

// Its search knows nothing of such a file, since it looks into an index, for example.
TEST_F(Taking, what_came_in_part_is_read_whole_again_whatever_the_server_finds) {
    const auto mail = [](const std::string& mode) {
        return demo::Mail{head("two") + "\r\nbegin " + mode +
                              " a.txt\r\n(9F%K='5R80H \r\n`\r\nend\r\n" + "begin " + mode +
                              " b.txt\r\n$9F%K=```\r\n`\r\nend\r\n",
                          std::chrono::sys_seconds{}};
    };
    serve({mail("644")});
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    const auto both = hashes();
    ASSERT_EQ(both.size(), 2U);
    // As if the second had not come; and the server's search finds nothing any more.
    store::MessageEntry entry = ledger_->messages(mailbox_).value().at(0);
    ASSERT_EQ(entry.files.size(), 2U);
    entry.step = store::Step::partial;
    entry.cause = name_of(Cause::disk_full);
    std::filesystem::remove(entry.files[1].file);
    entry.files.pop_back();
    ASSERT_TRUE(ledger_->finished(mailbox_, {entry}));
    server_->replace_message(1, mail("244"));
    auto session = sign_in();
    rows_.clear();
    ASSERT_TRUE(list(*session));
    ASSERT_EQ(rows_[0].initial.status, Status::partial);
    EXPECT_EQ(find_text_files(*session, *ledger_, mailbox_, {rows_.data()}, wait()).value(),
              (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(ledger_->messages(mailbox_)->at(0).step, store::Step::partial);
    EXPECT_EQ(ledger_->messages(mailbox_)->at(0).files.size(), 1U);
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(states_[1].status, Status::taken);
    EXPECT_EQ(hashes(), both);
}

// Where that is the list tells.
TEST_F(Taking, a_message_of_which_a_part_is_wanted_is_not_read_whole_for_it) {
    serve({{head("logo") + "Content-Type: multipart/related; boundary=b\r\n\r\n"
                           "--b\r\nContent-Type: text/plain\r\n\r\n"
                           "begin 644 faktura.txt\r\n(9F%K='5R80H \r\n`\r\nend\r\n"
                           "--b\r\nContent-Type: image/png; name=logo.png\r\n"
                           "Content-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                           "iVBORw0KGgo=\r\n--b--\r\n",
            std::chrono::sys_seconds{}}});
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(hashes().size(), 1U);
    auto session = sign_in();
    rows_.clear();
    ASSERT_TRUE(list(*session));
    ASSERT_TRUE(
        decide({*ledger_, mailbox_, point_.general, "Ala"}, rows_[0], "2", store::Decision::take));
    rows_.clear();
    ASSERT_TRUE(list(*session));
    ASSERT_EQ(rows_[0].initial.status, Status::partial);
    EXPECT_FALSE(may_hold_text_file(rows_[0]));
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(states_[1].status, Status::taken);
    EXPECT_EQ(hashes().size(), 2U);
}

TEST_F(Taking, of_two_content_types_the_second_may_be_the_true_one) {
    const std::string parts = "--b\r\nContent-Type: application/pdf; name=f.pdf\r\n\r\n"
                              "%PDF f\r\n--b--\r\n";
    serve({{head("two") +
                "Content-Type: text/plain\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" +
                parts,
            std::chrono::sys_seconds{}}});
    ASSERT_TRUE(run()) << name_of(last_error_.cause);
    EXPECT_EQ(hashes(), std::multiset<std::string>{sha256_hex("%PDF f")});
}

}  // namespace mail::work
