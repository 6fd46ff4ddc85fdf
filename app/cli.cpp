#include "app/cli.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <numeric>
#include <utility>

#include "app/cli_ocr.h"
#include "app/cli_output.h"
#include "app/cli_removal.h"
#include "app/cli_report.h"
#include "app/cli_retention.h"
#include "app/cli_watch.h"
#include "app/cli_what_if.h"
#include "app/job_watch.h"
#include "app/master_prompt.h"
#include "app/messages_table.h"
#include "app/stop_watch.h"
#include "app/terminal.h"
#include "app/wiring.h"
#include "gui/text/admin_page.h"
#include "gui/text/authorization.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/cli_decide.h"
#include "gui/text/cli_removal.h"
#include "gui/text/cli_save.h"
#include "gui/text/cli_watch.h"
#include "gui/text/format.h"
#include "gui/text/ladder.h"
#include "gui/text/local_time.h"
#include "gui/text/ocr.h"
#include "gui/text/plurals.h"
#include "gui/text/preview.h"
#include "gui/text/removal.h"
#include "gui/text/report.h"
#include "gui/text/retention.h"
#include "gui/text/screens.h"
#include "gui/text/what_if.h"
#include "mail/base/utf8.h"
#include "mail/mime/source.h"
#include "mail/point/operators.h"
#include "mail/work/extract.h"

namespace app {

namespace {

namespace text = gui::text;
using mail::JobView;

// A mail on standard input is held in memory.
constexpr std::size_t most_input_octets = 256 << 20;

/// errno of the first result that could not be written; 0 while all could.
int output_error = 0;

void print(const std::string& result) {
    errno = 0;
    const bool written = std::fwrite(result.data(), 1, result.size(), stdout) == result.size() &&
                         std::fflush(stdout) == 0;
    if (!written && output_error == 0)
        output_error = errno != 0 ? errno : EIO;
}

/// The program's end gives back a hundred thousand rows faster than their destructors do.
void leave_to_the_end(std::shared_ptr<const mail::Snapshot> rows) {
    static auto& left = *new std::vector<std::shared_ptr<const mail::Snapshot>>;
    left.push_back(std::move(rows));
}

void say(const std::string& line) {
    std::fprintf(stderr, "%s\n", line.c_str());
}

ExitCode fail_with(const mail::Error& error, const Arguments& arguments, text::Language language) {
    if (arguments.json)
        print(error_json(error));
    std::fputs(error_text(error, language).c_str(), stderr);
    return exit_code_of(error);
}

/// One command on one mailbox, or on the definitions.
class MailboxCommand {
public:
    MailboxCommand(const Arguments& arguments, text::Language language)
        : arguments_(arguments), language_(language), style_{language, output_columns()} {}

    ExitCode run() {
        auto running = start(arguments_, [this] { watch_.wake(); });
        if (!running)
            return fail_with(running.error(), arguments_, language_);
        running_ = std::move(*running);
        const auto snapshot = running_.engine->snapshot();
        if (snapshot->damaged_ledger_copy)
            say(text::fill(text::ledger_set_aside, language_,
                           {{"path", *snapshot->damaged_ledger_copy}}));
        tell_of_secrets(*snapshot);
        const bool opens =
            arguments_.action == Action::list || arguments_.action == Action::run ||
            arguments_.action == Action::remove || arguments_.action == Action::restore ||
            arguments_.action == Action::log || arguments_.action == Action::report ||
            arguments_.action == Action::ocr || arguments_.action == Action::decide;
        if (opens && snapshot->ledger_error)
            return fail_with(*snapshot->ledger_error, arguments_, language_);
        switch (arguments_.action) {
        case Action::points:
            return points(*snapshot);
        case Action::list:
            return list();
        case Action::export_:
            return export_point();
        case Action::import:
            return import_point();
        case Action::password:
            return with_definition(arguments_.remove ? &MailboxCommand::forget_password
                                                     : &MailboxCommand::store_password);
        case Action::diagnose:
            return with_definition(&MailboxCommand::diagnose);
        case Action::propose:
            return propose();
        case Action::remove:
            return remove();
        case Action::restore:
            return arguments_.uids.empty() ? show_quarantine() : restore();
        case Action::log:
            return show_log();
        case Action::report:
            return report();
        case Action::ocr:
            return with_definition(arguments_.allow_command ? &MailboxCommand::allow_command
                                                            : &MailboxCommand::ocr);
        case Action::retention:
            return retention(*snapshot);
        case Action::what_if:
            return with_definition(&MailboxCommand::what_if);
        case Action::decide:
            return decide();
        case Action::save:
            return save();
        case Action::authorize:
            return with_definition(command_of(arguments_.way));
        default:
            return take();
        }
    }

private:
    using OfDefinition = ExitCode (MailboxCommand::*)(const mail::point::Point&);
    static OfDefinition command_of(Arguments::Way way) {
        using Way = Arguments::Way;
        switch (way) {
        case Way::answer:
            return &MailboxCommand::hand_over_answer;
        case Way::status:
            return &MailboxCommand::show_account;
        case Way::sign_out:
            return &MailboxCommand::sign_out;
        case Way::admin_page:
            return &MailboxCommand::print_admin_page;
        case Way::browser:
        case Way::device:
            break;
        }
        return &MailboxCommand::authorize;
    }

