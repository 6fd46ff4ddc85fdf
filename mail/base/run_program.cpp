#include "mail/base/run_program.h"

#include <algorithm>
#include <array>

#include "mail/base/ascii.h"

namespace mail {

bool is_handed_on(std::string_view variable) {
    // The second half is what programs on Windows don't start without.
    static constexpr std::array<std::string_view, 33> known{"path",
                                                            "home",
                                                            "user",
                                                            "logname",
                                                            "lang",
                                                            "language",
                                                            "tz",
                                                            "tmpdir",
                                                            "shell",
                                                            "term",
                                                            "ld_library_path",
                                                            "dyld_library_path",
                                                            "xdg_data_home",
                                                            "xdg_config_home",
                                                            "xdg_cache_home",
                                                            "xdg_data_dirs",
                                                            "tessdata_prefix",
                                                            "omp_thread_limit",
                                                            "omp_num_threads",
                                                            "systemroot",
                                                            "windir",
                                                            "systemdrive",
                                                            "comspec",
                                                            "pathext",
                                                            "temp",
                                                            "tmp",
                                                            "userprofile",
                                                            "username",
                                                            "appdata",
                                                            "localappdata",
                                                            "programdata",
                                                            "programfiles",
                                                            "programfiles(x86)"};
    const std::string name = lower_case(variable);
    return name.starts_with("lc_") || std::ranges::find(known, name) != known.end();
}

void LastWords::add(std::string_view raw) {
    if (raw.size() > limit_)
        raw.remove_prefix(raw.size() - limit_);
    kept_.append(raw);
    if (kept_.size() > 2 * limit_)
        kept_.erase(0, kept_.size() - limit_);
}

std::string LastWords::text() const {
    return kept_.size() > limit_ ? kept_.substr(kept_.size() - limit_) : kept_;
}

}  // namespace mail
