#include "tests/mail/mime/mail_text.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "mail/mime/attachments.h"

namespace mail::mime {

MailReading reading_of(const Source& source, const Limits& limits) {
    MailReading reading;
    const auto message = Message::read(source, limits);
    if (!message) {
        ADD_FAILURE() << name_of(message.error().cause);
        return reading;
    }
    reading.structure = message->structure();
    reading.head = message->head();
    for (std::size_t i = 0; i < reading.structure.parts.size(); ++i) {
        const Part& part = reading.structure.parts[i];
        std::string raw;
        std::vector<Repair> repaired;
        const Sink sink = [&raw](std::string_view piece) -> Result<void> {
            raw += piece;
            return {};
        };
        EXPECT_TRUE(message->decode(i, sink, repaired));
        std::string line = part.path + " " + part.type;
        if (!part.name.empty())
            line += " " + part.name;
        if (!part.has_children)
            line += " [" + raw + "]";
        reading.parts.push_back(line);
        if (counts_as_attachment(reading.structure, i))
            reading.files.push_back(part.name + " [" + raw + "]");
    }
    return reading;
}

MailReading reading_of(std::string_view raw, const Limits& limits) {
    const auto source = source_of(std::string(raw));
    const MailReading whole = reading_of(*source, limits);
    for (const std::size_t window : {1U, 7U, 61U, 1021U}) {
        Limits pieces = limits;
        pieces.window_octets = window;
        EXPECT_EQ(reading_of(*source, pieces).parts, whole.parts) << "window of " << window;
    }
    return whole;
}

std::string base64_of(std::string_view raw) {
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < raw.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, raw.size() - at);
        unsigned value = 0;
        for (std::size_t i = 0; i < 3; ++i)
            value = value * 256 + (i < count ? static_cast<unsigned char>(raw[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= count ? alphabet[(value >> (18 - 6 * i)) & 63U] : '=';
        if (text.size() % 77 == 76)
            text += '\n';
    }
    return text;
}

}  // namespace mail::mime
