#pragma once
// Asked before anything is fetched: may files be made in the target folder, and is there room for
// those that are known to come?

#include <cstdint>
#include <vector>

#include "mail/work/delivery.h"
#include "mail/work/filing.h"
#include "mail/work/message.h"

namespace mail::work {

/// What these messages will take on the disk, by what the server says of them. No part counts for
/// more than its whole mail.
[[nodiscard]] std::uint64_t octets_to_come(const std::vector<const MessageRow*>& rows,
                                           Delivery::Extent extent);

/// Makes an empty file and removes it. Errors: those of Disk::create, and disk_full with the facts
/// path, needed_octets, free_octets. Where the file system does not tell what is free, there is
/// room.
[[nodiscard]] Result<void> check_room(const TargetFolder& target, std::uint64_t octets);

}  // namespace mail::work
