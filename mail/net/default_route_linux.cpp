#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "mail/net/default_route.h"

namespace mail::net {

namespace {

/// The fields of each line of one of the kernel's tables.
template <class Take>
void read_table(const char* path, const Take& take) {
    std::ifstream table(path);
    for (std::string line; std::getline(table, line);) {
        std::istringstream words(line);
        std::vector<std::string> fields;
        for (std::string word; words >> word;)
            fields.push_back(std::move(word));
        take(fields);
    }
}

bool is_zero(const std::string& hex) {
    return hex.find_first_not_of('0') == std::string::npos;
}

}  // namespace

std::string default_routes() {
    std::set<std::string> routes;
    // Iface Destination Gateway Flags RefCnt Use Metric Mask …
    read_table("/proc/net/route", [&](const std::vector<std::string>& fields) {
        if (fields.size() >= 8 && is_zero(fields[1]) && is_zero(fields[7]))
            routes.insert(fields[0] + " " + fields[2]);
    });
    // destination, its prefix, source, its prefix, next hop, metric, references, uses, flags,
    // device
    read_table("/proc/net/ipv6_route", [&](const std::vector<std::string>& fields) {
        if (fields.size() >= 10 && is_zero(fields[0]) && is_zero(fields[1]) && fields[9] != "lo")
            routes.insert(fields[9] + " " + fields[4]);
    });
    std::string all;
    for (const std::string& route : routes)
        all += route + "\n";
    return all;
}

}  // namespace mail::net
