#include "mail/listing_care.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mail/back_off.h"
#include "mail/suspicion.h"

namespace mail {

namespace {

using Portions = imap::ListRequest::Portions;

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
    caution_.portions = breaks_framing_ ? Portions::single : Portions::large;
    was_lost_ = false;
    suspect_.reset();
}

bool ListingCare::learn(const Error& error, Before before) {
    if (!may_be_of_one_message(error))
        return false;
    if (const auto uid = message_of(error))
        return set_aside(*uid, error, before);
    if (breaks_framing(error)) {
        breaks_framing_ = true;
        return std::exchange(caution_.portions, Portions::single) != Portions::single;
    }
    // A line may break once by chance, and most of all in the middle of a long list.
    const bool again = std::exchange(was_lost_, before == Before::nothing);
    if (is_slow(error) || (again && was_lost_))
        caution_.portions = std::max(caution_.portions, Portions::single_first);
    return false;
}

bool ListingCare::set_aside(std::uint32_t uid, const Error& error, Before before) {
    const bool is_certain = breaks_framing(error) || is_slow(error);
    breaks_framing_ = breaks_framing_ || breaks_framing(error);
    if (std::exchange(suspect_, uid) != uid && !is_certain)
        return false;
    // Else the others may come faster again.
    if (breaks_framing_)
        caution_.portions = Portions::single;
    else if (before == Before::rows)
        caution_.portions = Portions::large;
    Error why = error;
    why.reach = Reach::message;
    return caution_.set_aside.emplace(uid, std::move(why)).second;
}

const work::Caution& ListingCare::caution(std::uint32_t uid_validity) {
    if (std::exchange(uid_validity_, uid_validity) != uid_validity)
        caution_.set_aside.clear();
    return caution_;
}

}  // namespace mail
