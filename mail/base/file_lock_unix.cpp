#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail/base/disk.h"
#include "mail/base/file_lock.h"

namespace mail {

namespace {

// flock and not fcntl: that one's locks are a process's, so threads would not keep each other out,
// and closing any descriptor of the file would drop them.
class Flock final : public FileLock {
public:
    explicit Flock(int file) : file_(file) {}
    ~Flock() override { close(file_); }
    Flock(const Flock&) = delete;
    Flock& operator=(const Flock&) = delete;

private:
    int file_;
};

tl::unexpected<Error> failure(int error, const std::string& path) {
    const bool forbidden = error == EACCES || error == EPERM || error == EROFS;
    return fail(forbidden ? Cause::no_permission_there : Cause::disk_error, Layer::workspace,
                Reach::point, {{"path", path}, {"reason", std::generic_category().message(error)}});
}

int open_or_make(const std::string& path) {
    constexpr int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
    const int made = ::open(path.c_str(), flags | O_CREAT | O_EXCL, 0600);
    if (made < 0)
        return errno == EEXIST ? ::open(path.c_str(), flags) : -1;
    // Whoever may write the folder may have the lock, whoever of them was the first. What fails
    // here leaves it to its maker, and the others do without.
    struct stat folder {};
    if (stat(parent_path(path).c_str(), &folder) == 0) {
        const mode_t writers = folder.st_mode & 0222;
        static_cast<void>(fchmod(made, writers | writers << 1));
        const bool given = fchown(made, folder.st_uid, folder.st_gid) == 0;
        static_cast<void>(given);
    }
    return made;
}

}  // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const std::string& path, const Wait& wait) {
    const int file = open_or_make(path);
    if (file < 0)
        return failure(errno, path);
    auto lock = std::make_unique<Flock>(file);
    while (flock(file, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return failure(errno, path);
        if (auto waited = wait.pause(look_again, Layer::workspace, Reach::point); !waited)
            return tl::unexpected(std::move(waited.error()));
    }
    return lock;
}

}  // namespace mail
