#include "mail/work/manifest.h"

#include <map>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "mail/base/hash.h"

namespace mail::work {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t most_octets = 64ULL << 20U;

std::string padded(std::uint64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

struct Moment {
    explicit Moment(std::chrono::sys_seconds when)
        : date(std::chrono::floor<std::chrono::days>(when)),
          time(when - std::chrono::floor<std::chrono::days>(when)),
          year(std::to_string(static_cast<int>(date.year()))),
          month(padded(static_cast<unsigned>(date.month()))),
          day(padded(static_cast<unsigned>(date.day()))),
          hour(padded(static_cast<std::uint64_t>(time.hours().count()))),
          minute(padded(static_cast<std::uint64_t>(time.minutes().count()))),
          second(padded(static_cast<std::uint64_t>(time.seconds().count()))) {}
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> time;
    std::string year, month, day, hour, minute, second;
};

/// ISO 8601, in UTC.
std::string iso(std::chrono::sys_seconds when) {
    const Moment at(when);
    return at.year + "-" + at.month + "-" + at.day + "T" + at.hour + ":" + at.minute + ":" +
           at.second + "Z";
}

std::string begun_folder(const std::string& documents) {
    return join_path(documents, "begun");
}

/// Its folders are made, its name is that of what was begun.
Result<std::string> final_path(Disk& disk, const std::string& documents, const Json& content) {
    const std::string month = join_path(join_path(documents, content.at("year").get<std::string>()),
                                        content.at("month").get<std::string>());
    return disk.make_folder(month, Disk::Access::owner_only).map([&] {
        return join_path(month, content.at("name").get<std::string>());
    });
}

/// A header of a mail may hold any octets.
std::string text_of(const Json& content) {
    return content.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json identity_of(const MessageRow& row) {
    return {{"uid", row.uid},
            {"message_id", row.message_id},
            {"subject", row.subject},
            {"sender", row.sender_name},
            {"sender_address", row.sender_address},
            {"received", iso(row.received)}};
}

/// What the content became, whichever message's file it is; nothing if it was not wanted.
Json files_of(const store::MessageEntry& entry, const SavedBefore& saved_before) {
    Json files = Json::array();
    for (const store::FileEntry& file : entry.files) {
        if (file.sha256.empty() || !file.temporary.empty())
            continue;
        const auto earlier = file.file.empty() ? saved_before(file) : std::nullopt;
        if (file.file.empty() && !earlier)
            continue;
        files.push_back({{"name", file.name},
                         {"part", file.part},
                         {"type", file.type},
                         {"size", file.size_octets},
                         {"sha256", file.sha256},
                         {"file", earlier ? earlier->path : file.file},
                         {"saved_before", earlier ? Json(iso(earlier->when)) : Json(nullptr)}});
    }
    return files;
}

/// Null where it has no file.
Json document_of(Json identity, const store::MessageEntry& entry, const SavedBefore& saved_before) {
    const bool has_ended = entry.step == store::Step::stored || entry.step == store::Step::partial;
    Json files = has_ended ? files_of(entry, saved_before) : Json::array();
    if (files.empty())
        return nullptr;
    identity["taken"] = iso(entry.when);
    identity["operator"] = entry.who;
    identity["target_folder"] = entry.folder;
    identity["complete"] = entry.step == store::Step::stored;
    identity["files"] = std::move(files);
    return identity;
}

/// The file with these documents, if there are any, and what was begun goes.
Result<void> write(Disk& disk, const std::string& folder, const std::string& begun, Json content,
                   std::vector<Json> documents) {
    if (!documents.empty()) {
        const auto path = final_path(disk, folder, content);
        if (!path)
            return tl::unexpected(path.error());
        for (const char* key : {"year", "month", "name"})
            content.erase(key);
        content["documents"] = std::move(documents);
        if (auto written = replace_private_file(disk, *path, text_of(content)); !written)
            return written;
    }
    auto removed = disk.remove(begun);
    // Two may have ended it at once: to the same end.
    const bool is_gone = !removed && removed.error().cause == Cause::file_not_found;
    return is_gone ? Result<void>() : removed;
}

/// A manifest that was begun: nothing if somebody is still at it.
Result<std::optional<std::vector<Json>>>
documents_from(store::Ledger& ledger, const store::MailboxId& mailbox, const Json& content) {
    auto entries = ledger.messages(mailbox);
    if (!entries)
        return tl::unexpected(std::move(entries.error()));
    std::map<std::uint32_t, const store::MessageEntry*> known;
    for (const store::MessageEntry& entry : *entries)
        known.emplace(entry.id.uid, &entry);
    std::vector<Json> documents;
    for (const Json& identity : content.at("documents")) {
        const auto at = known.find(identity.at("uid").get<std::uint32_t>());
        if (at == known.end())
            continue;
        const store::MessageEntry& entry = *at->second;
        if (!entry.manifest.empty() && entry.manifest != content.at("name").get<std::string>())
            continue;
        if (entry.step == store::Step::planned || entry.step == store::Step::placing)
            return std::nullopt;
        const auto earlier = [&](const store::FileEntry& file) -> std::optional<SavedFile> {
            const auto found = ledger.earlier_file(mailbox, entry.id.uid, file.sha256);
            if (!found || !*found)
                return std::nullopt;
            return SavedFile{(*found)->file.file, (*found)->when};
        };
        if (Json document = document_of(identity, entry, earlier); !document.is_null())
            documents.push_back(std::move(document));
    }
    return documents;
}

Result<void> finish(Disk& disk, const std::string& folder, store::Ledger& ledger,
                    const std::string& point, const std::string& begun) {
    const auto text = read_file(disk, begun, most_octets);
    // Who was at it has just ended.
    if (!text && text.error().cause == Cause::file_not_found)
        return {};
    if (!text)
        return tl::unexpected(text.error());
    try {
        Json content = Json::parse(*text);
        const Json& from = content.at("point");
        if (from.at("id").get<std::string>() != point)
            return {};
        const store::MailboxId mailbox{point, content.at("account").get<std::string>(),
                                       content.at("folder").get<std::string>(),
                                       content.at("uid_validity").get<std::uint32_t>()};
        auto documents = documents_from(ledger, mailbox, content);
        if (!documents)
            return tl::unexpected(std::move(documents.error()));
        if (!*documents)
            return {};
        return write(disk, folder, begun, std::move(content), std::move(**documents));
    } catch (const Json::exception&) {
        // Not ours: it was written whole or not at all.
        return {};
    }
}

}  // namespace

struct Manifest::Content {
    Json head;
    std::vector<Json> documents;
};

Manifest::Manifest(Disk& disk, std::string folder, const point::Point& point,
                   store::MailboxId mailbox)
    : disk_(&disk), folder_(std::move(folder)), point_(&point), mailbox_(std::move(mailbox)),
      when_(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())) {
    if (folder_.empty())
        return;
    const Moment at(when_);
    name_ =
        at.day + "-" + at.hour + at.minute + at.second + "-" + to_hex(random_octets(4)) + ".json";
}

Manifest::~Manifest() = default;

Result<void> Manifest::begin(const std::vector<const MessageRow*>& rows) {
    if (folder_.empty() || content_)
        return {};
    const Moment at(when_);
    Json head = {{"version", 1},
                 {"point", {{"id", point_->id}, {"name", point_->name}}},
                 {"account", mailbox_.account},
                 {"folder", mailbox_.folder},
                 {"uid_validity", mailbox_.uid_validity},
                 {"year", at.year},
                 {"month", at.month},
                 {"name", name_}};
    Json begun = head;
    begun["documents"] = Json::array();
    for (const MessageRow* row : rows)
        begun["documents"].push_back(identity_of(*row));
    const std::string folder = begun_folder(folder_);
    if (auto made = disk_->make_folder(folder, Disk::Access::owner_only); !made)
        return made;
    begun_ = join_path(folder, name_);
    return replace_private_file(*disk_, begun_, text_of(begun)).map([&] {
        content_ = std::make_unique<Content>(Content{std::move(head), {}});
    });
}

void Manifest::add(const MessageRow& row, const store::MessageEntry& entry,
                   const SavedBefore& saved_before) {
    if (!content_)
        return;
    if (Json document = document_of(identity_of(row), entry, saved_before); !document.is_null())
        content_->documents.push_back(std::move(document));
}

Result<void> Manifest::end() {
    const auto content = std::move(content_);
    if (!content)
        return {};
    return write(*disk_, folder_, begun_, std::move(content->head), std::move(content->documents));
}

Result<void> finish_manifests(Disk& disk, const std::string& folder, store::Ledger& ledger,
                              const std::string& point) {
    const std::string begun = folder.empty() ? std::string() : begun_folder(folder);
    if (folder.empty() || !disk.look(begun))
        return {};
    const auto entries = disk.list(begun);
    if (!entries)
        return tl::unexpected(entries.error());
    remove_strays(disk, begun, [](std::string_view name) { return name.ends_with(".json"); });
    for (const Entry& entry : *entries) {
        // A temporary file of one that was never begun.
        if (!entry.name.ends_with(".json"))
            continue;
        if (auto done = finish(disk, folder, ledger, point, join_path(begun, entry.name)); !done)
            return done;
    }
    return {};
}

}  // namespace mail::work
