// The IMAP engine against a real server: signing in over each kind of wire, listing, fetching.

#include <gtest/gtest.h>

#include "mail/base/hash.h"
#include "mail/imap/fetch.h"
#include "mail/imap/listing.h"
#include "tests/servers/dovecot.h"

namespace mail::imap {
namespace {

using namespace std::chrono_literals;

const std::string pdf_base64 = "JVBERi0xLjQKMSAwIG9iago8PD4+CmVuZG9iagp0cmFpbGVyCjw8Pj4K";
const std::string pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n";

std::string invoice(const std::string& number) {
    return "From: =?utf-8?B?xYHDs2TFug==?= <lodz@firma.example>\r\nTo: ala@x\r\nSubject: Faktura " +
           number + "\r\nMessage-ID: <" + number +
           "@x>\r\nDate: Tue, 3 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: "
           "text/plain\r\n\r\n"
           "A1 OK forged\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inside\r\n"
           "MIME-Version: 1.0\r\nContent-Type: application/pdf; name=\"in \\\"quotes\\\".pdf\"\r\n"
           "Content-Transfer-Encoding: base64\r\n\r\n" +
           pdf_base64 +
           "\r\n--b\r\nContent-Type: application/pdf; name=\"f.pdf\"\r\n"
           "Content-Disposition: attachment; filename*=utf-8''za%C5%BC%C3%B3%C5%82%C4%87.pdf\r\n"
           "Content-Transfer-Encoding: base64\r\n\r\n" +
           pdf_base64 + "\r\n--b--\r\n";
}

Wait patient() {
    return Wait::for_at_most(60s);
}

class ImapDovecot : public testing::Test {
protected:
    static constexpr Uid messages = 700;

    static void SetUpTestSuite() {
        auto started = servers::Dovecot::start();
        if (!started) {
            reason = started.error();
            return;
        }
        dovecot = *std::move(started);
        for (Uid uid = 1; uid <= messages; ++uid)
            dovecot->append("ala", "INBOX", invoice(std::to_string(uid)),
                            std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + 10h);
        dovecot->make_folder("ala", "Zakończone");
    }
    static void TearDownTestSuite() { dovecot.reset(); }
    void SetUp() override { ASSERT_NE(dovecot, nullptr) << reason; }

    static net::Endpoint endpoint(net::Encryption encryption) {
        net::Endpoint endpoint;
        endpoint.host = "localhost";
        endpoint.encryption = encryption;
        endpoint.port =
            encryption == net::Encryption::tls ? dovecot->tls_port() : dovecot->clear_port();
        endpoint.ca_file = dovecot->ca_file().string();
        return endpoint;
    }
    static Result<std::unique_ptr<Session>>
    open(net::Encryption encryption, const std::string& password = servers::Dovecot::password) {
        return Session::open(
            endpoint(encryption), {Credentials::Kind::password, "ala", Secret(password)},
            [](const TranscriptLine& line) { shown += line.text + "\n"; }, patient());
    }

    static std::unique_ptr<servers::Dovecot> dovecot;
    static std::string reason;
    static std::string shown;
};

std::unique_ptr<servers::Dovecot> ImapDovecot::dovecot;
std::string ImapDovecot::reason;
std::string ImapDovecot::shown;

struct Parts final : PartSink {
    Result<void> begin(std::size_t request, Form form) override {
        texts.at(request).clear();
        forms.at(request) = form;
        return {};
    }
    Result<void> data(std::size_t request, std::string_view raw) override {
        texts.at(request) += raw;
        return {};
    }
    Result<void> end(std::size_t request, Result<void> outcome) override {
        outcomes.at(request) = outcome ? "whole" : name_of(outcome.error().cause);
        return {};
    }
    explicit Parts(std::size_t count) : texts(count), outcomes(count), forms(count) {}

