// Points and operators through the engine's commands: who may do what, and what is left on disk.

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "mail/point/point_file.h"
#include "tests/fakes/scratch_folder.h"

namespace mail {

namespace {

const point::SystemAccount ala{"1000", "ala", true}, jan{"1001", "jan", true},
    ewa{"1002", "ewa", true};
const point::Operators office{{"ala", "1000", "ala", "Ala Nowak", true, true},
                              {"jan", "1001", "jan", "Jan", false, false}};

/// One store that outlives the programs, as the system's does.
class SharedStore final : public SecretStore {
public:
    explicit SharedStore(SecretStore& inner) : inner_(inner) {}
    Kind kind() const override { return inner_.kind(); }
    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        return inner_.get(key, wait);
    }
    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        return inner_.put(key, secret, wait);
    }
    Result<void> remove(const std::string& key, const Wait& wait) override {
        return inner_.remove(key, wait);
    }

private:
    SecretStore& inner_;
};

/// A store that somebody pulls away.
class PulledStore final : public SecretStore {
public:
    enum class Moment { never, always, before_removing, hangs };
    std::atomic<Moment> moment{Moment::never};

    Kind kind() const override { return Kind::system; }
    Result<std::optional<Secret>> get(const std::string& key, const Wait& wait) override {
        if (auto there = answer(Moment::always, wait); !there)
            return tl::unexpected(there.error());
        return inner_->get(key, wait);
    }
    Result<void> put(const std::string& key, const Secret& secret, const Wait& wait) override {
        return answer(Moment::always, wait).and_then([&] {
            return inner_->put(key, secret, wait);
        });
    }
    Result<void> remove(const std::string& key, const Wait& wait) override {
        return answer(Moment::before_removing, wait).and_then([&] {
            return inner_->remove(key, wait);
        });
    }

private:
    Result<void> answer(Moment last, const Wait& wait) const {
        if (moment == Moment::hangs)
            return wait.pause(std::chrono::hours(1), Layer::workspace, Reach::point);
        if (moment == Moment::always || moment == last)
            return fail(Cause::secret_store_unavailable, Layer::workspace, Reach::point);
        return {};
    }
    std::unique_ptr<SecretStore> inner_ = memory_secret_store();
};

/// One running program on the workspace.
class Program {
public:
    Program(const std::string& folder, point::SystemAccount account, SecretStore& secrets,
            std::vector<Engine::Guest> guests = {},
            std::chrono::milliseconds deleted_kept = std::chrono::minutes(5)) {
        Engine::Setup setup{point::Workspace::open(real_disk(), folder).value(),
                            std::make_unique<SharedStore>(secrets), std::move(guests),
                            account.account_name};
        setup.account = std::move(account);
        setup.deleted_kept = deleted_kept;
        engine_ = Engine::start(std::move(setup), [this] {
                      const std::scoped_lock lock(mutex_);
                      changed_.notify_all();
                  }).value();
    }
    JobView do_job(Command command) { return ended(engine_->post(std::move(command))); }
    JobView ended(JobId id) {
        for (;;) {
            const auto snapshot = engine_->snapshot();
            const JobView* job = snapshot->job(id);
            if (job != nullptr && job->state >= JobView::State::done)
                return *job;
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, std::chrono::milliseconds(20));
        }
    }
    /// The cause with which it failed; nothing if it is done.
    std::optional<Cause> refusal_of(Command command) {
        const JobView job = do_job(std::move(command));
        return job.error ? std::optional(job.error->cause) : std::nullopt;
    }
    std::shared_ptr<const Snapshot> now() { return engine_->snapshot(); }
    /// Ends the job after it has begun to wait for something.
    JobView cancelled(Command command) {
        const JobId id = engine_->post(std::move(command));
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        engine_->cancel(id);
        return ended(id);
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::unique_ptr<Engine> engine_;
};

}  // namespace

class DefinitionsThroughTheEngine : public testing::Test {
protected:
    Program start(const point::SystemAccount& account) {
        return Program(folder_ / "ws", account, *secrets_);
    }
    static point::Point named(const std::string& name, std::vector<std::string> operators = {}) {
        point::Point point;
        point.name = name;
        point.connection.server = "imap.firma.example";
        point.operators = std::move(operators);
        return point;
    }
    /// As the administrator does it.
    std::string saved(Program& program, point::Point point) {
        const JobView job = program.do_job(SavePoint{std::move(point), std::nullopt});
        EXPECT_EQ(job.state, JobView::State::done);
        return job.saved_point;
    }
    std::string content(const std::string& path) const {
        return read_file(real_disk(), path, 1U << 20).value_or("");
    }
    void write(const std::string& path, std::string_view text) const {
        std::ofstream(path, std::ios::binary) << text;
    }
    bool has_password(const std::string& id) {
        return secrets_->get(password_key(id), Wait::for_at_most(std::chrono::seconds(5)))
            ->has_value();
    }
    std::string operators_path() const { return folder_ / "ws/operators.json"; }

