#include "mail/work/disk_source.h"

#include <utility>

namespace mail::work {

namespace {

class DiskSource final : public mime::Source {
public:
    DiskSource(Disk& disk, std::string path, std::uint64_t size_octets, Wait wait)
        : disk_(disk), path_(std::move(path)), size_octets_(size_octets), wait_(std::move(wait)) {}

    [[nodiscard]] std::uint64_t size() const override { return size_octets_; }

    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                              std::size_t room) const override {
        if (auto go_on = wait_.check(Layer::target, Reach::point); !go_on)
            return tl::unexpected(std::move(go_on.error()));
        if (auto moved = move_to(offset); !moved)
            return tl::unexpected(std::move(moved.error()));
        std::size_t got = 0;
        while (got < room) {
            const auto more = file_->read(to + got, room - got);
            if (!more)
                return tl::unexpected(more.error());
            if (*more == 0)
                break;
            got += *more;
        }
        at_ += got;
        return got;
    }

private:
    [[nodiscard]] Result<void> move_to(std::uint64_t offset) const {
        if (!file_) {
            auto opened = disk_.open(path_);
            if (!opened)
                return tl::unexpected(std::move(opened.error()));
            file_ = std::move(*opened);
            at_ = 0;
        }
        if (at_ == offset)
            return {};
        auto moved = file_->move_to(offset);
        if (moved)
            at_ = offset;
        return moved;
    }

    Disk& disk_;
    std::string path_;
    std::uint64_t size_octets_;
    Wait wait_;
    mutable std::unique_ptr<OldFile> file_;
    mutable std::uint64_t at_ = 0;
};

}  // namespace

std::unique_ptr<mime::Source> source_on(Disk& disk, std::string path, std::uint64_t size_octets,
                                        const Wait& wait) {
    return std::make_unique<DiskSource>(disk, std::move(path), size_octets, wait);
}

}  // namespace mail::work
