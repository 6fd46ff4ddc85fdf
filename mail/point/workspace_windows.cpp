#include "mail/point/workspace_places.h"

#include <string_view>

#include <windows.h>

#include "mail/base/disk.h"
#include "mail/base/utf8.h"

namespace mail::point {

namespace {

std::string to_utf8(std::wstring_view wide) {
    return utf8::from_utf16(std::u16string(wide.begin(), wide.end()));
}

}  // namespace

std::optional<std::string> executable_folder() {
    // The longest path that Windows has; a shorter buffer would be cut without an error.
    std::wstring path(32768, L'\0');
    const DWORD length = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
    if (length == 0 || length == path.size())
        return std::nullopt;
    return parent_path(to_utf8(std::wstring_view(path).substr(0, length)));
}

std::optional<std::string> user_data_folder() {
    std::wstring path(32768, L'\0');
    const DWORD length =
        GetEnvironmentVariableW(L"APPDATA", path.data(), static_cast<DWORD>(path.size()));
    if (length == 0 || length >= path.size())
        return std::nullopt;
    return join_path(to_utf8(std::wstring_view(path).substr(0, length)), "Mailpoint");
}

}  // namespace mail::point
