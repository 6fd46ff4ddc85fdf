#include "mail/base/disk.h"

#include <algorithm>
#include <array>
#include <optional>

#include <windows.h>

#include <sddl.h>

#include "mail/base/disk_failure.h"
#include "mail/base/sync_files.h"
#include "mail/base/utf8.h"

namespace mail {

namespace {

std::wstring to_wide(std::string_view text) {
    const std::u16string wide = utf8::to_utf16(text);
    return {wide.begin(), wide.end()};
}

std::string to_utf8(std::wstring_view wide) {
    return utf8::from_utf16(std::u16string(wide.begin(), wide.end()));
}

/// With the prefix that lifts the limit of 260 characters and keeps names literal ("con", "a.").
std::wstring long_path(std::string_view path) {
    std::wstring wide = to_wide(path);
    std::replace(wide.begin(), wide.end(), L'/', L'\\');
    if (wide.starts_with(L"\\\\?\\"))
        return wide;
    if (wide.starts_with(L"\\\\"))
        return L"\\\\?\\UNC\\" + wide.substr(2);
    return L"\\\\?\\" + wide;
}

/// ERROR_DISK_QUOTA_EXCEEDED, which mingw's headers lack.
constexpr DWORD disk_quota_exceeded = 1295;

/// What "not found" means for the call that failed.
enum class Missing { file, folder };

Cause cause_of(DWORD error, Missing missing) {
    switch (error) {
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS:
        return Cause::file_exists;
    case ERROR_FILE_NOT_FOUND:
        return missing == Missing::file ? Cause::file_not_found : Cause::folder_not_found;
    case ERROR_PATH_NOT_FOUND:
    case ERROR_DIRECTORY:
    case ERROR_INVALID_DRIVE:
    case ERROR_BAD_NETPATH:
    case ERROR_BAD_NET_NAME:
        return Cause::folder_not_found;
    case ERROR_ACCESS_DENIED:
    case ERROR_WRITE_PROTECT:
        return Cause::no_permission_there;
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
    case disk_quota_exceeded:
        return Cause::disk_full;
    default:
        return Cause::disk_error;
    }
}

std::string reason_of(DWORD error) {
    std::array<wchar_t, 512> text{};
    DWORD length = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
                                  nullptr, error, 0, text.data(), DWORD{text.size()}, nullptr);
    while (length > 0 &&
           (text[length - 1] == L'\n' || text[length - 1] == L'\r' || text[length - 1] == L' '))
        --length;
    return to_utf8({text.data(), length}) + " (" + std::to_string(error) + ")";
}

tl::unexpected<Error> failure(DWORD error, std::string_view path, Missing missing) {
    return disk_failure(cause_of(error, missing), path, reason_of(error));
}

class Handle {
public:
    explicit Handle(HANDLE handle) : handle_(handle) {}
    Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, INVALID_HANDLE_VALUE)) {}
    Handle& operator=(Handle&&) = delete;
    ~Handle() {
        if (valid())
            CloseHandle(handle_);
    }
    [[nodiscard]] HANDLE get() const { return handle_; }
    [[nodiscard]] bool valid() const { return handle_ != INVALID_HANDLE_VALUE; }

private:
    HANDLE handle_;
};

class WindowsNewFile final : public NewFile {
public:
    WindowsNewFile(Handle handle, std::string path)
        : handle_(std::move(handle)), path_(std::move(path)) {}

    Result<void> write(std::string_view raw) override {
        while (error_ == ERROR_SUCCESS && !raw.empty()) {
            const auto room = static_cast<DWORD>(std::min<std::size_t>(raw.size(), 1U << 20));
            DWORD done = 0;
            if (WriteFile(handle_.get(), raw.data(), room, &done, nullptr) != 0)
                raw.remove_prefix(done);
            else
                error_ = GetLastError();
        }
        return outcome();
    }

    Result<void> sync() override {
        if (error_ == ERROR_SUCCESS && FlushFileBuffers(handle_.get()) == 0)
            error_ = GetLastError();
        return outcome();
    }

private:
    // What could not be written or flushed once must not look good at the next call.
    Result<void> outcome() const {
        if (error_ != ERROR_SUCCESS)
            return failure(error_, path_, Missing::file);
        return {};
    }

    Handle handle_;
    std::string path_;
    DWORD error_ = ERROR_SUCCESS;
};

class WindowsOldFile final : public OldFile {
public:
    WindowsOldFile(Handle handle, std::string path)
        : handle_(std::move(handle)), path_(std::move(path)) {}

    Result<std::size_t> read(char* to, std::size_t room) override {
        DWORD done = 0;
        const auto wanted = static_cast<DWORD>(std::min<std::size_t>(room, 1U << 20));
        if (ReadFile(handle_.get(), to, wanted, &done, nullptr) == 0)
            return failure(GetLastError(), path_, Missing::file);
        return done;
    }

    Result<void> move_to(std::uint64_t offset) override {
        LARGE_INTEGER to{};
        to.QuadPart = static_cast<LONGLONG>(offset);
        if (SetFilePointerEx(handle_.get(), to, nullptr, FILE_BEGIN) == 0)
            return failure(GetLastError(), path_, Missing::file);
        return {};
    }

private:
    Handle handle_;
    std::string path_;
};

