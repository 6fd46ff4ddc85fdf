#include "mail/point/system_account.h"

#include <memory>
#include <string_view>
#include <vector>

// Before those that need its types.
#include <windows.h>

#include <lmcons.h>
#include <sddl.h>

#include "mail/base/utf8.h"

namespace mail::point {

namespace {

std::string to_utf8(std::wstring_view wide) {
    return utf8::from_utf16(std::u16string(wide.begin(), wide.end()));
}

struct CloseHandleOf {
    using pointer = HANDLE;
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};

std::string text_of(PSID sid) {
    wchar_t* text = nullptr;
    if (ConvertSidToStringSidW(sid, &text) == 0)
        return "";
    std::string words = to_utf8(text);
    LocalFree(text);
    return words;
}

/// "" where the system does not say: nobody has that one.
std::string own_sid() {
    HANDLE opened = nullptr;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &opened) == 0)
        return "";
    const std::unique_ptr<HANDLE, CloseHandleOf> token(opened);
    DWORD octets = 0;
    GetTokenInformation(token.get(), TokenUser, nullptr, 0, &octets);
    // Of pointers, because a TOKEN_USER begins with one and must lie as they do.
    std::vector<void*> room(octets / sizeof(void*) + 1);
    if (GetTokenInformation(token.get(), TokenUser, room.data(), octets, &octets) == 0)
        return "";
    return text_of(static_cast<const TOKEN_USER*>(static_cast<void*>(room.data()))->User.Sid);
}

std::wstring to_wide(const std::string& text) {
    const std::u16string wide = utf8::to_utf16(text);
    return {wide.begin(), wide.end()};
}

}  // namespace

SystemAccount system_account() {
    SystemAccount account;
    account.account = own_sid();
    account.name_case_counts = false;
    wchar_t name[UNLEN + 1];
    DWORD length = UNLEN + 1;
    // The length counts the zero at the end.
    account.account_name = GetUserNameW(name, &length) != 0 && length > 0
                               ? to_utf8(std::wstring_view(name, length - 1))
                               : account.account;
    return account;
}

std::optional<SystemAccount> system_account_named(const std::string& account_name) {
    const std::wstring name = to_wide(account_name);
    DWORD sid_octets = 0, domain_length = 0;
    SID_NAME_USE kind{};
    LookupAccountNameW(nullptr, name.c_str(), nullptr, &sid_octets, nullptr, &domain_length, &kind);
    if (sid_octets == 0)
        return std::nullopt;
    std::vector<void*> sid(sid_octets / sizeof(void*) + 1);
    std::wstring domain(domain_length, L'\0');
    // A group is nobody: permissions go to people.
    if (LookupAccountNameW(nullptr, name.c_str(), sid.data(), &sid_octets, domain.data(),
                           &domain_length, &kind) == 0 ||
        kind != SidTypeUser)
        return std::nullopt;
    return SystemAccount{text_of(sid.data()), account_name, false};
}

}  // namespace mail::point
