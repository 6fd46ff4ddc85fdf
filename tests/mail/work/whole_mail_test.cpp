#include "mail/work/whole_mail.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "mail/base/hash.h"

namespace mail::work {

namespace {

MessageRow row_of(const std::string& message_id, std::uint64_t octets) {
    MessageRow row;
    row.subject = "Faktura";
    row.message_id = message_id;
    row.size_octets = octets;
    row.parts = PartList(Parts{});
    return row;
}

/// "" where it is the listed mail.
std::string identity(const MessageRow& row, const std::string& raw) {
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    const auto checked = check_identity(row, *mail, raw.size());
    return checked ? "" : std::string(name_of(checked.error().cause));
}

std::string mail_with_id(const std::string& field) {
    return "Subject: Faktura\r\n" + field + "\r\nhej\r\n";
}

}  // namespace

TEST(CheckIdentity, a_message_id_is_the_same_however_a_server_writes_it) {
    const std::string raw = mail_with_id("Message-ID: <a.b@firma.example>\r\n");
    for (const std::string id :
         {"<a.b@firma.example>", "a.b@firma.example", " <a.b@firma.example> (x)",
          "<a.b@ firma.example>", "<a.b@firma", ""})
        EXPECT_EQ(identity(row_of(id, 1), raw), "") << id;
    EXPECT_EQ(identity(row_of("<c@firma.example>", 1), raw), "wrong_message");
}

TEST(CheckIdentity, of_two_message_ids_the_server_may_know_the_other) {
    const std::string raw = mail_with_id("Message-ID: <a@x>\r\nMessage-ID: <b@x>\r\n");
    EXPECT_EQ(identity(row_of("<b@x>", raw.size()), raw), "");
}

TEST(CheckIdentity, a_mail_without_the_listed_id_is_a_substitute) {
    EXPECT_EQ(identity(row_of("<a@x>", 1), mail_with_id("")), "message_gone");
    EXPECT_EQ(identity(row_of("", 1), mail_with_id("")), "");
    EXPECT_EQ(identity(row_of("", 1),
                       "From: root@localhost\r\nSubject: message unavailable\r\n\r\ngone\r\n"),
              "message_gone");
}

namespace {

/// The same for a copy that is to be kept in the mail's place.
std::string as_copy(const MessageRow& row, const std::string& raw, Sizes sizes = Sizes::exact) {
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(raw, '\n'));
    const auto checked = check_copy(row, *mail, {raw.size(), lines}, sizes);
    return checked ? "" : std::string(name_of(checked.error().cause));
}

/// A mail of two parts that is closed as it should be, of more than so many octets.
std::string closed_mail(std::size_t octets) {
    return "Subject: Faktura\r\nMessage-ID: <a@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n"
           "\r\n--b\r\n\r\nhej\r\n--b\r\nContent-Type: application/pdf\r\n\r\n" +
           std::string(octets, 'x') + "\r\n--b--\r\n";
}

/// As a server does that describes it rightly.
void list_parts(MessageRow& row, const std::string& raw) {
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    Parts parts;
    for (const mime::Part& part : mail->structure().parts) {
        parts.emplace_back();
        parts.back().part = part;
    }
    row.parts = PartList(parts);
}

}  // namespace

TEST(CheckCopy, its_own_message_id_decides_whatever_the_size) {
    const std::string raw = mail_with_id("Message-ID: <a@x>\r\n");
    EXPECT_EQ(as_copy(row_of("<a@x>", raw.size()), raw), "");
    EXPECT_EQ(as_copy(row_of("<b@x>", raw.size()), raw), "wrong_message");
    EXPECT_EQ(as_copy(row_of("<a@x>", raw.size()), mail_with_id("Massage-ID: <a@x>\r\n")),
              "wrong_message");
    EXPECT_EQ(as_copy(row_of("", raw.size()), raw), "") << "the server could not read it";
    EXPECT_EQ(as_copy(row_of("", raw.size() + 20), raw), "wrong_message");
    EXPECT_EQ(as_copy(row_of("", 1),
                      "From: root@localhost\r\nSubject: message unavailable\r\n\r\ngone\r\n"),
              "message_gone");
}

