#include "mail/imap/nearest_folder.h"

#include "mail/base/utf8.h"

namespace mail::imap {

namespace {

/// Folded, without diacritics, and with one delimiter for all.
std::string comparable(std::string_view name, char delimiter) {
    std::string text = utf8::unaccented(name);
    for (char& c : text)
        if (c == delimiter || c == '/' || c == '.' || c == '\\')
            c = '/';
    return text;
}

/// 0: not alike.
int likeness(const Folder& folder, std::string_view wanted) {
    const std::string name = comparable(folder.name, folder.delimiter);
    const std::string text = comparable(wanted, folder.delimiter);
    if (name == text)
        return 3;
    if (name == "inbox/" + text || "inbox/" + name == text)
        return 2;
    const std::string last = text.substr(text.rfind('/') + 1);
    return !last.empty() && name.substr(name.rfind('/') + 1) == last ? 1 : 0;
}

}  // namespace

std::string nearest_folder(const std::vector<Folder>& folders, std::string_view wanted) {
    const Folder* nearest = nullptr;
    int best = 0;
    for (const Folder& folder : folders) {
        const int like = folder.selectable ? likeness(folder, wanted) : 0;
        if (like > best) {
            best = like;
            nearest = &folder;
        }
    }
    return nearest != nullptr ? nearest->name : std::string{};
}

}  // namespace mail::imap
