#include "mail/mime/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace mail::mime {
namespace {

tl::unexpected<Error> file_error(const std::string& path, int code) {
    const Cause cause = code == ENOENT || code == ENOTDIR ? Cause::file_not_found
                        : code == EACCES || code == EPERM ? Cause::no_permission_there
                                                          : Cause::disk_error;
    return fail(cause, Layer::mime, Reach::message,
                {{"path", path}, {"system", std::generic_category().message(code)}});
}

class FileSource final : public Source {
public:
    FileSource(int descriptor, std::uint64_t size, std::string path)
        : descriptor_(descriptor), size_(size), path_(std::move(path)) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(descriptor_); }

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                              std::size_t room) const override {
        std::size_t got = 0;
        while (got < room) {
            const ssize_t octets =
                ::pread(descriptor_, to + got, room - got, static_cast<off_t>(offset + got));
            if (octets < 0 && errno == EINTR)
                continue;
            if (octets < 0)
                return file_error(path_, errno);
            if (octets == 0)
                break;
            got += static_cast<std::size_t>(octets);
        }
        return got;
    }

private:
    int descriptor_;
    std::uint64_t size_;
    std::string path_;
};

}  // namespace

Result<std::unique_ptr<Source>> open_source(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return file_error(path, errno);
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return fail(Cause::not_a_mail, Layer::mime, Reach::message, {{"path", path}});
    }
    return std::make_unique<FileSource>(descriptor, static_cast<std::uint64_t>(status.st_size),
                                        path);
}

}  // namespace mail::mime
