#include "tests/faults/mailbox_at_risk.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <nlohmann/json.hpp>

#include "mail/base/hash.h"
#include "mail/store/database.h"
#include "mail/store/ledger.h"
#include "tests/servers/other_session.h"

namespace mail::faults {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::chrono::sys_seconds received =
    std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + std::chrono::hours(10);

const program::Environment environment{{"MAILPOINT_PASSWORD", servers::MailServer::password},
                                       {"LC_ALL", "C.UTF-8"}};

std::string octets_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    std::string octets(in ? static_cast<std::size_t>(in.tellg()) : 0, '\0');
    in.seekg(0);
    in.read(octets.data(), static_cast<std::streamsize>(octets.size()));
    return octets;
}

std::string between(const std::string& text, std::string_view before, std::string_view after) {
    const std::size_t at = text.find(before);
    if (at == std::string::npos)
        return {};
    const std::size_t begin = at + before.size();
    return text.substr(begin, text.find(after, begin) - begin);
}

/// \Recent is of the session that looks, and of no interest; the keyword is our mark of what was
/// taken.
std::string sorted_flags(const std::string& text) {
    std::istringstream in(text);
    std::set<std::string> flags;
    for (std::string flag; in >> flag;)
        if (flag != "\\Recent" && !flag.starts_with("$MailpointTaken"))
            flags.insert(flag);
    std::string sorted;
    for (const std::string& flag : flags)
        sorted += flag + " ";
    return sorted;
}

}  // namespace

std::string Figures::text() const {
    std::ostringstream out;
    out << kills << " kills, " << lost << " lost, " << duplicates << " duplicates, " << half_visible
        << " half-visible, " << left_behind << " left behind, " << early_deletes
        << " early deletes, " << foreign_touched << " foreign mails touched, " << fetched_in_vain
        << " fetched in vain, " << unfinished << " not finished; " << extra_fetches
        << " extra fetches";
    for (const std::string& fault : faults)
        out << "\n  " << fault;
    return out.str();
}

MailboxAtRisk::MailboxAtRisk(servers::MailServer& server, std::string login,
                             std::vector<Sent> mails, Medium medium)
    : server_(server), login_(std::move(login)), mails_(std::move(mails)), scratch_(medium) {
    for (const Sent& mail : mails_)
        wanted_.insert(mail.contents.begin(), mail.contents.end());
    fs::create_directories(target());
    watcher_ = std::make_unique<Watcher>(target(), wanted_);
    relay_ = std::make_unique<servers::Relay>(
        server_.clear_port(),
        servers::Relay::Options{
            .before_server_hears = [this](std::string_view raw) { hear(raw); }});
}

void MailboxAtRisk::write_point(bool removes) const {
    const bool by_command = work_ == Work::remove;
    const Json point = {{"version", 1},
                        {"type", "mailbox"},
                        {"id", "5d0c1e9e-0000-4000-8000-000000000001"},
                        {"name", "Faktury"},
                        {"connection",
                         {{"server", "127.0.0.1"},
                          {"encryption", "none"},
                          {"login", login_},
                          {"port", relay_->port()}}},
                        {"general",
                         {{"allow_delete_from_mailbox", by_command},
                          {"delete_after_document", removes},
                          {"folder", target()}}}};
    std::ofstream(path("point.json")) << point;
}

std::vector<std::string> MailboxAtRisk::words() const {
    std::vector<std::string> words{"run"};
    if (work_ == Work::remove) {
        std::string uids;
        for (const auto& [uid, mail] : by_uid_)
            if (!mail->contents.empty())
                uids += (uids.empty() ? "" : ",") + std::to_string(uid);
        words = {"remove", "--mailbox", "--uid", uids};
    }
    words.insert(words.end(),
                 {"--point", path("point.json"), "--workspace", workspace(), "--json"});
    return words;
}