    fakes::ScratchFolder folder_;
    std::unique_ptr<SecretStore> secrets_ = memory_secret_store();
};

TEST_F(DefinitionsThroughTheEngine, whoever_saves_first_is_the_administrator) {
    Program program = start(jan);
    EXPECT_EQ(program.now()->workspace, (folder_ / "ws"));
    EXPECT_TRUE(program.now()->may_define);
    EXPECT_TRUE(program.now()->may_see_points);
    EXPECT_TRUE(program.now()->operators->empty());
    EXPECT_FALSE(std::filesystem::exists(operators_path())) << "looking makes no rules";
    saved(program, named("Faktury"));
    const auto snapshot = program.now();
    ASSERT_EQ(snapshot->operators->size(), 1U);
    EXPECT_EQ(snapshot->operators->at(0),
              (point::Operator{"jan", "1001", "jan", "jan", true, true}));
    EXPECT_EQ(snapshot->me, "jan");
    EXPECT_EQ(point::load_operators(real_disk(), operators_path())->operators,
              *snapshot->operators);
}

TEST_F(DefinitionsThroughTheEngine, only_those_who_are_named_see_and_work_a_point) {
    std::string jans, nobodys;
    {
        Program program = start(ala);
        ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
        point::Point of_jan = named("Jana", {"jan"});
        of_jan.general.set_folder_while_working = true;
        jans = saved(program, of_jan);
        nobodys = saved(program, named("Niczyja"));
        EXPECT_EQ(program.now()->points.size(), 2U);
    }
    Program program = start(jan);
    EXPECT_EQ(program.now()->me, "jan");
    EXPECT_FALSE(program.now()->may_define);
    EXPECT_TRUE(program.now()->may_see_points) << "being named on one is enough";
    ASSERT_EQ(program.now()->points.size(), 1U);
    EXPECT_NE(program.now()->point(jans), nullptr);
    for (const Command& command : std::vector<Command>{
             OpenPoint{nobodys}, Take{nobodys, {}, false}, SetFolder{nobodys, folder_.path()},
             GivePassword{nobodys, Secret("x"), false}, ExportPoint{nobodys, folder_ / "x.json"}}) {
        const JobView job = program.do_job(command);
        ASSERT_TRUE(job.error) << command.index();
        EXPECT_EQ(job.error->cause, Cause::no_permission) << command.index();
        EXPECT_EQ(job.error->fact("point"), "Niczyja");
        EXPECT_EQ(job.error->fact("administrators"), "Ala Nowak");
    }
    EXPECT_EQ(program.refusal_of(SetFolder{jans, folder_.path()}), std::nullopt);
    EXPECT_EQ(program.refusal_of(ExportPoint{jans, folder_ / "x.json"}), std::nullopt);
    Program stranger = start(ewa);
    EXPECT_EQ(stranger.now()->me, "");
    EXPECT_FALSE(stranger.now()->may_see_points);
    EXPECT_TRUE(stranger.now()->points.empty());
    EXPECT_EQ(stranger.refusal_of(OpenPoint{jans}), Cause::no_permission);
}

TEST_F(DefinitionsThroughTheEngine, only_administrators_define) {
    std::string jans;
    {
        Program program = start(ala);
        ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
        jans = saved(program, named("Jana", {"jan"}));
    }
    Program program = start(jan);
    const std::string path = program.now()->point(jans)->path, before = content(path);
    point::Point mine = *program.now()->point(jans)->definition;
    mine.name = "Moja";
    write(folder_ / "given.json", before);
    for (const Command& command : std::vector<Command>{
             SavePoint{mine, Secret("x")}, DeletePoint{jans}, RestorePoint{jans},
             ImportPoint{folder_ / "given.json"}, SaveOperators{{}}, ListFolders{mine, {}}}) {
        EXPECT_EQ(program.refusal_of(command), Cause::no_permission) << command.index();
    }
    EXPECT_EQ(content(path), before);
    EXPECT_FALSE(has_password(jans));
    EXPECT_EQ(program.now()->points.size(), 1U);
}

