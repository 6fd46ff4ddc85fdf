#include "mail/ocr/results.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>
#include <utility>

#include "mail/base/hash.h"
#include "mail/work/filing.h"

namespace mail::ocr {

namespace {

constexpr std::string_view scratch_prefix = "mailpoint-ocr-";

std::filesystem::path native(const std::string& path) {
    return {std::u8string(path.begin(), path.end())};
}

Result<work::Arrival> copied(Disk& from_disk, const std::string& from, Disk& disk,
                             const std::string& folder, const Wait& wait) {
    auto file = from_disk.open(from);
    auto copy = file ? work::Incoming::create(disk, work::temporary_path(folder))
                     : tl::unexpected(file.error());
    if (!copy)
        return tl::unexpected(std::move(copy.error()));
    std::vector<char> piece(1U << 18U);
    for (;;) {
        const auto done = (*file)->read(piece.data(), piece.size());
        auto goes_on = done ? wait.check(Layer::target, Reach::part) : tl::unexpected(done.error());
        if (goes_on && *done == 0)
            return copy->finish();
        if (goes_on)
            goes_on = copy->write({piece.data(), *done});
        if (!goes_on)
            return tl::unexpected(std::move(goes_on.error()));
    }
}

/// Copied and synced, with the name that it is to get.
struct Ready {
    work::Arrival arrival;
    std::string path;
    bool is_there = false;
};

Result<Ready> prepare(Disk& disk, work::TargetFolder& target, const std::string& stem,
                      const Made& made, const Wait& wait) {
    auto arrival = copied(disk, made.path, target.disk(), target.path(), wait);
    if (!arrival)
        return tl::unexpected(std::move(arrival.error()));
    auto name = target.name_for(stem + made.ending, *arrival);
    if (!name) {
        static_cast<void>(target.disk().remove(arrival->temporary));
        return tl::unexpected(std::move(name.error()));
    }
    return Ready{*std::move(arrival), std::move(name->path), name->same_content_there};
}

Result<Placed> place(work::TargetFolder& target, const Ready& ready) {
    if (ready.is_there) {
        static_cast<void>(target.disk().remove(ready.arrival.temporary));
        return Placed{ready.path, ready.arrival.sha256};
    }
    auto placed = target.place(ready.arrival, ready.path);
    if (!placed) {
        static_cast<void>(target.disk().remove(ready.arrival.temporary));
        return tl::unexpected(std::move(placed.error()));
    }
    return Placed{std::move(placed->path), ready.arrival.sha256};
}

}  // namespace

Result<std::vector<Made>> made_in(Disk& disk, const std::string& scratch) {
    const auto entries = disk.list(scratch);
    if (!entries)
        return tl::unexpected(entries.error());
    std::vector<Entry> files;
    for (const Entry& entry : *entries)
        if (entry.kind == Entry::Kind::file && entry.name.starts_with(out_name))
            files.push_back(entry);
    std::ranges::sort(files, {}, &Entry::name);
    std::vector<Made> made;
    if (files.empty() || files.front().size_octets == 0)
        return made;
    for (const Entry& file : files) {
        const std::string added = file.name.substr(out_name.size());
        made.push_back({join_path(scratch, file.name), added.empty() ? ".pdf" : added});
    }
    return made;
}

Result<Placed> place_results(Disk& disk, const Destination& destination,
                             const std::vector<Made>& made,
                             const std::function<Result<void>(const Placed&)>& about_to,
                             const Wait& wait) {
    auto target = work::TargetFolder::open_or_make(disk, destination.folder);
    if (!target)
        return tl::unexpected(std::move(target.error()));
    Result<Placed> last;
    for (auto one = made.rbegin(); one != made.rend(); ++one) {
        const auto ready = prepare(disk, *target, destination.stem, *one, wait);
        if (!ready)
            return tl::unexpected(ready.error());
        if (std::next(one) == made.rend())
            if (auto told = about_to({ready->path, ready->arrival.sha256}); !told) {
                static_cast<void>(target->disk().remove(ready->arrival.temporary));
                return tl::unexpected(std::move(told.error()));
            }
        last = place(*target, *ready);
        if (!last)
            return last;
    }
    return target->sync().and_then([&] { return std::move(last); });
}

std::string stem_of(const std::string& file) {
    const std::size_t dot = file.rfind('.');
    return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
}

std::string Scratch::name_in(const std::string& root) {
    return join_path(root, std::string(scratch_prefix) + random_uuid());
}

Result<Scratch> Scratch::make(Disk& disk, const std::string& path) {
    return disk.make_folder(path, Disk::Access::owner_only).map([&] { return Scratch(path); });
}

void Scratch::remove_left(const std::string& root, const std::string& path) {
    std::error_code ignored;
    const std::filesystem::path folder = native(path);
    if (folder.parent_path() == native(root) &&
        folder.filename().string().starts_with(scratch_prefix))
        std::filesystem::remove_all(folder, ignored);
}

Scratch::~Scratch() {
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove_all(native(path_), ignored);
}

}  // namespace mail::ocr
