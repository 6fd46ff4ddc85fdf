#include "mail/store/instances.h"

#include <utility>
#include <vector>

#include "mail/base/hash.h"

namespace mail::store {

namespace {

std::int64_t now_seconds() {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

Error held_error(std::uint32_t uid, const std::string& instance, const Living& living) {
    Facts facts{{"uid", std::to_string(uid)}};
    if (const auto holder = living.find(instance); holder != living.end())
        // Without what tells containers of it apart: nobody knows a computer by that.
        facts.emplace_back("host", holder->second.substr(0, holder->second.find(' ')));
    return {Cause::busy_elsewhere, Layer::ledger, Reach::message, std::move(facts)};
}

Instance::Instance(ProcessName process) : id_(random_uuid()), process_(std::move(process)) {}

Result<void> Instance::sign_in(Database& database) {
    const auto living = others(database);
    if (!living)
        return tl::unexpected(living.error());
    auto idle = database.prepare("SELECT id FROM instance WHERE id NOT IN "
                                 "(SELECT instance FROM message WHERE instance IS NOT NULL) "
                                 "AND id NOT IN "
                                 "(SELECT instance FROM removal WHERE instance IS NOT NULL) "
                                 "AND id NOT IN "
                                 "(SELECT instance FROM ocr_job WHERE instance IS NOT NULL)");
    auto drop = database.prepare("DELETE FROM instance WHERE id = ?1");
    auto write = database.prepare("INSERT INTO instance VALUES (?1, ?2, ?3, ?4, ?5) "
                                  "ON CONFLICT (id) DO UPDATE SET heartbeat = excluded.heartbeat");
    if (!idle || !drop || !write)
        return tl::unexpected(!idle ? idle.error() : !drop ? drop.error() : write.error());
    std::vector<std::string> ids;
    idle->start();
    if (auto read = each_row(*idle, [&] { ids.push_back(idle->text(0)); }); !read)
        return read;
    for (const std::string& id : ids)
        if (id != id_ && !living->contains(id))
            if (auto done = drop->execute(id); !done)
                return done;
    return write->execute(id_, process_.host, process_.number, process_.started, now_seconds());
}

Result<void> Instance::beat(Database& database) {
    return database
        .prepare("UPDATE instance SET heartbeat = ?2 WHERE id = ?1 AND "
                 "(EXISTS (SELECT 1 FROM message WHERE instance = ?1) OR "
                 "EXISTS (SELECT 1 FROM removal WHERE instance = ?1) OR "
                 "EXISTS (SELECT 1 FROM ocr_job WHERE instance = ?1))")
        .and_then([&](Statement statement) { return statement.execute(id_, now_seconds()); });
}

Result<void> Instance::sign_out(Database& database) {
    return database.prepare("DELETE FROM instance WHERE id = ?1")
        .and_then([&](Statement statement) { return statement.execute(id_); });
}

Result<Living> Instance::others(Database& database) const {
    auto rows = database.prepare("SELECT id, host, process, started, heartbeat FROM instance");
    if (!rows)
        return tl::unexpected(std::move(rows).error());
    Living living;
    rows->start();
    const auto read = each_row(*rows, [&] {
        const ProcessName process{rows->text(1), rows->integer(2), rows->text(3)};
        // After the computer slept, every heartbeat on it is old though all live: so no heartbeat
        // is asked where the system can be.
        const bool lives = process.host == process_.host
                               ? is_running(process)
                               : now_seconds() - rows->integer(4) < heartbeat_limit.count();
        if (lives && rows->text(0) != id_)
            living.emplace(rows->text(0), process.host);
    });
    return read.map([&] { return std::move(living); });
}

}  // namespace mail::store