TEST_F(DefinitionsThroughTheEngine, a_right_that_was_withdrawn_elsewhere_is_gone_at_once) {
    Program program = start(ala);
    ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
    point::Operators others = office;
    others[0].administrator = false;
    others[1].administrator = true;
    Program other = start(ala);
    ASSERT_EQ(other.refusal_of(SaveOperators{others}), std::nullopt);
    EXPECT_EQ(program.refusal_of(SavePoint{named("Faktury"), {}}), Cause::no_permission);
    ASSERT_EQ(program.refusal_of(ReloadPoints{}), std::nullopt);
    EXPECT_FALSE(program.now()->may_define);
}

TEST_F(DefinitionsThroughTheEngine, the_last_administrator_stays) {
    Program program = start(ala);
    ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
    const std::string before = content(operators_path());
    point::Operators none = office;
    none[0].administrator = false;
    EXPECT_EQ(program.refusal_of(SaveOperators{none}), Cause::no_administrator);
    EXPECT_EQ(program.refusal_of(SaveOperators{{}}), Cause::no_administrator);
    EXPECT_EQ(program.refusal_of(SaveOperators{{office[1]}}), Cause::no_administrator);
    EXPECT_EQ(program.refusal_of(SaveOperators{{office[0], office[0]}}), Cause::point_invalid);
    EXPECT_EQ(content(operators_path()), before);
}

TEST_F(DefinitionsThroughTheEngine, the_first_list_holds_who_saved_it_and_new_ones_get_ids) {
    Program program = start(ala);
    ASSERT_EQ(program.refusal_of(SaveOperators{{{"", "1001", "jan", "Jan", false, false},
                                                {"", "1003", "jan", "Jan 2", false, false}}}),
              std::nullopt);
    const auto operators = program.now()->operators;
    ASSERT_EQ(operators->size(), 3U);
    EXPECT_EQ(operators->at(0).id, "jan");
    EXPECT_EQ(operators->at(1).id, "jan-2");
    EXPECT_EQ(operators->at(2), (point::Operator{"ala", "1000", "ala", "ala", true, true}));
    EXPECT_EQ(program.now()->me, "ala");
}

TEST_F(DefinitionsThroughTheEngine, a_person_is_found_by_login_or_said_to_be_unknown) {
    const point::SystemAccount me = point::system_account();
    Program program = start(ala);
    ASSERT_EQ(program.refusal_of(
                  SaveOperators{{office[0], {"", "", me.account_name, "Me", false, false}}}),
              std::nullopt);
    EXPECT_EQ(program.now()->operators->at(1).account, me.account);
    const JobView refused = program.do_job(
        SaveOperators{{office[0], {"", "", "nobody-has-this-login", "?", false, false}}});
    ASSERT_TRUE(refused.error);
    EXPECT_EQ(refused.error->cause, Cause::account_unknown);
    EXPECT_EQ(refused.error->fact("login"), "nobody-has-this-login");
    EXPECT_EQ(program.now()->operators->size(), 2U);
}

TEST_F(DefinitionsThroughTheEngine, files_go_to_the_folder_of_the_ocr_point) {
    Program program = start(ala);
    point::Point ocr;
    ocr.type = point::Type::ocr;
    ocr.name = "OCR";
    ocr.general.folder = folder_ / "ocr";
    const std::string ocr_id = saved(program, ocr);
    point::Point mailbox = named("Faktury");
    mailbox.general.folder = folder_ / "own";
    mailbox.general.ocr_point = ocr_id;
    mailbox.general.set_folder_while_working = true;
    const std::string id = saved(program, mailbox);
    EXPECT_EQ(program.now()->point(id)->target_folder, folder_ / "ocr");
    // It moves along, until somebody sets another folder for this run.
    ocr.id = ocr_id;
    ocr.general.folder = "relative";
    saved(program, ocr);
    EXPECT_EQ(program.now()->point(id)->target_folder, folder_ / "ws/relative");
    std::filesystem::create_directories(folder_ / "set");
    ASSERT_EQ(program.refusal_of(SetFolder{id, folder_ / "set"}), std::nullopt);
    mailbox.id = id;
    mailbox.name = "Faktury 2";
    saved(program, mailbox);
    EXPECT_EQ(program.now()->point(id)->target_folder, folder_ / "set");
    ASSERT_EQ(program.refusal_of(SetFolder{id, ""}), std::nullopt);
    EXPECT_EQ(program.now()->point(id)->target_folder, folder_ / "ws/relative");
    // Of a point that is gone the own folder is left.
    ASSERT_EQ(program.refusal_of(DeletePoint{ocr_id}), std::nullopt);
    EXPECT_EQ(program.now()->point(id)->target_folder, folder_ / "own");
}

