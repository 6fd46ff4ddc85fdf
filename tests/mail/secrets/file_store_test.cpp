#include "mail/secrets/file_store.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "mail/base/file_lock.h"
#include "mail/base/hash.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {
namespace {

using namespace std::chrono_literals;

// By Python's hashlib and its package cryptography, under the password "hasło główne".
constexpr std::string_view made_elsewhere_with_scrypt =
    "mailpoint secrets 1\n"
    "key scrypt 10 000102030405060708090a0b0c0d0e0f\n"
    "seal aes-256-gcm 6465666768696a6b6c6d6e6f\n"
    "72e455071a20ede0a277b2d96b03299096928c4214474c4a2ef1549fc61e0db2f94ea25a601d0828"
    "62c4fa26d6624ea79ce9dcee21a95a8ef1542f2c315f10b8907fdd32b9555e205511964a7941fec1"
    "31415526a0c3b8f69453c88221fc7286ea4d8b53f7f974852ed6b8494859d31816b2aaac8168b1ca"
    "1f1c34100e84dc1ac5f7b3387ee65f885f3fa984fc2cf482becd65994af2d1a811dd90e75fe853f5"
    "f034e9e0836b8b13a9bfd1146471b39f41b43c9086fed26c96ef7745a950b9e09b31c09ee60b6f86"
    "708994695f0c6a70f4f9855bc06fe31614aedca0969cd86ed0ce4c32b342891a9f8953fdef66b9a7"
    "d942c65bbe13f8c5ac14e2dc90cc4801ef17467fec2e2b2a682a0d00c160499d\n"
    "sha256 f116a9582410ec5ff5e48d1ebfb2decd4e5a915fbcfaa947a35a8cbaefaccebc\n";

constexpr std::string_view made_elsewhere_with_pbkdf2 =
    "mailpoint secrets 1\n"
    "key pbkdf2-sha256 1000 000102030405060708090a0b0c0d0e0f\n"
    "seal aes-256-gcm 6465666768696a6b6c6d6e6f\n"
    "34091bd1b0a16be4268e8f01b53d3df297c05da2ed8cfc209894b26c45f224af61bb669b585f4974"
    "45745f8833ba0811eb48a231feab130eedde35ba683f2b8c0d6c191878722915c88da43262abecdd"
    "d8adb7210ec5118f63893b2659c3b762cd66c77162d7e8c12801aacffeb01457a79888e72fd5df17"
    "6f1e23aa1ca6f4e45182dd37d7ab047308c9d12b47422f787af9e1523b3e05353a595f3157885372"
    "a9fd2cf18e851fbc3286a48905348beaff2442b660007e52980885e4eb1b12d4bf83673e05070231"
    "18226abd767959f3e2ca8eaa26ded87d66e15d324df196195d2f75f8abb4ff959254c42256d4a6e1"
    "1c19fb86812ab1775a35849f6c8c891f7ac1661de451994d99afb9cb51b37dd8\n"
    "sha256 e66bdd7ae32b7412f432740262b3e4da7771158df9f3a7833e5ebe6c232904a9\n";

// What a person would wait for takes hours where each octet is tried.
constexpr sealing::Cost quick{sealing::Method::scrypt, 10};

Wait patient() {
    return Wait::for_at_most(60s);
}

class FileSecretStore : public testing::Test {
protected:
    [[nodiscard]] FileStore store(std::optional<std::string_view> master_password) const {
        FileStore::Setup setup{real_disk(), path_, std::nullopt, quick};
        if (master_password)
            setup.master_password.emplace(*master_password);
        return FileStore(std::move(setup));
    }
    [[nodiscard]] std::string content() const {
        std::ifstream in(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void put_file(std::string_view octets) const {
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << octets;
    }
    [[nodiscard]] Cause cause_of_reading(std::string_view master_password) const {
        auto one = store(master_password);
        const auto got = one.get("a", patient());
        EXPECT_FALSE(got);
        return got ? Cause::internal : got.error().cause;
    }

    fakes::ScratchFolder folder_{fakes::ScratchFolder::Medium::memory};
    const std::string path_ = folder_ / "secrets.sealed";
};

/// As somebody would who changes the file by hand and knows how it is made.
std::string with_right_sum(std::string text) {
    text.erase(text.rfind("sha256 "));
    return text + "sha256 " + sha256_hex(text) + "\n";
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    return text.replace(text.find(from), from.size(), to);
}

TEST_F(FileSecretStore, gives_back_what_was_put_also_to_another_process) {
    auto first = store("master password");
    EXPECT_EQ(first.kind(), SecretStore::Kind::file);
    EXPECT_EQ(first.get("a", patient()).value(), std::nullopt);
    ASSERT_TRUE(first.put("a", Secret("zażółć 123"), patient()));
    ASSERT_TRUE(first.put("b", Secret("other"), patient()));
    ASSERT_TRUE(first.put("a", Secret(std::string_view("new\0er", 6)), patient()));
    auto second = store("master password");
    EXPECT_EQ(second.get("a", patient()).value()->reveal(), std::string_view("new\0er", 6));
    ASSERT_TRUE(second.remove("a", patient()));
    ASSERT_TRUE(second.remove("a", patient()));
    EXPECT_EQ(first.get("a", patient()).value(), std::nullopt);
    EXPECT_EQ(first.get("b", patient()).value()->reveal(), "other");
}

TEST_F(FileSecretStore, an_empty_secret_is_one) {
    ASSERT_TRUE(store("master password").put("", Secret(), patient()));
    EXPECT_TRUE(store("master password").get("", patient()).value()->empty());
}

TEST_F(FileSecretStore, is_the_owners_only_hides_names_and_leaves_no_copy) {
    auto one = store("master password");
    ASSERT_TRUE(one.put(password_key("point-1"), Secret("Tajne-7f3a"), patient()));
    ASSERT_TRUE(one.put(password_key("point-1"), Secret("Tajne-8a4b"), patient()));
    EXPECT_EQ(content().find("point-1"), std::string::npos);
    EXPECT_EQ(content().find(to_hex("Tajne")), std::string::npos);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        using std::filesystem::perms;
        names.push_back(entry.path().filename().string());
        EXPECT_EQ(entry.status().permissions() & (perms::group_all | perms::others_all),
                  perms::none)
            << names.back();
    }
    std::ranges::sort(names);
    EXPECT_EQ(names, (std::vector<std::string>{"secrets.sealed", "secrets.sealed.lock"}));
}

TEST_F(FileSecretStore, no_two_files_are_alike) {
    auto one = store("master password");
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    const std::string before = content();
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    const auto first = parse_sealed_file(before).value();
    const auto second = parse_sealed_file(content()).value();
    EXPECT_NE(first.raw_salt, second.raw_salt);
    EXPECT_NE(first.raw_nonce, second.raw_nonce);
    EXPECT_NE(first.raw_sealed, second.raw_sealed);
}

TEST_F(FileSecretStore, a_wrong_master_password_is_said_and_changes_nothing) {
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    const std::string before = content();
    auto other = store("Master");
    EXPECT_EQ(other.access(), SecretStore::Access::open) << "nobody has looked yet";
    EXPECT_EQ(other.get("a", patient()).error().cause, Cause::master_password_wrong);
    EXPECT_EQ(other.access(), SecretStore::Access::master_password);
    EXPECT_EQ(other.put("b", Secret("y"), patient()).error().cause, Cause::master_password_wrong);
    EXPECT_EQ(other.remove("a", patient()).error().cause, Cause::master_password_wrong);
    EXPECT_EQ(other.unlock(Secret("nor this"), patient()).error().cause,
              Cause::master_password_wrong);
    EXPECT_EQ(content(), before);
    ASSERT_TRUE(other.unlock(Secret("master password"), patient()));
    EXPECT_EQ(other.access(), SecretStore::Access::open);
    EXPECT_EQ(other.get("a", patient()).value()->reveal(), "x");
    // A slip of one who asks again does not lock what is open.
    EXPECT_FALSE(other.unlock(Secret("nor this"), patient()));
    EXPECT_EQ(other.get("a", patient()).value()->reveal(), "x");
}

TEST_F(FileSecretStore, without_a_master_password_it_asks_for_one) {
    auto fresh = store(std::nullopt);
    EXPECT_EQ(fresh.access(), SecretStore::Access::new_master_password);
    EXPECT_EQ(fresh.get("a", patient()).value(), std::nullopt) << "nothing is there to be read";
    const auto put = fresh.put("a", Secret("x"), patient());
    EXPECT_EQ(put.error().cause, Cause::master_password_needed);
    EXPECT_EQ(put.error().fact("new"), "yes");
    ASSERT_TRUE(fresh.unlock(Secret("master password"), patient()));
    ASSERT_TRUE(fresh.put("a", Secret("x"), patient()));

    auto locked = store(std::nullopt);
    EXPECT_EQ(locked.access(), SecretStore::Access::master_password);
    const auto got = locked.get("a", patient());
    EXPECT_EQ(got.error().cause, Cause::master_password_needed);
    EXPECT_EQ(got.error().fact("new"), "");
    EXPECT_FALSE(locked.unlock(Secret(), patient()));
}

TEST_F(FileSecretStore, an_octet_changed_is_an_error_and_never_other_data) {
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    const std::string good = content();
    for (std::size_t at = 0; at < good.size(); ++at)
        for (const unsigned bit : {0x01U, 0x20U, 0x80U}) {
            std::string bad = good;
            bad[at] = static_cast<char>(static_cast<unsigned char>(bad[at]) ^ bit);
            put_file(bad);
            const Cause cause = cause_of_reading("master password");
            EXPECT_TRUE(cause == Cause::secrets_damaged || cause == Cause::secrets_newer) << at;
            EXPECT_FALSE(store("master password").put("b", Secret("y"), patient())) << at;
            EXPECT_EQ(content(), bad) << "a damaged file is left alone";
        }
}

TEST_F(FileSecretStore, an_octet_changed_with_care_for_the_sum_is_an_error_too) {
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    const std::string good = content();
    const std::size_t body = good.rfind("sha256 ");
    // All of the head, and some of what is sealed: each one takes the time of a key.
    const std::size_t head = parse_sealed_file(good)->head().size();
    for (std::size_t at = 0; at < body; at += at < head ? 1 : 11) {
        std::string bad = good;
        // Another digit of the same kind, so that the form stays.
        bad[at] = bad[at] == '1' ? '0' : bad[at] == '0' ? '1' : bad[at] == 'a' ? 'b' : 'a';
        // What makes the key dearer is tried once, below.
        if (good.substr(0, at).ends_with("scrypt ") || bad[at] == good[at])
            continue;
        put_file(with_right_sum(bad));
        EXPECT_NE(cause_of_reading("master password"), Cause::internal) << at;
        EXPECT_FALSE(store("master password").put("b", Secret("y"), patient())) << at;
    }
    put_file(with_right_sum(replaced(good, "scrypt 10", "scrypt 11")));
    EXPECT_EQ(cause_of_reading("master password"), Cause::master_password_wrong);
}

TEST_F(FileSecretStore, what_is_changed_while_it_is_open_is_damage_and_no_wrong_password) {
    auto one = store("master password");
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    const auto file = parse_sealed_file(content()).value();
    auto changed = file;
    changed.raw_sealed[0] = static_cast<char>(changed.raw_sealed[0] ^ 1);
    put_file(changed.text());
    EXPECT_EQ(one.get("a", patient()).error().cause, Cause::secrets_damaged);
    put_file(file.text());
    EXPECT_EQ(one.get("a", patient()).value()->reveal(), "x");
}

TEST_F(FileSecretStore, a_file_cut_anywhere_is_damaged) {
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    const std::string good = content();
    for (std::size_t size = 0; size < good.size(); ++size) {
        put_file(good.substr(0, size));
        EXPECT_EQ(cause_of_reading("master password"), Cause::secrets_damaged) << size;
    }
    put_file(good + "\n");
    EXPECT_EQ(cause_of_reading("master password"), Cause::secrets_damaged);
    put_file(std::string(largest_sealed_file + 1, 'x'));
    EXPECT_EQ(cause_of_reading("master password"), Cause::secrets_damaged);
}

TEST_F(FileSecretStore, costs_that_nobody_would_ask_for_are_refused_at_once) {
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    const std::string good = content();
    for (const char* key :
         {"scrypt 9 ", "scrypt 21 ", "scrypt 63 ", "scrypt 4294967295 ", "scrypt 4294967306 ",
          "scrypt 0 ", "scrypt -1 ", "scrypt 010 ", "scrypt  ", "scrypt 10x ", "pbkdf2-sha256 999 ",
          "pbkdf2-sha256 4000000000 "}) {
        put_file(with_right_sum(replaced(good, "scrypt 10 ", key)));
        EXPECT_EQ(cause_of_reading("master password"), Cause::secrets_damaged) << key;
    }
}

TEST_F(FileSecretStore, a_newer_file_is_refused_as_such_and_left_alone) {
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    const std::string good = content();
    for (const std::string& newer :
         {std::string("mailpoint secrets 2\nsomething else\n"),
          with_right_sum(replaced(good, "key scrypt", "key argon2id"))}) {
        put_file(newer);
        EXPECT_EQ(cause_of_reading("master password"), Cause::secrets_newer);
        EXPECT_EQ(
            store("master password").unlock(Secret("master password"), patient()).error().cause,
            Cause::secrets_newer);
        EXPECT_FALSE(store("master password").put("b", Secret("y"), patient()));
        EXPECT_EQ(content(), newer);
    }
}

TEST_F(FileSecretStore, reads_files_that_were_made_elsewhere_and_keeps_their_way) {
    for (const std::string_view file : {made_elsewhere_with_scrypt, made_elsewhere_with_pbkdf2}) {
        put_file(file);
        auto one = store("hasło główne");
        EXPECT_EQ(one.get(password_key("one"), patient()).value()->reveal(), "zażółć 123");
        EXPECT_EQ(one.get(password_key("two"), patient()).value()->reveal(), "other");
        ASSERT_TRUE(one.put("more", Secret("x"), patient()));
        EXPECT_EQ(parse_sealed_file(content())->cost.method, parse_sealed_file(file)->cost.method);
        EXPECT_EQ(store("hasło główne").get("more", patient()).value()->reveal(), "x");
    }
}

TEST_F(FileSecretStore, the_master_password_can_be_changed) {
    auto one = store("old and long enough");
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    EXPECT_FALSE(one.change_master_password(Secret(), patient()));
    ASSERT_TRUE(one.change_master_password(Secret("new and long enough"), patient()));
    EXPECT_EQ(one.get("a", patient()).value()->reveal(), "x");
    EXPECT_EQ(cause_of_reading("old and long enough"), Cause::master_password_wrong);
    EXPECT_EQ(store("new and long enough").get("a", patient()).value()->reveal(), "x");
}

TEST_F(FileSecretStore, a_new_master_password_must_be_long_enough_whoever_gives_it) {
    const auto expect_short = [](const Result<void>& refused) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().cause, Cause::master_password_needed);
        EXPECT_EQ(refused.error().fact("limit"), "12");
    };
    expect_short(store("zażółć gęśl").put("a", Secret("x"), patient()));
    auto typed = store(std::nullopt);
    expect_short(typed.unlock(Secret("zażółć gęśl"), patient()));
    EXPECT_EQ(typed.access(), SecretStore::Access::new_master_password);
    EXPECT_TRUE(content().empty()) << "nothing was made";
    ASSERT_TRUE(typed.unlock(Secret("zażółć gęślą"), patient())) << "letters, not octets";
    ASSERT_TRUE(typed.put("a", Secret("x"), patient()));
    expect_short(typed.change_master_password(Secret("short"), patient()));
    expect_short(typed.change_master_password(Secret(), patient()));
    const auto fault_of = [](const Result<void>& refused) {
        return refused ? std::string() : std::string(refused.error().fact("fault"));
    };
    EXPECT_EQ(fault_of(typed.change_master_password(Secret("                "), patient())),
              "only_blanks");
    EXPECT_EQ(fault_of(typed.change_master_password(Secret("latin two: \xB1\xEA"), patient())),
              "not_utf8");
    EXPECT_EQ(store("zażółć gęślą").get("a", patient()).value()->reveal(), "x");
}

