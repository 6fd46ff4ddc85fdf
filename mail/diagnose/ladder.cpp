#include "mail/diagnose/ladder.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "mail/base/ask_folder.h"
#include "mail/diagnose/sample.h"
#include "mail/diagnose/target.h"
#include "mail/imap/listing.h"
#include "mail/net/route.h"

namespace mail::diagnose {

namespace {

using namespace std::chrono_literals;

// A system's resolver asks each of its servers for 5 s, mostly twice. Behind a proxy the answer
// does not matter.
constexpr auto name_time = 12s, name_time_behind_proxy = 5s;
// A wrong password makes a server wait for up to 8 s, and it is given 40 s for each answer.
constexpr auto sign_in_time = 90s;
constexpr auto step_time = 30s;
constexpr auto sign_out_time = 1s;
constexpr std::size_t sample_messages = 10;

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

class Climb {
public:
    Climb(const Plan& plan, Disk& disk, const imap::TranscriptObserver& transcript,
          const Watcher& watcher, const Wait& wait)
        : plan_(plan), disk_(disk), transcript_(transcript), wait_(wait),
          record_(plan.endpoint.encryption, watcher, *wait.time) {}

    Diagnosis run() {
        if (const auto reached = mailbox(); !reached && !wait_.stopped())
            record_.fail(reached.error());
        if (!wait_.stopped())
            target();
        if (wait_.stopped())
            record_.cancel();
        else
            record_.end();
        return record_.diagnosis();
    }

private:
    [[nodiscard]] Result<void> mailbox();
    [[nodiscard]] bool by_token() const {
        return plan_.credentials ? plan_.credentials->kind == imap::Credentials::Kind::oauth_token
                                 : plan_.credentials.error().layer == Layer::oauth;
    }
    [[nodiscard]] Result<void> look_up();
    [[nodiscard]] Result<void> sign_in();
    [[nodiscard]] Result<void> folders();
    [[nodiscard]] Result<void> select();
    [[nodiscard]] Result<void> list();
    [[nodiscard]] Result<void> fetch();
    void target();