TEST_F(DefinitionsThroughTheEngine, a_list_that_was_changed_meanwhile_is_not_written_over) {
    Program program = start(ala);
    ASSERT_EQ(program.refusal_of(SaveOperators{office, point::Operators{}}), std::nullopt);
    point::Operators more = office;
    more.push_back({"ewa", "1002", "ewa", "Ewa", false, false});
    Program other = start(ala);
    ASSERT_EQ(other.refusal_of(SaveOperators{more, office}), std::nullopt);
    EXPECT_EQ(program.refusal_of(SaveOperators{office, office}), Cause::point_changed);
    EXPECT_EQ(point::load_operators(real_disk(), operators_path())->operators, more);
}

TEST_F(DefinitionsThroughTheEngine, with_unreadable_rules_nobody_works_and_nothing_is_changed) {
    std::string id;
    {
        Program program = start(ala);
        id = saved(program, named("Faktury"));
    }
    write(operators_path(), "{\n  \"operators\": [,]\n}\n");
    Program program = start(ala);
    ASSERT_TRUE(program.now()->operators_error);
    EXPECT_EQ(program.now()->operators_error->cause, Cause::point_damaged);
    EXPECT_EQ(program.now()->operators_error->fact("file"), operators_path());
    EXPECT_EQ(program.now()->operators_error->fact("line"), "2");
    EXPECT_TRUE(program.now()->points.empty());
    for (const Command& command : std::vector<Command>{
             OpenPoint{id}, DeletePoint{id}, SavePoint{named("x"), {}}, SaveOperators{office}})
        EXPECT_EQ(program.refusal_of(command), Cause::point_damaged) << command.index();
    EXPECT_EQ(content(operators_path()), "{\n  \"operators\": [,]\n}\n");
    write(operators_path(), point::format_operators({office, ""}));
    ASSERT_EQ(program.refusal_of(ReloadPoints{}), std::nullopt);
    EXPECT_FALSE(program.now()->operators_error);
    EXPECT_EQ(program.now()->points.size(), 1U);
}

TEST_F(DefinitionsThroughTheEngine, guests_and_rules_have_nothing_to_do_with_each_other) {
    {
        Program program = start(ala);
        ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
    }
    const std::string before = content(operators_path());
    Engine::Guest guest;
    guest.point = named("Obcy");
    guest.point.id = "guest";
    guest.point.general.set_folder_while_working = true;
    Program program(folder_ / "ws", ewa, *secrets_, {guest});
    EXPECT_NE(program.now()->point("guest"), nullptr);
    EXPECT_EQ(program.refusal_of(SetFolder{"guest", folder_.path()}), std::nullopt);
    EXPECT_EQ(content(operators_path()), before);
}

TEST_F(DefinitionsThroughTheEngine, a_stored_password_goes_to_no_server_but_its_own) {
    const auto server = demo::Server::start(demo::sample_mails()).value(),
               other = demo::Server::start(demo::sample_mails()).value();
    const auto on = [](const demo::Server& one) {
        point::Point point = named("Faktury", {"jan"});
        point.connection.server = one.endpoint().host;
        point.connection.port = one.endpoint().port;
        point.connection.encryption = one.endpoint().encryption;
        point.connection.login = "demo";
        return point;
    };
    Engine::Guest guest;
    guest.path = folder_ / "given.json";
    {
        Program program = start(ala);
        ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
        const JobView job = program.do_job(SavePoint{on(*server), Secret("demo")});
        guest.point = *program.now()->point(job.saved_point)->definition;
        EXPECT_EQ(program.refusal_of(OpenPoint{guest.point.id}), std::nullopt);
    }
    const std::string id = guest.point.id;
    const auto refusal_of_guest = [&](const point::SystemAccount& account) {
        return Program(folder_ / "ws", account, *secrets_, {guest}).refusal_of(OpenPoint{id});
    };
    EXPECT_EQ(refusal_of_guest(jan), std::nullopt) << "a copy of the definition";
    EXPECT_EQ(refusal_of_guest(ewa), Cause::password_needed) << "the point is not hers";

    point::Point form = guest.point;
    form.connection.port = other->endpoint().port;
    const auto failure_of = [&](Program& program) {
        const JobView job = program.do_job(Diagnose{form, std::nullopt});
        const diagnose::Step* failure = job.diagnosis ? job.diagnosis->first_failure() : nullptr;
        return failure != nullptr && failure->error ? std::optional(failure->error->cause)
                                                    : std::nullopt;
    };
    {
        Program program = start(jan);
        EXPECT_EQ(failure_of(program), Cause::password_needed) << "he may not define";
        EXPECT_EQ(other->counts().logins, 0U);
    }
    guest.point = form;
    {
        Program program(folder_ / "ws", ala, *secrets_, {guest});
        EXPECT_EQ(program.refusal_of(OpenPoint{id}), Cause::password_needed);
        EXPECT_EQ(failure_of(program), Cause::password_needed);
        EXPECT_EQ(program.refusal_of(ListFolders{form, {}}), Cause::password_needed);
        EXPECT_EQ(other->counts().logins, 0U);
        ASSERT_EQ(program.refusal_of(GivePassword{id, Secret("demo"), true}), std::nullopt);
    }
    EXPECT_EQ(refusal_of_guest(ewa), std::nullopt) << "stored for that file";
    guest.point.connection.login = "another";
    EXPECT_EQ(refusal_of_guest(ala), Cause::password_needed);
    guest.point = form;
    {
        Program program(folder_ / "ws", ala, *secrets_, {guest});
        ASSERT_EQ(program.refusal_of(ForgetPassword{id}), std::nullopt);
    }
    EXPECT_EQ(refusal_of_guest(ala), Cause::password_needed);
    EXPECT_TRUE(has_password(id)) << "that of the workspace's point stays";
}

