#include "tests/bench/report.h"

#include <algorithm>
#include <cstdio>

namespace bench {

namespace {

template <class Value>
Value middle(std::vector<Value> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <class Get>
auto median_of(const std::vector<Measured>& runs, Get get) {
    std::vector<decltype(get(runs.front()))> values;
    for (const Measured& run : runs)
        values.push_back(get(run));
    return middle(std::move(values));
}

double megabytes(std::uint64_t octets) {
    return static_cast<double>(octets) / 1e6;
}

}  // namespace

Measured median(const std::vector<Measured>& runs) {
    Measured all;
    all.wall_seconds = median_of(runs, [](const Measured& run) { return run.wall_seconds; });
    all.cpu_seconds = median_of(runs, [](const Measured& run) { return run.cpu_seconds; });
    all.peak_octets = median_of(runs, [](const Measured& run) { return run.peak_octets; });
    all.wire.waits = median_of(runs, [](const Measured& run) { return run.wire.waits; });
    all.wire.octets_from_client =
        median_of(runs, [](const Measured& run) { return run.wire.octets_from_client; });
    all.wire.octets_from_server =
        median_of(runs, [](const Measured& run) { return run.wire.octets_from_server; });
    all.wire.connections =
        median_of(runs, [](const Measured& run) { return run.wire.connections; });
    return all;
}

void print_figures(const std::string& title, const Figures& figures) {
    std::printf("\n%s\n%-12s %8s %6s %8s %6s %9s %6s %10s %11s\n", title.c_str(), "", "wall s", "x",
                "CPU s", "x", "peak MB", "waits", "sent B", "received B");
    const Measured& limit = figures.front().second;
    for (const auto& [name, one] : figures)
        std::printf("%-12s %8.3f %6.2f %8.3f %6.2f %9.1f %6llu %10llu %11llu\n", name.c_str(),
                    one.wall_seconds, one.wall_seconds / limit.wall_seconds, one.cpu_seconds,
                    one.cpu_seconds / limit.cpu_seconds, megabytes(one.peak_octets),
                    static_cast<unsigned long long>(one.wire.waits),
                    static_cast<unsigned long long>(one.wire.octets_from_client),
                    static_cast<unsigned long long>(one.wire.octets_from_server));
    std::fflush(stdout);
}

void Targets::at_most(const std::string& what, double measured, double limit) {
    const bool held = measured <= limit;
    missed_ += held ? 0 : 1;
    std::printf("  %s  %-44s %12.2f  (at most %.2f)\n", held ? "PASS" : "MISS", what.c_str(),
                measured, limit);
    std::fflush(stdout);
}

}  // namespace bench
