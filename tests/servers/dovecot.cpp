#include "tests/servers/dovecot.h"

#include <algorithm>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/servers/free_port.h"

namespace servers {

namespace {

// The mails' owner in the server's eyes: nobody, whom every system has under this number.
constexpr uid_t mail_owner = 65534;

void make_for_owner(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    if (::chown(folder.c_str(), mail_owner, mail_owner) != 0)
        throw std::runtime_error("chown failed: " + folder.string());
}

const char* const configuration = R"(
protocols = imap
listen = 127.0.0.1
ssl = yes
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
auth_username_format = %u
mail_max_userip_connections = 100
first_valid_uid = 1
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = static
  args = password=tajne
}
)";

}  // namespace

Dovecot::Dovecot(const Options& options)
    : authority_(work_.path(), "Test-Authority"),
      certificate_(authority_.sign("localhost", options.certificate_names, 30)),
      clear_port_(free_port()), tls_port_(free_port()) {
    std::filesystem::permissions(work_.path(), std::filesystem::perms(0755));
    make_for_owner(work_.path() / "mail");
    write_configuration(options);
}

void Dovecot::write_configuration(const Options& options) const {
    const std::string at = work_.path().string();
    std::ofstream out(work_.path() / "dovecot.conf");
    out << configuration << "base_dir = " << at << "/run\nstate_dir = " << at
        << "/state\nlog_path = " << at << "/dovecot.log\nssl_cert = <"
        << certificate_.chain.string() << "\nssl_key = <" << certificate_.key.string()
        << "\nmail_location = maildir:" << at
        << "/mail/%u/Maildir:UTF-8\nuserdb {\n  driver = static\n  args = uid=" << mail_owner
        << " gid=" << mail_owner << " home=" << at
        << "/mail/%u\n}\nservice imap-login {\n  inet_listener imap {\n    port = " << clear_port_
        << "\n  }\n  inet_listener imaps {\n    port = " << tls_port_ << "\n    ssl = yes\n  }\n}\n"
        << options.more_configuration << "\n";
    if (options.introspection_url.empty())
        return;
    out << "auth_mechanisms = plain login xoauth2 oauthbearer\npassdb {\n  driver = oauth2\n"
           "  mechanisms = xoauth2 oauthbearer\n  args = "
        << at
        << "/oauth2.conf\n}\nservice anvil {\n  unix_listener anvil-auth-penalty {\n"
           "    mode = 0\n  }\n}\n";
    std::ofstream(work_.path() / "oauth2.conf")
        << "introspection_url = " << options.introspection_url
        << "\nintrospection_mode = post\nforce_introspection = yes\n"
           "username_attribute = username\nusername_format = %Lu\nactive_attribute = active\n"
           "active_value = true\ntimeout_msecs = 5000\n";
}

bool Dovecot::comes_up() {
    const std::string at = work_.path().string();
    const std::string root = MAILPOINT_SOURCE_DIR "/tests/servers/root.sh";
    process_ = std::make_unique<Process>(std::vector<std::string>{"bash", root, "dovecot",
                                                                  "dovecot-imapd", at, "dovecot",
                                                                  "-F", "-c", at + "/dovecot.conf"},
                                         work_.path() / "output.log");
    while (process_->still_runs())
        if (listens(clear_port_) && listens(tls_port_))
            return true;
    return false;
}

bool Dovecot::start_again() {
    // Those that were killed may hold the ports for a moment.
    for (int attempt = 0; attempt < 50; ++attempt)
        if (comes_up())
            return true;
    return false;
}

tl::expected<std::unique_ptr<Dovecot>, std::string> Dovecot::start(const Options& options) {
    if (::geteuid() != 0)
        return tl::unexpected(std::string("Dovecot can't be started: only root can mount a root "
                                          "for it (run the tests with sudo)"));
    std::string why;
    // Another program may take the port between the look and the start.
    for (int attempt = 0; attempt < 3; ++attempt) {
        std::unique_ptr<Dovecot> dovecot(new Dovecot(options));
        if (dovecot->comes_up())
            return dovecot;
        why = "Dovecot can't be started: " + dovecot->log();
        if (why.find("Address already in use") == std::string::npos)
            break;
    }
    return tl::unexpected(why);
}

std::filesystem::path Dovecot::maildir(const std::string& login, const std::string& folder) const {
    const std::filesystem::path inbox = work_.path() / "mail" / login / "Maildir";
    if (folder == "INBOX")
        return inbox;
    std::string name = "." + folder;
    std::replace(name.begin(), name.end(), '/', '.');
    return inbox / name;
}

void Dovecot::make_folder(const std::string& login, const std::string& folder) {
    make_for_owner(work_.path() / "mail" / login);
    make_for_owner(maildir(login, "INBOX"));
    for (std::size_t slash = folder.find('/'); slash != std::string::npos;
         slash = folder.find('/', slash + 1))
        make_folder(login, folder.substr(0, slash));
    const std::filesystem::path path = maildir(login, folder);
    make_for_owner(path);
    for (const char* part : {"cur", "new", "tmp"})
        make_for_owner(path / part);
}

void Dovecot::append(const std::string& login, const std::string& folder, const std::string& raw,
                     std::chrono::sys_seconds received) {
    const std::filesystem::path path = maildir(login, folder);
    if (made_.insert(path).second)
        make_folder(login, folder);
    // Dovecot numbers new files by the time at the head of their names.
    const std::string name = std::to_string(1'700'000'000 + appended_) + ".M1P1.localhost";
    ++appended_;
    const std::filesystem::path part = path / "tmp" / name;
    std::ofstream(part, std::ios::binary) << raw;
    const auto seconds = static_cast<std::time_t>(received.time_since_epoch().count());
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    if (::chown(part.c_str(), mail_owner, mail_owner) != 0 ||
        ::utimensat(AT_FDCWD, part.c_str(), times, 0) != 0)
        throw std::runtime_error("a mail could not be written: " + part.string());
    std::filesystem::rename(part, path / "cur" / (name + ":2,"));
}

std::string Dovecot::log() const {
    return text_of(work_.path() / "output.log") + text_of(work_.path() / "dovecot.log");
}

}  // namespace servers