TEST_F(DefinitionsThroughTheEngine, a_deleted_point_comes_back_with_its_password) {
    Program program = start(ala);
    const JobView job = program.do_job(SavePoint{named("Faktury"), Secret("tajne")});
    const std::string id = job.saved_point, path = program.now()->point(id)->path;
    ASSERT_TRUE(has_password(id));
    ASSERT_EQ(program.refusal_of(DeletePoint{id}), std::nullopt);
    EXPECT_EQ(program.now()->point(id), nullptr);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(has_password(id));
    EXPECT_EQ(program.refusal_of(OpenPoint{id}), Cause::point_not_found);
    EXPECT_EQ(program.refusal_of(DeletePoint{id}), Cause::point_not_found);
    ASSERT_EQ(program.refusal_of(RestorePoint{id}), std::nullopt);
    EXPECT_EQ(program.now()->point(id)->path, path);
    EXPECT_TRUE(has_password(id));
    EXPECT_EQ(program.refusal_of(RestorePoint{id}), Cause::point_not_found);
}

TEST_F(DefinitionsThroughTheEngine, a_point_deleted_long_ago_comes_back_without_its_passwords) {
    constexpr auto kept = std::chrono::milliseconds(50);
    Program program(folder_ / "ws", ala, *secrets_, {}, kept);
    const std::string id = program.do_job(SavePoint{named("Faktury"), Secret("tajne")}).saved_point;
    ASSERT_EQ(program.refusal_of(GivePassword{id, Secret("inne"), false}), std::nullopt);
    ASSERT_EQ(program.refusal_of(DeletePoint{id}), std::nullopt);
    // Nothing is asked of the program meanwhile: it forgets by itself.
    std::this_thread::sleep_for(3 * kept);
    ASSERT_EQ(program.refusal_of(RestorePoint{id}), std::nullopt);
    EXPECT_FALSE(has_password(id));
    EXPECT_EQ(program.refusal_of(OpenPoint{id}), Cause::password_needed)
        << "nor is there the one that was typed";
}

TEST_F(DefinitionsThroughTheEngine, passwords_of_a_deleted_point_are_forgotten_amid_work) {
    constexpr auto kept = std::chrono::milliseconds(400);
    const auto server = demo::Server::start(demo::sample_mails()).value();
    point::Point point = named("Faktury");
    point.connection.server = server->endpoint().host;
    point.connection.port = server->endpoint().port;
    point.connection.encryption = server->endpoint().encryption;
    point.connection.login = "demo";
    Program program(folder_ / "ws", ala, *secrets_, {}, kept);
    const std::string id = saved(program, point), path = program.now()->point(id)->path;
    ASSERT_EQ(program.refusal_of(GivePassword{id, Secret("demo"), false}), std::nullopt);
    ASSERT_EQ(program.refusal_of(OpenPoint{id}), std::nullopt);
    const std::string definition = content(path);
    ASSERT_EQ(program.refusal_of(DeletePoint{id}), std::nullopt);
    // As a window does that gets the focus again and again.
    for (int i = 0; i < 5; ++i) {
        std::this_thread::sleep_for(kept / 2);
        ASSERT_EQ(program.refusal_of(ReloadPoints{}), std::nullopt);
    }
    write(path, definition);
    ASSERT_EQ(program.refusal_of(ReloadPoints{}), std::nullopt);
    EXPECT_EQ(program.refusal_of(OpenPoint{id}), Cause::password_needed);
}

