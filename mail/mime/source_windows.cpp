#include "mail/mime/source.h"

#include <windows.h>

#include <algorithm>

#include "mail/base/utf8.h"

namespace mail::mime {
namespace {

tl::unexpected<Error> file_error(const std::string& path, DWORD code) {
    const bool missing = code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
    const bool refused = code == ERROR_ACCESS_DENIED || code == ERROR_SHARING_VIOLATION;
    const Cause cause = missing   ? Cause::file_not_found
                        : refused ? Cause::no_permission_there
                                  : Cause::disk_error;
    return fail(cause, Layer::mime, Reach::message,
                {{"path", path}, {"system", std::to_string(code)}});
}

class FileSource final : public Source {
public:
    FileSource(HANDLE handle, std::uint64_t size, std::string path)
        : handle_(handle), size_(size), path_(std::move(path)) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::CloseHandle(handle_); }

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                              std::size_t room) const override {
        std::size_t got = 0;
        while (got < room && offset + got < size_) {
            OVERLAPPED where = {};
            where.Offset = static_cast<DWORD>((offset + got) & 0xFFFFFFFFU);
            where.OffsetHigh = static_cast<DWORD>((offset + got) >> 32);
            DWORD octets = 0;
            const auto wanted = static_cast<DWORD>(std::min<std::size_t>(room - got, 1U << 30));
            if (!::ReadFile(handle_, to + got, wanted, &octets, &where)) {
                if (::GetLastError() == ERROR_HANDLE_EOF)
                    break;
                return file_error(path_, ::GetLastError());
            }
            if (octets == 0)
                break;
            got += octets;
        }
        return got;
    }

private:
    HANDLE handle_;
    std::uint64_t size_;
    std::string path_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_source(const std::string& path) {
    const std::u16string units = utf8::to_utf16(path);
    const std::wstring wide(units.begin(), units.end());
    HANDLE handle = ::CreateFileW(wide.c_str(), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_DELETE,
                                  nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (handle == INVALID_HANDLE_VALUE)
        return file_error(path, ::GetLastError());
    LARGE_INTEGER size = {};
    if (!::GetFileSizeEx(handle, &size)) {
        const DWORD code = ::GetLastError();
        ::CloseHandle(handle);
        return file_error(path, code);
    }
    return std::make_unique<FileSource>(handle, static_cast<std::uint64_t>(size.QuadPart), path);
}

}  // namespace mail::mime
