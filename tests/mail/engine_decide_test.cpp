// What an engine makes of a decision about a part, and what another one on the workspace sees of
// it.

#include <filesystem>
#include <functional>

#include <gtest/gtest.h>

#include "mail/demo/server.h"
#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/waited_engine.h"

namespace mail {

namespace {

using store::Decision;

demo::Mail invoice() {
    return {"Subject: Faktura\r\nFrom: biuro@zak.example\r\nMessage-ID: <1@zak.example>\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
            "--x\r\nContent-Type: application/pdf\r\n"
            "Content-Disposition: attachment; filename=a.pdf\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQgYQ==\r\n"
            "--x\r\nContent-Type: text/plain\r\n"
            "Content-Disposition: attachment; filename=skrypt.bat\r\n"
            "Content-Transfer-Encoding: base64\r\n\r\nZWNobw==\r\n--x--\r\n",
            {}};
}

/// An engine that a test can wait for.
class Program {
public:
    Program(const std::string& workspace, Engine::Guest guest) {
        Engine::Setup setup{std::move(*point::Workspace::open(real_disk(), workspace)),
                            memory_secret_store(),
                            {std::move(guest)},
                            "Ala"};
        setup.follows_ledger_every = std::chrono::milliseconds(20);
        engine_.start(std::move(setup));
    }
    std::shared_ptr<const Snapshot> wait_until(const std::function<bool(const Snapshot&)>& holds) {
        return engine_.wait_until(holds);
    }
    JobView do_job(Command command) { return engine_.do_job(std::move(command)); }
    static MessageState state_in(const Snapshot& snapshot) {
        const MailboxView& mailbox = *snapshot.point("demo")->mailbox;
        return mailbox.state_of(mailbox.chunks.at(0)->at(0));
    }
    [[nodiscard]] MessageState state() const { return state_in(*engine_->snapshot()); }

private:
    fakes::WaitedEngine engine_;
};

class EngineDecide : public testing::Test {
protected:
    void SetUp() override { server_ = std::move(*demo::Server::start({invoice()})); }
    [[nodiscard]] std::unique_ptr<Program> program() const {
        point::Point point;
        point.id = "demo";
        point.name = "Demo";
        point.connection.server = server_->endpoint().host;
        point.connection.port = server_->endpoint().port;
        point.connection.encryption = server_->endpoint().encryption;
        point.connection.login = "demo";
        return std::make_unique<Program>(
            folder_ / "workspace",
            Engine::Guest{point, "", true, Secret("demo"), folder_ / "target"});
    }
    [[nodiscard]] bool is_written(const std::string& name) const {
        return std::filesystem::exists(folder_ / ("target/" + name));
    }

    fakes::ScratchFolder folder_;
    std::unique_ptr<demo::Server> server_;
};

}  // namespace

TEST_F(EngineDecide, a_part_that_is_wanted_is_taken_and_known_at_the_next_start) {
    {
        const auto program = this->program();
        ASSERT_EQ(program->do_job(OpenPoint{"demo"}).state, JobView::State::done);
        ASSERT_EQ(program->do_job(Take{"demo", {}}).state, JobView::State::done);
        EXPECT_EQ(program->state().status, Status::check);
        const JobView decided = program->do_job(Decide{"demo", 1, 0, "2", Decision::take});
        ASSERT_EQ(decided.state, JobView::State::done);
        EXPECT_EQ(decided.kind, JobView::Kind::decide);
        EXPECT_EQ(program->state().status, Status::partial);
        EXPECT_FALSE(is_written("skrypt.bat"));
    }
    const auto program = this->program();
    ASSERT_EQ(program->do_job(Take{"demo", {}}).state, JobView::State::done);
    EXPECT_TRUE(is_written("skrypt.bat"));
    EXPECT_EQ(program->state().status, Status::taken);
}

TEST_F(EngineDecide, a_window_that_is_open_sees_what_another_program_decided) {
    const auto window = program();
    ASSERT_EQ(window->do_job(OpenPoint{"demo"}).state, JobView::State::done);
    const auto other = program();
    ASSERT_EQ(other->do_job(Decide{"demo", 1, 0, "1", Decision::skip}).state, JobView::State::done);
    window->wait_until([](const Snapshot& now) {
        const Parts parts = Program::state_in(now).parts.unpack();
        return std::ranges::any_of(
            parts, [](const PartView& part) { return part.decision == Decision::skip; });
    });
    ASSERT_EQ(window->do_job(Take{"demo", {}}).state, JobView::State::done);
    EXPECT_FALSE(is_written("a.pdf"));
}

TEST_F(EngineDecide, of_another_numbering_nothing_is_decided) {
    const auto program = this->program();
    ASSERT_EQ(program->do_job(OpenPoint{"demo"}).state, JobView::State::done);
    const JobView job = program->do_job(Decide{"demo", 1, 4711, "1", Decision::skip});
    ASSERT_TRUE(job.error);
    EXPECT_EQ(job.error->cause, Cause::message_changed);
    const JobView missing = program->do_job(Decide{"demo", 9, 0, "1", Decision::skip});
    ASSERT_TRUE(missing.error);
    EXPECT_EQ(missing.error->cause, Cause::no_such_message);
}

}  // namespace mail