void MailboxAtRisk::fill_up() {
    let_go_.clear();
    const Mailbox there = mailbox();
    std::vector<std::string> missing;
    for (const Sent& mail : mails_)
        if (!there.contains(mail.message_id))
            missing.push_back(mail.raw);
    if (!missing.empty())
        server_.put_many(login_, missing, received);
    before_ = mailbox();
    by_uid_.clear();
    for (const Sent& mail : mails_)
        if (const auto at = before_.find(mail.message_id); at != before_.end())
            by_uid_[at->second.uid] = &mail;
}

void MailboxAtRisk::lose_workspace() {
    static_cast<void>(watcher_->seen());
    fs::remove_all(workspace());
    for (const auto& entry : fs::directory_iterator(target()))
        fs::remove_all(entry.path());
}

void MailboxAtRisk::make_ledger() {
    fs::create_directories(workspace());
    const std::string path = (fs::path(workspace()) / "state.db").string();
    static_cast<void>(store::Ledger::open(path).value());
    auto database = store::Database::open(path).value();
    if (!database.run("UPDATE claimant SET number = " + std::to_string(claimant_)))
        throw std::runtime_error("the ledger has no claimant");
}

void MailboxAtRisk::begin_anew(Work work) {
    work_ = work;
    lose_workspace();
    fill_up();
    // The ledger that knew of the marks is gone.
    if (server_.software() != servers::Software::mailutils) {
        servers::OtherSession other(server_.clear_port(), login_, servers::MailServer::password);
        other.command("SELECT INBOX");
        other.remove_keywords("$MailpointTaken");
    }
    if (claimant_ != 0)
        make_ledger();
    write_point(work == Work::take_and_remove);
    if (work == Work::remove) {
        work_ = Work::take;
        const auto taken = run();
        if (taken.exit_code != 0)
            blame(figures_.unfinished, "nothing was taken: " + taken.error);
        work_ = work;
    }
    const std::scoped_lock lock(mutex_);
    fetches_.clear();
    fetched_.clear();
    settled_.clear();
}

bool MailboxAtRisk::is_let_go(const Sent& mail) const {
    return std::ranges::find(let_go_, mail.message_id) != let_go_.end();
}

void MailboxAtRisk::let_go(const Sent& mail) {
    let_go_.push_back(mail.message_id);
    std::erase_if(by_uid_, [&](const auto& one) { return one.second == &mail; });
}

void MailboxAtRisk::is_marked(const Sent& mail, const std::string& flags) {
    before_.find(mail.message_id)->second.flags = sorted_flags(flags);
}

void MailboxAtRisk::when_it_says(std::string words, std::function<void()> act) {
    const std::scoped_lock lock(mutex_);
    words_ = std::move(words);
    act_ = std::move(act);
}

bool MailboxAtRisk::has_said_it() const {
    const std::scoped_lock lock(mutex_);
    return !act_;
}

std::string MailboxAtRisk::number_of(const Sent& mail) const {
    const std::uint32_t uid = before_.find(mail.message_id)->second.uid;
    return std::to_string(
        1 + std::ranges::count_if(before_, [&](const auto& one) { return one.second.uid < uid; }));
}

program::Outcome MailboxAtRisk::run(const std::vector<std::string>& runner,
                                    const program::Environment& more) const {
    program::Environment all = environment;
    all.insert(more.begin(), more.end());
    return runner.empty() ? program::run(words(), all) : program::run_by(runner, words(), all);
}

program::Outcome MailboxAtRisk::take_by_name(const std::vector<std::uint32_t>& uids) const {
    std::string numbers;
    for (const std::uint32_t uid : uids)
        numbers += (numbers.empty() ? "" : ",") + std::to_string(uid);
    std::vector<std::string> all = words();
    all.insert(all.end(), {"--uid", numbers});
    return program::run(all, environment);
}

bool MailboxAtRisk::run_and_kill(std::chrono::microseconds after,
                                 const program::Environment& more) const {
    program::Environment all = environment;
    all.insert(more.begin(), more.end());
    program::Started started(words(), all);
    std::this_thread::sleep_for(after);
    started.signal(SIGKILL);
    return started.wait() == 128 + SIGKILL;
}

