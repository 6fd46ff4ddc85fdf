#pragma once
// The parts of one message as the list keeps them: packed into a few hundred octets instead of some
// kilobytes, since a list holds those of a hundred thousand messages. Immutable and shared; who
// wants to look at them unpacks them.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/base/result.h"

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

    /// As it is packed, to be kept in a file; "" where nothing is known, and where there are none.
    [[nodiscard]] std::string_view packed() const;
    /// The errors of single parts, which are not among those octets, by their index.
    using PartErrors = std::vector<std::pair<std::size_t, Error>>;
    [[nodiscard]] const PartErrors& errors() const;
    /// Of any octets: nothing where they are not the packed form of parts as a mail has them, UTF-8
    /// names and all.
    [[nodiscard]] static std::optional<PartList> from_packed(std::string_view raw,
                                                             PartErrors errors);

private:
    struct Packed;
    std::shared_ptr<const Packed> packed_;
};

/// Of four digits, as every date of a mail: what comes from a file may be anything.
[[nodiscard]] bool has_usual_year(std::chrono::sys_seconds time);

}  // namespace mail::work
