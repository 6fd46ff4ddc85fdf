// Mails that nest as deep as they are long, on a thread with a stack of 256 KB.

#include <gtest/gtest.h>

#include "mail/mime/headers.h"
#include "mail/mime/parameters.h"
#include "mail/mime/pkcs7.h"
#include "tests/fakes/small_stack_posix.h"
#include "tests/mail/mime/mail_text.h"

namespace mail::mime {
namespace {

constexpr int deep = 100'000;

std::string times(std::string_view text, int count) {
    std::string all;
    all.reserve(text.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

/// The structure of it; each part of it is decoded as well.
Structure read_whole(const std::string& raw) {
    const auto source = source_of(raw);
    const auto message = Message::read(*source);
    if (!message)
        return {};
    std::vector<Repair> repaired;
    for (std::size_t part = 0; part < message->structure().parts.size(); ++part)
        static_cast<void>(message->decode(
            part, [](std::string_view) -> Result<void> { return {}; }, repaired));
    return message->structure();
}

TEST(DeepNesting, of_messages_and_multiparts_ends_by_the_limits_and_costs_no_stack) {
    std::string multiparts;
    for (int depth = 0; depth < deep; ++depth) {
        const std::string border = "b" + std::to_string(depth);
        multiparts +=
            "Content-Type: multipart/mixed; boundary=" + border + "\n\n--" + border + "\n";
    }
    const std::vector<std::string> mails{
        times("Content-Type: message/rfc822\n\n", deep) + "text",
        times("Content-Type: multipart/mixed; boundary=b\n\n--b\n", deep),
        multiparts,
        times("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
              "message/rfc822\n\n",
              deep / 2),
    };
    EXPECT_TRUE(fakes::on_small_stack([&] {
        for (const std::string& mail : mails) {
            const Structure structure = read_whole(mail);
            EXPECT_FALSE(structure.complete);
            EXPECT_GE(structure.parts.size(), 100U);
            EXPECT_LE(structure.parts.size(), 10'000U);
        }
    }));
}

TEST(DeepNesting, of_encoded_messages_costs_no_stack) {
    // base64 makes a third more of it each time.
    std::string mail = "Content-Type: image/png\n\nPNG";
    for (int depth = 0; depth < 25; ++depth)
        mail =
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + base64_of(mail);
    EXPECT_TRUE(fakes::on_small_stack([&] { EXPECT_GE(read_whole(mail).parts.size(), 25U); }));
}

TEST(DeepNesting, of_comments_and_groups_in_a_head_costs_no_stack) {
    const std::string comment = times("(", deep) + times(")", deep);
    const std::string quoted = times("\"(<[{", deep);
    EXPECT_TRUE(fakes::on_small_stack([&] {
        for (const std::string& hostile : {comment, times("(", deep), quoted, times("a:", deep),
                                           times("=?utf-8?q?=?utf-8?q?", deep / 10)}) {
            static_cast<void>(decode_text(hostile));
            static_cast<void>(first_mailbox(hostile + " <a@b.example>"));
            static_cast<void>(parse_date("Tue, 3 Nov 2026 10:00:00 +0100 " + hostile));
            static_cast<void>(parse_parameters("multipart/mixed " + hostile + "; boundary=b"));
            const Structure structure =
                read_whole("From: " + hostile + "\nSubject: " + hostile + "\nDate: " + hostile +
                           "\nContent-Type: image/png " + hostile +
                           "\nContent-Disposition: attachment " + hostile + "\n\nPNG");
            EXPECT_EQ(structure.parts.size(), 1U);
        }
    }));
}

TEST(DeepNesting, of_a_signed_container_costs_no_stack) {
    // SEQUENCE in SEQUENCE, of indefinite length and of a length that reaches beyond the end.
    EXPECT_TRUE(fakes::on_small_stack([&] {
        for (const std::string& octets :
             {times("\x30\x80", deep), times("\x30\x84\x7F\xFF\xFF\xFF", deep),
              times("\x24\x80", deep), times("\xA0\x80", deep)}) {
            static_cast<void>(pkcs7_content(octets, 1U << 20U));
            static_cast<void>(may_be_pkcs7_content(octets));
            static_cast<void>(read_whole("Content-Type: application/pkcs7-mime\n"
                                         "Content-Transfer-Encoding: base64\n\n" +
                                         base64_of(octets)));
        }
    }));
}

}  // namespace
}  // namespace mail::mime
