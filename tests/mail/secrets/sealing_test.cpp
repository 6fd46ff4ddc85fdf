#include "mail/secrets/sealing.h"

#include <gtest/gtest.h>

#include "mail/base/hash.h"

namespace mail::sealing {
namespace {

std::string octets(std::string_view hex) {
    std::string raw;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        raw += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return raw;
}

// RFC 7914, section 12: the first half of the longer key is this one.
TEST(Sealing, makes_the_key_of_scrypt_that_its_rfc_gives) {
    const Cost cost{Method::scrypt, 14};
    ASSERT_TRUE(can_use(cost.method));
    const auto key = key_of(Secret("pleaseletmein"), "SodiumChloride", cost);
    EXPECT_EQ(to_hex(key.value().reveal()),
              "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
}

// RFC 7914, section 11.
TEST(Sealing, makes_the_key_of_pbkdf2_that_an_rfc_gives) {
    const auto key = key_of(Secret("Password"), "NaCl", {Method::pbkdf2_sha256, 80000});
    EXPECT_EQ(to_hex(key.value().reveal()),
              "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
}

// The GCM specification by McGrew and Viega, test case 16.
TEST(Sealing, seals_as_the_specification_of_gcm_says) {
    const Secret key(octets("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
    const Secret plain(
        octets("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c"
               "95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    const std::string nonce = octets("cafebabefacedbaddecaf888");
    const std::string head = octets("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    const std::string sealed = seal(key, nonce, head, plain);
    EXPECT_EQ(to_hex(sealed),
              "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48"
              "590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
              "76fc6ece0f4e1768cddf8853bb2d551b");
    EXPECT_EQ(unseal(key, nonce, head, sealed).value().reveal(), plain.reveal());
}

TEST(Sealing, opens_only_what_was_sealed) {
    const Secret key(std::string(key_size, 'k')), other(std::string(key_size, 'o'));
    const std::string nonce(nonce_size, 'n');
    for (const std::string& text : {std::string(), std::string(1000, 't')}) {
        const std::string sealed = seal(key, nonce, "head", Secret(text));
        EXPECT_EQ(unseal(key, nonce, "head", sealed).value().reveal(), text);
        EXPECT_FALSE(unseal(other, nonce, "head", sealed));
        EXPECT_FALSE(unseal(key, nonce, "hear", sealed));
        EXPECT_FALSE(unseal(key, std::string(nonce_size, 'm'), "head", sealed));
        EXPECT_FALSE(unseal(key, std::string(nonce_size + 1, 'n'), "head", sealed));
        EXPECT_FALSE(unseal(key, nonce, "head", sealed + "x"));
        EXPECT_FALSE(unseal(key, nonce, "head", sealed.substr(1)));
        EXPECT_FALSE(unseal(key, nonce, "head", sealed.substr(0, tag_size - 1)));
    }
}

TEST(Sealing, the_usual_cost_works_here) {
    const Cost cost = usual_cost();
    ASSERT_TRUE(can_use(cost.method));
    const std::string salt(salt_size, 's');
    const auto key = key_of(Secret("a"), salt, cost);
    ASSERT_TRUE(key);
    EXPECT_NE(key->reveal(), key_of(Secret("b"), salt, cost)->reveal());
}

}  // namespace
}  // namespace mail::sealing
