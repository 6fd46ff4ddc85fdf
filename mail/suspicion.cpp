#include "mail/suspicion.h"

#include <utility>

#include "mail/back_off.h"

namespace mail {

bool drips(const Error& error) {
    return error.cause == Cause::deadline && !error.fact("octets_came").empty();
}

Suspicion::Verdict Suspicion::judge(std::uint32_t first, const Error& error) {
    const bool again = std::exchange(suspect_, first) == first;
    if (is_limit(error)) {
        // Any message may be the one that meets the limit, so the others have their turn before.
        if (!again)
            return Verdict::go_on;
        return put_last_.insert(first).second ? Verdict::put_last : Verdict::give_up;
    }
    if (drips(error))
        return Verdict::give_up;
    const bool was_plain = std::exchange(decoding_ended_, true);
    return again && was_plain ? Verdict::give_up : Verdict::go_on;
}

}  // namespace mail
