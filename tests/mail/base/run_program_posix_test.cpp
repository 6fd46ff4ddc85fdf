#include "mail/base/run_program.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

using How = ProgramEnd::How;
using namespace std::chrono_literals;

Program shell(const std::string& script, std::vector<std::string> arguments = {}) {
    Program program{"sh", {"-c", script, "sh"}, "/", {}};
    for (std::string& argument : arguments)
        program.arguments.push_back(std::move(argument));
    return program;
}

ProgramEnd run(const Program& program, const Wait& wait = {}) {
    auto end = run_program(program, wait);
    EXPECT_TRUE(end) << end.error().fact("reason");
    return end.value_or(ProgramEnd{How::crashed, -1, "", ""});
}

/// Ends when nobody has the pipe open for writing any more.
void read_to_end(int pipe) {
    char octet = 0;
    while (read(pipe, &octet, 1) > 0) {
    }
    close(pipe);
}

}  // namespace

TEST(RunProgram, tells_how_it_ended_and_what_it_said) {
    const ProgramEnd good = run(shell("echo out; echo err >&2"));
    EXPECT_EQ(good.how, How::exited);
    EXPECT_EQ(good.code, 0);
    EXPECT_EQ(good.output, "out\n");
    EXPECT_EQ(good.errors, "err\n");
    EXPECT_EQ(run(shell("exit 15")).code, 15);
    const ProgramEnd crash = run(shell("kill -SEGV $$"));
    EXPECT_EQ(crash.how, How::crashed);
    EXPECT_EQ(crash.code, SIGSEGV);
}

TEST(RunProgram, gives_each_argument_as_it_is) {
    const std::vector<std::string> odd{"", "a b", "-rf", "$(touch x)", "'\"`;&|", "ąż\n€", "*"};
    EXPECT_EQ(run(shell(R"(for word; do printf '<%s>' "$word"; done)", odd)).output,
              "<><a b><-rf><$(touch x)><'\"`;&|><ąż\n€><*>");
}

TEST(RunProgram, works_in_its_folder) {
    const fakes::ScratchFolder folder;
    Program program = shell("echo here > file; pwd -P");
    program.folder = folder.path();
    EXPECT_EQ(run(program).code, 0);
    EXPECT_EQ(access((folder / "file").c_str(), F_OK), 0);
}

TEST(RunProgram, hands_on_no_variable_that_may_be_a_secret) {
    setenv("MAILPOINT_TEST_PASSWORD", "secret", 1);
    Program program = shell("env");
    program.environment = {{"TMPDIR", "/elsewhere"}, {"OWN", "1"}};
    const std::string words = "\n" + run(program).output;
    unsetenv("MAILPOINT_TEST_PASSWORD");
    EXPECT_EQ(words.find("secret"), std::string::npos) << words;
    EXPECT_NE(words.find("\nPATH="), std::string::npos) << words;
    EXPECT_NE(words.find("\nTMPDIR=/elsewhere\n"), std::string::npos) << words;
    EXPECT_NE(words.find("\nOWN=1\n"), std::string::npos) << words;
    EXPECT_TRUE(is_handed_on("LC_CTYPE"));
    EXPECT_FALSE(is_handed_on("https_proxy"));
}

TEST(RunProgram, hands_on_no_descriptor) {
    const int ours = open("/dev/null", O_RDONLY);
    ASSERT_GE(ours, 3);
    ASSERT_LE(ours, 9) << "a shell can name no other";
    EXPECT_EQ(run(shell("true <&0")).code, 0);
    EXPECT_NE(run(shell("true <&" + std::to_string(ours))).code, 0);
    close(ours);
}

TEST(RunProgram, has_nothing_to_read) {
    EXPECT_EQ(run(shell("cat; exit 3")).code, 3);
}

TEST(RunProgram, keeps_only_the_last_words_of_a_gigabyte) {
    Program program = shell("head -c 1000000000 /dev/zero; echo end; head -c 9000 /dev/zero >&2");
    program.words_kept = 100;
    const ProgramEnd end = run(program);
    EXPECT_EQ(end.code, 0);
    EXPECT_EQ(end.output, std::string(96, '\0') + "end\n");
    EXPECT_EQ(end.errors, std::string(100, '\0'));
}