/// FILETIME counts tenths of a microsecond since 1601.
std::chrono::system_clock::time_point time_of(const FILETIME& time) {
    using Tenths = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
    constexpr std::chrono::seconds from_1601_to_1970{11'644'473'600};
    const std::uint64_t count =
        (std::uint64_t{time.dwHighDateTime} << 32U) | std::uint64_t{time.dwLowDateTime};
    return std::chrono::system_clock::time_point(
        std::chrono::duration_cast<std::chrono::system_clock::duration>(
            Tenths(static_cast<std::int64_t>(count)) - from_1601_to_1970));
}

/// Of what both ways of looking fill in.
template <class Found>
Entry entry_of(const Found& found, std::string name) {
    Entry entry{std::move(name), Entry::Kind::file, 0, time_of(found.ftLastWriteTime)};
    if ((found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        entry.kind = Entry::Kind::folder;
    else if ((found.dwFileAttributes & FILE_ATTRIBUTE_DEVICE) != 0)
        entry.kind = Entry::Kind::other;
    else
        entry.size_octets = (std::uint64_t{found.nFileSizeHigh} << 32U) | found.nFileSizeLow;
    return entry;
}

/// "Full control for this user, the system and administrators, nobody else, nothing inherited", as
/// a security descriptor that LocalFree frees; null where the user cannot be told.
PSECURITY_DESCRIPTOR owner_only_descriptor() {
    HANDLE opened = nullptr;
    if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &opened) == 0)
        return nullptr;
    const Handle token(opened);
    alignas(TOKEN_USER) std::array<unsigned char, 512> room{};
    DWORD used = 0;
    if (GetTokenInformation(token.get(), TokenUser, room.data(), DWORD{room.size()}, &used) == 0)
        return nullptr;
    LPWSTR sid = nullptr;
    if (ConvertSidToStringSidW(reinterpret_cast<TOKEN_USER*>(room.data())->User.Sid, &sid) == 0)
        return nullptr;
    const std::wstring rights =
        L"D:P(A;OICI;FA;;;" + std::wstring(sid) + L")(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
    LocalFree(sid);
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    ConvertStringSecurityDescriptorToSecurityDescriptorW(rights.c_str(), SDDL_REVISION_1,
                                                         &descriptor, nullptr);
    return descriptor;
}

DWORD make_one_folder(const std::string& path, Disk::Access access) {
    SECURITY_ATTRIBUTES attributes{sizeof attributes, nullptr, FALSE};
    if (access == Disk::Access::owner_only) {
        attributes.lpSecurityDescriptor = owner_only_descriptor();
        if (attributes.lpSecurityDescriptor == nullptr)
            return GetLastError();
    }
    const BOOL made = CreateDirectoryW(long_path(path).c_str(), &attributes);
    const DWORD error = made != 0 ? DWORD{ERROR_SUCCESS} : GetLastError();
    LocalFree(attributes.lpSecurityDescriptor);
    return error;
}

/// A folder that is open, and so can't be renamed or removed; `real` is where it is, without any
/// link on the way that could come to lead elsewhere.
struct Held {
    Handle handle;
    std::string folder, real;
};

/// "" where the file system doesn't tell.
std::string real_path_of(HANDLE folder) {
    std::wstring path(32'768, L'\0');
    const DWORD length =
        GetFinalPathNameByHandleW(folder, path.data(), static_cast<DWORD>(path.size()), 0);
    if (length == 0 || length >= path.size())
        return "";
    path.resize(length);
    return to_utf8(path);
}

class WindowsDisk final : public Disk {
public:
    WindowsDisk() = default;
    explicit WindowsDisk(Held held) : held_(std::move(held)) {}

    Result<std::shared_ptr<Disk>> hold(const std::string& folder) override {
        if (!is_folder(folder))
            return failure(ERROR_PATH_NOT_FOUND, folder, Missing::folder);
        // Not shared for deleting.
        Handle opened(CreateFileW(long_path(folder).c_str(), FILE_LIST_DIRECTORY,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                  FILE_FLAG_BACKUP_SEMANTICS, nullptr));
        if (!opened.valid())
            return failure(GetLastError(), folder, Missing::folder);
        std::string real = real_path_of(opened.get());
        return std::make_shared<WindowsDisk>(
            Held{std::move(opened), folder, real.empty() ? folder : std::move(real)});
    }

    Result<std::unique_ptr<NewFile>> create(const std::string& path, Access) override {
        // Shared for deleting, so that it can get its final name while it is still open.
        Handle file(CreateFileW(at(path).c_str(), GENERIC_WRITE,
                                FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr, CREATE_NEW,
                                FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
        if (!file.valid())
            return failure(GetLastError(), path, Missing::folder);
        return std::make_unique<WindowsNewFile>(std::move(file), path);
    }

    Result<std::unique_ptr<OldFile>> open(const std::string& path) override {
        Handle file(CreateFileW(at(path).c_str(), GENERIC_READ,
                                FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, nullptr));
        if (!file.valid()) {
            const DWORD error = GetLastError();
            const auto entry = look(path);
            if (error == ERROR_ACCESS_DENIED && entry && entry->kind == Entry::Kind::folder)
                return disk_failure(Cause::not_a_file, path, "no regular file");
            return failure(error, path, Missing::file);
        }
        return std::make_unique<WindowsOldFile>(std::move(file), path);
    }

    Result<void> rename_new(const std::string& from, const std::string& to) override {
        return rename(from, to, MOVEFILE_WRITE_THROUGH);
    }

    Result<void> rename_over(const std::string& from, const std::string& to) override {
        return rename(from, to, MOVEFILE_WRITE_THROUGH | MOVEFILE_REPLACE_EXISTING);
    }

    std::vector<Result<void>> sync_all(const std::vector<NewFile*>& files) override {
        return sync_in_parallel(files);
    }

    // NTFS journals names itself, and MOVEFILE_WRITE_THROUGH waits for it.
    Result<void> sync_folder(const std::string& folder) override {
        const auto entry = look(folder);
        if (entry && entry->kind == Entry::Kind::folder)
            return {};
        return failure(ERROR_PATH_NOT_FOUND, folder, Missing::folder);
    }

    Result<void> remove(const std::string& path) override {
        if (DeleteFileW(at(path).c_str()) == 0)
            return failure(GetLastError(), path, Missing::file);
        return {};
    }

    Result<void> make_folder(const std::string& path, Access access) override {
        if (is_folder(path))
            return {};
        const std::string parent = parent_path(path);
        if (parent != path && !is_folder(parent))
            if (auto made = make_folder(parent, access); !made)
                return made;
        const DWORD error = make_one_folder(path, access);
        // Another process may have made it meanwhile: as good.
        if (error == ERROR_SUCCESS || (error == ERROR_ALREADY_EXISTS && is_folder(path)))
            return {};
        return failure(error, path, Missing::folder);
    }

    Result<std::vector<Entry>> list(const std::string& folder) override {
        if (!is_folder(folder))
            return failure(ERROR_PATH_NOT_FOUND, folder, Missing::folder);
        WIN32_FIND_DATAW found{};
        const HANDLE search = FindFirstFileW(at(join_path(folder, "*")).c_str(), &found);
        if (search == INVALID_HANDLE_VALUE)
            return failure(GetLastError(), folder, Missing::folder);
        std::vector<Entry> entries;
        do {
            std::string name = to_utf8(found.cFileName);
            if (name != "." && name != "..")
                entries.push_back(entry_of(found, std::move(name)));
        } while (FindNextFileW(search, &found) != 0);
        const DWORD error = GetLastError();
        FindClose(search);
        if (error != ERROR_NO_MORE_FILES)
            return failure(error, folder, Missing::folder);
        return entries;
    }

    Result<Entry> look(const std::string& path) override {
        WIN32_FILE_ATTRIBUTE_DATA found{};
        if (GetFileAttributesExW(at(path).c_str(), GetFileExInfoStandard, &found) == 0)
            return failure(GetLastError(), path, Missing::file);
        const std::size_t last = path.find_last_of("/\\", path.size() - 2);
        return entry_of(found, last == std::string::npos ? path : path.substr(last + 1));
    }

    Result<std::uint64_t> free_octets(const std::string& folder) override {
        ULARGE_INTEGER for_us{};
        if (GetDiskFreeSpaceExW(at(folder).c_str(), &for_us, nullptr, nullptr) == 0)
            return failure(GetLastError(), folder, Missing::folder);
        return for_us.QuadPart;
    }

private:
    static bool is_folder(const std::string& path) {
        const DWORD attributes = GetFileAttributesW(long_path(path).c_str());
        return attributes != INVALID_FILE_ATTRIBUTES &&
               (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    }

    [[nodiscard]] std::wstring at(const std::string& path) const {
        if (!held_ || !path.starts_with(held_->folder))
            return long_path(path);
        std::string rest = path.substr(held_->folder.size());
        const bool is_within = rest.empty() || rest.front() == '/' || rest.front() == '\\' ||
                               held_->folder.ends_with('/') || held_->folder.ends_with('\\');
        if (!is_within)
            return long_path(path);
        rest.erase(0, rest.find_first_not_of("/\\"));
        return long_path(rest.empty() ? held_->real : join_path(held_->real, rest));
    }

    Result<void> rename(const std::string& from, const std::string& to, DWORD flags) const {
        if (MoveFileExW(at(from).c_str(), at(to).c_str(), flags) != 0)
            return {};
        const DWORD error = GetLastError();
        if (error == ERROR_FILE_NOT_FOUND)
            return failure(error, from, Missing::file);
        return failure(error, to, Missing::folder);
    }

    std::optional<Held> held_;
};

}  // namespace

Disk& real_disk() {
    // Never destroyed: workers may still close files while the program ends.
    static Disk& disk = *new WindowsDisk;
    return disk;
}

}  // namespace mail
