#pragma once
// A mail on a Disk, read as the splitter reads. For copies, which are read back through the same
// seam that they were written by.

#include <cstdint>
#include <memory>
#include <string>

#include "mail/base/disk.h"
#include "mail/base/wait.h"
#include "mail/mime/source.h"

namespace mail::work {

/// Of a file of so many octets that nobody changes meanwhile. Any read may end in what `wait` says.
[[nodiscard]] std::unique_ptr<mime::Source> source_on(Disk& disk, std::string path,
                                                      std::uint64_t size_octets, const Wait& wait);

}  // namespace mail::work
