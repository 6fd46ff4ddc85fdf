#pragma once
// What a certificate chain is verified against. On Linux libcurl knows no certificates of its own,
// so the system's are looked for at run time (trust_posix.cpp); Windows asks its own store
// (trust_windows.cpp). Private to mail/net.

#include <memory>
#include <string>

#include "mail/base/result.h"

namespace mail::net {

struct Trust {
    std::string source;  ///< file, folder or store, for the evidence
    std::string pem;     ///< certificates; empty: those of `directory`, else the TLS library's own
    std::string directory;  ///< OpenSSL's hashed folder
};

/// Read once per process; from then on the same object. Error: no_system_certificates, with the
/// fact "looked_in".
[[nodiscard]] Result<std::shared_ptr<const Trust>> system_trust();

/// Error: ca_file_unreadable, also for a file that holds no PEM certificate; facts "file",
/// "system".
[[nodiscard]] Result<std::shared_ptr<const Trust>> trust_in_file(const std::string& ca_file);

}  // namespace mail::net
