// The program's own splitter reads every sample mail: two readers of one mail, which share no code.
#include <gtest/gtest.h>

#include <algorithm>

#include "mail/base/hash.h"
#include "mail/demo/expected.h"
#include "mail/demo/server.h"
#include "mail/mime/message.h"

namespace mail::demo {
namespace {

struct Found {
    std::string name, sha256;
};

/// All leaves, and what is around a forwarded message.
std::vector<Found> leaves_of(const mime::Message& message) {
    std::vector<Found> leaves;
    const auto& parts = message.structure().parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].is_multipart())
            continue;
        Sha256 hash;
        std::vector<mime::Repair> repaired;
        const auto decoded = message.decode(
            i,
            [&hash](std::string_view raw) -> Result<void> {
                hash.update(raw);
                return {};
            },
            repaired);
        EXPECT_TRUE(decoded);
        leaves.push_back({parts[i].name, to_hex(hash.finish())});
    }
    return leaves;
}

TEST(SamplesByMime, every_file_comes_out_under_its_name) {
    const auto mails = sample_mails();
    const auto table = expected_mails();
    for (std::size_t i = 0; i < mails.size(); ++i) {
        // The large scan is one of many PDFs to a splitter, and slow in a debug build.
        if (mails[i].raw.size() > 1'000'000)
            continue;
        const auto source = mime::source_of(mails[i].raw);
        const auto message = mime::Message::read(*source);
        ASSERT_TRUE(message);
        EXPECT_EQ(message->head().subject, table[i].subject);
        EXPECT_EQ(message->head().sender_name, table[i].sender_name);
        EXPECT_EQ(message->head().sender_address, table[i].sender_address);
        const auto leaves = leaves_of(*message);
        for (const ExpectedFile& file : table[i].files) {
            if (file.kind == ExpectedFile::Kind::container)
                continue;
            const auto found = std::count_if(leaves.begin(), leaves.end(), [&](const Found& leaf) {
                return leaf.name == file.name && leaf.sha256 == file.sha256;
            });
            EXPECT_EQ(found, 1) << table[i].subject << ": " << file.name;
        }
    }
}

}  // namespace
}  // namespace mail::demo
