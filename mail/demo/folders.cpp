#include "mail/demo/folders.h"

#include <algorithm>

#include "mail/demo/folder_names.h"
#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

bool same_folder(std::string_view a, std::string_view b) {
    return a == b || (same_letters(a, "INBOX") && same_letters(b, "INBOX"));
}

}  // namespace

Folders::Folders(const std::vector<std::string>& names, std::uint32_t uid_validity) {
    std::vector<std::string> all{"INBOX"};
    for (const std::string& name : names)
        if (!same_folder(name, "INBOX"))
            all.push_back(name);
    for (const std::string& name : all) {
        folders_.push_back({name, std::make_unique<Mailbox>(uid_validity++)});
        list(name);
    }
    inbox_ = folders_.front().mailbox.get();
    for (Listed& folder : listed_) {
        folder.selectable = find(folder.name) != nullptr;
        folder.has_children = std::any_of(listed_.begin(), listed_.end(), [&](const Listed& other) {
            return other.name.starts_with(folder.name + folder_delimiter);
        });
    }
}

// The folders above come first, so that a list reads from the top down.
void Folders::list(const std::string& name) {
    for (std::size_t end = name.find(folder_delimiter);;
         end = name.find(folder_delimiter, end + 1)) {
        const std::string shown = name.substr(0, end);
        const bool known = std::any_of(listed_.begin(), listed_.end(),
                                       [&](const Listed& folder) { return folder.name == shown; });
        if (!known)
            listed_.push_back({shown});
        if (end == std::string::npos)
            break;
    }
}

Mailbox* Folders::find(std::string_view name) const {
    for (const Named& folder : folders_)
        if (same_folder(folder.name, name))
            return folder.mailbox.get();
    return nullptr;
}

}  // namespace mail::demo
