// What other programs change in definitions and rules while this one runs: it is followed without
// anybody's asking, and no work that is under way comes to harm by it.

#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "mail/base/base64.h"
#include "mail/base/disk.h"
#include "mail/demo/server.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {
namespace {

const point::SystemAccount ala{"1000", "ala", true}, jan{"1001", "jan", true};
constexpr std::uint32_t mails = 3;

demo::Mail mail_with(std::uint32_t number) {
    const std::string name = "f" + std::to_string(number) + ".pdf";
    return {"Subject: Faktura\r\nMessage-ID: <" + std::to_string(number) +
                "@firma.example>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name=" +
                name + "\r\nContent-Disposition: attachment; filename=" + name +
                "\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                to_base64("%PDF-1.4 " + std::to_string(number)) + "\r\n",
            {}};
}

class EngineFollowsDefinitions : public testing::Test {
protected:
    void SetUp() override {
        std::vector<demo::Mail> all;
        for (std::uint32_t number = 1; number <= mails; ++number)
            all.push_back(mail_with(number));
        demo::Options options;
        options.manner = [this](const std::string& command) {
            std::function<void(const std::string&)> before;
            {
                const std::scoped_lock lock(mutex_);
                before = before_;
            }
            if (before)
                before(command);
            return demo::Manner::honest;
        };
        server_ = demo::Server::start(std::move(all), options).value();
        point::Point point;
        point.name = "Faktury";
        point.connection.server = server_->endpoint().host;
        point.connection.port = server_->endpoint().port;
        point.connection.encryption = server_->endpoint().encryption;
        point.connection.login = "demo";
        point.general.folder = folder_ / "out";
        point.operators = {"jan"};
        stored_ = workspace().save(point).value();
        id_ = stored_.point->id;
        allow("jan");
        Engine::Setup setup{workspace(), memory_secret_store(), {}, "jan"};
        setup.account = jan;
        setup.password = Secret("demo");
        setup.follows_definitions_every = std::chrono::milliseconds(20);
        engine_.start(std::move(setup));
    }
    [[nodiscard]] point::Workspace workspace() const {
        return point::Workspace::open(real_disk(), folder_ / "ws").value();
    }
    /// As an administrator's program does it.
    void allow(const std::string& who) const {
        ASSERT_TRUE(point::save_operators(
            real_disk(), workspace().operators_path(),
            {{"ala", "1000", "ala", "Ala", true, true}, {who, "1001", who, who, false, false}}));
    }
    void write_file(const std::string& content) const {
        const std::string fresh = folder_ / "fresh";
        std::ofstream(fresh) << content;
        std::filesystem::rename(fresh, stored_.path);
    }
    [[nodiscard]] std::string file() const {
        std::ifstream in(stored_.path);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// While the take fetches its first file, `change` is done and has come through.
    JobView take_while(const std::function<void()>& change,
                       const std::function<bool(const Snapshot&)>& has_come) {
        {
            const std::scoped_lock lock(mutex_);
            before_ = [=, this](const std::string& command) {
                if (command.find("PEEK[1]") == std::string::npos)
                    return;
                {
                    const std::scoped_lock again(mutex_);
                    before_ = {};
                }
                change();
                engine_.wait_until(has_come);
            };
        }
        JobView ended = engine_.do_job(Take{id_, {}, false});
        const std::scoped_lock lock(mutex_);
        EXPECT_FALSE(before_) << "no file was fetched";
        return ended;
    }

    fakes::ScratchFolder folder_;
    std::mutex mutex_;
    std::function<void(const std::string&)> before_;
    std::unique_ptr<demo::Server> server_;
    point::StoredPoint stored_;
    std::string id_;
    fakes::WaitedEngine engine_;
};

TEST_F(EngineFollowsDefinitions, another_folder_holds_for_the_next_take) {
    point::Point changed = *stored_.point;
    changed.general.folder = folder_ / "another";
    ASSERT_TRUE(workspace().save(changed, stored_.content_sha256));
    engine_.wait_until([&](const Snapshot& now) {
        return now.point(id_)->target_folder == changed.general.folder;
    });
    EXPECT_EQ(engine_.do_job(Take{id_, {}, false}).documents, mails);
    EXPECT_FALSE(std::filesystem::is_empty(folder_ / "another"));
}

TEST_F(EngineFollowsDefinitions, nothing_is_drawn_while_nothing_changes) {
    engine_.do_job(ReloadPoints{});
    const auto before = engine_.shown();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_EQ(engine_.shown(), before);
}

TEST_F(EngineFollowsDefinitions, a_right_that_is_withdrawn_ends_the_take_that_is_under_way) {
    const JobView taken = take_while([this] { allow("ola"); },
                                     [this](const Snapshot& now) { return !now.point(id_); });
    EXPECT_NE(taken.state, JobView::State::done);
    EXPECT_LT(taken.documents, mails);
    EXPECT_EQ(engine_.refusal_of(Take{id_, {}, false}), Cause::no_permission);
}

TEST_F(EngineFollowsDefinitions, a_file_that_can_t_be_read_for_a_while_stops_no_work) {
    ASSERT_EQ(engine_.do_job(OpenPoint{id_}).state, JobView::State::done);
    const std::string whole = file();
    const JobView taken = take_while([this] { write_file("{ half"); },
                                     [this](const Snapshot& now) {
                                         const PointView* view = now.point(id_);
                                         return view == nullptr || view->file_error;
                                     });
    EXPECT_EQ(taken.state, JobView::State::done);
    EXPECT_EQ(taken.documents, mails);
    const auto shown = engine_.shown();
    ASSERT_NE(shown->point(id_), nullptr);
    EXPECT_EQ(shown->point(id_)->mailbox->count_of(Status::taken), mails);
    write_file(whole);
    const auto mended = engine_.wait_until(
        [&](const Snapshot& now) { return now.point(id_) && !now.point(id_)->file_error; });
    EXPECT_EQ(mended->point(id_)->mailbox->count_of(Status::taken), mails);
}

TEST_F(EngineFollowsDefinitions, a_right_ends_also_while_the_file_can_t_be_read) {
    ASSERT_EQ(engine_.do_job(OpenPoint{id_}).state, JobView::State::done);
    write_file("{ half");
    engine_.wait_until([this](const Snapshot& now) {
        return now.point(id_) && now.point(id_)->file_error.has_value();
    });
    const JobView taken = take_while([this] { allow("ola"); },
                                     [this](const Snapshot& now) { return !now.point(id_); });
    EXPECT_NE(taken.state, JobView::State::done);
    EXPECT_LT(taken.documents, mails);
    EXPECT_EQ(engine_.refusal_of(Take{id_, {}, false}), Cause::no_permission);
}

TEST_F(EngineFollowsDefinitions,
       a_point_that_has_gone_is_not_watched_any_more_and_is_when_it_is_back) {
    Engine::Setup setup{workspace(), memory_secret_store(), {}, "jan"};
    setup.account = jan;
    setup.password = Secret("demo");
    setup.follows_definitions_every = std::chrono::milliseconds(20);
    setup.keeps_live = true;
    setup.tries_again_after = std::chrono::milliseconds(0);
    setup.checks_every = std::chrono::milliseconds(50);
    engine_.start(std::move(setup));
    ASSERT_EQ(engine_.do_job(OpenPoint{id_}).state, JobView::State::done);
    const std::string whole = file();
    std::filesystem::remove(stored_.path);
    engine_.wait_until([this](const Snapshot& now) { return !now.point(id_); });
    const auto version = [this] { return engine_.shown()->version; };
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const auto before = version();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_LE(version() - before, 2U);
    write_file(whole);
    server_->add_message(mail_with(mails + 1));
    engine_.wait_until([this](const Snapshot& now) {
        const PointView* view = now.point(id_);
        return view != nullptr && view->mailbox && view->mailbox->expected == mails + 1;
    });
}

TEST_F(EngineFollowsDefinitions, rules_that_can_t_be_read_for_a_moment_are_not_missed) {
    std::filesystem::rename(workspace().operators_path(), folder_ / "rules");
    std::filesystem::create_directory(workspace().operators_path());
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    std::filesystem::remove(workspace().operators_path());
    std::filesystem::rename(folder_ / "rules", workspace().operators_path());
    EXPECT_FALSE(engine_.shown()->operators_error);
    EXPECT_EQ(engine_.do_job(Take{id_, {}, false}).documents, mails);
}

TEST_F(EngineFollowsDefinitions, rules_that_stay_unreadable_let_nobody_work) {
    std::ofstream(workspace().operators_path()) << "{ half";
    engine_.wait_until([](const Snapshot& now) { return now.operators_error.has_value(); });
    EXPECT_NE(engine_.refusal_of(Take{id_, {}, false}), std::nullopt);
}

}  // namespace
}  // namespace mail
