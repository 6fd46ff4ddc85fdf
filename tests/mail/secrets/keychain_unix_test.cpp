// The Keychain's logic on a stand-in for macOS' framework, which keeps passwords in memory. What a
// Mac does is not shown by this.

#include "mail/secrets/keychain_store.h"

#include <functional>
#include <thread>

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "tests/mail/secrets/keychain_stand_in.h"

namespace mail {
namespace {

Wait patient() {
    return Wait::for_at_most(std::chrono::seconds(60));
}

class KeychainOnAStandIn : public testing::Test {
protected:
    void SetUp() override {
        void* library = dlopen(KEYCHAIN_STAND_IN, RTLD_NOW | RTLD_LOCAL);
        ASSERT_NE(library, nullptr) << dlerror();
        const auto state =
            reinterpret_cast<KeychainStandInFunction>(dlsym(library, "keychain_stand_in"));
        ASSERT_NE(state, nullptr);
        there_ = state();
        *there_ = {};
        store_ = keychain_store(Keychain::load(KEYCHAIN_STAND_IN));
        ASSERT_NE(store_, nullptr);
    }
    void TearDown() override {
        EXPECT_EQ(there_->open_contents, 0);
        EXPECT_EQ(there_->open_items, 0);
        EXPECT_FALSE(there_->freed_unwiped);
    }
    [[nodiscard]] std::optional<std::string> stored(const std::string& key) const {
        const auto secret = store_->get(key, patient());
        EXPECT_TRUE(secret);
        if (!secret || !*secret)
            return std::nullopt;
        return std::string((*secret)->reveal());
    }
    /// Of each function, with that status of the framework's.
    static void expect_each(std::int32_t status, Cause cause, const std::string& words,
                            const std::function<Result<void>()>& call, std::int32_t& answers) {
        answers = status;
        const auto refused = call();
        answers = 0;
        ASSERT_FALSE(refused) << status;
        EXPECT_EQ(refused.error().cause, cause) << status;
        EXPECT_EQ(refused.error().fact("system"), words);
    }