std::chrono::milliseconds MailboxAtRisk::run_and_stop(std::chrono::microseconds after) const {
    program::Started started(words(), environment);
    std::this_thread::sleep_for(after);
    const auto told = std::chrono::steady_clock::now();
    started.signal(SIGTERM);
    started.wait();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 told);
}

program::Outcome MailboxAtRisk::run_window(const std::vector<std::string>& runner) const {
    const fs::path points = fs::path(workspace()) / "points";
    fs::create_directories(points);
    fs::copy_file(path("point.json"), points / "faktury-5d0c1e9e.json",
                  fs::copy_options::overwrite_existing);
    return program::run_by(runner, {"--workspace", workspace(), "--lang", "en"}, environment);
}

MailboxAtRisk::Mailbox MailboxAtRisk::mailbox() const {
    servers::OtherSession other(server_.clear_port(), login_, servers::MailServer::password);
    if (other.command("SELECT INBOX").find("* 0 EXISTS") != std::string::npos)
        return {};
    const std::string told =
        other.command("UID FETCH 1:* (UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
    Mailbox all;
    for (std::size_t at = told.find(" FETCH ("); at != std::string::npos;) {
        const std::size_t next = told.find(" FETCH (", at + 1);
        const std::string one = told.substr(at, next == std::string::npos ? next : next - at);
        There there;
        there.uid = static_cast<std::uint32_t>(
            std::strtoul(one.c_str() + one.find("UID ") + 4, nullptr, 10));
        there.flags = sorted_flags(between(one, "FLAGS (", ")"));
        all.emplace("<" + between(one, "<", ">") + ">", there);
        at = next;
    }
    return all;
}

void MailboxAtRisk::hear(std::string_view raw) {
    const std::scoped_lock lock(mutex_);
    if (act_ && raw.find(words_) != std::string_view::npos)
        std::exchange(act_, nullptr)();
    if (raw.find("UNCHANGEDSINCE") != std::string_view::npos)
        claimed_at_ = std::chrono::steady_clock::now();
    heard_ += raw;
    for (std::size_t end = 0; (end = heard_.find("\r\n")) != std::string::npos;) {
        const std::string line = heard_.substr(0, end);
        heard_.erase(0, end + 2);
        const std::size_t peek = line.find(".PEEK[");
        if (peek == std::string::npos || line.find("PEEK[HEADER") != std::string::npos)
            continue;
        std::istringstream set(between(line, "UID FETCH ", " "));
        const std::string section = between(line.substr(peek), "[", "]");
        for (std::string item; std::getline(set, item, ',');) {
            const std::string first = item.substr(0, item.find(':'));
            const std::string last = item.substr(item.find(':') + 1);
            for (auto uid = std::stoul(first); uid <= std::stoul(last); ++uid)
                ++fetches_[{static_cast<std::uint32_t>(uid), section}];
        }
    }
}

std::chrono::steady_clock::time_point MailboxAtRisk::claimed_at() const {
    const std::scoped_lock lock(mutex_);
    return claimed_at_;
}

/// What was in flight at a kill may be asked for again; what was on disk may not, nor may anything
/// twice in one run.
void MailboxAtRisk::count_fetches() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [asked, times] : fetches_) {
        const auto& [uid, section] = asked;
        const std::string what = "UID " + std::to_string(uid) + " [" + section + "]";
        if (times > 1 && !may_ask_again_)
            blame(figures_.fetched_in_vain, what + " twice in one run");
        if (!section.empty() && settled_.contains(uid) && !may_ask_again_)
            blame(figures_.fetched_in_vain, what + " though its files are there");
        figures_.extra_fetches += fetched_.contains(asked) ? 1U : 0U;
        fetched_[asked] += times;
    }
    fetches_.clear();
    heard_.clear();
}

std::map<std::string, unsigned> MailboxAtRisk::visible() const {
    std::map<std::string, unsigned> found;
    for (const auto& entry : fs::directory_iterator(target()))
        if (!entry.path().filename().string().starts_with(".mailpoint-"))
            ++found[sha256_hex(octets_of(entry.path()))];
    return found;
}

