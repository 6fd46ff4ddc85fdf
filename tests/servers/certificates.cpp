#include "tests/servers/certificates.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "tests/servers/process.h"

namespace servers {

namespace {

constexpr const char* new_key = " -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

}  // namespace

Authority::Authority(std::filesystem::path folder, const std::string& name)
    : folder_(std::move(folder)), file_(folder_ / (name + ".pem")) {
    openssl(std::string("req -x509 -days 30 -subj /CN=") + name + new_key +
            " -keyout ca.key -out " + name + ".pem");
}

void Authority::openssl(const std::string& arguments) const {
    std::vector<std::string> command{"env", "-C", folder_.string(), "openssl"};
    std::istringstream words(arguments);
    for (std::string word; words >> word;)
        command.push_back(word);
    const std::filesystem::path log = folder_ / "openssl.log";
    Process process(command, log);
    if (process.exit_code() != 0)
        throw std::runtime_error("openssl " + arguments + " failed: " + text_of(log));
}

std::string Authority::fingerprint(const std::string& file) const {
    openssl("x509 -in " + file + " -noout -fingerprint -sha256 -out " + file + ".sha256");
    std::string digits = text_of(folder_ / (file + ".sha256"));
    digits.erase(0, digits.find('=') + 1);
    std::erase_if(digits, [](unsigned char letter) { return std::isxdigit(letter) == 0; });
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](unsigned char digit) { return static_cast<char>(std::tolower(digit)); });
    return digits;
}

ServerCertificate Authority::sign(const std::string& name, const std::string& names,
                                  int days) const {
    openssl("req -subj /CN=" + name + new_key + " -keyout " + name + ".key -out " + name + ".csr");
    std::ofstream(folder_ / (name + ".ext")) << "subjectAltName=" << names << "\n";
    openssl("x509 -req -in " + name + ".csr -CA " + file_.string() +
            " -CAkey ca.key -CAcreateserial -days " + std::to_string(days) + " -extfile " + name +
            ".ext -out " + name + ".leaf");
    const std::filesystem::path chain = folder_ / (name + ".chain");
    std::ofstream(chain) << text_of(folder_ / (name + ".leaf")) << text_of(file_);
    return {chain, folder_ / (name + ".key"), fingerprint(name + ".leaf")};
}

ServerCertificate Authority::self_signed(const std::string& name, const std::string& names) const {
    openssl("req -x509 -days 30 -subj /CN=" + name + new_key + " -addext subjectAltName=" + names +
            " -keyout " + name + ".key -out " + name + ".chain");
    return {folder_ / (name + ".chain"), folder_ / (name + ".key"), fingerprint(name + ".chain")};
}

}  // namespace servers
