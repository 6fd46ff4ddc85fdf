#include "mail/looked_at.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/mime/sniff.h"

namespace mail {

namespace {

using preview::NoPreview;

// Of what is called neither text nor picture: to see whether it is one all the same.
constexpr std::uint64_t read_unasked_octets = 1 << 20;

bool is_text_of_message(const work::PartView& view) {
    return view.reason == work::Reason::body && view.part.is_text() && !view.part.has_children;
}

bool may_be_text(std::string_view sniffed) {
    return sniffed.empty() || sniffed == "text/html" || sniffed == "application/xml" ||
           sniffed == "message/rfc822";
}

/// By its type, or by its name where many programs say no type.
bool is_called_picture(const mime::Part& part) {
    const auto is_named = [name = lower_case(part.name)](std::string_view ending) {
        return name.ends_with(ending);
    };
    return preview::can_decode(part.type) ||
           std::ranges::any_of(std::array{".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"},
                               [&](std::string_view ending) { return is_named(ending); });
}

/// What it is decides how much of it is wanted, and the mail may say it wrongly: its beginning
/// first. Nothing: that was all.
std::optional<std::size_t> wanted_after(const work::PartOctets& beginning, std::size_t fetched,
                                        const preview::Limits& limits) {
    if (!beginning.is_cut)
        return std::nullopt;
    const std::string_view real = mime::sniff(beginning.raw);
    const std::size_t wanted = preview::can_decode(real) ? limits.octets
                               : may_be_text(real)       ? limits.raw_text_octets
                                                         : 0;
    return wanted > fetched ? std::optional(wanted) : std::nullopt;
}

Result<preview::Preview> look_at(const mime::Part& part, const FetchPart& fetch, const Wait& wait) {
    const preview::Limits limits;
    const std::uint64_t octets_said = part.estimated_octets();
    const bool is_picture = is_called_picture(part);
    if (is_picture && octets_said > limits.octets)
        return NoPreview::too_large;
    if (!is_picture && !part.is_text() && octets_said > read_unasked_octets)
        return NoPreview::other_type;
    // One more than is decoded, so that a larger one is told from one that was cut.
    const std::size_t first = is_picture       ? limits.octets + 1
                              : part.is_text() ? limits.raw_text_octets
                                               : mime::sniff_octets;
    auto octets = fetch(part, first);
    if (!octets)
        return tl::unexpected(std::move(octets.error()));
    if (const auto more = wanted_after(*octets, first, limits)) {
        octets = fetch(part, *more);
        if (!octets)
            return tl::unexpected(std::move(octets.error()));
    }
    return preview::make({octets->raw, part.type, part.charset, part.flow, octets->is_cut}, limits,
                         wait);
}

bool is_empty(const Result<preview::Preview>& look) {
    const auto* none = look ? std::get_if<NoPreview>(&*look) : nullptr;
    return none != nullptr && *none == NoPreview::empty;
}

}  // namespace

std::vector<mime::Part> parts_to_look_at(const work::Parts& parts, std::string_view path) {
    std::vector<mime::Part> found;
    for (const work::PartView& view : parts) {
        const bool wanted = path.empty() ? is_text_of_message(view)
                                         : view.part.path == path && !view.part.is_multipart();
        // Of a message within the message the text is its own.
        if (wanted && (found.empty() || view.part.parent == found.front().parent))
            found.push_back(view.part);
    }
    // Not of std::ranges: clang 14 cannot read the view that it returns.
    std::stable_partition(found.begin(), found.end(),
                          [](const mime::Part& part) { return part.type == "text/plain"; });
    return found;
}

Result<preview::Preview> look_at(const std::vector<mime::Part>& parts, const FetchPart& fetch,
                                 const Wait& wait) {
    if (parts.empty())
        return fail(Cause::part_missing, Layer::fetch, Reach::part);
    for (const mime::Part& part : parts) {
        auto look = look_at(part, fetch, wait);
        if (!is_empty(look))
            return look;
    }
    return preview::Preview(NoPreview::empty);
}

}  // namespace mail
