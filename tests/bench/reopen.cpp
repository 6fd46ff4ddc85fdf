// A mailbox that was listed before is opened again with ten new mails: how long until its first
// rows are there and until it is up to date, what goes over the wire for that, and what the program
// costs while nothing happens then. Beside the limits that we have set ourselves. MESSAGES as an
// argument: other than 100,000.

#include <sys/resource.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <mutex>

#include "mail/engine.h"
#include "tests/bench/mailboxes.h"
#include "tests/bench/report.h"
#include "tests/servers/dovecot.h"
#include "tests/servers/process.h"
#include "tests/servers/relay.h"

namespace bench {
namespace {

using namespace std::chrono_literals;
using servers::Dovecot;
using Time = std::chrono::steady_clock;

constexpr const char* login = "reopen";
constexpr int new_messages = 10;
constexpr auto idle_for = 30s;
constexpr auto settles_in = 3s;

double seconds(Time::duration time) {
    return std::chrono::duration<double>(time).count();
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

std::size_t rows_of(const mail::Snapshot& snapshot) {
    const mail::PointView* point = snapshot.point("reopen");
    std::size_t rows = 0;
    if (point != nullptr && point->mailbox)
        for (const auto& chunk : point->mailbox->chunks)
            rows += chunk->size();
    return rows;
}

/// The program without its window.
class Program {
public:
    Program(const std::filesystem::path& folder, std::uint16_t port) : began_(Time::now()) {
        mail::Engine::Guest guest;
        guest.point.id = guest.point.name = "reopen";
        guest.point.connection.server = "127.0.0.1";
        guest.point.connection.port = port;
        guest.point.connection.encryption = mail::net::Encryption::none;
        guest.point.connection.login = login;
        guest.password = mail::Secret(Dovecot::password);
        auto workspace =
            mail::point::Workspace::open(mail::real_disk(), (folder / "workspace").string());
        mail::Engine::Setup setup{
            std::move(*workspace), mail::memory_secret_store(), {std::move(guest)}, "bench"};
        setup.keeps_lists_of = "bench";
        setup.keeps_live = true;
        engine_ = std::move(*mail::Engine::start(std::move(setup), [this] {
            ++changes_;
            const std::scoped_lock lock(mutex_);
            changed_.notify_all();
        }));
        job_ = engine_->post(mail::OpenPoint{"reopen"});
    }

    /// Seconds from the start.
    double until_first_rows() {
        return until([](const mail::Snapshot& now) { return rows_of(now) > 0; });
    }
    double until_up_to_date() {
        const double time = until([&](const mail::Snapshot& now) {
            const mail::JobView* job = now.job(job_);
            return job != nullptr && job->has_ended();
        });
        const auto snapshot = engine_->snapshot();
        if (const mail::JobView* job = snapshot->job(job_);
            job->state != mail::JobView::State::done) {
            std::printf("no figure: %s\n",
                        std::string(name_of(job->error.value_or(mail::Error{}).cause)).c_str());
            std::exit(1);
        }
        return time;
    }
    [[nodiscard]] std::size_t rows() const { return rows_of(*engine_->snapshot()); }
    [[nodiscard]] int changes() const { return changes_; }

private:
    template <class Holds>
    double until(const Holds& holds) {
        std::unique_lock lock(mutex_);
        while (!holds(*engine_->snapshot()))
            changed_.wait_for(lock, 1ms);
        return seconds(Time::now() - began_);
    }

    Time::time_point began_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<int> changes_ = 0;
    std::unique_ptr<mail::Engine> engine_;
    mail::JobId job_ = 0;
};

int run(Dovecot& dovecot, int messages) {
    servers::TemporaryFolder folder;
    const std::chrono::sys_seconds received =
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 3};
    const auto put = [&](const std::string& raw) { dovecot.append(login, "INBOX", raw, received); };
    many(messages, put);
    servers::Relay relay(dovecot.clear_port(), {});
    const auto octets = [&relay] {
        const servers::Relay::Counts counts = relay.counts();
        return static_cast<double>(counts.octets_from_client + counts.octets_from_server);
    };
    {
        Program first(folder.path(), relay.port());
        std::printf("%d messages: listed in %.2f s the first time, ", messages,
                    first.until_up_to_date());
    }
    const double before = octets();
    std::printf("%.1f MB on the wire\n", before / 1e6);
    many(new_messages, put);
    Targets targets;
    {
        Program again(folder.path(), relay.port());
        targets.at_most("ms to the first rows", again.until_first_rows() * 1e3, 100);
        std::printf("  up to date after %.0f ms\n", again.until_up_to_date() * 1e3);
        if (again.rows() != static_cast<std::size_t>(messages + new_messages)) {
            std::printf("no figure: %zu rows\n", again.rows());
            return 1;
        }
        std::this_thread::sleep_for(settles_in);
        const double cpu = cpu_seconds();
        const int changes = again.changes();
        std::this_thread::sleep_for(idle_for);
        targets.at_most("per cent of a processor while idle",
                        (cpu_seconds() - cpu) / seconds(idle_for) * 100, 0.1);
        targets.at_most("changes to draw while idle", again.changes() - changes, 0);
    }
    targets.at_most("KB on the wire, login and all", (octets() - before) / 1024, 30);
    return targets.missed() == 0 ? 0 : 1;
}

}  // namespace
}  // namespace bench

int main(int count, char** words) {
    const int messages = count > 1 ? std::max(1, std::atoi(words[1])) : bench::listed_messages;
    servers::Dovecot::Options server;
    server.more_configuration = "mail_fsync = never";
    auto dovecot = servers::Dovecot::start(server);
    if (!dovecot) {
        std::cerr << dovecot.error() << "\n";
        return 1;
    }
    return bench::run(**dovecot, messages);
}