// R21.
TEST(CheckCopy, a_size_is_believed_as_far_as_servers_err) {
    const std::string raw = closed_mail(100'000);
    for (const double factor : {0.95, 1.0, 1.05})
        EXPECT_EQ(as_copy(row_of("<a@x>", static_cast<std::uint64_t>(
                                              factor * static_cast<double>(raw.size()))),
                          raw, Sizes::rough),
                  "")
            << factor;
    EXPECT_EQ(as_copy(row_of("<a@x>", 2 * raw.size()), raw), "part_incomplete")
        << "a placeholder, however well it is made";
    EXPECT_EQ(as_copy(row_of("<a@x>", raw.size() / 2), raw), "part_incomplete");
    EXPECT_EQ(as_copy(row_of("<a@x>", 0), raw), "") << "the list had none";
}

TEST(CheckCopy, elsewhere_a_size_that_is_off_needs_every_part_with_its_octets) {
    const std::string raw = closed_mail(100'000);
    MessageRow row = row_of("<a@x>", raw.size() + 300);
    EXPECT_EQ(as_copy(row, raw), "part_incomplete");
    EXPECT_EQ(as_copy(row, raw, Sizes::rough), "");
    list_parts(row, raw);
    EXPECT_EQ(as_copy(row, raw), "");
    EXPECT_EQ(as_copy(row, closed_mail(99'990)), "part_incomplete");
}

TEST(CheckCopy, what_lacks_a_listed_part_is_cut_whatever_the_size_and_the_server) {
    const std::string raw = closed_mail(100);
    MessageRow row = row_of("<a@x>", raw.size());
    list_parts(row, raw);
    const std::string head = raw.substr(0, raw.find("\r\n\r\n") + 4);
    std::string placeholder = head;
    placeholder.replace(head.find("multipart"), head.size(), "text/plain\r\n\r\nScanned.\r\n");
    for (const std::uint64_t said : {raw.size(), std::size_t{0}})
        for (const std::string& came : {head, head + "Scanned.\r\n", placeholder}) {
            row.size_octets = said;
            EXPECT_EQ(as_copy(row, came, Sizes::rough), "part_incomplete") << came;
        }
}

TEST(CheckTakenParts, what_was_taken_is_in_the_copy_or_it_is_none) {
    std::string raw = "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                      "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                      "JVBERiBh\r\n--b--\r\n";
    MessageRow row = row_of("", raw.size());
    list_parts(row, raw);
    Parts parts = row.parts.unpack();
    ASSERT_EQ(parts.size(), 2U);
    parts[1].verdict = Verdict::taken;
    parts[1].sha256 = sha256_hex("%PDF a");
    row.initial.parts = PartList(parts);
    const auto cause = [&row](const std::string& came) {
        const auto source = mime::source_of(came);
        const auto checked = check_taken_parts(row, *mime::Message::read(*source));
        return checked ? "" : std::string(name_of(checked.error().cause));
    };
    EXPECT_EQ(cause(raw), "");
    raw[raw.find("JVBERiBh") + 7] = 'i';
    EXPECT_EQ(cause(raw), "part_incomplete");
}

TEST(CheckCopy, a_mail_cut_anywhere_is_no_copy) {
    const std::string raw = closed_mail(2000);
    const std::size_t end = raw.find("\r\n--b--");
    for (std::size_t octets = 50; octets < end; octets += 7)
        EXPECT_NE(as_copy(row_of("<a@x>", raw.size()), raw.substr(0, octets)), "") << octets;
}

namespace {

const std::string open_mail = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhej\r\n"
                              "--b\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n";
const std::string one_part = "Content-Type: application/pdf\r\n\r\n%PDF";

/// Which parts of `raw` are cut, if the list says so many octets of it all and of the part of this
/// path (0: nothing).
std::vector<std::size_t> cut(const std::string& raw, std::uint64_t said,
                             const std::string& path = "", std::uint64_t part_said = 0) {
    const auto source = mime::source_of(raw);
    const auto mail = mime::Message::read(*source);
    MessageRow row = row_of("", said);
    PartView listed;
    listed.part.path = path;
    listed.part.size_octets = part_said;
    if (part_said != 0)
        row.parts = PartList(Parts{listed});
    const auto line_ends = static_cast<std::uint64_t>(std::ranges::count(raw, '\n'));
    return parts_cut_off(row, mail->structure(), {raw.size(), line_ends});
}

const std::vector<std::size_t> none;
const std::vector<std::size_t> last{2};

}  // namespace

TEST(PartsCutOff, an_open_end_with_fewer_octets_than_listed_is_a_cut) {
    EXPECT_EQ(cut(open_mail, open_mail.size() * 2), last);
    EXPECT_EQ(cut(open_mail, open_mail.size() + 1), last);
    EXPECT_EQ(cut(open_mail, open_mail.size()), none);
    EXPECT_EQ(cut(open_mail, open_mail.size() + 9), none) << "GNU Mailutils counts line ends twice";
    EXPECT_EQ(cut(open_mail, open_mail.size() - 10), none);
    EXPECT_EQ(cut(open_mail, 0), none) << "not said";
    EXPECT_EQ(cut(open_mail + "--b--\r\n", open_mail.size() * 2), none);
}

TEST(PartsCutOff, the_structure_knows_the_last_part_better_than_a_size_of_all) {
    const std::uint64_t said = open_mail.size() + 5;
    EXPECT_EQ(cut(open_mail, said, "2", 4), none) << "only the boundary is missing";
    EXPECT_EQ(cut(open_mail + "--", said, "2", 4), none);
    EXPECT_EQ(cut(open_mail, said, "2", 7), last);
    EXPECT_EQ(cut(open_mail + std::string(200, 'x'), said + 200, "2", 4), last)
        << "it was wrong of this part";
}

TEST(PartsCutOff, a_part_shorter_than_the_structure_has_it_is_a_cut) {
    EXPECT_EQ(cut(open_mail + "--b--\r\n", open_mail.size() * 2, "2", 5), last);
    EXPECT_EQ(cut(open_mail + "--b--\r\n", open_mail.size() * 2, "1", 5),
              std::vector<std::size_t>{1});
    EXPECT_EQ(cut(open_mail + "--b--\r\n", open_mail.size() + 7, "2", 5), none)
        << "all octets came, so it was wrong";
    EXPECT_EQ(cut(open_mail, 0, "2", 50), last);
    EXPECT_EQ(cut(open_mail, 0, "2", 7), none) << "so much are line ends";
}

TEST(PartsCutOff, a_mail_of_one_part_has_no_end_to_be_seen) {
    const std::vector<std::size_t> it{0};
    EXPECT_EQ(cut(one_part, 1000), it);
    EXPECT_EQ(cut(one_part, 1000, "1", 900), it);
    EXPECT_EQ(cut(one_part, 1000, "1", 4), none) << "a wrong size of all";
    EXPECT_EQ(cut(one_part, one_part.size()), none);
}

TEST(FilledFrom, what_the_list_did_not_tell_the_mail_does) {
    mime::Head head;
    head.subject = "Faktura";
    head.sender_name = "Ala";
    head.sender_address = "ala@firma.example";
    head.message_id = "a@firma.example";
    head.raw_date = "Tue, 3 Nov 2026 10:00:00 +0100";
    const MessageRow row = filled_from({}, head, 7);
    EXPECT_EQ(row.subject, "Faktura");
    EXPECT_EQ(row.sender_name, "Ala");
    EXPECT_EQ(row.sender_address, "ala@firma.example");
    EXPECT_EQ(row.message_id, "<a@firma.example>");
    EXPECT_EQ(row.received,
              std::chrono::sys_days{std::chrono::November / 3 / 2026} + std::chrono::hours(9));
    EXPECT_EQ(row.size_octets, 7U);
    MessageRow listed = row_of("<b@firma.example>", 9);
    listed.sender_address = "ewa@firma.example";
    listed.received = std::chrono::sys_seconds{std::chrono::seconds(1)};
    const MessageRow kept = filled_from(listed, head, 7);
    EXPECT_EQ(kept.message_id, "<b@firma.example>");
    EXPECT_EQ(kept.sender_address, "ewa@firma.example");
    EXPECT_EQ(kept.sender_name, "") << "not that of another";
    EXPECT_EQ(kept.received, listed.received);
    EXPECT_EQ(kept.size_octets, 9U);
}

}  // namespace mail::work
