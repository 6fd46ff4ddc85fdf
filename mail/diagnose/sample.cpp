#include "mail/diagnose/sample.h"

#include <algorithm>

namespace mail::diagnose {

namespace {

constexpr std::size_t most_samples = 3;

struct Sample {
    imap::PartRequest request;
    std::uint64_t size_octets = 0;
};

Sample whole_message(const imap::MessageData& message) {
    Sample sample;
    sample.request.uid = message.uid;
    sample.size_octets = message.size_octets;
    return sample;
}

Sample smallest_part(const imap::MessageData& message) {
    Sample smallest = whole_message(message);
    bool found = false;
    for (const imap::BodyNode& node : message.structure) {
        const bool has_octets = node.type != "multipart" && node.size_octets > 0;
        if (!has_octets || (found && node.size_octets >= smallest.size_octets))
            continue;
        found = true;
        smallest.request = {message.uid, node.section, node.encoding, false, node.size_octets};
        smallest.size_octets = node.size_octets;
    }
    return smallest;
}

}  // namespace

std::vector<imap::PartRequest> small_parts(const std::vector<imap::MessageData>& messages) {
    std::vector<Sample> samples;
    for (const imap::MessageData& message : messages)
        samples.push_back(smallest_part(message));
    std::ranges::stable_sort(samples, {}, &Sample::size_octets);
    samples.resize(std::min(samples.size(), most_samples));
    std::vector<imap::PartRequest> requests;
    for (Sample& sample : samples) {
        sample.request.may_decode = false;
        requests.push_back(std::move(sample.request));
    }
    return requests;
}

Result<void> Tasting::begin(std::size_t, Form) {
    arriving_ = 0;
    return {};
}

Result<void> Tasting::data(std::size_t request, std::string_view raw) {
    arriving_ += raw.size();
    if (whole_ || arriving_ < enough_octets)
        return {};
    whole_ = request;
    octets_ = arriving_;
    return fail(Cause::cancelled, Layer::fetch, Reach::connection);
}

Result<void> Tasting::end(std::size_t request, Result<void> outcome) {
    if (!outcome) {
        error_ = error_ ? error_ : outcome.error();
    } else if (!whole_) {
        whole_ = request;
        octets_ = arriving_;
    }
    return {};
}

}  // namespace mail::diagnose
