#include <system_error>

#include <windows.h>

#include "mail/base/file_lock.h"
#include "mail/base/utf8.h"

namespace mail {

namespace {

class LockedFile final : public FileLock {
public:
    explicit LockedFile(HANDLE file) : file_(file) {}
    ~LockedFile() override { CloseHandle(file_); }
    LockedFile(const LockedFile&) = delete;
    LockedFile& operator=(const LockedFile&) = delete;

private:
    HANDLE file_;
};

tl::unexpected<Error> failure(DWORD error, const std::string& path) {
    return fail(
        error == ERROR_ACCESS_DENIED ? Cause::no_permission_there : Cause::disk_error,
        Layer::workspace, Reach::point,
        {{"path", path}, {"reason", std::system_category().message(static_cast<int>(error))}});
}

}  // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const std::string& path, const Wait& wait) {
    const std::u16string utf16 = utf8::to_utf16(path);
    const std::wstring wide(utf16.begin(), utf16.end());
    // Nothing shared: to have it open is to have the lock.
    for (;;) {
        const HANDLE file = CreateFileW(wide.c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                        OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
        if (file != INVALID_HANDLE_VALUE)
            return std::make_unique<LockedFile>(file);
        const DWORD error = GetLastError();
        if (error != ERROR_SHARING_VIOLATION)
            return failure(error, path);
        if (auto waited = wait.pause(look_again, Layer::workspace, Reach::point); !waited)
            return tl::unexpected(std::move(waited.error()));
    }
}

}  // namespace mail
