#include "app/cli_watch.h"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <map>
#include <mutex>
#include <utility>

#include "app/cli_output.h"
#include "app/job_watch.h"
#include "app/json_values.h"
#include "app/master_prompt.h"
#include "app/terminal.h"
#include "app/watch_events.h"
#include "app/wiring.h"
#include "gui/text/causes.h"
#include "gui/text/cli.h"
#include "gui/text/cli_watch.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "gui/text/screens.h"
#include "mail/base/utf8.h"

namespace app {

namespace {

namespace text = gui::text;
using What = WatchEvent::What;

// Signals only set a flag: this is how soon it is seen.
constexpr auto look_every = std::chrono::milliseconds(100);

std::vector<std::string> files_of(const Listed& listed) {
    std::vector<std::string> files;
    for (const mail::PartView& part : parts_of(*listed.row, *listed.state).unpack())
        if (part.verdict == mail::Verdict::taken && !part.file.empty())
            files.push_back(part.file);
    return files;
}

std::string joined(const std::vector<std::string>& files, text::Language language) {
    std::string line;
    for (const std::string& file : files)
        line += (line.empty() ? "" : ", ") + mail::utf8::one_line(file);
    return line.empty() ? std::string(text::watch_no_files.in(language)) : line;
}

const text::Text& words_for(What what) {
    switch (what) {
    case What::opened:
        return text::watch_opened;
    case What::mail:
        return text::watch_mail;
    case What::taken:
        return text::watch_taken;
    case What::check:
        return text::watch_check;
    case What::failed:
        return text::watch_failed;
    case What::removed:
        return text::watch_removed;
    case What::lost:
        return text::watch_lost;
    case What::back:
        return text::watch_back;
    case What::stuck:
        return text::not_taken_by_itself;
    case What::silent:
        return text::point_silent;
    case What::refused:
        break;
    }
    return text::watch_refused;
}

std::string words_of(const WatchEvent& event, std::chrono::sys_seconds now,
                     text::Language language) {
    const text::Text& words = words_for(event.what);
    if (event.what == What::opened)
        return text::fill(words, language,
                          {{"messages", text::counted(text::message, language, event.messages)},
                           {"new", text::counted(text::new_message, language, event.fresh)}});
    if (event.what == What::silent)
        return text::fill(words, language, {{"time", text::moment(event.since, now, language)}});
    if (event.error) {
        const std::string cause = text::words_of(*event.error, language).cause;
        return text::fill(words, language, {{"why", cause}, {"cause", cause}});
    }
    if (!event.message)
        return std::string(words.in(language));
    const mail::MessageRow& row = *event.message->row;
    const auto& error = event.message->state->error;
    return text::fill(words, language,
                      {{"uid", std::to_string(row.uid)},
                       {"subject", row.subject},
                       {"sender", row.sender_name.empty() ? row.sender_address : row.sender_name},
                       {"files", joined(files_of(*event.message), language)},
                       {"why", error ? text::words_of(*error, language).cause : std::string()}});
}

std::string json_line(const WatchEvent& event, const std::string& point,
                      std::chrono::sys_seconds now) {
    Json line = {{"time", iso_time(now)}, {"point", point}, {"event", name_of(event.what)}};
    if (event.what == What::opened) {
        line["messages"] = event.messages;
        line["new"] = event.fresh;
    }
    if (event.what == What::silent)
        line["since"] = iso_time(event.since);
    if (event.message)
        line["message"] = message_value(*event.message);
    if (event.error)
        line["error"] = error_value(*event.error);
    return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

class WatchCommand {
public:
    WatchCommand(const Arguments& arguments, text::Language language,
                 const std::function<bool(const std::string&)>& write)
        : arguments_(arguments), language_(language), write_(write) {}

    ExitCode run() {
        auto running = start(arguments_, [this] { wake(); });
        if (!running)
            return fail(running.error());
        running_ = std::move(*running);
        const auto snapshot = running_.engine->snapshot();
        if (snapshot->damaged_ledger_copy)
            std::fprintf(stderr, "%s\n",
                         text::fill(text::ledger_set_aside, language_,
                                    {{"path", *snapshot->damaged_ledger_copy}})
                             .c_str());
        if (snapshot->ledger_error)
            return fail(*snapshot->ledger_error);
        for (const std::string& point : running_.points) {
            points_.emplace_back(point);
            running_.engine->post(mail::OpenPoint{point});
        }
        while (goes_on())
            wait();
        return end_code();
    }

private:
    void wake() {
        const std::scoped_lock lock(mutex_);
        changed_ = true;
        wake_.notify_one();
        job_watch_.wake();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, look_every, [this] { return changed_; });
        changed_ = false;
    }

    ExitCode fail(const mail::Error& error) {
        if (arguments_.json)
            static_cast<void>(write_(error_json(error)));
        std::fputs(error_text(error, language_).c_str(), stderr);
        return exit_code_of(error);
    }

    /// Tells what has happened; false: nothing more will.
    bool goes_on() {
        const auto snapshot = running_.engine->snapshot();
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        for (WatchEvents& point : points_) {
            // Deleted, or no longer this person's: the engine says which, and that ends it.
            if (point.has_gone(*snapshot))
                running_.engine->post(mail::OpenPoint{point.point()});
            for (const WatchEvent& event : point.look(*snapshot, now)) {
                if (event.what == What::refused && mended(point, *event.error))
                    continue;
                any_failed_ = any_failed_ || event.what == What::failed;
                if (!tell(point.point(), event, *snapshot, now))
                    return false;
            }
        }
        return !stop_signalled() &&
               std::ranges::any_of(points_, [](const auto& one) { return !one.ended_by(); });
    }

    bool tell(const std::string& id, const WatchEvent& event, const mail::Snapshot& snapshot,
              std::chrono::sys_seconds now) {
        const mail::PointView* view = snapshot.point(id);
        // Of one that has gone, too.
        std::string& name = names_.try_emplace(id, id).first->second;
        if (view != nullptr)
            name = mail::utf8::one_line(view->definition->name);
        if (arguments_.json)
            return write_(json_line(event, name, now));
        return write_(text::fill(text::watch_line, language_,
                                 {{"time", text::exact_moment(now, language_)},
                                  {"point", name},
                                  {"words", words_of(event, now, language_)}}) +
                      "\n");
    }

    /// A password that is missing is asked for on a terminal, once; one that was refused is not.
    bool mended(WatchEvents& point, const mail::Error& error) {
        if (std::ranges::find(asked_for_, point.point()) != asked_for_.end())
            return false;
        asked_for_.push_back(point.point());
        const bool given = is_locked(error) ? unlock()
                           : error.cause == mail::Cause::password_needed
                               ? give_password(point.point())
                               : false;
        if (!given)
            return false;
        // Its end lies before what comes now.
        static_cast<void>(do_job(mail::OpenPoint{point.point()}));
        point.begin_anew();
        return true;
    }
    bool unlock() {
        MasterPrompt prompt(
            [this](mail::Secret given) { return do_job(mail::UnlockSecrets{std::move(given)}); },
            language_);
        return prompt.unlock().has_value();
    }
    bool give_password(const std::string& point) {
        const auto snapshot = running_.engine->snapshot();
        const mail::PointView* view = snapshot->point(point);
        if (view == nullptr)
            return false;
        const auto& connection = view->definition->connection;
        auto password = ask_secret(text::fill(text::ask_password, language_,
                                              {{"login", mail::utf8::one_line(connection.login)},
                                               {"host", mail::utf8::one_line(connection.server)}}));
        if (!password)
            return false;
        static_cast<void>(do_job(mail::GivePassword{point, std::move(*password), false}));
        return true;
    }
    mail::JobView do_job(const mail::Command& command) {
        return job_watch_.wait(*running_.engine, running_.engine->post(command), language_);
    }

    /// Whoever ends it by a signal has asked for that; what ended a point tells more.
    [[nodiscard]] ExitCode end_code() const {
        for (const WatchEvents& point : points_)
            if (point.ended_by())
                return exit_code_of(*point.ended_by());
        return any_failed_ ? ExitCode::some_failed : ExitCode::done;
    }

    const Arguments& arguments_;
    text::Language language_;
    const std::function<bool(const std::string&)>& write_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool changed_ = false, any_failed_ = false;
    JobWatch job_watch_;
    std::vector<WatchEvents> points_;
    std::map<std::string, std::string> names_;  ///< by id
    std::vector<std::string> asked_for_;        ///< passwords of these points
    Running running_;
};

}  // namespace

ExitCode watch(const Arguments& arguments, text::Language language,
               const std::function<bool(const std::string&)>& write) {
    return WatchCommand(arguments, language, write).run();
}

}  // namespace app