TEST_F(FileSecretStore, one_given_too_short_for_a_new_file_can_be_replaced_by_a_longer_one) {
    auto one = store("krótkie");
    EXPECT_EQ(one.access(), SecretStore::Access::longer_master_password);
    const auto put = one.put("a", Secret("x"), patient());
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().fact("given"), "yes");
    ASSERT_TRUE(one.unlock(Secret("cztery zwykłe słowa"), patient()));
    EXPECT_EQ(one.access(), SecretStore::Access::open);
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    EXPECT_EQ(store("cztery zwykłe słowa").get("a", patient()).value()->reveal(), "x");
    EXPECT_EQ(store("krótkie").access(), SecretStore::Access::open)
        << "of a file that is there it may be the one";
}

TEST_F(FileSecretStore, blanks_given_for_a_new_file_are_told_before_anything_is_stored) {
    auto one = store("              ");
    EXPECT_EQ(one.access(), SecretStore::Access::longer_master_password);
    ASSERT_TRUE(one.unlock(Secret("cztery zwykłe słowa"), patient()));
    EXPECT_EQ(one.access(), SecretStore::Access::open);
}

TEST_F(FileSecretStore, one_whose_master_password_another_changed_has_to_be_told_it) {
    auto one = store("old and long enough"), other = store("old and long enough");
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    ASSERT_TRUE(other.change_master_password(Secret("new and long enough"), patient()));
    EXPECT_EQ(one.put("b", Secret("y"), patient()).error().cause, Cause::master_password_wrong);
    ASSERT_TRUE(one.unlock(Secret("new and long enough"), patient()));
    ASSERT_TRUE(one.put("b", Secret("y"), patient()));
    EXPECT_EQ(other.get("b", patient()).value()->reveal(), "y");
}

