#include "mail/net/trust.h"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

namespace mail::net {

namespace {

tl::unexpected<Error> unreadable(const std::string& ca_file, std::string why) {
    return fail(Cause::ca_file_unreadable, Layer::tls, Reach::point,
                {{"file", ca_file}, {"system", std::move(why)}});
}

}  // namespace

Result<std::shared_ptr<const Trust>> trust_in_file(const std::string& ca_file) {
    const std::u8string name(ca_file.begin(), ca_file.end());
    errno = 0;
    std::ifstream file(std::filesystem::path(name), std::ios::binary);
    if (!file)
        return unreadable(ca_file, std::generic_category().message(errno));
    // Not by iterators: they throw where the file is a folder.
    std::ostringstream content;
    content << file.rdbuf();
    std::string pem = std::move(content).str();
    if (pem.find("-----BEGIN ") == std::string::npos)
        return unreadable(ca_file, {});
    return std::make_shared<const Trust>(Trust{ca_file, std::move(pem), {}});
}

}  // namespace mail::net
