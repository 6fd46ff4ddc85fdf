#pragma once
// No picture of this process on a disk, if it can be helped: passwords are in its memory.
// core_dumps_{linux,macos,windows}.cpp.

namespace app {

/// Before there is any secret. What it does not prevent: an administrator's debugger, memory that
/// the system swaps or writes out to hibernate; on macOS and Windows a debugger of the same user.
void forbid_core_dumps();

}  // namespace app
