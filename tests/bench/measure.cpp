// measure RESULT-FILE COMMAND…: runs the command and writes "wall-s cpu-s peak-KiB exit-code".
// Apart from the bench, because a process begins with the peak memory of the one that started it.

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char** environ;

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** words) {
    if (count < 3)
        return 2;
    const auto begun = std::chrono::steady_clock::now();
    pid_t pid = 0;
    if (posix_spawnp(&pid, words[2], nullptr, nullptr, words + 2, environ) != 0)
        return 127;
    int status = 0;
    rusage used{};
    if (wait4(pid, &status, 0, &used) != pid)
        return 127;
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    std::ofstream(words[1]) << wall.count() << ' '
                            << seconds(used.ru_utime) + seconds(used.ru_stime) << ' '
                            << used.ru_maxrss << ' ' << code << '\n';
    return code;
}
