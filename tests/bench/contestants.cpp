#include "tests/bench/contestants.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <unistd.h>

#include "tests/servers/process.h"

namespace bench {

namespace {

void write_point(const std::filesystem::path& file, std::uint16_t port, const Account& account) {
    std::ofstream(file) << R"({"version":1,"type":"mailbox","name":"Bench",)"
                        << R"("connection":{"server":"127.0.0.1","port":)" << port
                        << R"(,"encryption":"none","login":")" << account.login << R"("}})";
}

}  // namespace

Measured run_once(const Contestant& contestant, const Account& account, const Wire& wire,
                  const std::filesystem::path& folder) {
    servers::Relay relay(account.server_port, {.one_way = wire.round_trip / 2,
                                               .octets_per_second = wire.octets_per_second,
                                               .hide_binary = !wire.binary,
                                               .before_server_hears = {}});
    // A new one each time: where many files were removed a moment ago, ext4 is slow to make others.
    static int runs = 0;
    const std::filesystem::path own = folder / ("run" + std::to_string(++runs));
    std::filesystem::create_directories(own / "out");
    std::filesystem::create_directories(own / "workspace");
    const std::filesystem::path workspace =
        contestant.kept_workspace.empty() ? own / "workspace" : contestant.kept_workspace;
    // What was taken is remembered under the definition's path.
    const std::filesystem::path point = workspace.string() + ".json";
    write_point(point, relay.port(), account);
    const std::map<std::string, std::string> holes{{"{port}", std::to_string(relay.port())},
                                                   {"{out}", (own / "out").string()},
                                                   {"{workspace}", workspace.string()},
                                                   {"{point}", point.string()}};
    std::vector<std::string> command{BENCH_MEASURE, (own / "measured").string()};
    for (const std::string& word : contestant.command) {
        const auto hole = holes.find(word);
        command.push_back(hole == holes.end() ? word : hole->second);
    }
    servers::Process process(command, own / "said");
    Measured measured;
    std::uint64_t peak_kib = 0;
    int code = process.exit_code();
    std::ifstream(own / "measured") >> measured.wall_seconds >> measured.cpu_seconds >> peak_kib;
    if (code != 0) {
        std::cerr << contestant.name << " ended with " << code << ": "
                  << servers::text_of(own / "said").substr(0, 2000) << "\n";
        std::exit(1);
    }
    measured.peak_octets = peak_kib << 10U;
    measured.wire = relay.counts();
    // What this one left to be written must not be in the way of the next.
    ::sync();
    return measured;
}

}  // namespace bench
