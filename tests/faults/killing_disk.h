#pragma once
// The real disk, on which the n-th call is where the program is killed, before it does anything.

#include <csignal>

#include "tests/fakes/interrupted_disk.h"

namespace mail::faults {

class KillingDisk final : public fakes::InterruptedDisk {
public:
    explicit KillingDisk(unsigned kills_at)
        : InterruptedDisk(real_disk(), kills_at, [] { static_cast<void>(std::raise(SIGKILL)); }) {}
};

}  // namespace mail::faults