    const Plan& plan_;
    Disk& disk_;
    const imap::TranscriptObserver& transcript_;
    const Wait& wait_;
    Record record_;
    std::unique_ptr<imap::Session> session_;
    std::vector<imap::MessageData> samples_;
};

Result<void> Climb::mailbox() {
    using Rung = Result<void> (Climb::*)();
    for (const Rung rung : {&Climb::look_up, &Climb::sign_in, &Climb::folders, &Climb::select,
                            &Climb::list, &Climb::fetch})
        if (auto reached = (this->*rung)(); !reached)
            return reached;
    if (session_)
        session_->sign_out(wait_.within(sign_out_time));
    return {};
}

Result<void> Climb::look_up() {
    if (!by_token())
        record_.not_used(Layer::oauth);
    const std::string proxy = net::proxy_of(plan_.endpoint);
    if (proxy.empty())
        record_.not_used(Layer::proxy);
    const auto found = net::addresses_of(
        plan_.endpoint, wait_.within(proxy.empty() ? name_time : name_time_behind_proxy));
    if (found) {
        record_.ok(Layer::dns, {{"host", plan_.endpoint.host}, {"addresses", joined(*found)}});
        return {};
    }
    const Cause cause = found.error().cause;
    const bool proxy_may_know = cause == Cause::name_not_found || cause == Cause::dns_unavailable;
    if (proxy.empty() || !proxy_may_know)
        return tl::unexpected(found.error());
    record_.not_used(Layer::dns, {{"host", plan_.endpoint.host}, {"looked_up_by", proxy}});
    return {};
}

Result<void> Climb::sign_in() {
    const auto& credentials = plan_.credentials;
    if (by_token() && credentials)
        record_.ok(Layer::oauth, {{"login", credentials->login}});
    const imap::Observers observers{
        transcript_, [this](Layer step, Facts seen) {
            // The system's exceptions have led past its proxy.
            if (step == Layer::tcp && record_.step(Layer::proxy).verdict == Verdict::running)
                record_.not_used(Layer::proxy);
            if (step == Layer::tcp)
                seen.emplace_back("port", std::to_string(plan_.endpoint.port));
            record_.ok(step, std::move(seen));
        }};
    auto session = imap::Session::open_by_steps(plan_.endpoint, credentials, observers,
                                                wait_.within(sign_in_time));
    if (!session)
        return tl::unexpected(std::move(session.error()));
    session_ = std::move(*session);
    if (record_.step(Layer::auth).verdict != Verdict::ok)
        record_.not_used(Layer::auth, {{"greeting", "PREAUTH"}});
    return {};
}

Result<void> Climb::folders() {
    const auto folders = session_->folders(wait_.within(step_time));
    if (!folders)
        return tl::unexpected(folders.error());
    const auto usable = std::ranges::count(*folders, true, &imap::Folder::selectable);
    record_.ok(Layer::folders, {{"count", std::to_string(usable)}});
    return {};
}

Result<void> Climb::select() {
    const auto mailbox = session_->examine(plan_.folder, wait_.within(step_time));
    if (!mailbox)
        return tl::unexpected(mailbox.error());
    record_.ok(Layer::select, {{"folder", plan_.folder},
                               {"messages", std::to_string(mailbox->exists)},
                               {"uid_validity", std::to_string(mailbox->uid_validity)},
                               {"uid_next", std::to_string(mailbox->uid_next)},
                               {"own_flags", mailbox->can_store_keywords ? "yes" : "no"}});
    return {};
}

Result<void> Climb::list() {
    const Wait wait = wait_.within(step_time);
    auto contents = session_->examine_with_uids(plan_.folder, wait);
    if (!contents)
        return tl::unexpected(std::move(contents.error()));
    std::vector<imap::Uid>& uids = contents->uids;
    Facts seen{{"messages", std::to_string(uids.size())}};
    if (uids.size() > sample_messages)
        uids.erase(uids.begin(), uids.end() - sample_messages);
    const auto unlisted = imap::list_messages(
        *session_, {uids}, [](imap::MessageData data) { return data; },
        [this](imap::MessageData data) { samples_.push_back(std::move(data)); }, wait);
    if (!unlisted)
        return tl::unexpected(unlisted.error());
    seen.emplace_back("sampled", std::to_string(samples_.size()));
    if (unlisted->empty()) {
        record_.ok(Layer::list, std::move(seen));
        return {};
    }
    seen.emplace_back("unreadable", std::to_string(unlisted->size()));
    record_.warn(Layer::list, std::move(seen), unlisted->front().error);
    return {};
}

Result<void> Climb::fetch() {
    const auto requests = small_parts(samples_);
    if (requests.empty()) {
        record_.not_used(Layer::fetch);
        return {};
    }
    Tasting tasting;
    const auto fetched = imap::fetch_parts(*session_, requests, tasting, wait_.within(step_time));
    if (const auto whole = tasting.whole()) {
        const imap::PartRequest& part = requests.at(*whole);
        record_.ok(Layer::fetch, {{"uid", std::to_string(part.uid)},
                                  {"part", part.section.empty() ? "-" : part.section},
                                  {"octets", std::to_string(tasting.octets())}});
        if (!fetched)
            session_.reset();
        return {};
    }
    if (!fetched)
        return tl::unexpected(fetched.error());
    if (!tasting.error())
        return fail(Cause::internal, Layer::fetch, Reach::point);
    if (tasting.error()->cause != Cause::message_gone)
        return tl::unexpected(*tasting.error());
    // Others work in the mailbox, too.
    record_.warn(Layer::fetch, tasting.error()->facts, tasting.error());
    return {};
}

void Climb::target() {
    if (plan_.target_folder.empty() && plan_.target == Plan::Target::chosen_at_work) {
        record_.not_used(Layer::target);
        return;
    }
    const auto answer = std::make_shared<Result<Facts>>();
    const Wait wait = wait_.within(folder_answers_in);
    const auto asked = ask_folder(
        plan_.target_folder,
        [answer, &disk = disk_, folder = plan_.target_folder, wait] {
            *answer = try_target(disk, folder, wait);
        },
        wait);
    if (!asked && wait_.stopped())
        return;
    Result<Facts> tried = asked ? *answer : tl::unexpected(asked.error());
    if (!tried) {
        Error error = std::move(tried.error());
        error.layer = Layer::target;
        record_.fail(error);
        return;
    }
    const auto room = std::ranges::find(*tried, "free_octets", &Facts::value_type::first);
    std::uint64_t octets = little_room_octets;
    if (room != tried->end())
        std::from_chars(room->second.data(), room->second.data() + room->second.size(), octets);
    if (octets < little_room_octets)
        record_.warn(Layer::target, std::move(*tried));
    else
        record_.ok(Layer::target, std::move(*tried));
}

}  // namespace

Diagnosis climb(const Plan& plan, Disk& disk, const imap::TranscriptObserver& transcript,
                const Watcher& watcher, const Wait& wait) {
    return Climb(plan, disk, transcript, watcher, wait).run();
}

}  // namespace mail::diagnose
