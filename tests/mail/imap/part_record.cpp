#include "tests/mail/imap/part_record.h"

#include <algorithm>

namespace mail::imap::tests {

PartRecord::Part& PartRecord::part(std::size_t request) {
    if (parts.size() <= request)
        parts.resize(request + 1);
    return parts[request];
}

Result<void> PartRecord::answer(std::size_t request, std::size_t call) const {
    if (refuse_request == request && refuse_call == call)
        return tl::unexpected(refusal);
    return {};
}

Result<void> PartRecord::begin(std::size_t request, Form form) {
    part(request).form = form == Form::decoded ? "decoded:" : "encoded:";
    part(request).data.clear();
    return answer(request, 0);
}

Result<void> PartRecord::data(std::size_t request, std::string_view raw) {
    part(request).data += raw;
    largest = std::max(largest, raw.size());
    return answer(request, 1);
}

Result<void> PartRecord::end(std::size_t request, Result<void> outcome) {
    ++part(request).ends;
    part(request).outcome = outcome ? "whole" : name_of(outcome.error().cause);
    return answer(request, 2);
}

std::string PartRecord::shown() const {
    std::string all;
    for (std::size_t request = 0; request < parts.size(); ++request) {
        const Part& one = parts[request];
        all += (all.empty() ? "" : " ") + std::to_string(request) + ":" + one.form +
               (one.form.empty() ? "" : one.data + ":") + one.outcome;
    }
    return all;
}

std::size_t PartRecord::wholes() const {
    return static_cast<std::size_t>(std::count_if(
        parts.begin(), parts.end(), [](const Part& one) { return one.outcome == "whole"; }));
}

std::size_t PartRecord::ends() const {
    std::size_t all = 0;
    for (const Part& one : parts)
        all += one.ends;
    return all;
}

PartRecord fetched(const Play& play, const std::vector<PartRequest>& requests) {
    PartRecord record;
    record.result = fetch_parts(play.session(), requests, record, soon());
    return record;
}

}  // namespace mail::imap::tests