TEST_F(FileSecretStore, no_writer_loses_what_another_wrote) {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 4; ++writer)
        writers.emplace_back([this, writer] {
            auto own = store("master password");
            for (int i = 0; i < 10; ++i)
                EXPECT_TRUE(own.put(std::to_string(writer) + "/" + std::to_string(i),
                                    Secret(std::to_string(i)), patient()));
        });
    writers.clear();
    auto reader = store("master password");
    for (int writer = 0; writer < 4; ++writer)
        for (int i = 0; i < 10; ++i)
            EXPECT_EQ(reader.get(std::to_string(writer) + "/" + std::to_string(i), patient())
                          .value()
                          ->reveal(),
                      std::to_string(i));
}

TEST_F(FileSecretStore, of_two_that_make_the_file_with_different_passwords_one_is_told) {
    auto one = store("one and long enough"), other = store("other and long enough");
    EXPECT_EQ(one.get("a", patient()).value(), std::nullopt);
    EXPECT_EQ(other.get("a", patient()).value(), std::nullopt);
    ASSERT_TRUE(one.put("a", Secret("x"), patient()));
    EXPECT_EQ(other.put("b", Secret("y"), patient()).error().cause, Cause::master_password_wrong);
    EXPECT_EQ(one.get("a", patient()).value()->reveal(), "x");
}

