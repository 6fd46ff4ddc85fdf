// A limit of a real server: Dovecot that lets each login in once. The program waits for the place
// to become free, with few tries, and then does its work.

#include <chrono>
#include <fstream>
#include <future>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/program.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/other_session.h"

namespace servers {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;

std::size_t refusals_in(const std::string& log) {
    std::size_t count = 0;
    for (std::size_t at = log.find("Maximum number of connections"); at != std::string::npos;
         at = log.find("Maximum number of connections", at + 1))
        ++count;
    return count;
}

TEST(LimitOfDovecot, the_one_place_is_waited_for_with_few_tries) {
    auto started = Dovecot::start({.more_configuration = "mail_max_userip_connections = 1"});
    ASSERT_TRUE(started) << started.error();
    Dovecot& dovecot = **started;
    dovecot.append("ala", "INBOX", "Subject: x\n\ntext\n",
                   std::chrono::sys_days{std::chrono::year{2026} / 11 / 3});
    const mail::fakes::ScratchFolder scratch;
    std::ofstream(scratch / "point.json") << Json{{"version", 1},
                                                  {"type", "mailbox"},
                                                  {"name", "Faktury"},
                                                  {"connection",
                                                   {{"server", "127.0.0.1"},
                                                    {"port", dovecot.clear_port()},
                                                    {"encryption", "none"},
                                                    {"login", "ala"}}}};
    auto other =
        std::make_unique<OtherSession>(dovecot.clear_port(), "ala", std::string(Dovecot::password));
    auto listed = std::async(std::launch::async, [&] {
        return program::run({"list", "--json", "--point", scratch / "point.json", "--workspace",
                             scratch / "workspace"},
                            {{"MAILPOINT_PASSWORD", Dovecot::password}});
    });
    const auto give_up = std::chrono::steady_clock::now() + 60s;
    while (refusals_in(dovecot.log()) == 0 && std::chrono::steady_clock::now() < give_up)
        std::this_thread::sleep_for(50ms);
    EXPECT_EQ(listed.wait_for(1s), std::future_status::timeout) << "it did not wait";
    other->command("LOGOUT");
    other.reset();
    const auto outcome = listed.get();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.error << dovecot.log();
    EXPECT_EQ(Json::parse(outcome.out).at("messages").size(), 1U);
    EXPECT_GE(refusals_in(dovecot.log()), 1U);
    EXPECT_LE(refusals_in(dovecot.log()), 3U);
}

}  // namespace
}  // namespace servers
