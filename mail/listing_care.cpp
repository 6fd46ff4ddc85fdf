#include "mail/listing_care.h"

#include <charconv>
#include <utility>

#include "mail/back_off.h"
#include "mail/suspicion.h"

namespace mail {

namespace {

/// The message that was under way, where no other can have been.
std::optional<std::uint32_t> message_of(const Error& error) {
    const std::string_view digits = error.fact("uid");
    std::uint32_t uid = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), uid);
    return digits.empty() || read.ec != std::errc() ? std::nullopt : std::optional(uid);
}

bool breaks_framing(const Error& error) {
    switch (error.cause) {
    case Cause::reply_malformed:
    case Cause::reply_too_long:
    case Cause::literal_size:
    case Cause::nesting_too_deep:
    case Cause::unexpected_tag:
        return true;
    default:
        return false;
    }
}

/// What may be one message's doing; a server that wants to be left alone is not.
bool may_be_of_one_message(const Error& error) {
    const bool may = breaks_framing(error) || is_slow(error) ||
                     error.cause == Cause::connection_lost || error.cause == Cause::server_says_bye;
    return may && !is_limit(error) && !drips(error);
}

}  // namespace

void ListingCare::begin() {
    caution_.one_by_one = breaks_framing_;
    was_lost_ = false;
    suspect_.reset();
}

bool ListingCare::learn(const Error& error) {
    if (!may_be_of_one_message(error))
        return false;
    // A line may break once by chance.
    const bool is_certain = breaks_framing(error) || is_slow(error);
    breaks_framing_ = breaks_framing_ || breaks_framing(error);
    const auto uid = message_of(error);
    if (!uid) {
        const bool again = std::exchange(was_lost_, true);
        const bool is_new =
            !std::exchange(caution_.one_by_one, caution_.one_by_one || is_certain || again);
        return is_new && breaks_framing(error);
    }
    if (std::exchange(suspect_, uid) != uid && !is_certain)
        return false;
    Error why = error;
    why.reach = Reach::message;
    return caution_.set_aside.emplace(*uid, std::move(why)).second;
}

const work::Caution& ListingCare::caution(std::uint32_t uid_validity) {
    if (std::exchange(uid_validity_, uid_validity) != uid_validity)
        caution_.set_aside.clear();
    return caution_;
}

}  // namespace mail
