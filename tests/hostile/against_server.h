#pragma once
// The whole engine on one point whose server plays a script: what becomes of its mails, as an
// operator sees it.

#include <condition_variable>
#include <mutex>

#include <gtest/gtest.h>

#include "mail/engine.h"
#include "tests/fakes/scratch_folder.h"
#include "tests/fakes/skipped_time.h"
#include "tests/hostile/conversation.h"

namespace mail::hostile {

class AgainstServer : public testing::Test {
protected:
    /// A script for each client that connects; the last is for all that follow.
    void serve(std::vector<Script> scripts);
    void serve(Script script) { serve(std::vector<Script>{std::move(script)}); }

    /// Ends what runs; the ledger and the files stay.
    void restart();
    JobView do_job(Command command);
    /// The job when `holds` is true for the first time.
    JobView wait_for(JobId id, const std::function<bool(const JobView&)>& holds);
    JobView open() { return do_job(OpenPoint{"point"}); }
    JobView take() { return do_job(Take{"point", {}, false}); }

    /// Name and content of all that is in the target folder.
    [[nodiscard]] std::map<std::string, std::string> files() const {
        return files_in(folder_ / "target");
    }
    /// "1:taken 2:failed(message_gone)", by UID.
    [[nodiscard]] std::string statuses() const;
    /// Files that lie beside the target folder and the workspace.
    [[nodiscard]] std::size_t everything_outside_the_target() const;
    [[nodiscard]] std::vector<MessageRow> rows() const;
    [[nodiscard]] std::size_t commands_with(std::string_view words) const;

    [[nodiscard]] PointHealth health() const { return engine_->snapshot()->point("point")->health; }

    /// Pauses take no time, unless a test says real_time().
    fakes::SkippedTime skipped_;
    const TimeSource* time_ = &skipped_;
    net::Encryption encryption_ = net::Encryption::none;
    std::unique_ptr<demo::Server> server_;
    std::unique_ptr<Engine> engine_;

private:
    void start();

    fakes::ScratchFolder folder_{fakes::ScratchFolder::Medium::memory};
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace mail::hostile
