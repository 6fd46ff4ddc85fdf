#pragma once
// Tables of promises (README.md of a folder of tests) against the tests that they name.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace mail::fakes {

inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What the first group of `pattern` matches, each time.
inline std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
        found.push_back((*at)[1].str());
    return found;
}

/// "Suite.name" of every test in the tree.
inline std::set<std::string> tests_of_the_tree() {
    std::set<std::string> names;
    const std::regex test("TEST(?:_F|_P)?\\(\\s*(\\w+),\\s*(\\w+)\\)");
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(MAILPOINT_SOURCE_DIR "/tests"))
        if (entry.path().extension() == ".cpp") {
            const std::string text = text_of(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), test), end; at != end; ++at)
                names.insert((*at)[1].str() + "." + (*at)[2].str());
        }
    return names;
}

/// The tests that each row of a table names, by what its first column says.
inline std::map<std::string, std::vector<std::string>>
tests_named_in(const std::filesystem::path& table) {
    std::map<std::string, std::vector<std::string>> named;
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
        const auto first = all_of(line, "^\\| ([^|]+?) \\|");
        if (first.empty())
            continue;
        auto& tests = named[first[0]];
        for (std::string& name : all_of(line, "`([A-Z]\\w+\\.\\w+)`"))
            tests.push_back(std::move(name));
    }
    return named;
}

}  // namespace mail::fakes
