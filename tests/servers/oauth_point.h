#pragma once
// The definition of a point that signs in with OAuth2 and works on Dovecot.

#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/servers/dovecot.h"

namespace servers {

/// Writes it to `path`; its target folder is made beside it.
inline void write_oauth_point(const std::filesystem::path& path, const Dovecot& dovecot,
                              const std::string& login, const nlohmann::json& oauth) {
    const std::filesystem::path target = path.parent_path() / "target";
    std::filesystem::create_directory(target);
    std::ofstream(path) << nlohmann::json{{"version", 1},
                                          {"type", "mailbox"},
                                          {"name", "Faktury"},
                                          {"general", {{"folder", target.string()}}},
                                          {"connection",
                                           {{"server", "localhost"},
                                            {"port", dovecot.tls_port()},
                                            {"encryption", "tls"},
                                            {"authentication", "oauth2"},
                                            {"ca_file", dovecot.ca_file().string()},
                                            {"oauth", oauth},
                                            {"login", login}}}};
}

}  // namespace servers
