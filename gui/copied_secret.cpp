#include "gui/copied_secret.h"

#include <string>

#include <imgui.h>

#include "mail/base/secret.h"

namespace gui {
namespace {

constexpr std::chrono::seconds stays{30};

std::string secret;  // to tell whether the clipboard still holds it
std::chrono::steady_clock::time_point until;

std::string in_clipboard() {
    const char* text = ImGui::GetClipboardText();
    return text == nullptr ? "" : text;
}

}  // namespace

void secret_was_copied(std::chrono::steady_clock::time_point now) {
    mail::wipe(secret);
    secret = in_clipboard();
    until = now + stays;
}

std::chrono::milliseconds tend_copied_secret(std::chrono::steady_clock::time_point now) {
    if (secret.empty())
        return std::chrono::milliseconds::max();
    if (now < until)
        return std::chrono::ceil<std::chrono::milliseconds>(until - now);
    drop_copied_secret();
    return std::chrono::milliseconds::max();
}

void drop_copied_secret() {
    if (secret.empty())
        return;
    std::string held = in_clipboard();
    if (held == secret)
        ImGui::SetClipboardText("");
    mail::wipe(held);
    mail::wipe(secret);
}

}  // namespace gui