std::map<std::string, unsigned> MailboxAtRisk::copies() const {
    std::map<std::string, unsigned> found;
    const fs::path folder = fs::path(workspace()) / "quarantine";
    if (!fs::exists(folder))
        return found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string raw = octets_of(entry.path());
        const std::string id = "<" + between(raw, "Message-ID: <", ">") + ">";
        const auto mail = std::ranges::find(mails_, id, &Sent::message_id);
        const bool whole = mail != mails_.end() &&
                           raw.find(mail->in_its_copy) != std::string::npos &&
                           (mail->contents.empty() || raw.find("--grenze--") != std::string::npos);
        found[id] += whole ? 1U : 0U;
    }
    return found;
}

void MailboxAtRisk::look_at_foreign(const Mailbox& there) {
    for (const Sent& mail : mails_) {
        const auto [begin, end] = there.equal_range(mail.message_id);
        const auto times = std::distance(begin, end);
        if (times > 1)
            blame(figures_.duplicates, mail.message_id + " in the mailbox twice");
        if ((work_ != Work::take && !mail.contents.empty()) || is_let_go(mail))
            continue;
        const auto was = before_.find(mail.message_id);
        if (times == 0 || begin->second.flags != was->second.flags ||
            begin->second.uid != was->second.uid)
            blame(figures_.foreign_touched,
                  mail.message_id +
                      (times == 0 ? " is gone" : " has the flags " + begin->second.flags));
    }
}

void MailboxAtRisk::expect_nothing_lost(bool killed) {
    figures_.kills += killed ? 1U : 0U;
    // What it had said is heard when its line is closed.
    static_cast<void>(relay_->counts());
    count_fetches();
    // The mailbox first: what leaves it later, by words that are still on their way, was ready by
    // then.
    const Mailbox there = mailbox();
    const auto files = visible();
    const auto kept = copies();
    for (const auto& [hash, count] : files)
        if (!wanted_.contains(hash))
            blame(figures_.half_visible, "a file that nobody sent: " + hash);
    look_at_foreign(there);
    for (const auto& [uid, mail] : by_uid_) {
        const bool has_files = !mail->contents.empty() &&
                               std::ranges::all_of(mail->contents, [&](const std::string& hash) {
                                   return files.contains(hash);
                               });
        // Of two with the same content nobody sees which one has it.
        if (has_files && std::ranges::count(mails_, mail->contents, &Sent::contents) == 1)
            settled_.insert(uid);
        const auto copy = kept.find(mail->message_id);
        if (!there.contains(mail->message_id) && work_ != Work::take &&
            (!has_files || copy == kept.end() || copy->second == 0))
            blame(figures_.early_deletes,
                  mail->message_id + (has_files ? " without a copy" : " without its files"));
    }
}

bool MailboxAtRisk::is_done() const {
    const Mailbox there = mailbox();
    if (work_ != Work::take)
        return std::ranges::none_of(mails_, [&](const Sent& mail) {
            return !mail.contents.empty() && there.contains(mail.message_id);
        });
    const auto files = visible();
    return files.size() == wanted_.size();
}

void MailboxAtRisk::expect_the_end(const program::Outcome& last) {
    expect_nothing_lost(false);
    // With nothing left of what was named, the command says so.
    if (last.exit_code != 0 && work_ != Work::remove)
        blame(figures_.unfinished,
              std::to_string(last.exit_code) + ": " + last.error + last.out.substr(0, 2000));
    const auto files = visible();
    for (const Sent& mail : mails_)
        for (const std::string& hash : mail.contents)
            if (!files.contains(hash) && !is_let_go(mail))
                blame(figures_.lost, "a file is missing: " + hash);
    for (const auto& [hash, count] : files)
        if (count > 1)
            blame(figures_.duplicates, "a file is there " + std::to_string(count) + " times");
    for (const auto& entry : fs::directory_iterator(target()))
        if (entry.path().filename().string().starts_with(".mailpoint-"))
            blame(figures_.left_behind, entry.path().string());
    expect_nothing_begun();
    expect_documents_once();
    const Mailbox there = mailbox();
    const unsigned unfinished = figures_.unfinished;
    for (const auto& [id, one] : there)
        if (one.flags.find("\\Deleted") != std::string::npos)
            blame(figures_.unfinished, id + " is marked as deleted");
    if (work_ != Work::take)
        expect_copies_once(there);
    if (figures_.unfinished != unfinished)
        blame(figures_.unfinished, "it had said: " + last.error + last.out);
}

