#pragma once
// The server's folders. The list is fixed when the server starts; what is in them changes.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mail/demo/mailbox.h"

namespace mail::demo {

class Folders {
public:
    /// `names` are UTF-8; INBOX is added if it is not among them.
    Folders(const std::vector<std::string>& names, std::uint32_t uid_validity);

    [[nodiscard]] Mailbox& inbox() const { return *inbox_; }
    /// INBOX in any case; null where there is none.
    [[nodiscard]] Mailbox* find(std::string_view name) const;

    struct Listed {
        std::string name;  ///< UTF-8
        bool selectable = true;
        bool has_children = false;
    };
    /// All, and the folders above them that hold nothing themselves.
    [[nodiscard]] const std::vector<Listed>& listed() const { return listed_; }

private:
    void list(const std::string& name);

    struct Named {
        std::string name;
        std::unique_ptr<Mailbox> mailbox;
    };
    std::vector<Named> folders_;
    std::vector<Listed> listed_;
    Mailbox* inbox_ = nullptr;
};

}  // namespace mail::demo
