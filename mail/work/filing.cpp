#include "mail/work/filing.h"

#include <array>

#include "mail/mime/file_name.h"
#include "mail/mime/sniff.h"

namespace mail::work {

namespace {

std::string last_component(const std::string& path) {
    return path.substr(parent_path(path).size() + 1);
}

Result<std::string> hash_of(OldFile& file) {
    Sha256 hash;
    std::array<char, 65536> piece{};
    for (;;) {
        const auto got = file.read(piece.data(), piece.size());
        if (!got)
            return tl::unexpected(got.error());
        if (*got == 0)
            return to_hex(hash.finish());
        hash.update({piece.data(), *got});
    }
}

}  // namespace

std::string temporary_path(const std::string& folder) {
    return join_path(folder, ".mailpoint-" + to_hex(random_octets(8)) + ".part");
}

Result<std::string> sha256_of(Disk& disk, const std::string& path) {
    auto file = disk.open(path);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    return hash_of(**file);
}

Incoming::Incoming(Disk& disk, std::string temporary, std::unique_ptr<NewFile> file)
    : disk_(&disk), temporary_(std::move(temporary)), file_(std::move(file)) {}

Incoming::Incoming(Incoming&&) noexcept = default;

Incoming::~Incoming() {
    if (!file_)
        return;
    file_.reset();
    // A leftover is found again by the ledger's plan, so a failure here loses nothing.
    static_cast<void>(disk_->remove(temporary_));
}

Result<Incoming> Incoming::create(Disk& disk, const std::string& temporary, Disk::Access access) {
    auto file = disk.create(temporary, access);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    return Incoming(disk, temporary, std::move(*file));
}

Result<void> Incoming::write(std::string_view raw) {
    hash_.update(raw);
    if (first_octets_.size() < mime::sniff_octets)
        first_octets_ += raw.substr(0, mime::sniff_octets - first_octets_.size());
    size_octets_ += raw.size();
    return file_->write(raw);
}

Result<Unsynced> Incoming::finish_unsynced() {
    const auto entry = disk_->look(temporary_);
    if (!entry)
        return tl::unexpected(entry.error());
    if (entry->size_octets != size_octets_)
        return fail(Cause::verify_failed, Layer::target, Reach::message,
                    {{"path", temporary_}, {"reason", "size"}});
    return Unsynced{
        {temporary_, size_octets_, to_hex(hash_.finish()), std::string(mime::sniff(first_octets_))},
        std::move(file_)};
}

Result<Arrival> Incoming::finish() {
    if (auto synced = file_->sync(); !synced)
        return tl::unexpected(std::move(synced.error()));
    return finish_unsynced().map([](Unsynced done) { return std::move(done.arrival); });
}

Result<TargetFolder> TargetFolder::open(Disk& disk, const std::string& folder) {
    if (folder.empty())
        return fail(Cause::no_target_folder, Layer::target, Reach::point,
                    {{"field", "general.folder"}});
    const auto there = disk.look(folder);
    if (there && there->kind != Entry::Kind::folder)
        return fail(Cause::not_a_folder, Layer::target, Reach::point, {{"path", folder}});
    auto held = disk.hold(folder);
    if (!held)
        return tl::unexpected(std::move(held.error()));
    auto entries = (*held)->list(folder);
    if (!entries)
        return tl::unexpected(std::move(entries.error()));
    TargetFolder target(std::move(*held), folder);
    for (Entry& entry : *entries)
        target.names_.emplace(mime::key_on_any_disk(entry.name), Known{entry.name, {}});
    return target;
}

Result<TargetFolder> TargetFolder::open_or_make(Disk& disk, const std::string& folder) {
    if (!folder.empty() && !disk.look(folder)) {
        const std::string above = parent_path(folder);
        if (!above.empty() && !disk.look(above))
            return fail(Cause::folder_not_found, Layer::target, Reach::point, {{"path", above}});
        if (auto made = disk.make_folder(folder, Disk::Access::usual); !made)
            return tl::unexpected(std::move(made.error()));
    }
    return open(disk, folder);
}

Result<bool> TargetFolder::holds(const std::string& path, const Arrival& arrival) const {
    const auto entry = disk_->look(path);
    if (!entry || entry->kind != Entry::Kind::file || entry->size_octets != arrival.size_octets)
        return false;
    auto file = disk_->open(path);
    if (!file)
        return false;
    return hash_of(**file).map([&](const std::string& there) { return there == arrival.sha256; });
}

Result<TargetFolder::Name> TargetFolder::name_for(const std::string& wanted,
                                                  const Arrival& arrival) {
    for (unsigned number = 1;; ++number) {
        const std::string name = number == 1 ? wanted : mime::numbered_name(wanted, number);
        const std::string key = mime::key_on_any_disk(name);
        const auto known = names_.find(key);
        const std::string path =
            join_path(folder_, known == names_.end() ? name : known->second.name);
        const auto there = disk_->look(path);
        if (!there && there.error().cause != Cause::file_not_found)
            return tl::unexpected(there.error());
        if (!there) {
            // Not placed yet, or the OCR program was quick: another number is safe.
            const bool given_out = known != names_.end() && !known->second.sha256.empty();
            if (given_out && known->second.sha256 != arrival.sha256)
                continue;
            names_[key] = Known{last_component(path), arrival.sha256};
            return Name{path, false};
        }
        const auto same = holds(path, arrival);
        if (!same)
            return tl::unexpected(same.error());
        if (*same)
            return Name{path, true};
        names_.emplace(key, Known{name, {}});
    }
}

Result<TargetFolder::Name> TargetFolder::place(const Arrival& arrival, const std::string& path) {
    const std::string wanted = last_component(path);
    std::string at = path;
    for (unsigned number = 2;; ++number) {
        const auto moved = disk_->rename_new(arrival.temporary, at);
        if (moved)
            return Name{at, false};
        if (moved.error().cause != Cause::file_exists)
            return tl::unexpected(moved.error());
        const auto same = holds(at, arrival);
        if (!same)
            return tl::unexpected(same.error());
        if (*same)
            return disk_->remove(arrival.temporary).map([&] { return Name{at, true}; });
        std::string name = mime::numbered_name(wanted, number);
        while (names_.contains(mime::key_on_any_disk(name)))
            name = mime::numbered_name(wanted, ++number);
        names_.emplace(mime::key_on_any_disk(name), Known{name, arrival.sha256});
        at = join_path(folder_, name);
    }
}

Result<void> TargetFolder::sync() {
    return disk_->sync_folder(folder_);
}

}  // namespace mail::work