TEST_F(FileSecretStore, a_folder_that_is_not_there_is_said) {
    FileStore nowhere(
        {real_disk(), folder_ / "no/secrets.sealed", Secret("master password"), quick});
    EXPECT_EQ(nowhere.get("a", patient()).value(), std::nullopt);
    const auto put = nowhere.put("a", Secret("x"), patient());
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().layer, Layer::workspace);
    EXPECT_EQ(put.error().fact("path"), folder_ / "no/secrets.sealed");
}

TEST_F(FileSecretStore, where_nothing_can_be_locked_it_is_written_all_the_same) {
    std::filesystem::create_directory(path_ + ".lock");
    ASSERT_TRUE(store("master password").put("a", Secret("x"), patient()));
    EXPECT_EQ(store("master password").get("a", patient()).value()->reveal(), "x");
}

TEST_F(FileSecretStore, waits_for_its_turn_and_gives_up_in_time) {
    const auto turn = FileLock::take(path_ + ".lock", Wait()).value();
    auto one = store("master password");
    EXPECT_EQ(one.put("a", Secret("x"), Wait::for_at_most(50ms)).error().cause,
              Cause::busy_elsewhere);
    StopSource stop;
    stop.request_stop();
    EXPECT_EQ(
        one.put("a", Secret("x"), Wait{Clock::time_point::max(), stop.get_token()}).error().cause,
        Cause::cancelled);
    EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace mail