    /// That somebody wrote into a definition by hand: it works, until it is to be saved.
    void tell_of_secrets(const mail::Snapshot& snapshot) const {
        for (const auto& point : snapshot.points)
            if (!point->secret_field.empty() &&
                (arguments_.action == Action::points || point->definition->id == running_.point))
                say(mail::utf8::one_line(point->path) + ": " +
                    text::fill(text::secret_in_file, language_,
                               {{"field", mail::utf8::one_line(point->secret_field, 100)}}));
    }

    /// Of somebody who may not see what he asks for.
    static mail::Error refusal(const mail::Snapshot& snapshot) {
        if (snapshot.operators_error)
            return *snapshot.operators_error;
        return {mail::Cause::no_permission,
                mail::Layer::workspace,
                mail::Reach::point,
                {{"administrators", mail::point::administrators_of(*snapshot.operators)}}};
    }

    /// What the command works on; a point without permission is not there.
    [[nodiscard]] mail::Result<std::shared_ptr<const mail::point::Point>> definition() const {
        const auto snapshot = running_.engine->snapshot();
        if (const mail::PointView* point = snapshot->point(running_.point))
            return point->definition;
        return tl::unexpected(refusal(*snapshot));
    }

    ExitCode points(const mail::Snapshot& snapshot) {
        if (snapshot.operators_error || !snapshot.may_see_points)
            return fail_with(refusal(snapshot), arguments_, language_);
        print(arguments_.json ? points_json(snapshot, running_.workspace)
                              : points_table(snapshot, running_.workspace, style_));
        return ExitCode::done;
    }

    ExitCode export_point() {
        const std::string path = mail::absolute_path(*arguments_.out);
        const JobView job = do_job(mail::ExportPoint{running_.point, path});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        print(text::fill(text::export_done, language_, {{"path", path}}) + "\n");
        return ExitCode::done;
    }

    ExitCode import_point() {
        const JobView job = do_job(mail::ImportPoint{arguments_.file});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        const auto snapshot = running_.engine->snapshot();
        const mail::PointView* point = snapshot->point(job.saved_point);
        if (point == nullptr)
            return fail_with(refusal(*snapshot), arguments_, language_);
        print(text::fill(text::import_done, language_,
                         {{"name", mail::utf8::one_line(point->definition->name)},
                          {"path", point->path}}) +
              "\n");
        return ExitCode::done;
    }

    JobView do_once(const mail::Command& command, const JobWatch::Observer& observer = {}) {
        return watch_.wait(*running_.engine, running_.engine->post(command), language_, observer);
    }

    static bool wants(const JobView& ended, mail::Cause cause) {
        return ended.state == JobView::State::failed && ended.error && ended.error->cause == cause;
    }

    /// The job's end; a password that is missing is asked for, that of the stored ones first.
    JobView do_job(const mail::Command& command, const JobWatch::Observer& observer = {}) {
        JobView ended = do_once(command, observer);
        if (is_locked(ended.error)) {
            if (const auto unlocked = master_prompt().unlock(); unlocked)
                ended = do_once(command, observer);
            else
                ended.error = unlocked.error();
        }
        if (!wants(ended, mail::Cause::password_needed))
            return ended;
        auto password = ask_password();
        if (!password)
            return ended;
        static_cast<void>(do_once(mail::GivePassword{running_.point, std::move(*password), false}));
        return do_once(command, observer);
    }

    [[nodiscard]] std::optional<mail::Secret> ask_password() const {
        const auto point = definition();
        if (!point)
            return std::nullopt;
        const auto& connection = (*point)->connection;
        return ask_secret(text::fill(text::ask_password, language_,
                                     {{"login", mail::utf8::one_line(connection.login)},
                                      {"host", mail::utf8::one_line(connection.server)}}));
    }

