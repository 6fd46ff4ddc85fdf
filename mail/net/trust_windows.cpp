#include "mail/net/trust.h"

namespace mail::net {

Result<std::shared_ptr<const Trust>> system_trust() {
    static const auto store = std::make_shared<const Trust>(Trust{"Windows", {}, {}});
    return store;
}

}  // namespace mail::net