TEST_F(DefinitionsThroughTheEngine,
       with_the_store_pulled_away_definitions_are_saved_and_it_is_told) {
    PulledStore store;
    const auto stored = [&](const std::string& id) {
        return store.get(password_key(id), Wait::for_at_most(std::chrono::seconds(5)))->has_value();
    };
    Program program(folder_ / "ws", ala, store);
    store.moment = PulledStore::Moment::always;
    const JobView saved = program.do_job(SavePoint{named("Faktury"), Secret("tajne")});
    EXPECT_EQ(saved.state, JobView::State::done);
    ASSERT_TRUE(saved.password_error);
    EXPECT_EQ(saved.password_error->cause, Cause::secret_store_unavailable);
    const std::string id = saved.saved_point;
    const auto snapshot = program.now();
    const PointView* point = snapshot->point(id);
    ASSERT_NE(point, nullptr);
    // Back again, with what is shown now: no second point, and no point_changed.
    store.moment = PulledStore::Moment::never;
    const JobView again =
        program.do_job(SavePoint{*point->definition, Secret("tajne"), point->content_sha256});
    EXPECT_EQ(again.state, JobView::State::done);
    EXPECT_FALSE(again.password_error);
    EXPECT_TRUE(stored(id));
    EXPECT_EQ(program.now()->points.size(), 1U);

    for (const auto moment : {PulledStore::Moment::always, PulledStore::Moment::before_removing}) {
        store.moment = moment;
        const JobView deleted = program.do_job(DeletePoint{id});
        EXPECT_EQ(deleted.state, JobView::State::done);
        EXPECT_EQ(program.now()->point(id), nullptr);
        ASSERT_TRUE(deleted.password_error);
        const std::string file(deleted.password_error->fact("deleted"));
        EXPECT_EQ(point::load_point(real_disk(), file)->id, id) << "by this path it can be mended";
        store.moment = PulledStore::Moment::never;
        EXPECT_TRUE(stored(id));
        const JobView restored = program.do_job(RestorePoint{id});
        EXPECT_FALSE(restored.password_error);
        EXPECT_TRUE(stored(id));
    }
    // A later one mends it.
    EXPECT_FALSE(program.do_job(DeletePoint{id}).password_error);
    EXPECT_FALSE(stored(id));
    store.moment = PulledStore::Moment::always;
    const JobView restored = program.do_job(RestorePoint{id});
    EXPECT_EQ(restored.state, JobView::State::done);
    EXPECT_TRUE(restored.password_error);
    EXPECT_NE(program.now()->point(id), nullptr);
}

TEST_F(DefinitionsThroughTheEngine, a_store_that_hangs_can_be_left_and_the_definition_is_there) {
    PulledStore store;
    Program program(folder_ / "ws", ala, store);
    store.moment = PulledStore::Moment::hangs;
    const JobView saved = program.cancelled(SavePoint{named("Faktury"), Secret("tajne")});
    EXPECT_EQ(saved.state, JobView::State::done);
    ASSERT_TRUE(saved.password_error);
    EXPECT_EQ(saved.password_error->cause, Cause::cancelled);
    EXPECT_NE(program.now()->point(saved.saved_point), nullptr);
    const JobView deleted = program.cancelled(DeletePoint{saved.saved_point});
    EXPECT_EQ(deleted.state, JobView::State::done);
    EXPECT_TRUE(deleted.password_error);
    EXPECT_TRUE(program.now()->points.empty());
}

TEST_F(DefinitionsThroughTheEngine, a_workspace_that_was_copied_is_the_same_but_for_passwords) {
    point::Point point = named("Faktury", {"jan"});
    point.connection.login = "faktury@firma.example";
    point.general.folder = "pobrane";
    std::string id;
    {
        Program program = start(ala);
        ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
        id = program.do_job(SavePoint{point, Secret("tajne")}).saved_point;
    }
    std::filesystem::copy(folder_ / "ws", folder_ / "copy",
                          std::filesystem::copy_options::recursive);
    std::filesystem::remove_all(folder_ / "ws");
    const auto others_store = memory_secret_store();
    Program program(folder_ / "copy", jan, *others_store);
    const auto snapshot = program.now();
    const PointView* shown = snapshot->point(id);
    ASSERT_NE(shown, nullptr);
    EXPECT_EQ(shown->path.find(folder_ / "copy"), 0U) << shown->path;
    EXPECT_EQ(shown->target_folder, folder_ / "copy/pobrane");
    const JobView opened = program.do_job(OpenPoint{id});
    ASSERT_TRUE(opened.error);
    EXPECT_EQ(opened.error->cause, Cause::password_needed);
    EXPECT_EQ(opened.error->fact("login"), "faktury@firma.example");
    // Whom the copied list doesn't name is told whom to ask.
    Program stranger(folder_ / "copy", {"1000", "ewa", true}, *others_store);
    EXPECT_TRUE(stranger.now()->points.empty());
    EXPECT_EQ(stranger.do_job(OpenPoint{id}).error->fact("administrators"), "Ala Nowak");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "copy"))
        if (entry.is_regular_file()) {
            EXPECT_EQ(content(entry.path().string()).find(folder_ / "ws"), std::string::npos)
                << entry.path() << " knows where it was";
        }
}