    [[nodiscard]] MasterPrompt master_prompt() {
        return {
            [this](mail::Secret given) { return do_once(mail::UnlockSecrets{std::move(given)}); },
            language_};
    }

    /// The store as it can be used now, or why it can't.
    mail::Result<mail::SecretsView> open_secrets() {
        // The office's jobs come one after the other: when this one is done, the system has
        // answered.
        static_cast<void>(do_once(mail::ReloadPoints{}));
        if (auto open = master_prompt().open(running_.engine->snapshot()->secrets); !open)
            return tl::unexpected(std::move(open.error()));
        return running_.engine->snapshot()->secrets;
    }

    /// Asks nobody for a password of what is not theirs to see.
    ExitCode with_definition(OfDefinition command) {
        const auto point = definition();
        return point ? (this->*command)(**point) : fail_with(point.error(), arguments_, language_);
    }

    ExitCode store_password(const mail::point::Point& point) {
        const auto secrets = open_secrets();
        if (!secrets)
            return fail_with(secrets.error(), arguments_, language_);
        auto password = input_stream_is_terminal() ? ask_password() : read_secret_input();
        if (!password || password->empty()) {
            say(std::string(text::password_not_stored.in(language_)));
            return ExitCode::failed;
        }
        if (password->reveal().find_first_of(std::string_view("\r\n\0", 3)) !=
            std::string_view::npos)
            return fail_with(
                {mail::Cause::bad_credentials_text, mail::Layer::auth, mail::Reach::point, {}},
                arguments_, language_);
        const JobView stored =
            do_once(mail::GivePassword{running_.point, std::move(*password), true});
        if (stored.state != JobView::State::done)
            return finish_failed(stored, {});
        const auto& where = secrets->kind == mail::SecretsView::Kind::system
                                ? text::password_in_system
                                : text::password_in_file;
        say(text::fill(where, language_,
                       {{"login", mail::utf8::one_line(point.connection.login)},
                        {"folder", running_.workspace}}));
        return ExitCode::done;
    }

    ExitCode forget_password(const mail::point::Point& point) {
        const JobView forgotten = do_job(mail::ForgetPassword{running_.point});
        if (forgotten.state != JobView::State::done)
            return finish_failed(forgotten, {});
        say(text::fill(text::password_removed, language_,
                       {{"login", mail::utf8::one_line(point.connection.login)}}));
        return ExitCode::done;
    }

    [[nodiscard]] JobView do_diagnosis(const mail::point::Point& point,
                                       std::optional<mail::Secret> password) {
        const mail::Diagnose command{point, std::move(password)};
        return watch_.wait(*running_.engine, running_.engine->post(command), language_);
    }

    ExitCode diagnose(const mail::point::Point& point) {
        JobView job = do_diagnosis(point, std::nullopt);
        const auto fault = [&job] {
            const mail::diagnose::Step* failed =
                job.diagnosis ? job.diagnosis->first_failure() : nullptr;
            return failed != nullptr ? failed->error : job.error;
        };
        if (is_locked(fault())) {
            const auto unlocked = master_prompt().unlock();
            if (unlocked)
                job = do_diagnosis(point, std::nullopt);
            else if (!is_locked(unlocked.error()))
                std::fputs(error_text(unlocked.error(), language_).c_str(), stderr);
        }
        if (fault() && fault()->cause == mail::Cause::password_needed) {
            auto password = ask_password();
            if (password)
                job = do_diagnosis(point, std::move(password));
        }
        if (!job.diagnosis)
            return fail_with(*fault(), arguments_, language_);
        print(arguments_.json ? diagnosis_json(*job.diagnosis)
                              : diagnosis_text(*job.diagnosis, style_));
        if (job.diagnosis->state == mail::Diagnosis::State::ended)
            say(text::fill(text::diagnosis_done, language_,
                           {{"time", text::duration(job.diagnosis->time, language_)}}));
        return fault() ? exit_code_of(*fault()) : ExitCode::done;
    }

    ExitCode what_if(const mail::point::Point& point) {
        mail::WhatIf question{point, std::nullopt, arguments_.last};
        JobView job = do_once(question);
        if (is_locked(job.error) && master_prompt().unlock())
            job = do_once(question);
        if (wants(job, mail::Cause::password_needed)) {
            question.password = ask_password();
            if (question.password)
                job = do_once(question);
        }
        if (!job.forecast)
            return fail_with(error_of(job), arguments_, language_);
        print(arguments_.json ? what_if_json(*job.forecast) : what_if_text(*job.forecast, style_));
        return ExitCode::done;
    }

