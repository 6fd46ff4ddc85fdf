#include "mail/work/quarantine.h"

#include <chrono>

#include "mail/base/hash.h"

namespace mail::work {

namespace {

// The first must be well below the second: between the two a copy is nobody's to use or drop.
constexpr std::chrono::minutes young_until{5};

Error not_as_kept(const std::string& path, std::string_view reason) {
    return {Cause::verify_failed,
            Layer::target,
            Reach::message,
            {{"path", path}, {"reason", std::string(reason)}}};
}

}  // namespace

Result<Quarantine> Quarantine::open(Disk& disk, const std::string& folder) {
    if (auto made = disk.make_folder(folder, Disk::Access::owner_only); !made)
        return tl::unexpected(std::move(made.error()));
    return Quarantine(disk, folder);
}

std::string Quarantine::path_of(const std::string& name) const {
    return join_path(folder_, name);
}

Result<Incoming> Quarantine::begin() const {
    return Incoming::create(*disk_, temporary_path(folder_), Disk::Access::owner_only);
}

Result<std::string> Quarantine::place(const Arrival& arrival, std::string_view prefix) const {
    const std::string name = std::string(prefix) + to_hex(random_octets(12)) + ".eml";
    auto named = disk_->rename_new(arrival.temporary, path_of(name));
    if (!named) {
        static_cast<void>(disk_->remove(arrival.temporary));
        return tl::unexpected(std::move(named.error()));
    }
    return name;
}

std::vector<Result<Quarantine::Copy>>
Quarantine::keep(std::vector<Unsynced> mails, std::string_view prefix, const Wait& wait) const {
    std::vector<NewFile*> files;
    for (const Unsynced& mail : mails)
        files.push_back(mail.file.get());
    const std::vector<Result<void>> synced = disk_->sync_all(files);
    std::vector<Result<Copy>> copies;
    for (std::size_t i = 0; i < mails.size(); ++i) {
        const Arrival& arrival = mails[i].arrival;
        mails[i].file.reset();
        if (!synced[i]) {
            static_cast<void>(disk_->remove(arrival.temporary));
            copies.emplace_back(tl::unexpected(synced[i].error()));
            continue;
        }
        copies.push_back(place(arrival, prefix).map([&](std::string name) {
            return Copy{std::move(name), arrival.size_octets, arrival.sha256};
        }));
    }
    const auto names_last = disk_->sync_folder(folder_);
    for (Result<Copy>& copy : copies) {
        if (!copy)
            continue;
        auto kept = names_last ? check(*copy, wait) : names_last;
        if (kept)
            continue;
        static_cast<void>(drop(copy->name));
        copy = tl::unexpected(std::move(kept.error()));
    }
    return copies;
}

Result<Quarantine::Time> Quarantine::now_there() const {
    const std::string path = temporary_path(folder_);
    if (auto made = disk_->create(path, Disk::Access::owner_only); !made)
        return tl::unexpected(std::move(made.error()));
    const auto entry = disk_->look(path);
    static_cast<void>(disk_->remove(path));
    return entry.map([](const Entry& found) { return found.modified; });
}

Result<void> Quarantine::check_young(const Copy& copy, Time now) const {
    const auto entry = disk_->look(path_of(copy.name));
    if (!entry)
        return tl::unexpected(entry.error());
    if (entry->size_octets != copy.size_octets)
        return tl::unexpected(not_as_kept(path_of(copy.name), "size"));
    if (now - entry->modified > young_until)
        return tl::unexpected(not_as_kept(path_of(copy.name), "age"));
    return {};
}

Result<void> Quarantine::check(const Copy& copy, const Wait& wait) const {
    const std::string path = path_of(copy.name);
    auto file = disk_->open(path);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    Sha256 hash;
    std::vector<char> piece(256U << 10U);
    std::uint64_t octets = 0;
    for (;;) {
        if (auto go_on = wait.check(Layer::target, Reach::point); !go_on)
            return go_on;
        const auto got = (*file)->read(piece.data(), piece.size());
        if (!got)
            return tl::unexpected(got.error());
        if (*got == 0)
            break;
        octets += *got;
        hash.update({piece.data(), *got});
    }
    if (octets != copy.size_octets || to_hex(hash.finish()) != copy.sha256)
        return tl::unexpected(not_as_kept(path, "content"));
    return {};
}

Result<void> Quarantine::drop(const std::string& name) const {
    auto removed = disk_->remove(path_of(name));
    if (!removed && removed.error().cause == Cause::file_not_found)
        return {};
    return removed;
}

Result<std::vector<Quarantine::Aged>> Quarantine::ages() const {
    // Before the list: whatever happens between the two makes a file only younger.
    const auto now = now_there();
    const auto entries = disk_->list(folder_);
    if (!entries)
        return tl::unexpected(entries.error());
    std::vector<Aged> files;
    if (!now)
        return files;
    for (const Entry& entry : *entries)
        if (entry.kind == Entry::Kind::file)
            files.push_back({entry.name, *now - entry.modified});
    return files;
}

}  // namespace mail::work
