// The program beside the least that must be done (bare_reader) and beside what people script
// (whole_mails.py), in one run, through a relay that delays and counts. Medians of alternating
// runs.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "tests/bench/contestants.h"
#include "tests/bench/mailboxes.h"
#include "tests/bench/report.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/other_session.h"
#include "tests/servers/process.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using servers::Dovecot;

struct Options {
    int rounds = 5;
    std::string only;
    int messages = listed_messages;
    std::vector<std::string> under;  ///< "perf record -o FILE": what the program is run under
};

class Bench {
public:
    Bench(Dovecot& dovecot, Options options) : dovecot_(dovecot), options_(std::move(options)) {}

    void take() {
        fill("take", [](const Take& put) { attachments(put); });
        const std::filesystem::path plan = folder_.path() / "plan";
        std::ofstream(plan) << plan_for_attachments();
        for (const Wire& wire :
             {Wire{0ms, true}, Wire{40ms, true}, Wire{0ms, false}, Wire{40ms, false}}) {
            const auto figures = measure(
                "take", wire,
                {bare("take", {wire.binary ? "take" : "take-encoded", plan.string(), "{out}"}),
                 program({"run", "--out", "{out}"}), script("take", {"take", "{out}"})});
            print_figures(title("200 messages, 349 attachments, 62.5 MB", wire), figures);
            const Measured& limit = figures[0].second;
            const Measured& ours = figures[1].second;
            targets_.at_most("waits", static_cast<double>(ours.wire.waits), 8);
            targets_.at_most("MB received", static_cast<double>(ours.wire.octets_from_server) / 1e6,
                             wire.binary ? 63 : 87);
            targets_.at_most("CPU, of the bare reader's", ours.cpu_seconds / limit.cpu_seconds, 2);
            targets_.at_most("wall, of the bare reader's", ours.wall_seconds / limit.wall_seconds,
                             1.25);
        }
    }

    void list() {
        fill("list", [this](const Take& put) { many(options_.messages, put); });
        for (const Wire& wire : {Wire{0ms, true}, Wire{40ms, true}}) {
            const auto figures =
                measure("list", wire,
                        {bare("list", {"list"}), program({"list"}), script("list", {"list"})});
            print_figures(title(std::to_string(options_.messages) + " messages listed", wire),
                          figures);
            const Measured& ours = figures[1].second;
            targets_.at_most("waits", static_cast<double>(ours.wire.waits), 8);
            targets_.at_most("wall, of the bare reader's",
                             ours.wall_seconds / figures[0].second.wall_seconds, 1.25);
            targets_.at_most("CPU s", ours.cpu_seconds, 1.5);
            targets_.at_most("peak MB", static_cast<double>(ours.peak_octets) / 1e6, 250);
        }
    }

    void again() {
        fill("take", [](const Take& put) { attachments(put); });
        Contestant ours = program({"run", "--out", "{out}"});
        ours.kept_workspace = folder_.path() / "kept";
        static_cast<void>(run_once(ours, account("take"), {}, folder_.path()));
        for (const Wire& wire : {Wire{0ms, true}, Wire{40ms, true}}) {
            const auto figures = measure("take", wire, {ours});
            print_figures(title("the same again, with nothing new", wire), figures);
            const auto& counted = figures[0].second.wire;
            targets_.at_most("waits", static_cast<double>(counted.waits), 4);
            targets_.at_most(
                "octets on the wire",
                static_cast<double>(counted.octets_from_client + counted.octets_from_server), 1500);
        }
    }

    void large_one() {
        for (const Wire& wire : {Wire{0ms, true}, Wire{0ms, false}}) {
            const std::string login = fill_large(large_octets);
            const auto figures =
                measure(login, wire,
                        {bare(login, take_large(wire.binary ? "take" : "take-encoded")),
                         program({"run", "--out", "{out}"}), script(login, {"take", "{out}"})});
            print_figures(title("one attachment of 200 MB", wire), figures);
            targets_.at_most("peak MB", static_cast<double>(figures[1].second.peak_octets) / 1e6,
                             32);
        }
    }

    /// Where the server's decoding pays: mail/imap/part_transfer.cpp chooses by size.
    void decoded_or_as_stored() {
        const std::uint64_t narrow = 12'500'000;  // 100 Mbit/s
        std::vector<std::pair<std::uint64_t, Wire>> all;
        for (const std::uint64_t octets : {10'000'000U, 25'000'000U, 50'000'000U, 100'000'000U})
            for (const Wire& wire : {Wire{0ms}, Wire{40ms}})
                all.emplace_back(octets, wire);
        all.emplace_back(large_octets, Wire{0ms});
        all.emplace_back(large_octets, Wire{40ms});
        all.emplace_back(25'000'000, Wire{40ms, true, narrow});
        for (const auto& [octets, wire] : all) {
            const std::string what =
                "one attachment of " + std::to_string(octets / 1'000'000) + " MB";
            const std::string login = fill_large(octets);
            Contestant binary = bare(login, take_large("take"));
            Contestant body = bare(login, take_large("take-encoded"));
            binary.name = "BINARY";
            body.name = "BODY";
            const auto figures =
                measure(login, wire, {binary, body, program({"run", "--out", "{out}"})});
            print_figures(title(what, wire), figures);
            std::printf("  wall of BINARY, of BODY's: %.2f; the program's, of the faster: %.2f\n",
                        figures[0].second.wall_seconds / figures[1].second.wall_seconds,
                        figures[2].second.wall_seconds / std::min(figures[0].second.wall_seconds,
                                                                  figures[1].second.wall_seconds));
        }
    }