    ExitCode propose() {
        const JobView job = do_once(mail::Propose{arguments_.address});
        if (!job.proposal)
            return fail_with(job.error.value_or(mail::Error{}), arguments_, language_);
        print(arguments_.json ? proposal_json(*job.proposal)
                              : proposal_text(*job.proposal, style_));
        return ExitCode::done;
    }

    ExitCode authorize(const mail::point::Point& point) {
        if (point.connection.authentication != mail::point::Authentication::oauth2)
            return fail_with(
                {mail::Cause::not_by_oauth, mail::Layer::oauth, mail::Reach::point, {}}, arguments_,
                language_);
        // In memory only it would be lost with the end of this command.
        if (const auto secrets = open_secrets(); !secrets)
            return fail_with(secrets.error(), arguments_, language_);
        const auto by = arguments_.way == Arguments::Way::device ? mail::Authorize::By::device
                                                                 : mail::Authorize::By::browser;
        std::string told;
        std::optional<TypedLines> typed;
        const JobView job =
            do_job(mail::Authorize{point, by, std::string(text::code_of(language_)),
                                   std::exchange(running_.client_secret, std::nullopt)},
                   [&](const JobView& now) {
                       const std::string line = text::authorization_line(now, language_);
                       if (!line.empty() && line != told)
                           say(line);
                       told = line.empty() ? told : line;
                       take_typed(now, typed);
                   });
        typed.reset();
        if (job.state == JobView::State::failed)
            say(text::fill(text::auth_failed, language_,
                           {{"login", mail::utf8::one_line(point.connection.login)}}));
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        print(arguments_.json ? account_json(job.account.get())
                              : text::signed_in_line(*job.account, language_) + "\n");
        return ExitCode::done;
    }

    /// While the browser is waited for, its address may be that of another computer: it is typed
    /// here then. So may be what it shows in place of an answer.
    void take_typed(const JobView& now, std::optional<TypedLines>& typed) {
        const bool waits = now.authorization &&
                           now.authorization->stage == mail::AuthorizationView::Stage::browser;
        if (!waits || !input_stream_is_terminal())
            return typed.reset();
        if (!typed) {
            typed.emplace();
            say(std::string(text::auth_paste_here.in(language_)));
        }
        auto line = typed->next();
        if (!line || line->empty())
            return;
        if (const std::string words = text::words_of_browser_error(line->reveal(), language_);
            !words.empty())
            return say(words);
        const JobView handed = do_once(mail::HandOverAnswer{std::move(*line)});
        if (handed.state == JobView::State::failed && handed.error)
            say(text::words_of(*handed.error, language_).cause);
    }

    ExitCode show_account(const mail::point::Point& point) {
        const JobView job = do_job(mail::LookUpAccount{point});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        print(arguments_.json ? account_json(job.account.get())
                              : text::account_lines(job.account.get(), language_));
        const bool usable = job.account && !job.account->error;
        return usable ? ExitCode::done : ExitCode::signin;
    }

    ExitCode sign_out(const mail::point::Point& point) {
        const JobView job = do_job(mail::SignOut{point});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        say(text::fill(text::signed_out, language_,
                       {{"login", mail::utf8::one_line(point.connection.login)}}));
        return ExitCode::done;
    }

    /// Not as an argument: those of a program can be read by others, and a code is in it.
    ExitCode hand_over_answer(const mail::point::Point&) {
        const std::string question = std::string(text::auth_paste_ask.in(language_)) + ": ";
        auto pasted = input_stream_is_terminal() ? ask_secret(question) : read_secret_input();
        const JobView job =
            do_job(mail::HandOverAnswer{std::move(pasted).value_or(mail::Secret())});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        say(std::string(text::auth_pasted.in(language_)));
        return ExitCode::done;
    }

    ExitCode print_admin_page(const mail::point::Point& point) {
        mail::point::Connection connection = point.connection;
        if (connection.oauth.client_id.empty())
            connection.oauth.client_id =
                mail::point::client_of(*running_.engine->snapshot()->office, connection.oauth);
        print(text::admin_page(connection, language_));
        return ExitCode::done;
    }

    [[nodiscard]] std::vector<Listed> messages() {
        shown_ = running_.engine->snapshot();
        const mail::PointView* point = shown_->point(running_.point);
        // A point without permission is not there.
        return point != nullptr && point->mailbox ? listed_messages(*point->mailbox)
                                                  : std::vector<Listed>();
    }

    static mail::Error error_of(const JobView& failed) {
        return failed.error.value_or(
            mail::Error{mail::Cause::cancelled, mail::Layer::point, mail::Reach::point, {}});
    }

