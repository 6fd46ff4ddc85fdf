#include "app/commands/printed.h"

#include <cerrno>
#include <cstdio>

namespace app {

namespace {

int first_error = 0;

}  // namespace

void print(const std::string& result) {
    errno = 0;
    const bool written = std::fwrite(result.data(), 1, result.size(), stdout) == result.size() &&
                         std::fflush(stdout) == 0;
    if (!written && first_error == 0)
        first_error = errno != 0 ? errno : EIO;
}

int output_error() {
    return first_error;
}

void say(const std::string& line) {
    std::fprintf(stderr, "%s\n", line.c_str());
}

}  // namespace app
