// Holds every #include of the program to the table in docs/architecture.md, so that page and code
// cannot drift apart.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path root = MAILPOINT_SOURCE_DIR;

/// One row of the table. A path with a `/` at its end is a folder.
struct Grant {
    std::set<std::string> paths;
    std::set<std::string> libraries;
};
using Table = std::map<std::string, Grant>;

struct Include {
    std::string file;  ///< from the root
    int line = 0;
    std::string header;
    bool quoted = false;

    [[nodiscard]] std::string where() const { return file + ":" + std::to_string(line); }
};

std::set<std::string> in_backticks(const std::string& cell) {
    static const std::regex quoted{"`([^`]+)`"};
    std::set<std::string> found;
    for (std::sregex_iterator it{cell.begin(), cell.end(), quoted}, end; it != end; ++it)
        found.insert((*it)[1]);
    return found;
}

Table read_table() {
    static const std::regex row{R"(\|([^|]+)\|([^|]*)\|([^|]*)\|)"};
    std::ifstream page{root / "docs/architecture.md"};
    Table table;
    bool inside = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## "))
            inside = line == "## Who may include what";
        std::smatch cells;
        if (!inside || !std::regex_match(line, cells, row))
            continue;
        for (const auto& module : in_backticks(cells[1]))
            table[module] = {in_backticks(cells[2]), in_backticks(cells[3])};
    }
    return table;
}

bool is_source(const fs::path& path) {
    static const std::set<std::string> extensions{".h", ".cpp", ".def"};
    return extensions.contains(path.extension().string());
}

std::vector<Include> read_includes() {
    static const std::regex directive{R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)"};
    std::vector<Include> includes;
    for (const auto* top : {"app", "gui", "mail"}) {
        for (const auto& entry : fs::recursive_directory_iterator{root / top}) {
            if (!entry.is_regular_file() || !is_source(entry.path()))
                continue;
            const auto file = entry.path().lexically_relative(root).generic_string();
            std::ifstream source{entry.path()};
            int number = 0;
            for (std::string line; std::getline(source, line);) {
                ++number;
                std::smatch parts;
                if (std::regex_match(line, parts, directive))
                    includes.push_back({file, number, parts[2], parts[1] == "\""});
            }
        }
    }
    return includes;
}

/// The module that a file belongs to: the row with the longest fitting folder.
std::string module_of(const Table& table, std::string_view file) {
    std::string longest;
    for (const auto& [module, grant] : table) {
        if (file.starts_with(module) && module.size() > longest.size())
            longest = module;
    }
    return longest;
}

/// Which library a header is of, "" if of none of ours.
std::string library_of(std::string_view header) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> prefixes{{
        {"tl/", "expected"},
        {"openssl/", "openssl"},
        {"curl/", "curl"},
        {"ares", "cares"},
        {"pugixml", "pugixml"},
        {"nlohmann/", "json"},
        {"mimetic/", "mimetic"},
        {"sqlite3", "sqlite"},
        {"imgui", "imgui"},
        {"imstb", "imgui"},
        {"GLFW/", "glfw"},
        {"glad/", "glad"},
        {"putty.h", "putty"},
        {"spng.h", "spng"},
        {"jpeglib.h", "jpeg"},
        {"jerror.h", "jpeg"},
        {"webp/", "webp"},
    }};
    for (const auto& [prefix, library] : prefixes) {
        if (header.starts_with(prefix))
            return std::string{library};
    }
    return {};
}

bool named_for_a_system(std::string_view file) {
    const auto stem = fs::path{file}.stem().string();
    static constexpr std::array<std::string_view, 5> systems{"_posix", "_unix", "_linux", "_macos",
                                                             "_windows"};
    return std::any_of(systems.begin(), systems.end(),
                       [&](std::string_view system) { return stem.ends_with(system); });
}

