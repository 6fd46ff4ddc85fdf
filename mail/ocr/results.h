#pragma once
// From what a command has left in its scratch folder to files under their names, whole and durable.
// docs/ocr.md says which names.

#include <functional>
#include <string>
#include <vector>

#include "mail/base/disk.h"
#include "mail/base/wait.h"

namespace mail::ocr {

/// What {out} is called in the scratch folder.
inline constexpr std::string_view out_name = "result.pdf";
/// Where the results are, within the point's folder.
inline constexpr std::string_view done_folder = "done";

/// What the command made. `ending` follows the name of the file that it was made of.
struct Made {
    std::string path;
    std::string ending;
};
/// {out} itself first, where it is there; then what has {out} as the beginning of its name. Empty
/// where there is nothing, or nothing in the first.
[[nodiscard]] Result<std::vector<Made>> made_in(Disk& disk, const std::string& scratch);

struct Placed {
    std::string path;
    std::string sha256;  ///< hex
};
struct Destination {
    std::string folder;  ///< made if it isn't there
    std::string stem;    ///< name of the file that the results are of, without its ending
};
/// The first one last, when its place has been told to `about_to`. Never over another file.
[[nodiscard]] Result<Placed>
place_results(Disk& disk, const Destination& destination, const std::vector<Made>& made,
              const std::function<Result<void>(const Placed&)>& about_to, const Wait& wait);

/// "skan.jpg" → "skan".
[[nodiscard]] std::string stem_of(const std::string& file);

/// The scratch folder of a job, made for its owner only; it goes with this object.
class Scratch {
public:
    /// A name for one in `root`.
    [[nodiscard]] static std::string name_in(const std::string& root);
    [[nodiscard]] static Result<Scratch> make(Disk& disk, const std::string& path);
    /// What a program that was cut off has left. Nothing but a scratch folder in `root` is removed.
    static void remove_left(const std::string& root, const std::string& path);

    Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    Scratch& operator=(Scratch&&) = delete;
    ~Scratch();
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    explicit Scratch(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace mail::ocr
