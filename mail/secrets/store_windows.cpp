// Windows' Credential Manager: generic credentials of this account on this computer, which the
// system keeps under DPAPI.

#include <system_error>

#include <windows.h>

#include <wincred.h>

#include "mail/base/utf8.h"
#include "mail/secrets/system_store.h"

namespace mail {

namespace {

std::wstring wide(const std::string& text) {
    const std::u16string utf16 = utf8::to_utf16(text);
    return {utf16.begin(), utf16.end()};
}

// What the user reads in the system's list of credentials.
std::wstring target_of(const std::string& key) {
    return wide("Mailpoint/" + key);
}

tl::unexpected<Error> unavailable(DWORD code) {
    return fail(Cause::secret_store_unavailable, Layer::workspace, Reach::point,
                {{"system", std::system_category().message(static_cast<int>(code))}});
}

class CredentialManager final : public SecretStore {
public:
    Kind kind() const override { return Kind::system; }

    Result<std::optional<Secret>> get(const std::string& key, const Wait&) override {
        CREDENTIALW* found = nullptr;
        if (CredReadW(target_of(key).c_str(), CRED_TYPE_GENERIC, 0, &found) == FALSE) {
            const DWORD code = GetLastError();
            if (code == ERROR_NOT_FOUND)
                return std::optional<Secret>();
            return unavailable(code);
        }
        const std::string_view text(reinterpret_cast<const char*>(found->CredentialBlob),
                                    found->CredentialBlobSize);
        std::optional<Secret> secret(std::in_place, text);
        SecureZeroMemory(found->CredentialBlob, found->CredentialBlobSize);
        CredFree(found);
        return secret;
    }

    Result<void> put(const std::string& key, const Secret& secret, const Wait&) override {
        std::wstring target = target_of(key);
        std::wstring user = L"Mailpoint";
        std::string text(secret.reveal());
        CREDENTIALW credential{};
        credential.Type = CRED_TYPE_GENERIC;
        credential.TargetName = target.data();
        credential.UserName = user.data();
        credential.Persist = CRED_PERSIST_LOCAL_MACHINE;
        credential.CredentialBlob = reinterpret_cast<LPBYTE>(text.data());
        credential.CredentialBlobSize = static_cast<DWORD>(text.size());
        const BOOL written = CredWriteW(&credential, 0);
        const DWORD code = GetLastError();
        wipe(text);
        if (written == FALSE)
            return unavailable(code);
        return {};
    }

    Result<void> remove(const std::string& key, const Wait&) override {
        if (CredDeleteW(target_of(key).c_str(), CRED_TYPE_GENERIC, 0) != FALSE)
            return {};
        const DWORD code = GetLastError();
        if (code == ERROR_NOT_FOUND)
            return {};
        return unavailable(code);
    }
};

}  // namespace

std::unique_ptr<SecretStore> system_secret_store() {
    auto store = std::make_unique<CredentialManager>();
    // Services and network logons have no credential set: known only by asking.
    if (!store->get("probe", Wait()))
        return nullptr;
    return store;
}

}  // namespace mail
