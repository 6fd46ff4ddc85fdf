// The program itself on a huge mail, and how much memory it had at most.

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/hostile/conversation.h"

namespace mail::hostile {
namespace {

constexpr std::uint64_t megabyte = 1'000'000;

/// A scripted server in a process of its own: a program's peak begins with that of the one that
/// started it, so whoever measures must hold no such mail.
class ServerApart {
public:
    explicit ServerApart(const std::function<Script()>& script) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0)
            return;
        pid_ = fork();
        if (pid_ == 0)
            serve(script, ends[1]);
        close(ends[1]);
        if (read(ends[0], &port_, sizeof port_) != sizeof port_)
            port_ = 0;
        close(ends[0]);
    }
    ~ServerApart() {
        if (pid_ <= 0)
            return;
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    ServerApart(const ServerApart&) = delete;
    ServerApart& operator=(const ServerApart&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

private:
    [[noreturn]] static void serve(const std::function<Script()>& script, int port_to) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const auto server = demo::Server::start_script(script());
        const std::uint16_t port = server ? (*server)->endpoint().port : std::uint16_t{0};
        if (write(port_to, &port, sizeof port) != sizeof port)
            _exit(1);
        for (;;)
            pause();
    }

    pid_t pid_ = -1;
    std::uint16_t port_ = 0;
};

constexpr std::string_view line = "JVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBERi0xLjQKJVBE"
                                  "Ri0xLjQKJVBE\r\n";
constexpr std::uint64_t octets_a_line = 57;  ///< decoded

/// So many times `line`.
Script lines(std::uint64_t count) {
    demo::Step step = say_raw(line);
    step.times = count;
    return {step};
}

enum class Asked { part, whole_mail };

/// A mail whose PDF has so many lines; its structure can be read, or not.
Script serving(Asked asked, std::uint64_t count) {
    const Letter letter(1);
    const std::uint64_t octets = count * line.size();
    const std::string raw = letter.raw();
    const std::size_t content = raw.find(letter.encoded());
    const std::string before = raw.substr(0, content);
    const std::string behind = raw.substr(content + letter.encoded().size());
    std::string listed = letter.listed(octets);
    if (asked == Asked::whole_mail)
        listed = listed.substr(0, listed.find("BODYSTRUCTURE")) + "BODYSTRUCTURE NIL)";
    Script script = greeted() + examined() + searched() +
                    Script{expect("UID FETCH"), say(listed), say("$TAG OK listed")};
    if (asked == Asked::part)
        return script +
               Script{expect("BODY.PEEK[2])"),
                      say("* 1 FETCH (UID 1 BODY[2] {" + std::to_string(octets) + "}")} +
               lines(count) + Script{say(")"), say("$TAG OK fetched")};
    return script +
           Script{expect("BODY.PEEK[])"),
                  say("* 1 FETCH (UID 1 BODY[] {" +
                      std::to_string(before.size() + octets + behind.size()) + "}"),
                  say_raw(before)} +
           lines(count) + Script{say_raw(behind), say(")"), say("$TAG OK fetched")};
}

/// The peak of a run that takes it.
std::uint64_t peak_of(Asked asked, std::uint64_t count) {
    const fakes::ScratchFolder folder;
    const ServerApart server([&] { return serving(asked, count); });
    std::ofstream(folder / "point.json")
        << R"({"version":1,"type":"mailbox","name":"Faktury","connection":{"server":"127.0.0.1",)"
        << R"("port":)" << server.port() << R"(,"encryption":"none","login":"ala"}})";
    // A sanitizer keeps what was freed for a while: less of it shows what the program itself has.
    const auto run = program::run({"run", "--point", folder / "point.json", "--workspace",
                                   folder / "workspace", "--out", folder / "out"},
                                  {{"MAILPOINT_PASSWORD", "Tajne-7f3a"},
                                   {"ASAN_OPTIONS", "quarantine_size_mb=1:detect_leaks=0"}});
    EXPECT_EQ(run.exit_code, 0) << run.out << run.error;
    std::error_code none;
    EXPECT_EQ(std::filesystem::file_size(folder / "out/faktura-1.pdf", none),
              count * octets_a_line);
    return run.peak_octets;
}

TEST(Memory, a_huge_mail_is_taken_within_64_megabytes) {
    const std::uint64_t size = (std::getenv("MAILPOINT_LONG") != nullptr ? 1000 : 100) * megabyte;
    const std::uint64_t large = size / octets_a_line;
    for (const Asked asked : {Asked::part, Asked::whole_mail}) {
        const std::uint64_t peak_of_small = peak_of(asked, 1000);
        const std::uint64_t peak_of_large = peak_of(asked, large);
        std::printf("%.0f MB: peak %.1f MB; of a small mail %.1f MB\n",
                    static_cast<double>(size) / 1e6, static_cast<double>(peak_of_large) / 1e6,
                    static_cast<double>(peak_of_small) / 1e6);
        // Under a sanitizer the program alone takes more than that: what the mail adds is seen.
        EXPECT_LT(peak_of_large, std::max(64 * megabyte, peak_of_small + 32 * megabyte));
    }
}

}  // namespace
}  // namespace mail::hostile
