#pragma once
// Dovecot for interop tests: on loopback, in a root of its own (root.sh), with mails that the test
// writes as files, so that no code of ours puts in what our code then reads. Gone with the object,
// also when the test is killed. Linux, as root.

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include <tl/expected.hpp>

#include "tests/servers/certificates.h"
#include "tests/servers/process.h"

namespace servers {

class Dovecot {
public:
    struct Options {
        std::string certificate_names = "DNS:localhost,IP:127.0.0.1";
        std::string more_configuration = {};  ///< lines of dovecot.conf
        /// Of an OAuth2 provider (RFC 7662): tokens are taken as well, by its word, for the login
        /// that it calls `username`. "": none are.
        std::string introspection_url = {};
    };
    static constexpr const char* password = "tajne";

    /// The error is the reason for people: no root, no overlay, no network at the first use. From
    /// the test's main thread.
    [[nodiscard]] static tl::expected<std::unique_ptr<Dovecot>, std::string>
    start(const Options& options);
    [[nodiscard]] static tl::expected<std::unique_ptr<Dovecot>, std::string> start() {
        return start(Options{});
    }

    [[nodiscard]] std::uint16_t clear_port() const { return clear_port_; }  ///< with STARTTLS
    [[nodiscard]] std::uint16_t tls_port() const { return tls_port_; }
    /// The authority that signed the server's certificate, as PEM file.
    [[nodiscard]] const std::filesystem::path& ca_file() const { return authority_.file(); }
    [[nodiscard]] const ServerCertificate& certificate() const { return certificate_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return work_.path(); }

    /// Any login exists, with `password`. UIDs follow the order of the calls, from 1 on. `folder`
    /// is UTF-8, "INBOX" or a path with "/"; it is made if it is not there, as its parents are.
    /// `raw` is written as it is, with LF or CRLF line ends. `received`: INTERNALDATE.
    void append(const std::string& login, const std::string& folder, const std::string& raw,
                std::chrono::sys_seconds received);
    void make_folder(const std::string& login, const std::string& folder);

    /// At once, with all its sessions, whatever they are at.
    void kill() { process_.reset(); }
    /// After that, on the same ports with the same mails. From the test's main thread.
    [[nodiscard]] bool start_again();

    /// What it has logged, for the message of a failed test.
    [[nodiscard]] std::string log() const;

private:
    explicit Dovecot(const Options& options);
    void write_configuration(const Options& options) const;
    [[nodiscard]] bool comes_up();
    [[nodiscard]] std::filesystem::path maildir(const std::string& login,
                                                const std::string& folder) const;

    TemporaryFolder work_;
    Authority authority_;
    ServerCertificate certificate_;
    std::uint16_t clear_port_ = 0;
    std::uint16_t tls_port_ = 0;
    std::uint64_t appended_ = 0;
    std::set<std::filesystem::path> made_;
    std::unique_ptr<Process> process_;
};

}  // namespace servers