    std::vector<std::string> texts, outcomes;
    std::vector<Form> forms;
};

TEST_F(ImapDovecot, signs_in_over_every_kind_of_wire) {
    for (const auto encryption : {net::Encryption::none, net::Encryption::starttls,
                                  net::Encryption::automatic, net::Encryption::tls}) {
        auto session = open(encryption);
        ASSERT_TRUE(session) << name_of(session.error().cause)
                             << session.error().fact("server_said") << dovecot->log();
        EXPECT_TRUE((*session)->capabilities().binary);
        EXPECT_EQ((*session)->evidence().chain.empty(), encryption == net::Encryption::none);
        (*session)->sign_out(patient());
    }
    EXPECT_EQ(shown.find(servers::Dovecot::password), std::string::npos);
}

TEST_F(ImapDovecot, a_certificate_refused_behind_starttls_is_named_as_one_of_tls) {
    const servers::TemporaryFolder elsewhere;
    const servers::Authority wrong(elsewhere.path(), "Wrong-Authority");
    for (const auto encryption : {net::Encryption::tls, net::Encryption::starttls}) {
        net::Endpoint wary = endpoint(encryption);
        wary.ca_file = wrong.file().string();
        std::string said;
        const auto session = Session::open(
            wary, {Credentials::Kind::password, "ala", Secret("tajne")},
            [&](const TranscriptLine& line) { said += line.text + "\n"; }, patient());
        ASSERT_FALSE(session);
        const Error& error = session.error();
        EXPECT_EQ(name_of(error.cause), name_of(Cause::certificate_untrusted));
        EXPECT_EQ(error.fact("sha256"), dovecot->certificate().sha256);
        EXPECT_EQ(error.fact("subject"), "CN = localhost");
        EXPECT_EQ(error.fact("names"), "localhost, 127.0.0.1");
        EXPECT_FALSE(error.fact("valid_until").empty());
        EXPECT_EQ(said.find("LOGIN "), std::string::npos);
        EXPECT_EQ(said.find("AUTHENTICATE "), std::string::npos);
    }
}

TEST_F(ImapDovecot, a_wrong_password_is_refused_in_the_servers_words) {
    const auto session = open(net::Encryption::tls, "Tajne-7f3a");
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().cause, Cause::login_refused);
    EXPECT_NE(session.error().fact("server_said"), "");
    EXPECT_EQ(shown.find("Tajne-7f3a"), std::string::npos);
}

TEST_F(ImapDovecot, folders_are_listed_opened_and_missed) {
    const auto session = open(net::Encryption::tls).value();
    const auto folders = session->folders(patient()).value();
    EXPECT_TRUE(std::any_of(folders.begin(), folders.end(),
                            [](const Folder& one) { return one.name == "Zakończone"; }));
    EXPECT_EQ(session->examine("Zakończone", patient()).value().exists, 0U);
    const auto missing = session->examine("zakonczone", patient());
    EXPECT_EQ(missing.error().cause, Cause::folder_missing);
    EXPECT_EQ(missing.error().fact("nearest"), "Zakończone");
    const Mailbox inbox = session->examine("INBOX", patient()).value();
    EXPECT_EQ(inbox.exists, messages);
    EXPECT_NE(inbox.uid_validity, 0U);
}

TEST_F(ImapDovecot, lists_everything_and_fetches_what_was_appended) {
    const auto session = open(net::Encryption::starttls).value();
    const auto uids = session->examine_with_uids("INBOX", patient()).value().uids;
    ASSERT_EQ(uids.size(), messages);
    std::vector<MessageData> listed;
    const auto unlisted = list_messages(
        *session, {uids}, std::identity{},
        [&](MessageData one) { listed.push_back(std::move(one)); }, patient());
    EXPECT_TRUE(unlisted.value().empty());
    ASSERT_EQ(listed.size(), messages);
    EXPECT_EQ(listed.front().uid, messages);
    const MessageData& newest = listed.front();
    EXPECT_EQ(newest.envelope.raw_subject, "Faktura 700");
    EXPECT_EQ(newest.size_octets, invoice("700").size());
    ASSERT_EQ(newest.structure.size(), 5U);
    EXPECT_EQ(newest.structure[3].section, "2.1");
    EXPECT_EQ(newest.structure[3].parameters.at(0).second, "in \"quotes\".pdf");
    EXPECT_EQ(newest.structure[4].section, "3");

    std::vector<PartRequest> requests;
    for (const MessageData& message : listed)
        for (const auto index : {3U, 4U})
            requests.push_back({message.uid, message.structure[index].section, "base64",
                                message.uid % 2 == 0, message.structure[index].size_octets});
    requests.push_back({1, "", "", true, 0});
    requests.push_back({1, "9", "base64", true, 10});
    requests.push_back({9999, "1", "7bit", true, 10});
    Parts parts(requests.size());
    ASSERT_TRUE(fetch_parts(*session, requests, parts, patient()));
    for (std::size_t request = 0; request < 2U * messages; ++request) {
        ASSERT_EQ(parts.outcomes[request], "whole");
        const bool decoded = parts.forms[request] == PartSink::Form::decoded;
        EXPECT_EQ(decoded, requests[request].may_decode);
        EXPECT_EQ(parts.texts[request], decoded ? pdf : pdf_base64);
    }
    EXPECT_EQ(parts.texts[2U * messages], invoice("1"));
    EXPECT_EQ(parts.outcomes[2U * messages + 1], "part_missing");
    EXPECT_EQ(parts.outcomes[2U * messages + 2], "message_gone");
}

}  // namespace
}  // namespace mail::imap