    KeychainStandIn* there_ = nullptr;
    std::unique_ptr<SecretStore> store_;
};

TEST_F(KeychainOnAStandIn, keeps_replaces_and_forgets) {
    EXPECT_EQ(store_->kind(), SecretStore::Kind::system);
    EXPECT_EQ(stored("password/1"), std::nullopt);
    ASSERT_TRUE(store_->put("password/1", Secret("zażółć 123"), patient()));
    ASSERT_TRUE(store_->put("password/2", Secret(std::string("\0a\0", 3)), patient()));
    ASSERT_TRUE(store_->put("password/3", Secret(), patient()));
    EXPECT_EQ(stored("password/1"), "zażółć 123");
    EXPECT_EQ(stored("password/2"), std::string("\0a\0", 3));
    EXPECT_EQ(stored("password/3"), "");
    ASSERT_TRUE(store_->put("password/1", Secret("inne"), patient()));
    EXPECT_EQ(stored("password/1"), "inne");
    EXPECT_EQ(there_->passwords.at("pl.mailpoint.Secret\npassword/1"), "inne");
    ASSERT_TRUE(store_->remove("password/1", patient()));
    EXPECT_EQ(stored("password/1"), std::nullopt);
    EXPECT_TRUE(store_->remove("password/1", patient())) << "none there is fine";
    EXPECT_EQ(there_->passwords.size(), 2U);
}

TEST_F(KeychainOnAStandIn, what_another_program_added_in_between_is_replaced) {
    there_->add_finds_a_twin = true;
    ASSERT_TRUE(store_->put("a", Secret("ours"), patient()));
    EXPECT_EQ(stored("a"), "ours");
}

TEST_F(KeychainOnAStandIn, each_refusal_is_told_with_its_name) {
    ASSERT_TRUE(store_->put("there", Secret("x"), patient()));
    struct Row {
        std::int32_t status;
        Cause cause;
        const char* words;
    };
    const Row rows[] = {
        {-25293, Cause::secret_store_unavailable, "errSecAuthFailed (-25293)"},
        {-25294, Cause::secret_store_unavailable, "errSecNoSuchKeychain (-25294)"},
        {-25307, Cause::secret_store_unavailable, "errSecNoDefaultKeychain (-25307)"},
        {-25308, Cause::secret_store_unavailable, "errSecInteractionNotAllowed (-25308)"},
        {-25291, Cause::secret_store_unavailable, "errSecNotAvailable (-25291)"},
        {-4711, Cause::secret_store_unavailable, "OSStatus -4711"},
        {-128, Cause::cancelled, ""},
    };
    const auto get = [&] { return store_->get("there", patient()).map([](const auto&) {}); };
    const auto put = [&] { return store_->put("there", Secret("y"), patient()); };
    const auto put_new = [&] { return store_->put("new", Secret("y"), patient()); };
    const auto remove = [&] { return store_->remove("there", patient()); };
    for (const Row& row : rows) {
        expect_each(row.status, row.cause, row.words, get, there_->find);
        expect_each(row.status, row.cause, row.words, put, there_->find);
        expect_each(row.status, row.cause, row.words, remove, there_->find);
        expect_each(row.status, row.cause, row.words, put, there_->modify);
        expect_each(row.status, row.cause, row.words, put_new, there_->add);
        expect_each(row.status, row.cause, row.words, remove, there_->remove);
    }
    EXPECT_EQ(stored("there"), "x") << "nothing was changed";
    EXPECT_EQ(stored("new"), std::nullopt);
}

TEST_F(KeychainOnAStandIn, one_that_does_not_answer_is_no_store) {
    there_->find = -25308;
    EXPECT_EQ(keychain_store(Keychain::load(KEYCHAIN_STAND_IN)), nullptr) << "so another is chosen";
}

/// Opens the gate at the end, and sees to it that whoever was waiting there has gone.
class Waiting {
public:
    Waiting(KeychainStandIn& there, std::weak_ptr<const Keychain> keychain)
        : keychain_(std::move(keychain)) {
        there.gate = gate_;
    }
    ~Waiting() {
        {
            const std::scoped_lock lock(gate_->mutex);
            gate_->is_open = true;
        }
        gate_->changed.notify_all();
        while (!keychain_.expired())
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    void until_somebody_waits() {
        std::unique_lock lock(gate_->mutex);
        gate_->changed.wait(lock, [&] { return gate_->waiting > 0; });
    }

private:
    std::shared_ptr<KeychainGate> gate_ = std::make_shared<KeychainGate>();
    std::weak_ptr<const Keychain> keychain_;
};

TEST_F(KeychainOnAStandIn, a_call_that_never_comes_back_keeps_nobody_from_ending) {
    auto keychain = Keychain::load(KEYCHAIN_STAND_IN);
    store_ = keychain_store(keychain);
    ASSERT_NE(store_, nullptr);
    const std::weak_ptr<const Keychain> seen = keychain;
    keychain.reset();
    Waiting waiting(*there_, seen);
    StopSource stop;
    std::jthread stopper([&] {
        waiting.until_somebody_waits();
        stop.request_stop();
    });
    const Wait until_stopped{Clock::time_point::max(), stop.get_token()};
    const auto given_up = store_->put("a", Secret("tajne"), until_stopped);
    ASSERT_FALSE(given_up);
    EXPECT_EQ(given_up.error().cause, Cause::cancelled);
    const auto behind_it = store_->get("a", Wait::for_at_most(std::chrono::milliseconds(1)));
    ASSERT_FALSE(behind_it);
    EXPECT_EQ(behind_it.error().cause, Cause::deadline);
    store_.reset();
    EXPECT_FALSE(seen.expired()) << "it still belongs to the call";
}

TEST_F(KeychainOnAStandIn, one_that_never_answers_is_no_store) {
    auto keychain = Keychain::load(KEYCHAIN_STAND_IN);
    const Waiting waiting(*there_, keychain);
    EXPECT_EQ(keychain_store(std::move(keychain), std::chrono::milliseconds(50)), nullptr);
}

TEST_F(KeychainOnAStandIn, is_given_up_when_the_job_is) {
    StopSource stop;
    stop.request_stop();
    const auto refused = store_->get("a", Wait{Clock::time_point::max(), stop.get_token()});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().cause, Cause::cancelled);
}

TEST(Keychain, without_the_framework_or_with_another_library_there_is_none) {
    EXPECT_EQ(Keychain::load("/nonexistent/Security"), nullptr);
    EXPECT_EQ(Keychain::load(nullptr), nullptr) << "a program without these functions";
    EXPECT_EQ(keychain_store(nullptr), nullptr);
}

}  // namespace
}  // namespace mail
