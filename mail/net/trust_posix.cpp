#include "mail/net/trust.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace mail::net {

namespace {

// Debian, Ubuntu, Arch, Alpine; Fedora and RHEL (two forms); openSUSE; Alpine, BSD, macOS; Arch.
constexpr std::array known_files{
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
    "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
};

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

Result<std::shared_ptr<const Trust>> find() {
    std::vector<std::string> files;
    // What OpenSSL's own programs heed, so that an administrator has to say it only once.
    if (std::string named = from_environment("SSL_CERT_FILE"); !named.empty())
        files.push_back(std::move(named));
    files.insert(files.end(), known_files.begin(), known_files.end());
    std::string looked_in;
    for (const std::string& file : files) {
        if (auto trust = trust_in_file(file))
            return trust;
        looked_in += (looked_in.empty() ? "" : ", ") + file;
    }
    for (const std::string& directory :
         {from_environment("SSL_CERT_DIR"), std::string("/etc/ssl/certs")}) {
        std::error_code ignored;
        if (directory.empty())
            continue;
        if (std::filesystem::directory_iterator(directory, ignored) !=
            std::filesystem::directory_iterator())
            return std::make_shared<const Trust>(Trust{directory, {}, directory});
        looked_in += ", " + directory;
    }
    return fail(Cause::no_system_certificates, Layer::tls, Reach::point,
                {{"looked_in", looked_in}});
}

}  // namespace

Result<std::shared_ptr<const Trust>> system_trust() {
    static const Result<std::shared_ptr<const Trust>> found = find();
    return found;
}

}  // namespace mail::net