/// A half written one may be of a program that lives, until it is ten minutes old.
void MailboxAtRisk::expect_nothing_begun() {
    const fs::path begun = fs::path(workspace()) / "documents" / "begun";
    if (!fs::exists(begun) || fs::is_empty(begun))
        return;
    for (const auto& entry : fs::directory_iterator(begun))
        fs::last_write_time(entry.path(),
                            fs::file_time_type::clock::now() - std::chrono::minutes(11));
    write_point(false);
    static_cast<void>(program::run(
        {"run", "--point", path("point.json"), "--workspace", workspace(), "--json"}, environment));
    for (const auto& entry : fs::directory_iterator(begun))
        blame(figures_.left_behind, entry.path().string());
}

std::map<std::uint32_t, unsigned> MailboxAtRisk::documents() const {
    std::map<std::uint32_t, unsigned> documents;
    const fs::path folder = fs::path(workspace()) / "documents";
    if (!fs::exists(folder))
        return documents;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json")
            continue;
        const Json manifest = Json::parse(octets_of(entry.path()));
        for (const Json& one : manifest.at("documents"))
            ++documents[one.at("uid").get<std::uint32_t>()];
    }
    return documents;
}

void MailboxAtRisk::expect_documents_once() {
    const auto documents = this->documents();
    for (const auto& [uid, mail] : by_uid_) {
        const unsigned times = documents.contains(uid) ? documents.at(uid) : 0;
        const unsigned once = mail->contents.empty() ? 0 : 1;
        if (times != once)
            blame(times < once ? figures_.lost : figures_.duplicates,
                  "UID " + std::to_string(uid) + ": " + std::to_string(times) + " documents");
    }
}

void MailboxAtRisk::expect_copies_once(const Mailbox& there) {
    const auto listed = program::run(
        {"restore", "--point", path("point.json"), "--workspace", workspace(), "--json"},
        environment);
    std::map<std::uint32_t, unsigned> entries;
    const Json answer = Json::parse(listed.out, nullptr, false);
    if (answer.is_object() && answer.contains("quarantine"))
        for (const Json& one : answer.at("quarantine"))
            ++entries[one.at("uid").get<std::uint32_t>()];
    const auto kept = copies();
    for (const auto& [uid, mail] : by_uid_) {
        const bool removed = !mail->contents.empty();
        if (removed && there.contains(mail->message_id))
            blame(figures_.unfinished, mail->message_id + " is still there");
        const unsigned times = entries.contains(uid) ? entries.at(uid) : 0;
        if (times != (removed ? 1U : 0U))
            blame(times == 0 ? figures_.lost : figures_.duplicates,
                  mail->message_id + ": " + std::to_string(times) + " in the quarantine");
        const auto copy = kept.find(mail->message_id);
        if (removed && (copy == kept.end() || copy->second == 0))
            blame(figures_.lost, mail->message_id + " has no copy");
    }
}

void MailboxAtRisk::blame(unsigned& figure, const std::string& what) {
    constexpr std::size_t enough = 20;
    ++figure;
    if (figures_.faults.size() < enough)
        figures_.faults.push_back("after " + std::to_string(figures_.kills) +
                                  " kills: " + what.substr(0, 3000));
}

const Figures& MailboxAtRisk::figures() {
    static_cast<void>(watcher_->seen());
    figures_.half_visible += watcher_->bad();
    return figures_;
}

}  // namespace mail::faults
