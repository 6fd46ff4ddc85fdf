#include "mail/definitions.h"

#include <algorithm>
#include <utility>

#include "mail/base/file_lock.h"

namespace mail {

namespace {

using point::StoredPoint;

// Others hold it for the milliseconds of a save; one that hangs should be told of soon.
constexpr std::chrono::seconds turn_comes_in{5};

// Of file systems: FAT has two seconds.
constexpr std::chrono::seconds coarsest_times{3};

// Rules that can't be read let nobody do anything; a share's hiccup should not end a night's work.
constexpr int looks_until_rules_are_missed = 12;

const StoredPoint* find(const std::vector<StoredPoint>& points, const std::string& id) {
    const auto found = std::ranges::find_if(points, [&](const StoredPoint& stored) {
        return (stored.point ? stored.point->id : stored.path) == id;
    });
    return found == points.end() ? nullptr : &*found;
}

tl::unexpected<Error> no_administrator() {
    return fail(Cause::no_administrator, Layer::workspace, Reach::point);
}

bool is_same(const Definitions::Known& a, const Definitions::Known& b) {
    const auto is_same_file = [](const StoredPoint& one, const StoredPoint& other) {
        return one.path == other.path && one.content_sha256 == other.content_sha256 &&
               one.point.has_value() == other.point.has_value();
    };
    return std::ranges::equal(a.points, b.points, is_same_file) && *a.operators == *b.operators &&
           *a.office == *b.office && a.me == b.me &&
           a.operators_error.has_value() == b.operators_error.has_value() &&
           a.office_error.has_value() == b.office_error.has_value();
}

}  // namespace

const point::Operator* Definitions::Known::operator_me() const {
    const auto found = std::ranges::find(*operators, me, &point::Operator::id);
    return me.empty() || found == operators->end() ? nullptr : &*found;
}

bool Definitions::Known::may_define() const {
    return !operators_error && point::may_define(*operators, operator_me());
}

bool Definitions::Known::may_see(const StoredPoint& stored) const {
    // Who may see a point whose file can't be read, nobody knows: whoever can mend it.
    return stored.point ? may_see(*stored.point) : may_define();
}

bool Definitions::Known::may_see(const point::Point& point) const {
    return operators_error ? may_define() : point::may_see(point, *operators, operator_me());
}

bool Definitions::Known::may_see_points() const {
    if (operators_error)
        return false;
    std::vector<const point::Point*> readable;
    for (const StoredPoint& stored : points)
        if (stored.point)
            readable.push_back(&*stored.point);
    return point::may_see_points(readable, *operators, operator_me());
}

std::shared_ptr<const Definitions::Known> Definitions::known() const {
    const std::scoped_lock lock(mutex_);
    return known_;
}

void Definitions::keep(Known known) {
    auto kept = std::make_shared<const Known>(std::move(known));
    const std::scoped_lock lock(mutex_);
    known_ = std::move(kept);
}

Result<void> Definitions::read_operators(Known& known) const {
    auto file = point::load_operators(workspace_.disk(), workspace_.operators_path());
    known.operators_error = file ? std::nullopt : std::optional(file.error());
    known.me.clear();
    if (!file)
        return tl::unexpected(std::move(file).error());
    if (const point::Operator* me = point::operator_of(file->operators, account_))
        known.me = me->id;
    known.operators = std::make_shared<const point::Operators>(std::move(file->operators));
    return {};
}

void Definitions::note_missed(Known& known, const std::vector<StoredPoint>& before) {
    for (const StoredPoint& stored : before)
        if (stored.point)
            known.missed.insert_or_assign(stored.path, *stored.point);
    std::erase_if(known.missed, [&](const auto& one) {
        const auto now = std::ranges::find(known.points, one.first, &StoredPoint::path);
        return now == known.points.end() || now->point;
    });
}

Result<Definitions::Known> Definitions::read() const {
    Known known = *this->known();
    auto points = workspace_.points(known.points);
    if (!points)
        return tl::unexpected(std::move(points).error());
    note_missed(known, std::exchange(known.points, *std::move(points)));
    // An error is shown and stands in the way of every job; it does not keep the program from
    // starting.
    static_cast<void>(read_operators(known));
    auto office = point::load_office(workspace_.disk(), workspace_.office_path());
    known.office_error = office ? std::nullopt : std::optional(office.error());
    known.office =
        std::make_shared<const point::Office>(std::move(office).value_or(point::Office{}));
    return known;
}

Result<void> Definitions::reload() {
    // Before the reading: what is written meanwhile is new at the next look.
    Stamps now = stamps();
    return read().map([&](Known known) {
        note_reading(std::move(now));
        keep(std::move(known));
    });
}

Definitions::Stamps Definitions::stamps() const {
    Disk& disk = workspace_.disk();
    std::vector<Stamp> stamps;
    const auto points = disk.list(workspace_.points_folder());
    if (!points)
        return std::nullopt;
    for (const Entry& entry : *points)
        stamps.push_back({entry.name, entry.size_octets, entry.modified});
    for (const std::string& path : {workspace_.operators_path(), workspace_.office_path()}) {
        const auto entry = disk.look(path);
        stamps.push_back(entry ? Stamp{path, entry->size_octets, entry->modified} : Stamp{path});
    }
    std::ranges::sort(stamps, {}, &Stamp::path);
    return stamps;
}

bool Definitions::follow() {
    // A share may be gone for a moment: what is known holds until it is back.
    Stamps now = stamps();
    if (!now || (now == read_ && !may_have_changed_since_ && !is_news_))
        return false;
    auto known = read();
    if (!known)
        return false;
    const bool were_readable = !this->known()->operators_error;
    if (known->operators_error && were_readable && ++rules_missed_ < looks_until_rules_are_missed)
        return false;
    note_reading(std::move(now));
    const bool is_new = !is_same(*known, *this->known()) || is_news_.exchange(false);
    keep(*std::move(known));
    return is_new;
}

void Definitions::note_reading(Stamps stamps) {
    // A file that was written again in the same second, as long as it was, looks as before.
    const auto young = std::chrono::system_clock::now() - coarsest_times;
    may_have_changed_since_ = !stamps || std::ranges::any_of(*stamps, [&](const Stamp& stamp) {
        return stamp.modified > young;
    });
    read_ = std::move(stamps);
    rules_missed_ = 0;
}

Result<void> Definitions::refusal(const Known& known, const std::string& point) const {
    if (known.operators_error)
        return tl::unexpected(*known.operators_error);
    Facts facts;
    if (const StoredPoint* stored = find(known.points, point); stored && stored->point)
        facts.emplace_back("point", stored->point->name);
    facts.emplace_back("administrators", point::administrators_of(*known.operators));
    return fail(Cause::no_permission, Layer::workspace, Reach::point, std::move(facts));
}

Result<void> Definitions::allow_work(const std::string& point) const {
    const auto known = this->known();
    if (const StoredPoint* stored = find(known->points, point))
        return known->may_see(*stored) ? Result<void>() : refusal(*known, point);
    const auto missed = std::ranges::find(
        known->missed, point, [](const auto& one) -> const std::string& { return one.second.id; });
    const bool may = missed == known->missed.end() || known->may_see(missed->second);
    return may ? Result<void>() : refusal(*known, point);
}

Result<void> Definitions::allow_definition(const std::string& point) {
    Known known = *this->known();
    const auto read = read_operators(known);
    if (!is_same(known, *this->known()))
        is_news_ = true;
    keep(known);
    return read && known.may_define() ? Result<void>() : refusal(known, point);
}

Result<void> Definitions::begin_rules() {
    const bool there_are = !known()->operators->empty();
    // An account that the system doesn't tell could not be known again.
    if (there_are || account_.account.empty())
        return {};
    point::Operator first = point::operator_for(account_, {});
    first.administrator = first.points_area = true;
    return point::save_operators(workspace_.disk(), workspace_.operators_path(), {first});
}

/// What is looked at before a change must still be so when it is written.
template <class Change>
auto Definitions::in_turn(const std::string& point, const Wait& wait, const Change& change)
    -> decltype(change()) {
    const auto turn = FileLock::take(workspace_.lock_path(), wait.within(turn_comes_in));
    if (!turn && turn.error().cause == Cause::deadline)
        return fail(Cause::busy_elsewhere, Layer::workspace, Reach::point,
                    {{"path", workspace_.folder()}});
    if (!turn && turn.error().cause == Cause::cancelled)
        return tl::unexpected(turn.error());
    return allow_definition(point).and_then(change);
}

Result<StoredPoint> Definitions::save(const point::Point& point,
                                      const std::optional<std::string>& based_on,
                                      const Wait& wait) {
    return in_turn(point.id, wait, [&] {
        return begin_rules().and_then([&] { return workspace_.save(point, based_on); });
    });
}

Result<std::string> Definitions::remove(const std::string& point, const Wait& wait) {
    return in_turn(point, wait, [&] { return workspace_.remove(point); });
}

Result<void> Definitions::restore(const std::string& point, const Wait& wait) {
    return in_turn(point, wait, [&] { return workspace_.restore(point); });
}

Result<StoredPoint> Definitions::import(const std::string& path, const Wait& wait) {
    return in_turn("", wait,
                   [&] { return begin_rules().and_then([&] { return workspace_.import(path); }); });
}

Result<void> Definitions::save_operators(point::Operators operators,
                                         const std::optional<point::Operators>& based_on,
                                         const Wait& wait) {
    return in_turn("", wait, [&] { return save_operators_now(std::move(operators), based_on); });
}

Result<void> Definitions::save_operators_now(point::Operators operators,
                                             const std::optional<point::Operators>& based_on) {
    if (based_on && *based_on != *known()->operators)
        return fail(Cause::point_changed, Layer::workspace, Reach::point,
                    {{"file", workspace_.operators_path()}});
    for (point::Operator& person : operators) {
        if (person.account.empty()) {
            const auto account = point::system_account_named(person.account_name);
            if (!account)
                return fail(Cause::account_unknown, Layer::workspace, Reach::point,
                            {{"login", person.account_name}});
            person.account = account->account;
        }
        if (person.id.empty())
            person.id = point::free_operator_id(person.account_name, operators);
    }
    // The first to save is an administrator, even of a list that he forgot to be in.
    if (known()->operators->empty() && point::operator_of(operators, account_) == nullptr &&
        !account_.account.empty()) {
        operators.push_back(point::operator_for(account_, operators));
        operators.back().administrator = operators.back().points_area = true;
    }
    if (std::ranges::none_of(operators, &point::Operator::administrator))
        return no_administrator();
    return point::save_operators(workspace_.disk(), workspace_.operators_path(), operators);
}

template <class Change>
Result<void> Definitions::change_office(const Change& change, const Wait& wait) {
    return in_turn("", wait, [&]() -> Result<void> {
        auto office = point::load_office(workspace_.disk(), workspace_.office_path());
        if (!office)
            return tl::unexpected(std::move(office).error());
        return change(*office).and_then([&] { return begin_rules(); }).and_then([&] {
            return point::save_office(workspace_.disk(), workspace_.office_path(), *office);
        });
    });
}

Result<void> Definitions::save_client(const point::OAuth& settings, const std::string& client_id,
                                      const Wait& wait) {
    return change_office(
        [&](point::Office& office) -> Result<void> {
            point::set_client(office, settings, client_id);
            return {};
        },
        wait);
}

Result<void> Definitions::save_retention(const point::Retention& retention,
                                         const std::optional<point::Retention>& based_on,
                                         const Wait& wait) {
    return change_office(
        [&](point::Office& office) -> Result<void> {
            if (based_on && *based_on != office.retention)
                return fail(Cause::point_changed, Layer::workspace, Reach::point,
                            {{"file", workspace_.office_path()}});
            office.retention = retention;
            return {};
        },
        wait);
}

Result<point::Retention> Definitions::retention() const {
    return point::load_office(workspace_.disk(), workspace_.office_path())
        .map([](const point::Office& office) { return office.retention; });
}

Result<point::Connection> Definitions::with_client(point::Connection connection) const {
    if (connection.authentication != point::Authentication::oauth2 ||
        !connection.oauth.client_id.empty())
        return connection;
    auto office = point::load_office(workspace_.disk(), workspace_.office_path());
    if (!office)
        return tl::unexpected(std::move(office).error());
    connection.oauth.client_id = point::client_of(*office, connection.oauth);
    return connection;
}

}  // namespace mail