TEST_F(DefinitionsThroughTheEngine, what_another_program_does_to_points_is_seen_on_reload) {
    Program mine = start(ala), theirs = start(ala);
    const std::string id = saved(mine, named("Faktury")), gone = saved(mine, named("Zniknie"));
    const std::string based_on = mine.now()->point(id)->content_sha256;
    ASSERT_EQ(based_on.size(), 64U);
    ASSERT_EQ(theirs.refusal_of(ReloadPoints{}), std::nullopt);
    point::Point changed = *theirs.now()->point(id)->definition;
    EXPECT_EQ(theirs.now()->point(id)->content_sha256, based_on);
    changed.name = "Zmieniona";
    saved(theirs, changed);
    const std::string added = saved(theirs, named("Nowa"));
    ASSERT_EQ(theirs.refusal_of(DeletePoint{gone}), std::nullopt);

    point::Point edited = *mine.now()->point(id)->definition;
    edited.general.folder = "gdzie indziej";
    EXPECT_EQ(mine.refusal_of(SavePoint{edited, {}, based_on}), Cause::point_changed);
    ASSERT_EQ(mine.refusal_of(ReloadPoints{}), std::nullopt);
    const auto now = mine.now();
    EXPECT_EQ(now->points.size(), 2U);
    EXPECT_EQ(now->point(gone), nullptr);
    ASSERT_NE(now->point(added), nullptr);
    EXPECT_EQ(now->point(id)->definition->name, "Zmieniona") << "nothing was written over it";
    EXPECT_NE(now->point(id)->content_sha256, based_on);
    EXPECT_EQ(mine.refusal_of(SavePoint{edited, {}, now->point(id)->content_sha256}), std::nullopt);
    EXPECT_EQ(mine.refusal_of(SavePoint{named("x"), {}, std::string("0")}), Cause::point_changed);
}

TEST_F(DefinitionsThroughTheEngine, a_damaged_file_is_shown_with_its_reason_and_not_written_over) {
    Program program = start(ala);
    const std::string id = saved(program, named("Faktury"));
    const point::Point point = *program.now()->point(id)->definition;
    const std::string path = program.now()->point(id)->path;
    const std::string sha256 = program.now()->point(id)->content_sha256;
    write(path, "{\n\"name\": \n}");
    EXPECT_EQ(program.refusal_of(SavePoint{point, {}, sha256}), Cause::point_changed);
    ASSERT_EQ(program.refusal_of(ReloadPoints{}), std::nullopt);
    const auto snapshot = program.now();
    ASSERT_EQ(snapshot->points.size(), 1U);
    const auto& error = snapshot->points[0]->file_error;
    ASSERT_TRUE(error);
    EXPECT_EQ(error->cause, Cause::point_damaged);
    EXPECT_EQ(error->fact("file"), path);
    EXPECT_EQ(error->fact("line"), "3");
    EXPECT_EQ(error->fact("reason"), "unexpected_character");
    EXPECT_EQ(content(path), "{\n\"name\": \n}");
    ASSERT_EQ(program.refusal_of(DeletePoint{path}), std::nullopt) << "known by its path";
    EXPECT_TRUE(program.now()->points.empty());
}

TEST_F(DefinitionsThroughTheEngine, a_password_of_a_proxy_goes_into_no_definition) {
    Program program = start(ala);
    point::Point point = named("Faktury");
    point.connection.proxy = "http://ala:tajne@proxy:3128";
    const JobView saved = program.do_job(SavePoint{point, Secret("tajne")});
    ASSERT_TRUE(saved.error);
    EXPECT_EQ(saved.error->cause, Cause::point_invalid);
    EXPECT_EQ(saved.error->fact("field"), "connection.proxy");
    for (const auto& [key, value] : saved.error->facts)
        EXPECT_EQ(value.find("tajne"), std::string::npos);
    const std::string theirs = folder_ / "theirs.json";
    write(theirs, point::format_point(point));
    EXPECT_EQ(program.refusal_of(ImportPoint{theirs}), Cause::point_invalid);
    EXPECT_TRUE(program.now()->points.empty());
    point.connection.proxy = "http://ala@proxy:3128";
    EXPECT_EQ(program.refusal_of(SavePoint{point, Secret("tajne")}), std::nullopt);
}

