#include "mail/point/way.h"

#include "mail/base/hash.h"

namespace mail::point {

std::string way_sha256(const Connection& connection) {
    std::string way;
    const auto add = [&](const std::optional<std::string>& value) {
        way += value ? std::to_string(value->size()) + ":" + *value : "-";
    };
    add(connection.server);
    add(connection.login);
    add(std::to_string(connection.port));
    add(std::to_string(static_cast<int>(connection.encryption)));
    add(connection.proxy);
    add(connection.ca_file);
    add(connection.pinned_certificate);
    add(connection.allow_cleartext ? "cleartext" : "");
    return sha256_hex(way);
}

bool same_way(const Connection& one, const Connection& other) {
    return way_sha256(one) == way_sha256(other);
}

}  // namespace mail::point
