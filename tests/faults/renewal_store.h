#pragma once
// The account that renewal_kill_test.cpp and its child share.

#include <string>

#include "mail/point/point.h"
#include "mail/secrets/file_store.h"

namespace mail::faults {

[[nodiscard]] inline FileStore::Setup store_in(const std::string& folder, Disk& disk) {
    return {disk,
            join_path(folder, "secrets"),
            Secret("a master password"),
            {sealing::Method::scrypt, 10}};
}

[[nodiscard]] inline point::Connection connection() {
    point::Connection connection;
    connection.server = "imap.firma.example";
    connection.login = "ala@firma.example";
    connection.oauth.provider = "oidc";
    connection.oauth.client_id = "biuro";
    return connection;
}

}  // namespace mail::faults