    [[nodiscard]] int missed() const { return targets_.missed(); }

private:
    [[nodiscard]] Account account(const std::string& login) const {
        return {dovecot_.clear_port(), login, Dovecot::password};
    }
    template <class Make>
    void fill(const std::string& login, Make make) {
        if (!filled_.insert(login).second)
            return;
        const std::chrono::sys_seconds received =
            std::chrono::sys_days{std::chrono::year{2026} / 11 / 3};
        make([&](const std::string& raw) { dovecot_.append(login, "INBOX", raw, received); });
    }
    /// The login whose mailbox holds that one.
    [[nodiscard]] std::string fill_large(std::uint64_t octets) {
        const std::string login = "large" + std::to_string(octets / 1'000'000);
        fill(login, [&](const Take& put) { large(octets, put); });
        return login;
    }
    [[nodiscard]] std::vector<std::string> take_large(const std::string& way) const {
        const std::filesystem::path plan = folder_.path() / "large-plan";
        std::ofstream(plan) << "1 2\n";
        return {way, plan.string(), "{out}"};
    }
    [[nodiscard]] static std::string title(const std::string& job, const Wire& wire) {
        return job + ", " + std::to_string(wire.round_trip.count()) + " ms round trip" +
               (wire.binary ? "" : ", no BINARY") +
               (wire.octets_per_second == 0
                    ? ""
                    : ", " + std::to_string(wire.octets_per_second * 8 / 1'000'000) + " Mbit/s");
    }
    [[nodiscard]] static Contestant bare(const std::string& login, std::vector<std::string> more) {
        Contestant one{"bare reader", {BENCH_BARE_READER, "{port}", login, Dovecot::password}, {}};
        one.command.insert(one.command.end(), more.begin(), more.end());
        return one;
    }
    [[nodiscard]] static Contestant script(const std::string& login,
                                           std::vector<std::string> more) {
        Contestant one{
            "imaplib", {"python3", BENCH_SCRIPT, "{port}", login, Dovecot::password}, {}};
        one.command.insert(one.command.end(), more.begin(), more.end());
        return one;
    }
    [[nodiscard]] Contestant program(const std::vector<std::string>& words) const {
        Contestant one{"mailpoint", options_.under, {}};
        one.command.emplace_back(BENCH_MAILPOINT);
        one.command.insert(one.command.end(), words.begin(), words.end());
        for (const char* word : {"--point", "{point}", "--workspace", "{workspace}"})
            one.command.emplace_back(word);
        return one;
    }
    void forget_claims(const std::string& login) const {
        servers::OtherSession other(dovecot_.clear_port(), login, Dovecot::password);
        other.command("SELECT INBOX");
        other.remove_keywords("$MailpointTaken");
    }
    [[nodiscard]] Figures measure(const std::string& login, const Wire& wire,
                                  const std::vector<Contestant>& contestants) const {
        std::vector<std::vector<Measured>> runs(contestants.size());
        // The first round only warms the server's caches.
        for (int round = 0; round <= options_.rounds; ++round)
            for (std::size_t i = 0; i < contestants.size(); ++i) {
                // For a program with a new workspace, what another has taken is that one's.
                if (contestants[i].kept_workspace.empty() && login != "list")
                    forget_claims(login);
                const Measured run = run_once(contestants[i], account(login), wire, folder_.path());
                if (round > 0)
                    runs[i].push_back(run);
            }
        Figures figures;
        for (std::size_t i = 0; i < contestants.size(); ++i)
            figures.emplace_back(contestants[i].name, median(runs[i]));
        return figures;
    }

    Dovecot& dovecot_;
    Options options_;
    servers::TemporaryFolder folder_;
    std::set<std::string> filled_;
    Targets targets_;
};

Options options_of(int count, char** words) {
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string option = words[i];
        if (option == "--rounds")
            options.rounds = std::max(1, std::atoi(words[i + 1]));
        else if (option == "--only")
            options.only = words[i + 1];
        else if (option == "--messages")
            options.messages = std::max(1, std::atoi(words[i + 1]));
        else if (option == "--under") {
            std::istringstream more(words[i + 1]);
            for (std::string word; more >> word;)
                options.under.push_back(word);
        }
    }
    return options;
}

}  // namespace
}  // namespace bench

int main(int count, char** words) {
    const bench::Options options = bench::options_of(count, words);
    ::setenv("MAILPOINT_PASSWORD", servers::Dovecot::password, 1);
    servers::Dovecot::Options server;
    server.more_configuration = "mail_fsync = never";
    auto dovecot = servers::Dovecot::start(server);
    if (!dovecot) {
        std::cerr << dovecot.error() << "\n";
        return 1;
    }
    bench::Bench all(**dovecot, options);
    const auto wanted = [&](const char* name) {
        return options.only.empty() || options.only == name;
    };
    if (wanted("take"))
        all.take();
    if (wanted("again"))
        all.again();
    if (wanted("large")) {
        all.large_one();
        all.decoded_or_as_stored();
    }
    if (wanted("list"))
        all.list();
    std::printf("\n%d missed\n", all.missed());
    return all.missed() == 0 ? 0 : 1;
}
