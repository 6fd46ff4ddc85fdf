#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "mail/secrets/file_lock.h"

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

}  // namespace

Result<std::unique_ptr<FileLock>> FileLock::take(const std::string& path, const Wait& wait) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
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
