// The engine's work on passwords: which one may be used for what, and what is shown of the store.

#include <algorithm>

#include "mail/engine_state.h"
#include "mail/point/way.h"

namespace mail {

namespace {

SecretsView::Wants wants_of(SecretStore::Access access) {
    using Wants = SecretsView::Wants;
    switch (access) {
    case SecretStore::Access::open:
        break;
    case SecretStore::Access::master_password:
        return Wants::master_password;
    case SecretStore::Access::new_master_password:
        return Wants::new_master_password;
    case SecretStore::Access::longer_master_password:
        return Wants::longer_master_password;
    }
    return Wants::nothing;
}

SecretsView view_of(const SecretStore& store) {
    using Kind = SecretsView::Kind;
    const auto wants = wants_of(store.access());
    switch (store.kind()) {
    case SecretStore::Kind::system:
        return {Kind::system, wants};
    case SecretStore::Kind::file:
        return {Kind::file, wants};
    case SecretStore::Kind::memory:
        break;
    }
    return {Kind::memory, wants};
}

}  // namespace

bool concerns_master_password(const Error& error) {
    return error.cause == Cause::master_password_needed ||
           error.cause == Cause::master_password_wrong;
}

std::optional<Secret> Engine::State::given_password(const std::string& point) const {
    for (const Guest& guest : setup.guests)
        if (guest.point.id == point && guest.password)
            return guest.password;
    return setup.password;
}

std::optional<std::string> Engine::State::stored_key(const point::Point& point) const {
    const auto known = definitions.known();
    const auto is_it = [&](const point::StoredPoint& stored) {
        return stored.point && stored.point->id == point.id && known->may_see(stored) &&
               point::same_way(stored.point->connection, point.connection);
    };
    if (std::ranges::any_of(known->points, is_it))
        return password_key(point.id);
    const std::scoped_lock lock(mutex);
    for (const Guest& guest : setup.guests) {
        if (guest.point.id != point.id)
            continue;
        const bool ours = guest.demo || setup.workspace.owns(guest.path);
        return password_key(ours ? point.id : point.id + "/" + point::way_sha256(point.connection));
    }
    return known->may_define() ? std::optional(password_key(point.id)) : std::nullopt;
}

std::string Engine::State::stored_key_of_shown(const std::string& id) const {
    const auto view = board.point(id);
    return (view ? stored_key(*view->definition) : std::nullopt).value_or(password_key(id));
}

Result<std::optional<Secret>> Engine::State::stored_password(const point::Point& form,
                                                             const Wait& wait) const {
    const auto key = stored_key(form);
    return key ? setup.secrets->get(*key, wait) : std::optional<Secret>();
}

/// The definition is what was asked for first. What became of its password is told beside, so that
/// nobody saves or deletes twice for its sake.
void Engine::State::show_password(JobId job, const Result<void>& outcome) {
    if (outcome)
        return;
    board.change_job(job, [&](JobView& view) { view.password_error = outcome.error(); });
    if (concerns_master_password(outcome.error()))
        show_secrets();
}

Result<void> Engine::State::delete_password(const std::string& point, const StopToken& stop) {
    const auto wait = Wait::for_at_most(store_keeps_in, stop);
    auto password = setup.secrets->get(password_key(point), wait);
    if (!password)
        return tl::unexpected(std::move(password).error());
    if (!*password)
        return {};
    deleted[point].password = std::move(*password);
    return setup.secrets->remove(password_key(point), wait);
}

Clock::time_point Engine::State::deleted_due() const {
    auto due = Clock::now() + std::chrono::hours(24);
    for (const auto& [point, one] : deleted)
        due = std::min(due, one.until);
    return due;
}

void Engine::State::forget_deleted() {
    const auto now = Clock::now();
    for (auto one = deleted.begin(); one != deleted.end();) {
        if (one->second.until > now) {
            ++one;
            continue;
        }
        const std::scoped_lock lock(mutex);
        const auto found = desks.find(one->first);
        if (found != desks.end() && !board.point(one->first)) {
            Desk& desk = *found->second;
            desk.worker.post(0, [&desk](const StopToken&) { desk.work.forget_typed_password(); });
            desk.look_worker.post(
                0, [&desk](const StopToken&) { desk.looks.forget_typed_password(); });
        }
        one = deleted.erase(one);
    }
}

Result<void> Engine::State::run(const GivePassword& command, JobId, const StopToken& stop) {
    Desk& one = desk(command.point);
    one.look_worker.post(
        0, [&one, typed = command.password](const StopToken&) { one.looks.use_password(typed); });
    return one.work.give_password(command, stop);
}

Result<void> Engine::State::run(const ForgetPassword& command, JobId, const StopToken& stop) {
    Desk& one = desk(command.point);
    one.look_worker.post(0, [&one](const StopToken&) { one.looks.forget_typed_password(); });
    return one.work.forget_password(stop);
}

Result<void> Engine::State::run(const UnlockSecrets& command, JobId, const StopToken& stop) {
    const auto wait = Wait::for_at_most(std::chrono::seconds(60), stop);
    auto unlocked = setup.secrets->unlock(command.master_password, wait);
    show_secrets();
    return unlocked;
}

void Engine::State::show_secrets() {
    const SecretsView view = mail::view_of(*setup.secrets);
    board.change([&](Snapshot& draft) { draft.secrets = view; });
}

}  // namespace mail
