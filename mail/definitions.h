#pragma once
// The workspace's points and operators as the engine knows them, and the one place where its rules
// are asked: what changes a definition goes through here. Apart from the engine, which runs the
// jobs. Changes: one thread. What is const: any thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mail/base/wait.h"
#include "mail/point/office.h"
#include "mail/point/operators.h"
#include "mail/point/workspace.h"

namespace mail {

class Definitions {
public:
    struct Known {
        std::vector<point::StoredPoint> points;  ///< all, by name
        /// Of those whose files can't be read any more: as they were, by path. Work on them goes
        /// on, for those who may.
        std::map<std::string, point::Point> missed;
        std::shared_ptr<const point::Operators> operators = std::make_shared<point::Operators>();
        /// Empty where its file can't be read, too: with_client() says so when it is needed.
        std::shared_ptr<const point::Office> office = std::make_shared<point::Office>();
        std::string me;                        ///< id of the current operator, or ""
        std::optional<Error> office_error;     ///< then nothing is forgotten by itself
        std::optional<Error> operators_error;  ///< then nobody may do anything
        [[nodiscard]] const point::Operator* operator_me() const;
        [[nodiscard]] bool may_define() const;
        [[nodiscard]] bool may_see(const point::StoredPoint& stored) const;
        [[nodiscard]] bool may_see(const point::Point& point) const;
        [[nodiscard]] bool may_see_points() const;
    };

    Definitions(const point::Workspace& workspace, point::SystemAccount account)
        : workspace_(workspace), account_(std::move(account)) {}

    /// Reads again what another program may have changed. What has not changed is not parsed.
    [[nodiscard]] Result<void> reload();
    /// The same by itself, from time to time, and only where a file has another size or time than
    /// at the last reading. False: nothing is new, or the rules can't be read at the moment; that
    /// counts only when it lasts.
    [[nodiscard]] bool follow();
    [[nodiscard]] std::shared_ptr<const Known> known() const;

    /// no_permission, with facts "point" (its name) and "administrators"; or why the rules can't be
    /// read. A point that is not of the workspace is nobody's business here.
    [[nodiscard]] Result<void> allow_work(const std::string& point) const;
    /// The same of changing definitions, by the rules as they are on disk now.
    [[nodiscard]] Result<void> allow_definition(const std::string& point = "");

    // Each waits until no other program changes something here (busy_elsewhere, if that takes
    // long), and asks allow_definition() then. Where the file system has no locks, or gives no
    // right to the lock's file, it goes on without. Where there are no rules yet, whoever saves
    // becomes the administrator.

    /// Errors: those of Workspace::save().
    [[nodiscard]] Result<point::StoredPoint>
    save(const point::Point& point, const std::optional<std::string>& based_on, const Wait& wait);
    /// Where its file is then.
    [[nodiscard]] Result<std::string> remove(const std::string& point, const Wait& wait);
    [[nodiscard]] Result<void> restore(const std::string& point, const Wait& wait);
    [[nodiscard]] Result<point::StoredPoint> import(const std::string& path, const Wait& wait);
    /// Errors: no_administrator, where nobody would be left who could change them again;
    /// point_changed, where they are not those of `based_on` any more.
    [[nodiscard]] Result<void> save_operators(point::Operators operators,
                                              const std::optional<point::Operators>& based_on,
                                              const Wait& wait);
    /// For all points of that provider that name no client; "": no longer. Errors: no_permission,
    /// those of point::load_office().
    [[nodiscard]] Result<void> save_client(const point::OAuth& settings,
                                           const std::string& client_id, const Wait& wait);

    /// As it is on disk now: another program may have changed it. Any thread. Errors: those of
    /// point::load_office(); then nothing is to be forgotten.
    [[nodiscard]] Result<point::Retention> retention() const;
    /// Errors: no_permission, point_changed where it is not `based_on` any more, those of
    /// point::load_office() and save_office().
    [[nodiscard]] Result<void> save_retention(const point::Retention& retention,
                                              const std::optional<point::Retention>& based_on,
                                              const Wait& wait);

    /// With the office's client where it names none itself, as the file is now. Any thread. Errors:
    /// those of point::load_office().
    [[nodiscard]] Result<point::Connection> with_client(point::Connection connection) const;

private:
    template <class Change>
    auto in_turn(const std::string& point, const Wait& wait, const Change& change)
        -> decltype(change());
    [[nodiscard]] Result<void> save_operators_now(point::Operators operators,
                                                  const std::optional<point::Operators>& based_on);
    /// Changes workspace.json, with all else that stands in it.
    template <class Change>
    [[nodiscard]] Result<void> change_office(const Change& change, const Wait& wait);
    /// What tells that a file was written; nothing where that can't be said.
    struct Stamp {
        std::string path;
        std::uint64_t size_octets = 0;
        std::chrono::system_clock::time_point modified{};
        bool operator==(const Stamp&) const = default;
    };
    using Stamps = std::optional<std::vector<Stamp>>;
    [[nodiscard]] Stamps stamps() const;
    void note_reading(Stamps stamps);
    [[nodiscard]] Result<Known> read() const;
    [[nodiscard]] Result<void> read_operators(Known& known) const;
    /// Known already, by allow_definition(), and not told by follow() yet.
    std::atomic<bool> is_news_ = false;
    static void note_missed(Known& known, const std::vector<point::StoredPoint>& before);
    [[nodiscard]] Result<void> refusal(const Known& known, const std::string& point) const;
    [[nodiscard]] Result<void> begin_rules();
    void keep(Known known);

    const point::Workspace& workspace_;
    const point::SystemAccount account_;
    Stamps read_;  ///< of what is known
    bool may_have_changed_since_ = false;
    int rules_missed_ = 0;  ///< looks one after the other that could not read them
    mutable std::mutex mutex_;
    std::shared_ptr<const Known> known_ = std::make_shared<Known>();
};

}  // namespace mail
