#include "mail/base/disk.h"

#include <filesystem>
#include <optional>
#include <system_error>

#include "mail/base/disk_failure.h"
#include "mail/base/hash.h"

namespace mail {

namespace {

namespace fs = std::filesystem;

fs::path to_native(std::string_view path) {
    return fs::path(std::u8string(path.begin(), path.end()));
}

std::string to_utf8(const fs::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

bool is_separator(char c) {
    return c == '/' || c == static_cast<char>(fs::path::preferred_separator);
}

constexpr std::string_view random_letters = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t random_length = 6;
constexpr std::string_view temporary_end = ".tmp";
constexpr std::string_view backup_end = ".bak";
// A save takes milliseconds; the clocks of a share's computers may differ by minutes.
constexpr std::chrono::minutes stray_after{10};

std::string temporary_beside(const std::string& path) {
    std::string suffix;
    for (const char c : random_octets(random_length))
        suffix += random_letters[static_cast<unsigned char>(c) & 31U];
    return path + "." + suffix + std::string(temporary_end);
}

/// Of the file for which temporary_beside() gives such a name; "" if that is none.
std::string_view name_behind(std::string_view temporary) {
    constexpr std::size_t added = 1 + random_length + temporary_end.size();
    if (temporary.size() <= added || !temporary.ends_with(temporary_end))
        return {};
    const std::string_view suffix = temporary.substr(temporary.size() - added);
    if (suffix[0] != '.' || suffix.find_first_not_of(random_letters, 1) != 1 + random_length)
        return {};
    std::string_view name = temporary.substr(0, temporary.size() - added);
    if (name.ends_with(backup_end))
        name.remove_suffix(backup_end.size());
    return name;
}

Result<void> write_synced(Disk& disk, const std::string& path, std::string_view content,
                          Disk::Access access) {
    auto file = disk.create(path, access);
    if (!file)
        return tl::unexpected(std::move(file).error());
    return (*file)->write(content).and_then([&] { return (*file)->sync(); });
}

/// Whole under a temporary name first, so that `path` never holds half of it.
Result<void> write_aside(Disk& disk, const std::string& path, std::string_view content,
                         Result<void> (Disk::*rename)(const std::string&, const std::string&),
                         Disk::Access access = Disk::Access::usual) {
    const std::string temporary = temporary_beside(path);
    Result<void> done = write_synced(disk, temporary, content, access).and_then([&] {
        return (disk.*rename)(temporary, path);
    });
    if (done)
        return done;
    // The first error is the one to tell, of the name that somebody knows; a temporary file that
    // stays is only untidy.
    static_cast<void>(disk.remove(temporary));
    for (auto& [key, value] : done.error().facts)
        if (value == temporary)
            value = path;
    return done;
}

Result<std::optional<std::string>> read_if_there(Disk& disk, const std::string& path) {
    const auto entry = disk.look(path);
    if (!entry) {
        if (entry.error().cause == Cause::file_not_found)
            return std::nullopt;
        return tl::unexpected(entry.error());
    }
    return read_file(disk, path, entry->size_octets).map([](std::string content) {
        return std::optional(std::move(content));
    });
}

}  // namespace

tl::unexpected<Error> disk_failure(Cause cause, std::string_view path, std::string reason) {
    const bool one_name = cause == Cause::file_exists || cause == Cause::file_not_found ||
                          cause == Cause::not_a_file || cause == Cause::part_too_large;
    return fail(cause, Layer::target, one_name ? Reach::message : Reach::point,
                {{"path", std::string(path)}, {"reason", std::move(reason)}});
}

Result<std::shared_ptr<Disk>> Disk::hold(const std::string& /*folder*/) {
    return std::shared_ptr<Disk>(std::shared_ptr<Disk>(), this);
}

Result<std::string> read_file(Disk& disk, const std::string& path, std::uint64_t limit_octets) {
    auto file = disk.open(path);
    if (!file)
        return tl::unexpected(std::move(file).error());
    std::string content;
    std::string chunk(64 * 1024, '\0');
    for (;;) {
        const auto got = (*file)->read(chunk.data(), chunk.size());
        if (!got)
            return tl::unexpected(got.error());
        if (*got == 0)
            return content;
        if (*got > limit_octets - content.size())
            return disk_failure(Cause::part_too_large, path,
                                "more than " + std::to_string(limit_octets) + " octets");
        content.append(chunk, 0, *got);
    }
}

Result<void> replace_file(Disk& disk, const std::string& path, std::string_view content) {
    const auto previous = read_if_there(disk, path);
    if (!previous)
        return tl::unexpected(previous.error());
    // The backup is a copy and not the old file renamed: `path` must be there at every moment.
    if (*previous && **previous != content)
        if (auto kept =
                write_aside(disk, path + std::string(backup_end), **previous, &Disk::rename_over);
            !kept)
            return kept;
    return write_aside(disk, path, content, &Disk::rename_over).and_then([&] {
        return disk.sync_folder(parent_path(path));
    });
}

Result<void> write_new_file(Disk& disk, const std::string& path, std::string_view content) {
    return write_aside(disk, path, content, &Disk::rename_new).and_then([&] {
        return disk.sync_folder(parent_path(path));
    });
}

Result<void> replace_private_file(Disk& disk, const std::string& path, std::string_view content) {
    return write_aside(disk, path, content, &Disk::rename_over, Disk::Access::owner_only)
        .and_then([&] { return disk.sync_folder(parent_path(path)); });
}

void remove_strays(Disk& disk, const std::string& folder,
                   const std::function<bool(std::string_view name)>& ours) {
    const auto old = std::chrono::system_clock::now() - stray_after;
    for (const Entry& entry : disk.list(folder).value_or(std::vector<Entry>())) {
        const std::string_view name = name_behind(entry.name);
        if (entry.kind == Entry::Kind::file && entry.modified < old && !name.empty() && ours(name))
            static_cast<void>(disk.remove(join_path(folder, entry.name)));
    }
}

std::string join_path(std::string_view folder, std::string_view name) {
    std::string path(folder);
    if (!path.empty() && !is_separator(path.back()))
        path += static_cast<char>(fs::path::preferred_separator);
    return path.append(name);
}

std::string parent_path(std::string_view path) {
    while (path.size() > 1 && is_separator(path.back()))
        path.remove_suffix(1);
    return to_utf8(to_native(path).parent_path());
}

bool is_absolute_path(std::string_view path) {
    return to_native(path).is_absolute();
}

std::string absolute_path(std::string_view path) {
    std::error_code error;
    const fs::path whole = fs::absolute(to_native(path), error);
    if (error)
        return std::string(path);
    // What ".." means depends on links, so only the system may resolve it.
    for (const fs::path& component : whole)
        if (component == "..")
            return to_utf8(whole);
    return to_utf8(whole.lexically_normal());
}

}  // namespace mail
