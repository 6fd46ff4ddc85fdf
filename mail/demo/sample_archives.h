#pragma once
// Containers for the sample mails: a ZIP archive, and the winmail.dat that Outlook wraps
// attachments in (TNEF, [MS-OXTNEF]). The same octets at every call. Pure.

#include <string>
#include <vector>

namespace mail::demo {

struct ContainedFile {
    std::string name;  ///< UTF-8
    std::string raw;
};

/// Entries are stored, not compressed; their names are marked as UTF-8.
[[nodiscard]] std::string zip_archive(const std::vector<ContainedFile>& files);

/// Each file has a short name in ASCII and its real one as a Unicode property.
[[nodiscard]] std::string winmail_dat(const std::vector<ContainedFile>& files);

}  // namespace mail::demo
