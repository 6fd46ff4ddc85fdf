#include "mail/diagnose/target.h"

#include "mail/base/hash.h"

namespace mail::diagnose {

namespace {

std::string fresh_name() {
    return ".mailpoint-" + to_hex(random_octets(8)) + ".part";
}

Result<void> write_and_sync(Disk& disk, const std::string& path) {
    auto file = disk.create(path);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    auto written = (*file)->write("Mailpoint");
    return written ? (*file)->sync() : written;
}

/// Written, synced, renamed and removed. What is left of it goes, whatever happens.
Result<void> try_file(Disk& disk, const std::string& folder) {
    const std::string first = join_path(folder, fresh_name());
    const std::string second = join_path(folder, fresh_name());
    if (auto written = write_and_sync(disk, first); !written) {
        static_cast<void>(disk.remove(first));
        return written;
    }
    if (auto renamed = disk.rename_new(first, second); !renamed) {
        static_cast<void>(disk.remove(first));
        return renamed;
    }
    return disk.remove(second);
}

/// Where nobody can make anything (/proc), the system says that the file is not there, which is
/// true of the folder only if it has gone meanwhile.
Error why_not_tried(Disk& disk, const std::string& folder, Error error) {
    const bool not_there =
        error.cause == Cause::file_not_found || error.cause == Cause::folder_not_found;
    if (!not_there || !disk.look(folder))
        return error;
    return {Cause::no_permission_there, Layer::target, Reach::point, {{"path", folder}}};
}

}  // namespace

Result<Facts> try_target(Disk& disk, const std::string& folder, const Wait& wait) {
    if (folder.empty())
        return fail(Cause::no_target_folder, Layer::target, Reach::point,
                    {{"field", "general.folder"}});
    const auto there = disk.look(folder);
    const bool missing = !there && (there.error().cause == Cause::file_not_found ||
                                    there.error().cause == Cause::folder_not_found);
    if (!there && !missing)
        return tl::unexpected(there.error());
    const std::string tried = missing ? parent_path(folder) : folder;
    const auto entry = missing ? disk.look(tried) : there;
    if (!entry)
        return fail(Cause::folder_not_found, Layer::target, Reach::point, {{"path", tried}});
    if (entry->kind != Entry::Kind::folder)
        return fail(Cause::not_a_folder, Layer::target, Reach::point, {{"path", tried}});
    if (auto awaited = wait.check(Layer::target, Reach::point); !awaited)
        return tl::unexpected(std::move(awaited.error()));
    if (auto done = try_file(disk, tried); !done)
        return tl::unexpected(why_not_tried(disk, tried, std::move(done.error())));
    Facts facts{{"path", folder}};
    if (missing)
        facts.emplace_back("will_be_made", "yes");
    // Not every file system tells.
    if (const auto free = disk.free_octets(tried))
        facts.emplace_back("free_octets", std::to_string(*free));
    return facts;
}

}  // namespace mail::diagnose
