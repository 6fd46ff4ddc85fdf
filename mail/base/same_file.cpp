#include "mail/base/same_file.h"

#include <filesystem>
#include <string>

namespace mail {

namespace {

std::filesystem::path to_native(std::string_view path) {
    return {std::u8string(path.begin(), path.end())};
}

}  // namespace

bool same_file(std::string_view one, std::string_view other) {
    std::error_code error;
    const bool same = std::filesystem::equivalent(to_native(one), to_native(other), error);
    return same && !error;
}

}  // namespace mail
