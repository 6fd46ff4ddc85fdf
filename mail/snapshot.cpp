#include "mail/snapshot.h"

#include <array>

namespace mail {

namespace {

constexpr std::array<std::string_view, 12> status_names{"new",     "queued",      "taking", "taken",
                                                        "partial", "check",       "failed", "none",
                                                        "hidden",  "quarantined", "gone",   "held"};
constexpr std::array<std::string_view, 5> verdict_names{"will_be_taken", "taken", "skipped",
                                                        "needs_you", "not_attachment"};
constexpr std::array<std::string_view, 17> reason_names{
    "attachment",    "body",      "container",     "signature", "inline_picture", "logo",
    "not_graphic",   "empty",     "executable",    "encrypted", "too_large",      "damaged",
    "not_delivered", "link_only", "already_there", "cancelled", "failed"};

}  // namespace

std::string_view name_of(Status status) {
    return status_names.at(static_cast<std::size_t>(status));
}

std::string_view name_of(Verdict verdict) {
    return verdict_names.at(static_cast<std::size_t>(verdict));
}

std::string_view name_of(Reason reason) {
    return reason_names.at(static_cast<std::size_t>(reason));
}

const PointView* Snapshot::point(std::string_view id) const {
    for (const auto& view : points)
        if (view->definition->id == id)
            return view.get();
    return nullptr;
}

const JobView* Snapshot::job(JobId id) const {
    for (const auto& view : jobs)
        if (view->id == id)
            return view.get();
    return nullptr;
}

}  // namespace mail