TEST_F(DefinitionsThroughTheEngine, a_folder_of_a_form_is_looked_at_and_made) {
    Program program = start(ala);
    const std::filesystem::path workspace = folder_ / "ws";
    for (const bool make : {false, true}) {
        const JobView job = program.do_job(CheckFolder{"Faktury/2026/01", make});
        ASSERT_TRUE(job.error) << "the folder above is not there";
        EXPECT_EQ(job.error->cause, Cause::folder_not_found);
        EXPECT_EQ(job.error->fact("missing"), (workspace / "Faktury").string());
        EXPECT_FALSE(std::filesystem::exists(workspace / "Faktury"));
    }
    ASSERT_EQ(program.refusal_of(CheckFolder{"Faktury", true}), std::nullopt);
    const JobView asked = program.do_job(CheckFolder{"Faktury/2026"});
    ASSERT_TRUE(asked.error);
    EXPECT_EQ(asked.error->cause, Cause::folder_not_found);
    EXPECT_EQ(asked.error->fact("missing"), "");
    EXPECT_FALSE(std::filesystem::exists(workspace / "Faktury/2026"));
    ASSERT_EQ(program.refusal_of(CheckFolder{"Faktury/2026", true}), std::nullopt);
    EXPECT_TRUE(std::filesystem::is_empty(workspace / "Faktury/2026"));
    EXPECT_EQ(program.refusal_of(CheckFolder{folder_ / "ws/Faktury"}), std::nullopt);
    write(folder_ / "ws/file", "x");
    EXPECT_EQ(program.refusal_of(CheckFolder{"file"}), Cause::not_a_folder);
    ASSERT_EQ(program.refusal_of(SaveOperators{office}), std::nullopt);
    Program jans = start(jan);
    EXPECT_EQ(jans.refusal_of(CheckFolder{"Inne", true}), Cause::no_permission);
    EXPECT_FALSE(std::filesystem::exists(workspace / "Inne"));
}

TEST_F(DefinitionsThroughTheEngine, a_definition_goes_out_without_secrets_and_comes_in_again) {
    Program program = start(ala);
    point::Point point = named("Faktury");
    const JobView job = program.do_job(SavePoint{point, Secret("tajne")});
    // By hand: the program itself writes no such file.
    const auto saved = program.now();
    point = *saved->point(job.saved_point)->definition;
    point.connection.proxy = "http://ala:tajne@proxy:3128";
    write(saved->point(job.saved_point)->path, point::format_point(point));
    ASSERT_EQ(program.refusal_of(ReloadPoints{}), std::nullopt);
    EXPECT_EQ(program.now()->point(job.saved_point)->secret_field, "connection.proxy");
    const std::string out = folder_ / "out.json";
    ASSERT_EQ(program.refusal_of(ExportPoint{job.saved_point, out}), std::nullopt);
    EXPECT_EQ(content(out).find("tajne"), std::string::npos);
    write(out, "mine");
    EXPECT_EQ(program.refusal_of(ExportPoint{job.saved_point, out}), Cause::file_exists);
    EXPECT_EQ(content(out), "mine");
    ASSERT_EQ(program.refusal_of(ExportPoint{job.saved_point, out, true}), std::nullopt);
    EXPECT_EQ(program.refusal_of(ExportPoint{job.saved_point, folder_ / "no/out.json"}),
              Cause::folder_not_found);
    const JobView imported = program.do_job(ImportPoint{out});
    ASSERT_EQ(imported.state, JobView::State::done);
    EXPECT_NE(imported.saved_point, job.saved_point);
    const auto snapshot = program.now();
    const PointView* view = snapshot->point(imported.saved_point);
    ASSERT_NE(view, nullptr);
    EXPECT_EQ(view->definition->name, "Faktury (2)");
    EXPECT_EQ(view->definition->connection.proxy, "http://proxy:3128");
    EXPECT_FALSE(has_password(imported.saved_point));
    EXPECT_EQ(program.refusal_of(ImportPoint{folder_ / "no.json"}), Cause::file_not_found);
}

}  // namespace mail
