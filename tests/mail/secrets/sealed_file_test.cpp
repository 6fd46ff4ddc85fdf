#include "mail/secrets/sealed_file.h"

#include <gtest/gtest.h>

namespace mail {
namespace {

std::string packed_octets(const Secrets& secrets) {
    return std::string(pack(secrets).reveal());
}

TEST(SealedFile, is_read_as_it_was_written) {
    const SealedFile file{{sealing::Method::pbkdf2_sha256, 600'000},
                          std::string("\0\xff", 2) + std::string(14, 's'),
                          std::string(12, 'n'),
                          std::string(300, 'x')};
    const auto again = parse_sealed_file(file.text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->cost.method, file.cost.method);
    EXPECT_EQ(again->cost.work, file.cost.work);
    EXPECT_EQ(again->raw_salt, file.raw_salt);
    EXPECT_EQ(again->raw_nonce, file.raw_nonce);
    EXPECT_EQ(again->raw_sealed, file.raw_sealed);
    EXPECT_TRUE(file.text().starts_with(file.head()));
}

TEST(SealedFile, lengths_that_do_not_fit_are_damage) {
    const SealedFile good{{sealing::Method::scrypt, 17},
                          std::string(16, 's'),
                          std::string(12, 'n'),
                          std::string(16, 'x')};
    EXPECT_TRUE(parse_sealed_file(good.text()));
    for (std::string SealedFile::*const field :
         {&SealedFile::raw_salt, &SealedFile::raw_nonce, &SealedFile::raw_sealed}) {
        SealedFile bad = good;
        (bad.*field).pop_back();
        EXPECT_EQ(parse_sealed_file(bad.text()).error().cause, Cause::secrets_damaged);
    }
}

TEST(SealedFile, what_is_no_such_file_is_damage) {
    for (const char* text :
         {"", "mailpoint secrets ", "mailpoint secrets \n", "mailpoint secrets x\n",
          "mailpoint secrets 1", "mailpoint secrets 1\n", "mailpoint secrets 99999999999999999\n",
          "sha256 \n", "{}"})
        EXPECT_EQ(parse_sealed_file(text).error().cause, Cause::secrets_damaged) << text;
}

TEST(PackedSecrets, come_back_and_their_lengths_do_not_show) {
    Secrets secrets;
    EXPECT_TRUE(unpack(pack(secrets)).value().empty());
    secrets.emplace("a", Secret(std::string_view("\0\xff\n", 3)));
    secrets.emplace("", Secret(std::string(500, 'x')));
    const auto again = unpack(pack(secrets)).value();
    ASSERT_EQ(again.size(), 2U);
    EXPECT_EQ(again.at("a").reveal(), std::string_view("\0\xff\n", 3));
    EXPECT_EQ(again.at("").reveal(), std::string(500, 'x'));
    EXPECT_EQ(packed_octets({}).size(), packed_octets({{"a", Secret("short")}}).size());
    EXPECT_EQ(packed_octets(secrets).size() % 256, 0U);
}

TEST(PackedSecrets, that_are_cut_or_lie_about_lengths_are_damage) {
    const Secrets secrets{{"name", Secret("secret")}};
    const std::string good = packed_octets(secrets);
    for (std::size_t size = 0; size < 22; ++size)
        EXPECT_EQ(unpack(Secret(good.substr(0, size))).error().cause, Cause::secrets_damaged);
    for (std::size_t at = 0; at < 4; ++at) {
        std::string bad = good;
        bad[at] = '\xff';
        EXPECT_FALSE(unpack(Secret(bad))) << "count";
        bad = good;
        bad[4 + at] = '\xff';
        EXPECT_FALSE(unpack(Secret(bad))) << "length";
    }
    EXPECT_FALSE(unpack(Secret(good + "x"))) << "not only padding";
}

}  // namespace
}  // namespace mail
