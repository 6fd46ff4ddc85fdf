#include "tests/fakes/lossy_disk.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "mail/base/disk_failure.h"

namespace mail::fakes {

namespace {

tl::unexpected<Error> failure(Cause cause, const std::string& path) {
    return disk_failure(cause, path, "lossy disk");
}

std::string last_component(const std::string& path) {
    return path.substr(path.find_last_of("/\\") + 1);
}

}  // namespace

class LossyDisk::LossyNewFile final : public NewFile {
public:
    LossyNewFile(LossyDisk& disk, std::string path, std::shared_ptr<Content> content)
        : disk_(disk), path_(std::move(path)), content_(std::move(content)),
          power_cycle_(disk.power_cycles_) {}

    Result<void> write(std::string_view raw) override {
        const std::lock_guard lock(disk_.mutex_);
        const auto counted = count("write");
        // A write that fails may have gone half of the way.
        std::size_t taken = counted ? raw.size() : raw.size() / 2;
        if (!counted && disk_.stopped_at_)
            taken = 0;
        taken = static_cast<std::size_t>(std::min<std::uint64_t>(taken, disk_.room_));
        if (power_cycle_ == disk_.power_cycles_) {
            content_->live.append(raw, 0, taken);
            disk_.room_ -= taken;
        }
        if (!counted)
            return counted;
        if (taken < raw.size())
            return sticky(Cause::disk_full);
        return {};
    }

    Result<void> sync() override {
        const std::lock_guard lock(disk_.mutex_);
        const auto counted = count("sync");
        if (counted)
            content_->synced = content_->live;
        return counted;
    }

private:
    Result<void> count(const std::string& call) {
        if (auto counted = disk_.count(call, path_); !counted) {
            broken_ = counted.error().cause;
            return counted;
        }
        if (power_cycle_ != disk_.power_cycles_)
            return sticky(Cause::disk_error);
        if (broken_)
            return failure(*broken_, path_);
        return {};
    }

    Result<void> sticky(Cause cause) {
        broken_ = cause;
        return failure(cause, path_);
    }

    LossyDisk& disk_;
    std::string path_;
    std::shared_ptr<Content> content_;
    unsigned power_cycle_;
    std::optional<Cause> broken_;
};

class LossyDisk::LossyOldFile final : public OldFile {
public:
    LossyOldFile(LossyDisk& disk, std::string path, std::shared_ptr<Content> content)
        : disk_(disk), path_(std::move(path)), content_(std::move(content)) {}

    Result<std::size_t> read(char* to, std::size_t room) override {
        const std::lock_guard lock(disk_.mutex_);
        if (auto counted = disk_.count("read", path_); !counted)
            return tl::unexpected(std::move(counted).error());
        const std::string& live = content_->live;
        const std::size_t size = std::min(room, live.size() - std::min(at_, live.size()));
        std::memcpy(to, live.data() + at_, size);
        at_ += size;
        return size;
    }

    Result<void> move_to(std::uint64_t offset) override {
        const std::lock_guard lock(disk_.mutex_);
        at_ = static_cast<std::size_t>(offset);
        return {};
    }

private:
    LossyDisk& disk_;
    std::string path_;
    std::shared_ptr<Content> content_;
    std::size_t at_ = 0;
};

LossyDisk::LossyDisk() : room_(std::uint64_t{1} << 40) {}
LossyDisk::~LossyDisk() = default;

unsigned LossyDisk::calls() const {
    const std::lock_guard lock(mutex_);
    return static_cast<unsigned>(log_.size());
}

std::vector<std::string> LossyDisk::log() const {
    const std::lock_guard lock(mutex_);
    return log_;
}

void LossyDisk::fail_call(unsigned n, Cause cause) {
    const std::lock_guard lock(mutex_);
    faults_[static_cast<unsigned>(log_.size()) + n] = cause;
}

void LossyDisk::stop_at_call(unsigned n) {
    const std::lock_guard lock(mutex_);
    stopped_at_ = static_cast<unsigned>(log_.size()) + n;
}

void LossyDisk::heal() {
    const std::lock_guard lock(mutex_);
    faults_.clear();
    stopped_at_.reset();
}

void LossyDisk::set_room(std::uint64_t octets) {
    const std::lock_guard lock(mutex_);
    room_ = octets;
}

void LossyDisk::lose_power(Kept kept) {
    heal();
    const std::lock_guard lock(mutex_);
    ++power_cycles_;
    if (kept == Kept::unsynced_names)
        synced_ = live_;
    live_ = synced_;
    for (auto& [path, content] : live_)
        content->live = content->synced;
}

void LossyDisk::put_folder(const std::string& path) {
    const std::lock_guard lock(mutex_);
    std::string folder = path;
    while (folders_.insert(folder).second && parent_path(folder) != folder)
        folder = parent_path(folder);
}

void LossyDisk::put(const std::string& path, std::string_view content) {
    put_folder(parent_path(path));
    const std::lock_guard lock(mutex_);
    live_[path] = std::make_shared<Content>(Content{std::string(content), std::string(content)});
    synced_[path] = live_[path];
}

void LossyDisk::age(const std::string& path, std::chrono::system_clock::duration by) {
    const std::lock_guard lock(mutex_);
    live_.at(path)->modified -= by;
}

void LossyDisk::set_clock_ahead(std::chrono::system_clock::duration by) {
    const std::lock_guard lock(mutex_);
    clock_ahead_ = by;
}

std::optional<std::string> LossyDisk::content(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    const auto found = live_.find(path);
    return found == live_.end() ? std::nullopt : std::optional(found->second->live);
}

std::vector<std::string> LossyDisk::files() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> paths;
    for (const auto& [path, content] : live_)
        paths.push_back(path);
    return paths;
}

