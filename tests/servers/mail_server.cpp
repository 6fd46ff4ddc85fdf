#include "tests/servers/mail_server.h"

#include <array>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

#include "tests/servers/certificates.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/free_port.h"
#include "tests/servers/other_session.h"
#include "tests/servers/process.h"

namespace servers {

namespace {

struct Recipe {
    const char* name;
    const char* packages;
    const char* prefix;  ///< of every folder but INBOX
};

const Recipe& recipe_of(Software software) {
    static constexpr std::array<Recipe, 4> recipes{{
        {"dovecot", "dovecot-imapd", ""},
        {"cyrus", "cyrus-imapd sasl2-bin", ""},
        {"courier", "courier-imap courier-authdaemon", "INBOX."},
        {"mailutils", "mailutils-imap4d", ""},
    }};
    return recipes.at(static_cast<std::size_t>(software));
}

class DovecotServer final : public MailServer {
public:
    explicit DovecotServer(std::unique_ptr<Dovecot> dovecot)
        : MailServer(Software::dovecot), dovecot_(std::move(dovecot)) {}
    void put_many(const std::string& login, const std::vector<std::string>& mails,
                  std::chrono::sys_seconds received) override {
        for (const std::string& raw : mails)
            dovecot_->append(login, "INBOX", raw, received);
    }
    [[nodiscard]] std::uint16_t clear_port() const override { return dovecot_->clear_port(); }
    [[nodiscard]] std::uint16_t tls_port() const override { return dovecot_->tls_port(); }
    [[nodiscard]] const std::filesystem::path& ca_file() const override {
        return dovecot_->ca_file();
    }
    [[nodiscard]] std::string log() const override { return dovecot_->log(); }

private:
    std::unique_ptr<Dovecot> dovecot_;
};

/// One whose configuration is a script beside this file, run inside its root.
class ScriptedServer : public MailServer {
public:
    explicit ScriptedServer(Software software)
        : MailServer(software), authority_(work_.path(), "Test-Authority"),
          certificate_(authority_.sign("localhost", "DNS:localhost,IP:127.0.0.1", 30)),
          clear_port_(free_port()), tls_port_(free_port()) {
        std::filesystem::permissions(work_.path(), std::filesystem::perms(0755));
        const std::string at = work_.path().string();
        const Recipe& recipe = recipe_of(software);
        // The sources may lie on a file system that the root doesn't have.
        const std::string folder = MAILPOINT_SOURCE_DIR "/tests/servers/";
        std::filesystem::copy_file(folder + recipe.name + ".sh", work_.path() / "start.sh");
        process_ = std::make_unique<Process>(
            std::vector<std::string>{"bash", folder + "root.sh", recipe.name, recipe.packages, at,
                                     "bash", at + "/start.sh", at, std::to_string(clear_port_),
                                     std::to_string(tls_port_), certificate_.chain.string(),
                                     certificate_.key.string(), std::to_string(logins), password},
            work_.path() / "output.log");
    }
    [[nodiscard]] bool comes_up() {
        while (process_->still_runs())
            if (listens(clear_port_) && listens(tls_port_))
                return true;
        return false;
    }
    [[nodiscard]] std::uint16_t clear_port() const override { return clear_port_; }
    [[nodiscard]] std::uint16_t tls_port() const override { return tls_port_; }
    [[nodiscard]] const std::filesystem::path& ca_file() const override {
        return authority_.file();
    }
    [[nodiscard]] std::string log() const override { return text_of(work_.path() / "output.log"); }

    [[nodiscard]] const std::filesystem::path& work() const { return work_.path(); }

private:
    TemporaryFolder work_;
    Authority authority_;
    ServerCertificate certificate_;
    std::uint16_t clear_port_ = 0;
    std::uint16_t tls_port_ = 0;
    std::unique_ptr<Process> process_;
};

class CourierServer final : public ScriptedServer {
public:
    CourierServer() : ScriptedServer(Software::courier) {}
    void put_many(const std::string& login, const std::vector<std::string>& mails,
                  std::chrono::sys_seconds received) override {
        const std::filesystem::path maildir = work() / "mail" / login / "Maildir";
        for (const std::string& raw : mails) {
            const std::string name = std::to_string(received.time_since_epoch().count()) + ".M" +
                                     std::to_string(++put_) + ".localhost:2,";
            std::ofstream(maildir / "cur" / name, std::ios::binary) << raw;
        }
    }

private:
    std::uint64_t put_ = 0;
};

std::unique_ptr<ScriptedServer> scripted(Software software) {
    if (software == Software::courier)
        return std::make_unique<CourierServer>();
    return std::make_unique<ScriptedServer>(software);
}

}  // namespace

std::string name_of(Software software) {
    return recipe_of(software).name;
}

tl::expected<std::unique_ptr<MailServer>, std::string> MailServer::start(Software software) {
    if (::geteuid() != 0)
        return tl::unexpected(name_of(software) + " can't be started: only root can mount a root "
                                                  "for it (run the tests with sudo)");
    if (software == Software::dovecot) {
        Dovecot::Options options;
        options.more_configuration = "mail_fsync = never";  // thousands of mails are put in
        auto dovecot = Dovecot::start(options);
        if (!dovecot)
            return tl::unexpected(dovecot.error());
        return std::make_unique<DovecotServer>(*std::move(dovecot));
    }
    std::string why;
    // Another program may take a port between the look and the start.
    for (int attempt = 0; attempt < 3; ++attempt) {
        auto server = scripted(software);
        if (server->comes_up())
            return server;
        why = name_of(software) + " can't be started: " + server->log();
        if (why.find("in use") == std::string::npos)
            break;
    }
    return tl::unexpected(why);
}

std::string MailServer::fresh_login() {
    if (given_out_ == logins)
        throw std::runtime_error("no login is left");
    return "user" + std::to_string(++given_out_);
}

void MailServer::put_many(const std::string& login, const std::vector<std::string>& mails,
                          std::chrono::sys_seconds received) {
    OtherSession(clear_port(), login, password).append("INBOX", mails, received);
}

std::string MailServer::folder(const std::string& name) const {
    return name == "INBOX" ? name : recipe_of(software_).prefix + name;
}

}  // namespace servers