    ExitCode finish_failed(const JobView& job, const std::vector<Listed>& done) {
        if (arguments_.json)
            write_messages_json(
                done, {error_of(job), job.kind == JobView::Kind::take ? &job : nullptr, ""}, print);
        else if (!done.empty())
            print(taken_table(done, style_));
        return tell_failed(job);
    }

    ExitCode tell_failed(const JobView& job) {
        const mail::Error error = error_of(job);
        if (job.state == JobView::State::cancelled)
            say(std::string(text::run_stopped.in(language_)));
        else
            std::fputs(error_text(error, language_).c_str(), stderr);
        return exit_code_of(error);
    }

    ExitCode list() {
        MessagesTable table(style_);
        const JobView opened = do_job(mail::OpenPoint{running_.point, true}, [&](const JobView&) {
            const auto snapshot = running_.engine->snapshot();
            const mail::PointView* point = snapshot->point(running_.point);
            if (!arguments_.json && point != nullptr && point->mailbox)
                table.prepare(*point->mailbox);
        });
        if (opened.state != JobView::State::done)
            return finish_failed(opened, {});
        if (arguments_.json) {
            write_messages_json(messages(), {}, print);
            return ExitCode::done;
        }
        shown_ = running_.engine->snapshot();
        leave_to_the_end(shown_);
        const mail::PointView* point = shown_->point(running_.point);
        // A point without permission is not there.
        const mail::MailboxView none,
            &mailbox = point != nullptr && point->mailbox ? *point->mailbox : none;
        print(table.text(mailbox));
        const auto all =
            std::reduce(mailbox.counts.begin(), mailbox.counts.end(), std::uint64_t{0});
        say(text::fill(text::list_summary, language_,
                       {{"messages", text::counted(text::message, language_, all)},
                        {"new", text::counted(text::new_message, language_,
                                              mailbox.count_of(mail::Status::new_))}}));
        return ExitCode::done;
    }

    ExitCode take() {
        const mail::Take command{running_.point, arguments_.uids, !arguments_.uids.empty()};
        const JobView job = do_job(command);
        // What was to leave after its document, and stays.
        std::fputs(kept_lines(job, language_).c_str(), stderr);
        if (const std::string left = left_line(job, language_); !left.empty())
            say(left);
        std::vector<Listed> touched = messages();
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
            return finish_failed(job, touched);
        // Of a range some may be missing; of one number that says more than "nothing new".
        if (touched.empty() && !arguments_.uids.empty())
            return fail_with({mail::Cause::no_such_message,
                              mail::Layer::list,
                              mail::Reach::message,
                              {{"uid", std::to_string(arguments_.uids.front())}}},
                             arguments_, language_);
        const std::string folder = shown_->point(running_.point)->target_folder;
        if (arguments_.json)
            write_messages_json(touched, {std::nullopt, &job, folder}, print);
        else
            print_taken(job, touched, folder);
        if (job.messages_failed == 0)
            return ExitCode::done;
        return job.messages_failed < job.messages_done ? ExitCode::some_failed : ExitCode::failed;
    }

    ExitCode save() {
        const JobView opened = do_job(mail::OpenPoint{running_.point, true});
        if (opened.state != JobView::State::done)
            return finish_failed(opened, {});
        const JobView job = do_job(mail::SaveMessage{running_.point, arguments_.uids.front(), 0,
                                                     mail::absolute_path(*arguments_.out)});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        const std::string path = mail::utf8::one_line(job.saved_path);
        if (job.doubt)
            say(text::fill(text::message_saved_doubt, language_,
                           {{"path", path}, {"why", text::words_of(*job.doubt, language_).cause}}));
        print(job.saved_path + "\n");
        return ExitCode::done;
    }

    /// Without a part: shows what there is to decide about.
    ExitCode decide() {
        using mail::store::Decision;
        const std::uint32_t uid = arguments_.uids.front();
        const Decision decision = arguments_.take   ? Decision::take
                                  : arguments_.skip ? Decision::skip
                                                    : Decision::by_rules;
        const JobView job =
            arguments_.part.empty()
                ? do_job(mail::OpenPoint{running_.point, true})
                : do_job(mail::Decide{running_.point, uid, 0, arguments_.part, decision});
        if (job.state != JobView::State::done)
            return finish_failed(job, {});
        std::vector<Listed> found = messages();
        std::erase_if(found, [&](const Listed& listed) { return listed.row->uid != uid; });
        if (found.empty())
            return fail_with({mail::Cause::no_such_message,
                              mail::Layer::list,
                              mail::Reach::message,
                              {{"uid", std::to_string(uid)}}},
                             arguments_, language_);
        const Listed& message = found.front();
        if (arguments_.json)
            write_messages_json(found, {}, print);
        else
            print(parts_table(parts_of(*message.row, *message.state).unpack(), style_));
        if (arguments_.take)
            say(std::string(text::decide_run_takes.in(language_)));
        return ExitCode::done;
    }

