#include "mail/net/default_route.h"

namespace mail::net {

// Not asked there: a computer that has slept is noticed by its clocks.
std::string default_routes() {
    return {};
}

}  // namespace mail::net
