#pragma once
// A certificate authority for one test, and what it signs: made by the openssl program.

#include <filesystem>
#include <string>

namespace servers {

struct ServerCertificate {
    std::filesystem::path chain;  ///< PEM: the leaf, then the authority
    std::filesystem::path key;
    std::string sha256;  ///< of the leaf's DER form, 64 lower-case hex digits
};

class Authority {
public:
    /// Its files lie in `folder`, which must exist. Throws where openssl can't be run.
    Authority(std::filesystem::path folder, const std::string& name);

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    /// `names` as OpenSSL writes them ("DNS:localhost,IP:127.0.0.1"); `days` below zero: expired.
    [[nodiscard]] ServerCertificate sign(const std::string& name, const std::string& names,
                                         int days) const;
    /// One that nobody signed.
    [[nodiscard]] ServerCertificate self_signed(const std::string& name,
                                                const std::string& names) const;

private:
    void openssl(const std::string& arguments) const;
    [[nodiscard]] std::string fingerprint(const std::string& file) const;

    std::filesystem::path folder_;
    std::filesystem::path file_;
};

}  // namespace servers
