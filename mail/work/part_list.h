#pragma once
// The parts of one message as the list keeps them: packed into a few hundred octets instead of some
// kilobytes, since a list holds those of a hundred thousand messages. Immutable and shared; who
// wants to look at them unpacks them.

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace mail::work {

struct PartView;
using Parts = std::vector<PartView>;

class PartList {
public:
    /// Nothing is known of the parts.
    PartList() = default;
    explicit PartList(const Parts& parts);

    [[nodiscard]] explicit operator bool() const { return packed_ != nullptr; }
    [[nodiscard]] std::size_t size() const;
    /// Empty where nothing is known.
    [[nodiscard]] Parts unpack() const;
    /// The file names as the mail says them, "" for those without: for a search over all messages.
    void each_name(const std::function<void(std::string_view name)>& take) const;

private:
    struct Packed;
    std::shared_ptr<const Packed> packed_;
};

}  // namespace mail::work