TEST(RunProgram, is_ended_with_all_that_it_started_when_its_time_is_over) {
    const fakes::ScratchFolder folder;
    const std::string held = folder / "held";
    ASSERT_EQ(mkfifo(held.c_str(), 0600), 0);
    const int pipe = open(held.c_str(), O_RDONLY | O_NONBLOCK);
    ASSERT_GE(pipe, 0);
    const ProgramEnd end =
        run(shell("exec 9>\"$1\"; echo begun; sleep 1000 & (sleep 1000) & wait", {held}),
            Wait::for_at_most(300ms));
    EXPECT_EQ(end.how, How::out_of_time);
    EXPECT_EQ(end.output, "begun\n");
    ASSERT_EQ(fcntl(pipe, F_SETFL, 0), 0);
    read_to_end(pipe);
}

TEST(RunProgram, leaves_nothing_running_that_it_started) {
    const fakes::ScratchFolder folder;
    const std::string held = folder / "held";
    ASSERT_EQ(mkfifo(held.c_str(), 0600), 0);
    const int pipe = open(held.c_str(), O_RDONLY | O_NONBLOCK);
    ASSERT_GE(pipe, 0);
    EXPECT_EQ(run(shell("exec 9>\"$1\"; sleep 1000 & exit 3", {held})).code, 3);
    ASSERT_EQ(fcntl(pipe, F_SETFL, 0), 0);
    read_to_end(pipe);
}

TEST(RunProgram, is_ended_by_force_where_it_does_not_listen) {
    const ProgramEnd end =
        run(shell("trap '' TERM; echo begun; while :; do sleep 1; done"), Wait::for_at_most(300ms));
    EXPECT_EQ(end.how, How::out_of_time);
    EXPECT_EQ(end.code, SIGKILL);
}

TEST(RunProgram, is_ended_when_it_is_stopped) {
    const fakes::ScratchFolder folder;
    StopSource stop;
    // It is stopped once it is known to run.
    const std::string begun = folder / "begun";
    ASSERT_EQ(mkfifo(begun.c_str(), 0600), 0);
    std::jthread stopper([&] {
        read_to_end(open(begun.c_str(), O_RDONLY));
        stop.request_stop();
    });
    const ProgramEnd end = run(shell("echo >\"$1\"; exec sleep 1000", {begun}),
                               Wait{Clock::time_point::max(), stop.get_token()});
    EXPECT_EQ(end.how, How::stopped);
    EXPECT_EQ(end.code, SIGTERM);
}

TEST(RunProgram, does_not_wait_for_what_has_left_its_group) {
    // The stray has our pipes open until it is let go, which is after the program's end.
    const fakes::ScratchFolder folder;
    const std::string gate = folder / "gate";
    ASSERT_EQ(mkfifo(gate.c_str(), 0600), 0);
    const std::string stray = R"(setsid sh -c 'echo $$ >"$1.pid"; read x <"$1"' sh "$1" & )"
                              R"(while ! test -s "$1.pid"; do :; done; exit 3)";
    const ProgramEnd end = run(shell(stray, {gate}), Wait::for_at_most(60s));
    EXPECT_EQ(end.how, How::exited);
    EXPECT_EQ(end.code, 3);
    close(open(gate.c_str(), O_WRONLY));
}

TEST(RunProgram, says_what_it_can_t_start) {
    const fakes::ScratchFolder folder;
    const auto cause = [](const Program& program) {
        const auto end = run_program(program, {});
        EXPECT_FALSE(end);
        return end ? Cause::internal : end.error().cause;
    };
    EXPECT_EQ(cause({"no-such-program-anywhere", {}, "/", {}}), Cause::file_not_found);
    EXPECT_EQ(cause({folder / "none", {}, "/", {}}), Cause::file_not_found);
    std::ofstream(folder / "text") << "no program";
    EXPECT_EQ(cause({folder / "text", {}, "/", {}}), Cause::no_permission_there);
    EXPECT_EQ(chmod((folder / "text").c_str(), 0700), 0);
    EXPECT_EQ(cause({folder / "text", {}, "/", {}}), Cause::no_permission_there);
    EXPECT_EQ(cause({"true", {}, folder / "none", {}}), Cause::folder_not_found);
}

TEST(LastWords, are_the_last_however_they_come) {
    for (const std::size_t piece : {1U, 3U, 7U, 100U}) {
        LastWords words(5);
        const std::string text = "abcdefghijklmnopqrstuvwxyz";
        for (std::size_t at = 0; at < text.size(); at += piece)
            words.add(std::string_view(text).substr(at, piece));
        EXPECT_EQ(words.text(), "vwxyz");
    }
    LastWords few(5);
    few.add("ab");
    EXPECT_EQ(few.text(), "ab");
}

}  // namespace mail
