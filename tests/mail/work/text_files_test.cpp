#include "mail/work/text_files.h"

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