    ExitCode remove() {
        using Others = mail::Remove::Others;
        using Marked = Arguments::Marked;
        const Others others = arguments_.marked == Marked::ask     ? Others::ask
                              : arguments_.marked == Marked::leave ? Others::only_mark
                                                                   : Others::take_along;
        const JobView job = do_job(mail::Remove{
            running_.point, arguments_.uids, arguments_.from_mailbox, arguments_.anyway, others});
        return finish_removal(job, removed_text(job, arguments_.from_mailbox, language_));
    }

    ExitCode restore() {
        mail::Restore command{running_.point, {}};
        for (const std::uint32_t uid : arguments_.uids)
            command.messages.push_back({uid, 0});
        const JobView job = do_job(command);
        const auto done = job.messages_done - std::min(job.messages_done, job.messages_failed);
        return finish_removal(
            job, text::fill(text::toast_restored, language_,
                            {{"messages", text::counted(text::message, language_, done)}}) +
                     "\n");
    }

    /// What stayed is told also where the rest failed.
    ExitCode finish_removal(const JobView& job, const std::string& done) {
        if (arguments_.json)
            print(removal_json(job));
        else if (job.state == JobView::State::done || !job.removed.empty() || job.marked > 0)
            print(done);
        ExitCode exit_code = job.kept.empty() ? ExitCode::done : ExitCode::failed;
        if (job.state == JobView::State::cancelled) {
            say(std::string(text::removal_stopped.in(language_)));
            exit_code = exit_code_of(error_of(job));
        } else if (job.state != JobView::State::done) {
            exit_code = tell_failed(job);
        }
        std::fputs(kept_text(job, language_).c_str(), stderr);
        const bool any =
            !job.removed.empty() || job.marked > 0 || job.messages_done > job.kept.size();
        return exit_code == ExitCode::failed && any ? ExitCode::some_failed : exit_code;
    }

    ExitCode show_quarantine() {
        const JobView job = do_job(mail::LookUpQuarantine{running_.point});
        if (job.state != JobView::State::done)
            return fail_with(error_of(job), arguments_, language_);
        if (arguments_.json)
            print(quarantine_json(*job.quarantine));
        else if (job.quarantine->empty())
            say(std::string(text::empty_quarantine.in(language_)));
        else
            print(quarantine_table(*job.quarantine, style_));
        return ExitCode::done;
    }

    ExitCode allow_command(const mail::point::Point& point) {
        const JobView job = do_job(mail::AllowOcrCommand{running_.point, point.ocr.command});
        if (job.state != JobView::State::done)
            return fail_with(error_of(job), arguments_, language_);
        say(point.ocr.command.empty()
                ? std::string(text::ocr_no_command.in(language_))
                : text::fill(text::ocr_allowed, language_, {{"command", point.ocr.command}}));
        return ExitCode::done;
    }

    ExitCode ocr(const mail::point::Point& point) {
        using Until = mail::RunOcr::Until;
        const bool runs = !arguments_.show;
        const JobView job =
            runs ? do_job(mail::RunOcr{running_.point,
                                       arguments_.watch ? Until::stopped : Until::empty,
                                       arguments_.retry})
                 : do_job(mail::LookAtOcr{running_.point});
        const auto snapshot = running_.engine->snapshot();
        const mail::PointView* view = snapshot->point(running_.point);
        const bool was_stopped = job.state == JobView::State::cancelled;
        if ((job.state != JobView::State::done && !was_stopped) || view == nullptr || !view->ocr)
            return fail_with(error_of(job), arguments_, language_);
        if (arguments_.json)
            print(ocr_json(*view->ocr));
        else if (view->ocr->files.empty())
            say(text::fill(text::ocr_no_files, language_, {{"folder", point.general.folder}}));
        else
            print(ocr_table(*view->ocr, style_));
        if (was_stopped && !arguments_.watch)
            return ExitCode::failed;
        const bool any_failed =
            std::ranges::any_of(view->ocr->files, [](const mail::OcrView::File& file) {
                return file.job.state == mail::store::OcrJob::State::failed;
            });
        return runs && any_failed ? ExitCode::some_failed : ExitCode::done;
    }