Result<void> LossyDisk::count(const std::string& call, const std::string& path) {
    log_.push_back(call + " " + path);
    const auto number = static_cast<unsigned>(log_.size());
    if (stopped_at_ && number >= *stopped_at_)
        return failure(Cause::disk_error, path);
    if (const auto fault = faults_.find(number); fault != faults_.end())
        return failure(fault->second, path);
    return {};
}

bool LossyDisk::is_there(const std::string& path) const {
    return live_.contains(path) || folders_.contains(path);
}

Result<void> LossyDisk::check_parent(const std::string& path) const {
    if (!folders_.contains(parent_path(path)))
        return failure(Cause::folder_not_found, path);
    return {};
}

Result<std::unique_ptr<NewFile>> LossyDisk::create(const std::string& path, Access) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("create", path); !counted)
        return tl::unexpected(std::move(counted).error());
    if (auto parent = check_parent(path); !parent)
        return tl::unexpected(std::move(parent).error());
    if (is_there(path))
        return failure(Cause::file_exists, path);
    live_[path] = std::make_shared<Content>();
    live_[path]->modified += clock_ahead_;
    return std::make_unique<LossyNewFile>(*this, path, live_[path]);
}

Result<std::unique_ptr<OldFile>> LossyDisk::open(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("open", path); !counted)
        return tl::unexpected(std::move(counted).error());
    const auto found = live_.find(path);
    if (found == live_.end())
        return failure(Cause::file_not_found, path);
    return std::make_unique<LossyOldFile>(*this, path, found->second);
}

Result<void> LossyDisk::rename(const std::string& from, const std::string& to) {
    const auto found = live_.find(from);
    if (found == live_.end())
        return failure(Cause::file_not_found, from);
    if (auto parent = check_parent(to); !parent)
        return parent;
    auto content = found->second;
    live_.erase(found);
    live_[to] = std::move(content);
    return {};
}

Result<void> LossyDisk::rename_new(const std::string& from, const std::string& to) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("rename_new", to); !counted)
        return counted;
    if (is_there(to))
        return failure(Cause::file_exists, to);
    return rename(from, to);
}

Result<void> LossyDisk::rename_over(const std::string& from, const std::string& to) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("rename_over", to); !counted)
        return counted;
    return rename(from, to);
}

// One after the other, so that calls have the same numbers in every run.
std::vector<Result<void>> LossyDisk::sync_all(const std::vector<NewFile*>& files) {
    std::vector<Result<void>> outcomes;
    for (NewFile* file : files)
        outcomes.push_back(file->sync());
    return outcomes;
}

Result<void> LossyDisk::sync_folder(const std::string& folder) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("sync_folder", folder); !counted)
        return counted;
    if (!folders_.contains(folder))
        return failure(Cause::folder_not_found, folder);
    const auto within = [&](const auto& name) { return parent_path(name.first) == folder; };
    std::erase_if(synced_, within);
    std::copy_if(live_.begin(), live_.end(), std::inserter(synced_, synced_.end()), within);
    return {};
}

Result<void> LossyDisk::remove(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("remove", path); !counted)
        return counted;
    if (live_.erase(path) == 0)
        return failure(folders_.contains(path) ? Cause::disk_error : Cause::file_not_found, path);
    return {};
}

Result<void> LossyDisk::make_folder(const std::string& path, Access) {
    {
        const std::lock_guard lock(mutex_);
        if (auto counted = count("make_folder", path); !counted)
            return counted;
        for (std::string above = path; parent_path(above) != above; above = parent_path(above))
            if (live_.contains(above))
                return failure(Cause::file_exists, above);
    }
    put_folder(path);
    return {};
}

Result<std::vector<Entry>> LossyDisk::list(const std::string& folder) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("list", folder); !counted)
        return tl::unexpected(std::move(counted).error());
    if (!folders_.contains(folder))
        return failure(Cause::folder_not_found, folder);
    std::vector<Entry> entries;
    for (const auto& [path, content] : live_)
        if (parent_path(path) == folder)
            entries.push_back(
                {last_component(path), Entry::Kind::file, content->live.size(), content->modified});
    for (const std::string& path : folders_)
        if (path != folder && parent_path(path) == folder)
            entries.push_back({last_component(path), Entry::Kind::folder, 0, {}});
    return entries;
}

Result<Entry> LossyDisk::look(const std::string& path) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("look", path); !counted)
        return tl::unexpected(std::move(counted).error());
    if (folders_.contains(path))
        return Entry{last_component(path), Entry::Kind::folder, 0, {}};
    const auto found = live_.find(path);
    if (found == live_.end())
        return failure(Cause::file_not_found, path);
    const Content& content = *found->second;
    return Entry{last_component(path), Entry::Kind::file, content.live.size(), content.modified};
}

Result<std::uint64_t> LossyDisk::free_octets(const std::string& folder) {
    const std::lock_guard lock(mutex_);
    if (auto counted = count("free_octets", folder); !counted)
        return tl::unexpected(std::move(counted).error());
    if (!folders_.contains(folder))
        return failure(Cause::folder_not_found, folder);
    return room_;
}

}  // namespace mail::fakes
