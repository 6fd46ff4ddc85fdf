#include "gui/marks.h"

#include <algorithm>
#include <array>
#include <utility>

#include "gui/icons.h"

namespace gui {

Mark mark_of(mail::Status status) {
    const Colours& c = colours();
    switch (status) {
    case mail::Status::new_:
        return {icon::dot, c.accent, c.accent};
    case mail::Status::queued:
        return {icon::waiting, c.muted, c.muted};
    case mail::Status::taking:
        return {icon::ring, c.accent, c.accent};
    case mail::Status::taken:
        return {icon::done, c.ok, c.muted};
    case mail::Status::partial:
        return {icon::partly, c.warn, c.warn};
    case mail::Status::check:
        return {icon::warning, c.warn, c.warn};
    case mail::Status::failed:
        return {icon::failed, c.err, c.err};
    case mail::Status::none:
        return {icon::ring, c.muted, c.muted};
    case mail::Status::hidden:
        return {icon::hidden, c.muted, c.muted};
    case mail::Status::quarantined:
    case mail::Status::gone:
        return {icon::bin, c.muted, c.muted};
    case mail::Status::held:
        return {icon::locked, c.muted, c.muted};
    case mail::Status::taken_elsewhere:
        return {icon::done, c.muted, c.muted};
    }
    return {icon::ring, c.muted, c.muted};
}

Mark mark_of(mail::Verdict verdict) {
    const Colours& c = colours();
    switch (verdict) {
    case mail::Verdict::will_be_taken:
        return {icon::generate, c.ok, c.ok};
    case mail::Verdict::taken:
        return {icon::done, c.ok, c.ok};
    case mail::Verdict::skipped:
        return {icon::skipped, c.muted, c.muted};
    case mail::Verdict::needs_you:
        return {icon::warning, c.warn, c.warn};
    case mail::Verdict::not_attachment:
        break;
    }
    return {icon::skipped, c.muted, c.muted};
}

Mark mark_of(const mail::OcrView::File& file) {
    using State = mail::store::OcrJob::State;
    const Colours& c = colours();
    switch (file.job.state) {
    case State::queued:
        return file.lies_long ? Mark{icon::warning, c.warn, c.warn}
                              : Mark{icon::waiting, c.muted, c.muted};
    case State::running:
        return {icon::ring, c.accent, c.accent};
    case State::done:
        return {icon::done, c.ok, c.muted};
    case State::failed:
        break;
    }
    return {icon::failed, c.err, c.err};
}

Mark mark_of(mail::PointHealth health) {
    const Colours& c = colours();
    switch (health) {
    case mail::PointHealth::signin:
        return {icon::locked, c.warn, c.warn};
    case mail::PointHealth::down:
        return {icon::offline, c.err, c.err};
    case mail::PointHealth::ok:
        return {icon::done, c.ok, c.muted};
    case mail::PointHealth::never:
    case mail::PointHealth::checking:
        break;
    }
    return {icon::waiting, c.muted, c.muted};
}

const char* icon_of_type(std::string_view type) {
    // The first that fits; words of the subtype come before whole classes.
    static constexpr std::array<std::pair<std::string_view, const char*>, 16> kinds{{
        {"pdf", icon::pdf},
        {"zip", icon::archive},
        {"rar", icon::archive},
        {"7z", icon::archive},
        {"tar", icon::archive},
        {"sheet", icon::table},
        {"excel", icon::table},
        {"csv", icon::table},
        {"xml", icon::markup},
        {"html", icon::markup},
        {"json", icon::markup},
        {"word", icon::document},
        {"message/", icon::mail},
        {"image/", icon::picture},
        {"text/", icon::text},
        {"multipart/", icon::mail},
    }};
    const auto* found = std::find_if(kinds.begin(), kinds.end(), [type](const auto& kind) {
        return type.find(kind.first) != std::string_view::npos;
    });
    return found == kinds.end() ? icon::other_file : found->second;
}

}  // namespace gui