    ExitCode report() {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        const auto day =
            std::chrono::sys_days(arguments_.date.value_or(text::local_time(now).date));
        const JobView job =
            do_job(mail::MakeReport{running_.point, text::local_midnight(day),
                                    text::local_midnight(day + std::chrono::days(1))});
        if (!job.report)
            return fail_with(error_of(job), arguments_, language_);
        print(arguments_.json  ? report_json(*job.report)
              : arguments_.csv ? report_csv(*job.report)
                               : report_text(*job.report, style_));
        return ExitCode::done;
    }

    ExitCode retention(const mail::Snapshot& snapshot) {
        if (snapshot.office_error)
            return fail_with(*snapshot.office_error, arguments_, language_);
        const mail::point::Retention before = snapshot.office->retention;
        const mail::point::Retention wanted{arguments_.log_days.value_or(before.log_days),
                                            arguments_.list_days.value_or(before.list_days)};
        if (arguments_.log_days || arguments_.list_days) {
            const JobView job = do_job(mail::SaveRetention{wanted, before});
            if (job.state != JobView::State::done)
                return fail_with(error_of(job), arguments_, language_);
        }
        print(arguments_.json ? retention_json(wanted) : retention_text(wanted, language_));
        return ExitCode::done;
    }

    ExitCode show_log() {
        mail::store::ActionQuery query;
        query.point = running_.point;
        query.at_most = 10'000;
        LogPrinter printer(arguments_.json  ? LogPrinter::Form::json
                           : arguments_.csv ? LogPrinter::Form::csv
                                            : LogPrinter::Form::table,
                           style_, print);
        do {
            const JobView job = do_job(mail::LookUpLog{query});
            if (job.state != JobView::State::done)
                return fail_with(error_of(job), arguments_, language_);
            printer.add(*job.log);
            query.before = job.log_older;
        } while (query.before != 0);
        if (!printer.end())
            say(std::string(text::empty_log.in(language_)));
        return ExitCode::done;
    }

    void print_taken(const JobView& job, std::vector<Listed> touched, const std::string& folder) {
        // There may be many, at every run.
        const auto claimed = std::erase_if(touched, [](const Listed& listed) {
            return mail::is_claimed_elsewhere(*listed.state);
        });
        if (claimed > 0)
            say(text::fill(text::run_claimed, language_,
                           {{"messages", text::counted(text::message, language_, claimed)}}));
        if (touched.empty()) {
            if (claimed == 0)
                say(std::string(text::run_nothing_new.in(language_)));
            print(text::fill(text::run_folder, language_, {{"folder", folder}}) + "\n");
            return;
        }
        print(taken_table(touched, style_));
        print(text::fill(text::run_folder, language_, {{"folder", folder}}) + "\n");
        std::uint64_t octets = 0;
        for (const Listed& listed : touched)
            for (const mail::PartView& part : listed.state->parts.unpack())
                if (part.verdict == mail::Verdict::taken &&
                    part.reason != mail::Reason::already_there)
                    octets += part.size_octets;
        if (job.documents > 0 || job.files_there == 0)
            say(text::fill(text::run_summary, language_,
                           {{"documents", text::counted(text::document, language_, job.documents)},
                            {"files", text::counted(text::file, language_, job.files)},
                            {"size", text::size(octets, language_)}}));
        if (job.files_there > 0)
            say(text::counted(text::file_there, language_, job.files_there));
        if (job.messages_check > 0)
            say(text::fill(
                text::run_need_you, language_,
                {{"messages", text::counted(text::message, language_, job.messages_check)}}));
        if (job.messages_failed > 0)
            say(text::fill(
                text::run_failed_count, language_,
                {{"messages", text::counted(text::message, language_, job.messages_failed)}}));
    }

