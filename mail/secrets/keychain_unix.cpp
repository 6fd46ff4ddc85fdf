#include "mail/secrets/keychain.h"

#include "mail/base/shared_library_unix.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace mail {

namespace {

// As in Apple's documentation of Keychain Services: SecKeychain.h, SecKeychainItem.h, SecBase.h.
using Status = std::int32_t;          // OSStatus
using Length = std::uint32_t;         // UInt32
using ItemReference = void*;          // SecKeychainItemRef
using DefaultKeychain = const void*;  // SecKeychainRef, CFTypeRef; null: the user's default one

constexpr std::string_view service = "pl.mailpoint.Secret";

struct Meaning {
    Status status;
    const char* words;  ///< the constant's name, for the details
};
constexpr Status success = 0, item_not_found = -25300, duplicate_item = -25299,
                 user_canceled = -128;
constexpr std::array meanings{
    Meaning{-25291, "errSecNotAvailable"},
    Meaning{-25292, "errSecReadOnly"},
    Meaning{-25293, "errSecAuthFailed"},
    Meaning{-25294, "errSecNoSuchKeychain"},
    Meaning{-25295, "errSecInvalidKeychain"},
    Meaning{duplicate_item, "errSecDuplicateItem"},
    Meaning{item_not_found, "errSecItemNotFound"},
    Meaning{-25307, "errSecNoDefaultKeychain"},
    Meaning{-25308, "errSecInteractionNotAllowed"},
    Meaning{-25315, "errSecInteractionRequired"},
    Meaning{-34018, "errSecMissingEntitlement"},
    Meaning{-108, "errSecAllocate"},
};

tl::unexpected<Error> refused(Status status) {
    if (status == user_canceled)
        return fail(Cause::cancelled, Layer::workspace, Reach::point);
    std::string words = "OSStatus " + std::to_string(status);
    for (const Meaning& meaning : meanings)
        if (meaning.status == status)
            words = std::string(meaning.words) + " (" + std::to_string(status) + ")";
    return fail(Cause::secret_store_unavailable, Layer::workspace, Reach::point,
                {{"system", std::move(words)}});
}

Length length_of(std::string_view text) {
    return static_cast<Length>(text.size());
}

}  // namespace

struct Keychain::Functions {
    Status (*add)(DefaultKeychain, Length, const char* service, Length, const char* account, Length,
                  const void* password, ItemReference*);
    Status (*find)(DefaultKeychain, Length, const char* service, Length, const char* account,
                   Length*, void** password, ItemReference*);
    Status (*modify)(ItemReference, const void* attributes, Length, const void* password);
    Status (*remove)(ItemReference);
    Status (*free_content)(void* attributes, void* password);
    void (*release)(DefaultKeychain);

    // Never closed: the framework can't be unloaded.
    [[nodiscard]] bool all_from(void* library) {
        return find_function(library, "SecKeychainAddGenericPassword", add) &&
               find_function(library, "SecKeychainFindGenericPassword", find) &&
               find_function(library, "SecKeychainItemModifyAttributesAndData", modify) &&
               find_function(library, "SecKeychainItemDelete", remove) &&
               find_function(library, "SecKeychainItemFreeContent", free_content) &&
               find_function(library, "CFRelease", release);
    }
};

/// One that was found; released at the end.
class Keychain::Item {
public:
    Item(const Functions& functions, const std::string& key) : functions_(functions) {
        status_ = functions.find(nullptr, length_of(service), service.data(), length_of(key),
                                 key.data(), nullptr, nullptr, &reference_);
    }
    ~Item() {
        if (reference_ != nullptr)
            functions_.release(reference_);
    }
    Item(const Item&) = delete;
    Item& operator=(const Item&) = delete;

    [[nodiscard]] Status status() const { return status_; }
    [[nodiscard]] ItemReference get() const { return reference_; }

private:
    const Functions& functions_;
    ItemReference reference_ = nullptr;
    Status status_ = success;
};

Keychain::Keychain(std::shared_ptr<const Functions> functions) : functions_(std::move(functions)) {}

std::shared_ptr<const Keychain> Keychain::load(const char* library_path) {
    void* library = dlopen(library_path, RTLD_NOW | RTLD_LOCAL);
    auto functions = std::make_shared<Functions>();
    if (!functions->all_from(library))
        return nullptr;
    return std::shared_ptr<const Keychain>(new Keychain(std::move(functions)));
}

Result<std::optional<Secret>> Keychain::lookup(const std::string& key) const {
    Length length = 0;
    void* content = nullptr;
    const Status status = functions_->find(nullptr, length_of(service), service.data(),
                                           length_of(key), key.data(), &length, &content, nullptr);
    if (status == item_not_found)
        return std::nullopt;
    if (status != success)
        return refused(status);
    Secret secret(content == nullptr ? std::string_view()
                                     : std::string_view(static_cast<const char*>(content), length));
    if (content != nullptr) {
        // Freed memory is not wiped by whoever gave it.
        for (Length i = 0; i < length; ++i)
            static_cast<volatile char*>(content)[i] = 0;
        static_cast<void>(functions_->free_content(nullptr, content));
    }
    return std::optional(std::move(secret));
}

Result<void> Keychain::store(const std::string& key, const Secret& secret) const {
    const std::string_view text = secret.reveal();
    if (text.size() > std::numeric_limits<Length>::max())
        return fail(Cause::bad_credentials_text, Layer::auth, Reach::point);
    const auto modify = [&](const Item& item) {
        return item.status() == success
                   ? functions_->modify(item.get(), nullptr, length_of(text), text.data())
                   : item.status();
    };
    Status status = modify(Item(*functions_, key));
    if (status == item_not_found) {
        status = functions_->add(nullptr, length_of(service), service.data(), length_of(key),
                                 key.data(), length_of(text), text.data(), nullptr);
        // Another program was quicker.
        if (status == duplicate_item)
            status = modify(Item(*functions_, key));
    }
    return status == success ? Result<void>() : refused(status);
}

Result<void> Keychain::clear(const std::string& key) const {
    const Item item(*functions_, key);
    const Status status = item.status() == success ? functions_->remove(item.get()) : item.status();
    return status == success || status == item_not_found ? Result<void>() : refused(status);
}

}  // namespace mail
