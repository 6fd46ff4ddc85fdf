#include "mail/mime/source.h"

#include <algorithm>
#include <utility>

namespace mail::mime {
namespace {

class StringSource final : public Source {
public:
    explicit StringSource(std::string raw) : raw_(std::move(raw)) {}
    [[nodiscard]] std::uint64_t size() const override { return raw_.size(); }
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t offset, char* to,
                                              std::size_t room) const override {
        if (offset >= raw_.size())
            return std::size_t{0};
        return raw_.copy(to, room, static_cast<std::size_t>(offset));
    }

private:
    std::string raw_;
};

}  // namespace

std::unique_ptr<Source> source_of(std::string raw) {
    return std::make_unique<StringSource>(std::move(raw));
}

}  // namespace mail::mime
