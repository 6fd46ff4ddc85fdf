#include "gui/desktop.h"

#include <cwchar>

#include <windows.h>

#include <objbase.h>
#include <shellapi.h>
#include <shlobj.h>

#include "mail/base/utf8.h"

namespace gui::desktop {

namespace {

bool hand_over(const std::string& target) {
    const std::u16string wide = mail::utf8::to_utf16(target);
    // More than 32 means that it was started (documentation of ShellExecute).
    const HINSTANCE started =
        ::ShellExecuteW(nullptr, L"open", reinterpret_cast<const wchar_t*>(wide.c_str()), nullptr,
                        nullptr, SW_SHOWNORMAL);
    return reinterpret_cast<INT_PTR>(started) > 32;
}

}  // namespace

bool open_path(const std::string& path) {
    return hand_over(path);
}

bool open_address(const std::string& address) {
    const bool web = address.starts_with("https://") || address.starts_with("http://");
    return web && hand_over(address);
}

std::string documents() {
    PWSTR path = nullptr;
    std::string found;
    if (SUCCEEDED(::SHGetKnownFolderPath(FOLDERID_Documents, 0, nullptr, &path)))
        found = mail::utf8::from_utf16(std::u16string(path, path + std::wcslen(path)));
    ::CoTaskMemFree(path);
    return found;
}

Theme theme() {
    HIGHCONTRASTW contrast{};
    contrast.cbSize = sizeof contrast;
    if (::SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof contrast, &contrast, 0) != 0 &&
        (contrast.dwFlags & HCF_HIGHCONTRASTON) != 0)
        return Theme::contrast;
    DWORD light = 1, size = sizeof light;
    ::RegGetValueW(HKEY_CURRENT_USER,
                   L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                   L"AppsUseLightTheme", RRF_RT_REG_DWORD, nullptr, &light, &size);
    return light == 0 ? Theme::dark : Theme::light;
}

}  // namespace gui::desktop