TEST(Layers, every_include_of_ours_is_granted_by_the_table) {
    const auto table = read_table();
    ASSERT_GE(table.size(), 10U) << "the table of docs/architecture.md was not found";
    for (const auto& include : read_includes()) {
        if (!include.quoted)
            continue;
        const auto from = module_of(table, include.file);
        const auto to = module_of(table, include.header);
        EXPECT_FALSE(from.empty()) << include.where() << ": no row of the table covers this file";
        EXPECT_FALSE(to.empty()) << include.where() << ": \"" << include.header
                                 << "\" is not written from the root";
        if (from.empty() || to.empty() || from == to)
            continue;
        const auto& granted = table.at(from).paths;
        EXPECT_TRUE(granted.contains(to) || granted.contains(include.header))
            << include.where() << ": " << from << " may not include " << include.header;
    }
}

TEST(Layers, a_library_is_included_by_its_module_only) {
    const auto table = read_table();
    for (const auto& include : read_includes()) {
        const auto library = library_of(include.header);
        if (include.quoted || library.empty())
            continue;
        const auto module = module_of(table, include.file);
        ASSERT_FALSE(module.empty()) << include.where();
        EXPECT_TRUE(table.at(module).libraries.contains(library) || library == "expected")
            << include.where() << ": " << module << " may not include " << library;
    }
}

TEST(Layers, a_header_that_includes_a_library_is_its_modules_own) {
    const auto table = read_table();
    const auto includes = read_includes();
    std::set<std::string> carriers;
    for (const auto& include : includes) {
        const auto library = include.quoted ? std::string{} : library_of(include.header);
        if (!library.empty() && library != "expected" && !include.file.ends_with(".cpp"))
            carriers.insert(include.file);
    }
    for (const auto& include : includes) {
        EXPECT_TRUE(!carriers.contains(include.header) ||
                    module_of(table, include.file) == module_of(table, include.header))
            << include.where() << ": " << include.header << " brings its library along";
    }
}

TEST(Layers, headers_of_a_system_are_included_only_in_files_named_for_it) {
    for (const auto& include : read_includes()) {
        const bool standard = include.header.find_first_of("./") == std::string::npos;
        if (include.quoted || standard || !library_of(include.header).empty())
            continue;
        EXPECT_TRUE(named_for_a_system(include.file)) << include.where() << ": <" << include.header
                                                      << "> belongs into a _posix or _windows file";
    }
}

TEST(Layers, every_row_is_a_folder_and_every_folder_of_mail_has_a_row) {
    const auto table = read_table();
    for (const auto& [module, grant] : table) {
        EXPECT_TRUE(fs::is_directory(root / module)) << module;
        for (const auto& path : grant.paths)
            EXPECT_TRUE(fs::exists(root / path)) << module << " is granted " << path;
    }
    for (const auto& entry : fs::directory_iterator{root / "mail"}) {
        const auto row = "mail/" + entry.path().filename().string() + "/";
        EXPECT_TRUE(!entry.is_directory() || table.contains(row)) << row << " has no row";
    }
}

TEST(Layers, the_table_has_no_cycle) {
    const auto table = read_table();
    std::map<std::string, std::set<std::string>> above;
    for (const auto& [module, grant] : table) {
        for (const auto& path : grant.paths)
            above[module].insert(module_of(table, path));
    }
    // What depends on nothing that is left is taken away, until nothing is left or a cycle is.
    std::set<std::string> done;
    for (std::size_t before = table.size() + 1; done.size() != before;) {
        before = done.size();
        for (const auto& [module, grant] : table) {
            const auto& needs = above[module];
            if (std::includes(done.begin(), done.end(), needs.begin(), needs.end()))
                done.insert(module);
        }
    }
    for (const auto& [module, grant] : table)
        EXPECT_TRUE(done.contains(module)) << module << " is part of a cycle or leads to one";
}

TEST(Layers, every_file_that_the_page_names_is_there) {
    std::ifstream page{root / "docs/architecture.md"};
    const std::string text{std::istreambuf_iterator<char>{page}, {}};
    for (const auto& quoted : in_backticks(text)) {
        const bool path = quoted.starts_with("mail/") || quoted.starts_with("gui/") ||
                          quoted.starts_with("app/") || quoted.starts_with("tests/");
        const bool plain = quoted.find_first_of(" <>\n*") == std::string::npos;
        EXPECT_TRUE(!path || !plain || fs::exists(root / quoted)) << quoted;
    }
}

}  // namespace