    const Arguments& arguments_;
    text::Language language_;
    OutputStyle style_;
    JobWatch watch_;
    Running running_;
    std::shared_ptr<const mail::Snapshot> shown_;  ///< holds what Listed points into
};

mail::Result<std::unique_ptr<mail::mime::Source>> open_mail(const std::string& file) {
    if (file != "-")
        return mail::mime::open_source(file);
    auto content = read_standard_input(most_input_octets);
    if (!content)
        return mail::fail(mail::Cause::part_too_large, mail::Layer::mime, mail::Reach::message,
                          {{"path", "-"}, {"limit", std::to_string(most_input_octets)}});
    return mail::mime::source_of(std::move(*content));
}

ExitCode extract(const Arguments& arguments, text::Language language) {
    const auto source = open_mail(arguments.file);
    if (!source)
        return fail_with(source.error(), arguments, language);
    const std::optional<std::string> folder =
        arguments.out ? std::optional(mail::absolute_path(*arguments.out)) : std::nullopt;
    const StopWatch stop;
    const auto extraction =
        mail::work::extract(mail::real_disk(), **source, folder, {}, stop.wait());
    if (!extraction && extraction.error().cause == mail::Cause::cancelled && !arguments.json) {
        say(std::string(text::run_stopped.in(language)));
        return ExitCode::failed;
    }
    if (!extraction)
        return fail_with(extraction.error(), arguments, language);
    if (arguments.json) {
        print(extraction_json(*extraction));
    } else {
        std::uint64_t count = 0;
        std::uint64_t octets = 0;
        for (const mail::PartView& part : extraction->parts)
            if (part.counts) {
                ++count;
                octets += part.size_octets;
            }
        if (count > 0)
            print(parts_table(extraction->parts, {language, output_columns()}));
        if (folder)
            print(text::fill(text::run_folder, language, {{"folder", *folder}}) + "\n");
        say(count == 0
                ? std::string(text::extract_none.in(language))
                : text::fill(text::extract_summary, language,
                             {{"attachments", text::counted(text::attachment, language, count)},
                              {"size", text::size(octets, language)}}));
    }
    const bool any_failed = std::ranges::any_of(
        extraction->parts, [](const mail::PartView& part) { return part.error.has_value(); });
    return any_failed ? ExitCode::failed : ExitCode::done;
}

const text::Text& help_of(Action action) {
    switch (action) {
    case Action::window:
        break;
    case Action::points:
        return text::points_help;
    case Action::list:
        return text::list_help;
    case Action::run:
        return text::run_help;
    case Action::extract:
        return text::extract_help;
    case Action::password:
        return text::password_help;
    case Action::diagnose:
        return text::diagnose_help;
    case Action::export_:
        return text::export_help;
    case Action::import:
        return text::import_help;
    case Action::propose:
        return text::propose_help;
    case Action::authorize:
        return text::authorize_help;
    case Action::remove:
        return text::remove_help;
    case Action::restore:
        return text::restore_help;
    case Action::log:
        return text::log_help;
    case Action::ocr:
        return text::ocr_help;
    case Action::what_if:
        return text::what_if_help;
    case Action::report:
        return text::report_help;
    case Action::watch:
        return text::watch_help;
    case Action::decide:
        return text::decide_help;
    case Action::save:
        return text::save_help;
    case Action::retention:
        return text::retention_help;
    }
    return text::program_help;
}

}  // namespace

ExitCode exit_code_of(const mail::Error& error) {
    switch (mail::exit_class_of(error.cause)) {
    case mail::ExitClass::general:
        return ExitCode::failed;
    case mail::ExitClass::signin:
        return ExitCode::signin;
    case mail::ExitClass::connection:
        return ExitCode::connection;
    case mail::ExitClass::permission:
        return ExitCode::permission;
    }
    return ExitCode::failed;
}

ExitCode run_command(const Arguments& arguments, text::Language language) {
    const auto write = [](const std::string& line) {
        print(line);
        return output_error == 0;
    };
    const ExitCode code = arguments.action == Action::extract ? extract(arguments, language)
                          : arguments.action == Action::watch
                              ? watch(arguments, language, write)
                              : MailboxCommand(arguments, language).run();
    if (output_error == 0)
        return code;
    // A reader that has enough (`| head`) knows what it did; anybody else is told.
    if (output_error != EPIPE)
        say(std::string(text::output_failed.in(language)));
    return code == ExitCode::done ? ExitCode::failed : code;
}

void print_info(const Arguments& arguments, text::Language language) {
    if (arguments.info == Arguments::Info::version)
        print(text::fill(text::version_line, language, {{"version", MAILPOINT_VERSION}}) + "\n");
    else
        print(std::string(help_of(arguments.action).in(language)));
}

void print_usage_error(const UsageError& error, text::Language language) {
    std::string line(error.text->in(language));
    for (const auto& [hole, value] : error.holes)
        line = text::fill(line, {{hole, value}});
    say(line);
    if (!error.did_you_mean.empty())
        say(text::fill(text::usage_did_you_mean, language, {{"x", error.did_you_mean}}));
    const std::string command = error.action == Action::window
                                    ? std::string("mailpoint")
                                    : "mailpoint " + std::string(name_of(error.action));
    say(text::fill(text::usage_see_help, language, {{"command", command}}));
}

}  // namespace app
