#include "mail/base/disk.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "mail/base/disk_failure.h"
#include "mail/base/disk_unix.h"
#include "mail/base/sync_files.h"

namespace mail {

namespace unix_disk {

Errno rename_by_link(const Place& from, const Place& to) {
    if (linkat(from.folder, from.name.c_str(), to.folder, to.name.c_str(), 0) != 0)
        return errno;
    return unlinkat(from.folder, from.name.c_str(), 0) == 0 ? 0 : errno;
}

Errno rename_after_look(const Place& from, const Place& to) {
    struct stat found {};
    if (fstatat(to.folder, to.name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    if (errno != ENOENT)
        return errno;
    return renameat(from.folder, from.name.c_str(), to.folder, to.name.c_str()) == 0 ? 0 : errno;
}

bool is_unsupported(Errno error) {
    return error == EINVAL || error == ENOSYS || error == ENOTSUP || error == EOPNOTSUPP;
}

}  // namespace unix_disk

namespace {

using unix_disk::Place;

/// What ENOENT means for the call that failed.
enum class Missing { file, folder };

Cause cause_of(int error, Missing missing) {
    switch (error) {
    case EEXIST:
    case ELOOP:
        return Cause::file_exists;
    case ENOENT:
        return missing == Missing::file ? Cause::file_not_found : Cause::folder_not_found;
    case ENOTDIR:
        return Cause::folder_not_found;
    case EACCES:
    case EPERM:
    case EROFS:
        return Cause::no_permission_there;
    case ENOSPC:
    case EDQUOT:
        return Cause::disk_full;
    default:
        return Cause::disk_error;
    }
}

/// Names are what people find when they search; the texts depend on the system's language.
std::string name_of_errno(int error) {
    struct Name {
        int error;
        const char* name;
    };
    static constexpr std::array names{Name{EACCES, "EACCES"},
                                      Name{EBUSY, "EBUSY"},
                                      Name{EDQUOT, "EDQUOT"},
                                      Name{EEXIST, "EEXIST"},
                                      Name{EFBIG, "EFBIG"},
                                      Name{EINVAL, "EINVAL"},
                                      Name{EIO, "EIO"},
                                      Name{EISDIR, "EISDIR"},
                                      Name{ELOOP, "ELOOP"},
                                      Name{EMFILE, "EMFILE"},
                                      Name{ENAMETOOLONG, "ENAMETOOLONG"},
                                      Name{ENODEV, "ENODEV"},
                                      Name{ENOENT, "ENOENT"},
                                      Name{ENOSPC, "ENOSPC"},
                                      Name{ENOTDIR, "ENOTDIR"},
                                      Name{ENOTSUP, "ENOTSUP"},
                                      Name{EPERM, "EPERM"},
                                      Name{EROFS, "EROFS"},
                                      Name{ESTALE, "ESTALE"},
                                      Name{ETIMEDOUT, "ETIMEDOUT"},
                                      Name{ETXTBSY, "ETXTBSY"},
                                      Name{EXDEV, "EXDEV"},
                                      Name{ENXIO, "ENXIO"}};
    for (const Name& known : names)
        if (known.error == error)
            return known.name;
    return "errno " + std::to_string(error);
}

tl::unexpected<Error> failure(int error, std::string_view path, Missing missing) {
    return disk_failure(cause_of(error, missing), path,
                        std::generic_category().message(error) + " (" + name_of_errno(error) + ")");
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0)
            close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool valid() const { return number_ >= 0; }
    [[nodiscard]] int release() { return std::exchange(number_, -1); }

private:
    int number_;
};

Descriptor open_descriptor(const Place& place, int flags, mode_t mode = 0) {
    int number = -1;
    do
        number = openat(place.folder, place.name.c_str(), flags | O_CLOEXEC, mode);
    while (number < 0 && errno == EINTR);
    return Descriptor(number);
}

class PosixNewFile final : public NewFile {
public:
    PosixNewFile(Descriptor descriptor, std::string path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    Result<void> write(std::string_view raw) override {
        while (error_ == 0 && !raw.empty()) {
            const ssize_t done = ::write(descriptor_.number(), raw.data(), raw.size());
            if (done >= 0)
                raw.remove_prefix(static_cast<std::size_t>(done));
            else if (errno != EINTR)
                error_ = errno;
        }
        return outcome();
    }

    void begin_sync() override { unix_disk::begin_sync(descriptor_.number()); }

    Result<void> sync() override {
        if (error_ == 0)
            do
                error_ = unix_disk::sync_descriptor(descriptor_.number());
            while (error_ == EINTR);
        return outcome();
    }

private:
    // A second fsync after a failed one reports success though pages were dropped: the error stays.
    Result<void> outcome() const {
        if (error_ != 0)
            return failure(error_, path_, Missing::file);
        return {};
    }

    Descriptor descriptor_;
    std::string path_;
    int error_ = 0;
};

constexpr int longest_silence_ms = 5000;

class PosixOldFile final : public OldFile {
public:
    PosixOldFile(Descriptor descriptor, std::string path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    Result<std::size_t> read(char* to, std::size_t room) override {
        for (;;) {
            const ssize_t done = ::read(descriptor_.number(), to, room);
            if (done >= 0)
                return static_cast<std::size_t>(done);
            if (errno == EAGAIN && !comes_soon())
                return failure(ETIMEDOUT, path_, Missing::file);
            if (errno != EINTR && errno != EAGAIN)
                return failure(errno, path_, Missing::file);
        }
    }

    Result<void> move_to(std::uint64_t offset) override {
        if (lseek(descriptor_.number(), static_cast<off_t>(offset), SEEK_SET) < 0)
            return failure(errno, path_, Missing::file);
        return {};
    }

private:
    /// Of a pipe ("<(command)" of a shell): whoever writes may take a moment, but not for ever.
    [[nodiscard]] bool comes_soon() const {
        pollfd waiting{descriptor_.number(), POLLIN, 0};
        const bool comes = poll(&waiting, 1, longest_silence_ms) > 0;
        errno = EAGAIN;
        return comes;
    }

    Descriptor descriptor_;
    std::string path_;
};

Entry entry_of(const struct stat& found, std::string name) {
    Entry entry{std::move(name), Entry::Kind::other, 0,
                std::chrono::system_clock::from_time_t(found.st_mtime)};
    if (S_ISREG(found.st_mode)) {
        entry.kind = Entry::Kind::file;
        entry.size_octets = static_cast<std::uint64_t>(found.st_size);
    } else if (S_ISDIR(found.st_mode)) {
        entry.kind = Entry::Kind::folder;
    }
    return entry;
}

/// What a link points to; a link to nothing is there, too, as `other`. 0 or an errno.
int stat_name(int folder, const char* name, struct stat& found) {
    if (fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) != 0)
        return errno;
    struct stat target {};
    if (S_ISLNK(found.st_mode) && fstatat(folder, name, &target, 0) == 0)
        found = target;
    return 0;
}

/// A folder that was opened once, and the name under which it was.
struct Held {
    Descriptor descriptor;
    std::string folder;

    /// The name still leads there.
    [[nodiscard]] bool is_in_its_place() const {
        struct stat named {};
        struct stat held {};
        return stat(folder.c_str(), &named) == 0 && fstat(descriptor.number(), &held) == 0 &&
               named.st_dev == held.st_dev && named.st_ino == held.st_ino;
    }
};

class PosixDisk final : public Disk {
public:
    PosixDisk() = default;
    explicit PosixDisk(Held held) : held_(std::move(held)) {}

    Result<std::shared_ptr<Disk>> hold(const std::string& folder) override {
        Descriptor opened = open_descriptor(folder, O_RDONLY | O_DIRECTORY);
        if (!opened.valid())
            return failure(errno, folder, Missing::folder);
        return std::make_shared<PosixDisk>(Held{std::move(opened), folder});
    }

    Result<std::unique_ptr<NewFile>> create(const std::string& path, Access access) override {
        const mode_t mode = access == Access::owner_only ? 0600 : 0666;
        Descriptor file = open_descriptor(at(path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
        if (!file.valid())
            return failure(errno, path, Missing::folder);
        return std::make_unique<PosixNewFile>(std::move(file), path);
    }

    Result<std::unique_ptr<OldFile>> open(const std::string& path) override {
        // A pipe that nobody writes to must not hold up whoever opens it.
        Descriptor file = open_descriptor(at(path), O_RDONLY | O_NONBLOCK);
        if (!file.valid())
            return failure(errno, path, Missing::file);
        struct stat found {};
        if (fstat(file.number(), &found) == 0 && !S_ISREG(found.st_mode) &&
            !S_ISFIFO(found.st_mode))
            return disk_failure(Cause::not_a_file, path, "no regular file");
        return std::make_unique<PosixOldFile>(std::move(file), path);
    }

    Result<void> rename_new(const std::string& from, const std::string& to) override {
        using namespace unix_disk;
        int error = rename_exclusive(at(from), at(to));
        if (is_unsupported(error)) {
            error = rename_by_link(at(from), at(to));
            // File systems without hard links say EPERM (exFAT) or that they can't.
            if (is_unsupported(error) || error == EPERM)
                error = rename_after_look(at(from), at(to));
        }
        return renamed(error, from, to);
    }

    Result<void> rename_over(const std::string& from, const std::string& to) override {
        const Place source = at(from), target = at(to);
        struct stat old {};
        // Who may read a definition is said by its file's rights: the new one keeps them. Another
        // owner can only be kept by root, and not keeping it is no reason to fail.
        if (fstatat(target.folder, target.name.c_str(), &old, 0) == 0) {
            const char* name = source.name.c_str();
            if (fchownat(source.folder, name, old.st_uid, old.st_gid, 0) != 0 && errno == ENOENT)
                return renamed(ENOENT, from, to);
            static_cast<void>(fchmodat(source.folder, name, old.st_mode & 07777, 0));
        }
        const int done =
            renameat(source.folder, source.name.c_str(), target.folder, target.name.c_str());
        return renamed(done == 0 ? 0 : errno, from, to);
    }

    std::vector<Result<void>> sync_all(const std::vector<NewFile*>& files) override {
        return sync_in_parallel(files);
    }

    Result<void> sync_folder(const std::string& folder) override {
        if (held_ && folder == held_->folder && !held_->is_in_its_place())
            return disk_failure(Cause::folder_not_found, folder, "another is in its place");
        const Descriptor opened = open_descriptor(at(folder), O_RDONLY | O_DIRECTORY);
        if (!opened.valid())
            return failure(errno, folder, Missing::folder);
        const int error = unix_disk::sync_descriptor(opened.number());
        // Some shares can't sync a folder at all; their server decides when names are durable.
        if (error != 0 && !unix_disk::is_unsupported(error))
            return failure(error, folder, Missing::folder);
        return {};
    }

    Result<void> remove(const std::string& path) override {
        const Place place = at(path);
        if (unlinkat(place.folder, place.name.c_str(), 0) != 0)
            return failure(errno, path, Missing::file);
        return {};
    }

    Result<void> make_folder(const std::string& path, Access access) override {
        if (is_folder(path))
            return {};
        const std::string parent = parent_path(path);
        if (parent != path && !is_folder(parent))
            if (auto made = make_folder(parent, access); !made)
                return made;
        const mode_t mode = access == Access::owner_only ? 0700 : 0777;
        // Another process may have made it meanwhile: as good.
        if (mkdir(path.c_str(), mode) != 0 && !(errno == EEXIST && is_folder(path)))
            return failure(errno, path, Missing::folder);
        return sync_folder(parent);
    }

    Result<std::vector<Entry>> list(const std::string& folder) override {
        Descriptor descriptor = open_descriptor(at(folder), O_RDONLY | O_DIRECTORY);
        if (!descriptor.valid())
            return failure(errno, folder, Missing::folder);
        const std::unique_ptr<DIR, int (*)(DIR*)> opened(fdopendir(descriptor.number()), closedir);
        if (!opened)
            return failure(errno, folder, Missing::folder);
        static_cast<void>(descriptor.release());
        std::vector<Entry> entries;
        for (;;) {
            errno = 0;
            const dirent* next = readdir(opened.get());
            if (next == nullptr && errno != 0)
                return failure(errno, folder, Missing::folder);
            if (next == nullptr)
                return entries;
            const std::string_view name = next->d_name;
            struct stat found {};
            // One that has gone since is not there.
            if (name != "." && name != ".." &&
                stat_name(dirfd(opened.get()), next->d_name, found) == 0)
                entries.push_back(entry_of(found, std::string(name)));
        }
    }

    Result<Entry> look(const std::string& path) override {
        struct stat found {};
        const Place place = at(path);
        const int error = stat_name(place.folder, place.name.c_str(), found);
        if (error != 0)
            return failure(error, path, Missing::file);
        const std::size_t slash = path.find_last_of('/', path.size() - 2);
        return entry_of(found, slash == std::string::npos ? path : path.substr(slash + 1));
    }

    Result<std::uint64_t> free_octets(const std::string& folder) override {
        struct statvfs volume {};
        if (statvfs(folder.c_str(), &volume) != 0)
            return failure(errno, folder, Missing::folder);
        return static_cast<std::uint64_t>(volume.f_bavail) * volume.f_frsize;
    }

private:
    static bool is_folder(const std::string& path) {
        struct stat found {};
        return stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
    }

    [[nodiscard]] Place at(const std::string& path) const {
        if (!held_ || !path.starts_with(held_->folder))
            return path;
        const std::string_view rest = std::string_view(path).substr(held_->folder.size());
        const std::size_t name = rest.find_first_not_of('/');
        if (name == std::string_view::npos)
            return {held_->descriptor.number(), "."};
        if (name == 0 && !held_->folder.ends_with('/'))
            return path;
        return {held_->descriptor.number(), std::string(rest.substr(name))};
    }

    [[nodiscard]] Result<void> renamed(int error, const std::string& from,
                                       const std::string& to) const {
        if (error == 0)
            return {};
        const Place place = at(from);
        struct stat found {};
        if (error == ENOENT &&
            fstatat(place.folder, place.name.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0)
            return failure(error, from, Missing::file);
        return failure(error, to, Missing::folder);
    }

    std::optional<Held> held_;
};

}  // namespace

Disk& real_disk() {
    // Never destroyed: workers may still close files while the program ends.
    static Disk& disk = *new PosixDisk;
    return disk;
}

}  // namespace mail
