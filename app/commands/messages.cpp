#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "app/cli_removal.h"
#include "app/commands/commands.h"
#include "app/commands/printed.h"
#include "app/messages_table.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/cli_decide.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/preview.h"
#include "mail/base/utf8.h"

namespace app {

namespace text = gui::text;
using mail::JobView;

namespace {

/// The program's end gives back a hundred thousand rows faster than their destructors do.
void leave_to_the_end(std::shared_ptr<const mail::Snapshot> rows) {
    static auto& left = *new std::vector<std::shared_ptr<const mail::Snapshot>>;
    left.push_back(std::move(rows));
}

void print_taken(CommandRun& run, const JobView& job, std::vector<Listed> touched,
                 const std::string& folder) {
    // There may be many, at every run.
    const auto claimed = std::erase_if(
        touched, [](const Listed& listed) { return mail::is_claimed_elsewhere(*listed.state); });
    if (claimed > 0)
        say(text::fill(text::run_claimed, run.language,
                       {{"messages", text::counted(text::message, run.language, claimed)}}));
    if (touched.empty()) {
        if (claimed == 0)
            say(std::string(text::run_nothing_new.in(run.language)));
        print(text::fill(text::run_folder, run.language, {{"folder", folder}}) + "\n");
        return;
    }
    print(taken_table(touched, run.style));
    print(text::fill(text::run_folder, run.language, {{"folder", folder}}) + "\n");
    std::uint64_t octets = 0;
    for (const Listed& listed : touched)
        for (const mail::PartView& part : listed.state->parts.unpack())
            if (part.verdict == mail::Verdict::taken && part.reason != mail::Reason::already_there)
                octets += part.size_octets;
    if (job.documents > 0 || job.files_there == 0)
        say(text::fill(text::run_summary, run.language,
                       {{"documents", text::counted(text::document, run.language, job.documents)},
                        {"files", text::counted(text::file, run.language, job.files)},
                        {"size", text::size(octets, run.language)}}));
    if (job.files_there > 0)
        say(text::counted(text::file_there, run.language, job.files_there));
    if (job.messages_check > 0)
        say(text::fill(
            text::run_need_you, run.language,
            {{"messages", text::counted(text::message, run.language, job.messages_check)}}));
    if (job.messages_failed > 0)
        say(text::fill(
            text::run_failed_count, run.language,
            {{"messages", text::counted(text::message, run.language, job.messages_failed)}}));
}

}  // namespace

ExitCode list(CommandRun& run) {
    MessagesTable table(run.style);
    const JobView opened =
        run.do_job(mail::OpenPoint{run.running.point, true}, [&](const JobView&) {
            const auto snapshot = run.running.engine->snapshot();
            const mail::PointView* point = snapshot->point(run.running.point);
            if (!run.arguments.json && point != nullptr && point->mailbox)
                table.prepare(*point->mailbox);
        });
    if (opened.state != JobView::State::done)
        return run.finish_failed(opened);
    if (run.arguments.json) {
        write_messages_json(run.messages(), {}, print);
        return ExitCode::done;
    }
    run.shown = run.running.engine->snapshot();
    leave_to_the_end(run.shown);
    const mail::PointView* point = run.shown->point(run.running.point);
    // A point without permission is not there.
    const mail::MailboxView none,
        &mailbox = point != nullptr && point->mailbox ? *point->mailbox : none;
    print(table.text(mailbox));
    const auto all = std::reduce(mailbox.counts.begin(), mailbox.counts.end(), std::uint64_t{0});
    say(text::fill(text::list_summary, run.language,
                   {{"messages", text::counted(text::message, run.language, all)},
                    {"new", text::counted(text::new_message, run.language,
                                          mailbox.count_of(mail::Status::new_))}}));
    return ExitCode::done;
}

ExitCode take(CommandRun& run) {
    const mail::Take command{run.running.point, run.arguments.uids, !run.arguments.uids.empty()};
    const JobView job = run.do_job(command);
    // What was to leave after its document, and stays.
    std::fputs(kept_lines(job, run.language).c_str(), stderr);
    if (const std::string left = left_line(job, run.language); !left.empty())
        say(left);
    std::vector<Listed> touched = run.messages();
    // What this run has not worked on is as it was listed.
    std::erase_if(touched, [&](const Listed& listed) {
        const mail::MessageState& before = listed.row->initial;
        if (listed.state == &before || listed.state->status == mail::Status::new_)
            return true;
        // A run that ended early has put back what it did not come to.
        return job.state != JobView::State::done && listed.state->status == before.status &&
               listed.state->taken_at == before.taken_at;
    });
    if (job.state != JobView::State::done)
        return run.finish_failed(job, touched);
    // Of a range some may be missing; of one number that says more than "nothing new".
    if (touched.empty() && !run.arguments.uids.empty())
        return run.fail_with(no_such_message(run.arguments.uids.front()));
    const std::string folder = run.shown->point(run.running.point)->target_folder;
    if (run.arguments.json)
        write_messages_json(touched, {std::nullopt, &job, folder}, print);
    else
        print_taken(run, job, touched, folder);
    if (job.messages_failed == 0)
        return ExitCode::done;
    return job.messages_failed < job.messages_done ? ExitCode::some_failed : ExitCode::failed;
}

ExitCode save(CommandRun& run) {
    const JobView opened = run.do_job(mail::OpenPoint{run.running.point, true});
    if (opened.state != JobView::State::done)
        return run.finish_failed(opened);
    const JobView job = run.do_job(mail::SaveMessage{run.running.point, run.arguments.uids.front(),
                                                     0, mail::absolute_path(*run.arguments.out)});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    const std::string path = mail::utf8::one_line(job.saved_path);
    if (job.doubt)
        say(text::fill(text::message_saved_doubt, run.language,
                       {{"path", path}, {"why", text::words_of(*job.doubt, run.language).cause}}));
    print(job.saved_path + "\n");
    return ExitCode::done;
}

ExitCode decide(CommandRun& run) {
    using mail::store::Decision;
    const std::uint32_t uid = run.arguments.uids.front();
    const Decision decision = run.arguments.take   ? Decision::take
                              : run.arguments.skip ? Decision::skip
                                                   : Decision::by_rules;
    const JobView job =
        run.arguments.part.empty()
            ? run.do_job(mail::OpenPoint{run.running.point, true})
            : run.do_job(mail::Decide{run.running.point, uid, 0, run.arguments.part, decision});
    if (job.state != JobView::State::done)
        return run.finish_failed(job);
    std::vector<Listed> found = run.messages();
    std::erase_if(found, [&](const Listed& listed) { return listed.row->uid != uid; });
    if (found.empty())
        return run.fail_with(no_such_message(uid));
    const Listed& message = found.front();
    if (run.arguments.json)
        write_messages_json(found, {}, print);
    else
        print(parts_table(parts_of(*message.row, *message.state).unpack(), run.style));
    if (run.arguments.take)
        say(std::string(text::decide_run_takes.in(run.language)));
    return ExitCode::done;
}

}  // namespace app
