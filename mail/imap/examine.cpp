#include "mail/imap/examine.h"

#include <algorithm>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"
#include "mail/imap/claim.h"
#include "mail/imap/nearest_folder.h"
#include "mail/imap/quirks.h"
#include "mail/imap/uid_search.h"
#include "mail/imap/utf7.h"

namespace mail::imap {

namespace {

constexpr std::size_t max_folders = 100'000;

void take_status(Mailbox& mailbox, const Status& status) {
    if (!status.code)
        return;
    const ResponseCode& code = *status.code;
    if (code.name == "UIDVALIDITY")
        mailbox.uid_validity = number_of<std::uint32_t>(code.raw_arguments).value_or(0);
    else if (code.name == "UIDNOTSTICKY")
        mailbox.uids_stick = false;
    else if (code.name == "UIDNEXT")
        mailbox.uid_next = number_of<Uid>(code.raw_arguments).value_or(0);
    else if (code.name == "HIGHESTMODSEQ")
        mailbox.highest_mod_sequence = number_of<std::uint64_t>(code.raw_arguments).value_or(0);
    else if (code.name == "PERMANENTFLAGS") {
        mailbox.can_store_keywords = code.raw_arguments.find("\\*") != std::string::npos;
        mailbox.can_claim =
            mailbox.can_store_keywords ||
            lower(code.raw_arguments).find(lower(claim_keyword)) != std::string::npos;
    }
}

void take_data(Mailbox& mailbox, const Response& response) {
    if (const auto* status = std::get_if<Status>(&response))
        take_status(mailbox, *status);
    if (const auto* flags = std::get_if<FlagsData>(&response))
        mailbox.claimants = claimants_of(flags->flags);
    const auto* count = std::get_if<CountData>(&response);
    if (count != nullptr && count->kind == CountData::Kind::exists)
        mailbox.exists = count->number;
    else if (count != nullptr && count->kind == CountData::Kind::expunge && mailbox.exists > 0)
        --mailbox.exists;
}

/// EXAMINE or SELECT alone, or with a search for all that is in the folder right behind it.
class Opening final : public Exchange {
public:
    Opening(Pipeline& pipeline, Command examine, std::optional<UidSearch> search)
        : pipeline_(pipeline), examine_(std::move(examine)), search_(std::move(search)) {}

    [[nodiscard]] Layer layer() const override { return opened_ ? Layer::list : Layer::select; }

    Result<std::optional<Command>> next_command() override {
        if (examine_)
            return std::exchange(examine_, std::nullopt);
        if (!search_ || std::exchange(searching_, true))
            return std::nullopt;
        return search_->command("ALL");
    }

    void sent(std::size_t command, const std::string& tag) override {
        if (command == 1)
            search_->sent(tag);
    }

    // A server may say all this any number of times: nothing of it buys it more time.
    Result<Use> untagged(Response& response) override {
        take_data(mailbox_, response);
        if (!search_ || !search_->is_answer(response))
            return Use::unused;
        // What is found before the folder is open may have been found in another one.
        searched_early_ = searched_early_ || !opened_;
        const auto taken = opened_ ? search_->take(response) : Result<void>();
        return taken.map([] { return Use::unused; });
    }

    Result<void> completed(std::size_t command, const Status& status) override {
        (command == 0 ? status_ : search_status_) = status;
        if (command == 0) {
            pipeline_.folder_is_open();
            opened_ = status.is_ok();
        } else {
            searched_early_ = searched_early_ || !opened_;
        }
        return {};
    }

    [[nodiscard]] const Status& status() const { return status_; }
    /// Says something only where EXAMINE was answered with OK.
    [[nodiscard]] const Status& search_status() const { return search_status_; }
    /// The search has to be made again: it came too early, or found fewer than exist, or the server
    /// does not know the form that it says it does.
    [[nodiscard]] bool is_doubtful() const {
        return searched_early_ || search_->is_unknown(search_status_) ||
               (search_status_.is_ok() && search_->found() < mailbox_.exists);
    }
    [[nodiscard]] Contents contents() && {
        return {std::move(mailbox_), search_ ? std::move(*search_).uids() : std::vector<Uid>()};
    }

private:
    Pipeline& pipeline_;
    std::optional<Command> examine_;
    std::optional<UidSearch> search_;
    bool searching_ = false;
    bool opened_ = false;
    bool searched_early_ = false;
    Mailbox mailbox_;
    Status status_, search_status_;
};

enum class Open { to_read, to_read_with_uids, to_write, to_claim, to_claim_with_uids };

/// Some tell HIGHESTMODSEQ only when they are asked for it (Dovecot 2.3; RFC 7162, 3.1.8).
bool wants_mod_sequence(Open how, const Capabilities& capabilities) {
    return capabilities.condstore && (how == Open::to_claim || how == Open::to_claim_with_uids);
}

bool reads_only(Open how) {
    return how == Open::to_read || how == Open::to_read_with_uids;
}

struct Answer {
    Contents contents;
    Status status;
};

/// Finds all that exist, or says that it did not.
class SearchAgain {
public:
    SearchAgain(Pipeline& pipeline, bool esearch, Mailbox& mailbox, const Wait& wait)
        : pipeline_(pipeline), esearch_(esearch), mailbox_(mailbox), wait_(wait),
          wanted_(mailbox.exists) {}

    Result<std::vector<Uid>> run() {
        if (auto searched = search("ALL"); !searched)
            return tl::unexpected(std::move(searched.error()));
        // A server that limits its answers (RFC 9738) gives the newest.
        while (found_.size() < wanted_ && !found_.empty() && found_.front() > 1) {
            const std::size_t before = found_.size();
            if (auto searched = search("UID 1:" + std::to_string(found_.front() - 1)); !searched)
                return tl::unexpected(std::move(searched.error()));
            if (found_.size() == before)
                break;
        }
        // Some tell of messages that are gone only when they are asked for nothing.
        if (found_.size() < wanted_)
            if (auto asked = ask(pipeline_, Layer::list, plain_command("NOOP"), wait_,
                                 [this](Response& response) {
                                     note(response);
                                     return Exchange::Use::unused;
                                 });
                !asked)
                return tl::unexpected(std::move(asked.error()));
        // A list that lacks some would look like a mailbox with less to do.
        if (found_.size() < wanted_)
            return fail(
                Cause::reply_malformed, Layer::list, Reach::folder,
                {{"exists", std::to_string(wanted_)}, {"found", std::to_string(found_.size())}});
        return std::move(found_);
    }

private:
    void note(const Response& response) {
        const std::uint32_t before = mailbox_.exists;
        take_data(mailbox_, response);
        // What arrives only now is for the next list.
        if (mailbox_.exists < before)
            wanted_ -= std::min(wanted_, before - mailbox_.exists);
    }

    Result<void> search(const std::string& criteria) {
        auto more = search_uids(
            pipeline_, {criteria},
            {esearch_, Reach::folder, [this](const Response& response) { note(response); }}, wait_);
        if (!more)
            return tl::unexpected(std::move(more.error()));
        found_.insert(found_.end(), more->begin(), more->end());
        std::sort(found_.begin(), found_.end());
        found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
        return {};
    }

    Pipeline& pipeline_;
    const bool esearch_;
    Mailbox& mailbox_;
    const Wait& wait_;
    std::uint32_t wanted_;    ///< so many existed before the search, and still do
    std::vector<Uid> found_;  ///< ascending
};

Result<Answer> examine_raw(Pipeline& pipeline, const Capabilities& capabilities,
                           const std::string& raw_name, Open how, const Wait& wait) {
    CommandBuilder builder(reads_only(how) ? "EXAMINE" : "SELECT", capabilities);
    builder.astring(raw_name);
    if (wants_mod_sequence(how, capabilities))
        builder.words(" (CONDSTORE)");
    auto command = builder.finish(Cause::bad_folder_name, Layer::select);
    if (!command)
        return tl::unexpected(std::move(command.error()));
    pipeline.folder_changes();
    const bool searches = how == Open::to_read_with_uids || how == Open::to_claim_with_uids;
    Opening opening(pipeline, std::move(*command),
                    searches ? std::optional(UidSearch(capabilities.esearch)) : std::nullopt);
    // A million UIDs take their time on a slow line.
    const Pipeline::Pace pace =
        searches ? Pipeline::Pace{Pipeline::Patience::idle, std::chrono::seconds(60), 2}
                 : Pipeline::Pace{Pipeline::Patience::total, ask_time, 1};
    if (auto done = pipeline.run(opening, pace, wait); !done)
        return tl::unexpected(std::move(done.error()));
    const Status status = opening.status();
    if (!searches || !status.is_ok())
        return Answer{std::move(opening).contents(), status};
    const bool doubtful = opening.is_doubtful();
    if (!doubtful && !opening.search_status().is_ok())
        return tl::unexpected(
            pipeline.refusal(quirks::says_limit(opening.search_status()) ? Cause::server_limit
                                                                         : Cause::server_refused,
                             Layer::list, Reach::folder, opening.search_status()));
    Answer answer{std::move(opening).contents(), status};
    if (!doubtful)
        return answer;
    auto uids = SearchAgain(pipeline, capabilities.esearch, answer.contents.mailbox, wait).run();
    if (!uids)
        return tl::unexpected(std::move(uids.error()));
    answer.contents.uids = std::move(*uids);
    return answer;
}

bool says_more_than_missing(const Status& status) {
    return status.has_code("NOPERM") || status.has_code("SERVERBUG") ||
           status.has_code("CORRUPTION") || quirks::asks_to_wait(status);
}

Error refused(const Pipeline& pipeline, const std::string& folder, const Status& status) {
    // BAD is about the command, not about who holds the folder.
    const bool shut = quirks::says_mailbox_stays_shut(status);
    const Cause cause = shut                               ? Cause::mailbox_not_opened
                        : quirks::says_limit(status)       ? Cause::server_limit
                        : status.kind == Status::Kind::bad ? Cause::command_refused
                                                           : Cause::folder_refused;
    Error error =
        pipeline.refusal(cause, Layer::select, shut ? Reach::point : Reach::folder, status);
    error.facts.emplace_back("folder", folder);
    return error;
}

/// Why the server said no, found out by looking at what there is.
Error explained(const Pipeline& pipeline, const std::string& folder, const Status& status,
                const std::vector<Folder>& folders) {
    const bool there = std::any_of(folders.begin(), folders.end(),
                                   [&](const Folder& one) { return one.name == folder; });
    Error error = refused(pipeline, folder, status);
    if (there || same_word(folder, "INBOX") || error.cause == Cause::mailbox_not_opened)
        return error;
    error.cause = Cause::folder_missing;
    if (std::string nearest = nearest_folder(folders, folder); !nearest.empty())
        error.facts.emplace_back("nearest", std::move(nearest));
    return error;
}

Result<Contents> open_folder(Pipeline& pipeline, const Capabilities& capabilities,
                             const std::string& folder, Open how, const Wait& wait) {
    if (folder.empty() || !utf8::valid(folder))
        return fail(Cause::bad_folder_name, Layer::select, Reach::folder);
    const std::string raw_name = to_modified_utf7(folder);
    auto answer = examine_raw(pipeline, capabilities, raw_name, how, wait);
    if (!answer)
        return tl::unexpected(std::move(answer.error()));
    // What it says it has, and does not know, is not asked for again.
    if (answer->status.kind == Status::Kind::bad && wants_mod_sequence(how, capabilities)) {
        Capabilities without = capabilities;
        without.condstore = false;
        return open_folder(pipeline, without, folder, how, wait);
    }
    if (!answer->status.is_ok()) {
        const Status first = answer->status;
        if (says_more_than_missing(first))
            return tl::unexpected(refused(pipeline, folder, first));
        auto folders = list_folders(pipeline, wait);
        if (!folders)
            return tl::unexpected(folders.error().reach == Reach::folder
                                      ? refused(pipeline, folder, first)
                                      : std::move(folders.error()));
        // Servers that list names in raw UTF-8 want them so.
        const auto same = std::find_if(folders->begin(), folders->end(), [&](const Folder& one) {
            return one.name == folder && one.raw_name != raw_name;
        });
        if (same == folders->end())
            return tl::unexpected(explained(pipeline, folder, first, *folders));
        answer = examine_raw(pipeline, capabilities, same->raw_name, how, wait);
        if (!answer)
            return tl::unexpected(std::move(answer.error()));
        if (!answer->status.is_ok())
            return tl::unexpected(refused(pipeline, folder, answer->status));
    }
    if (how == Open::to_write && answer->status.has_code("READ-ONLY"))
        return tl::unexpected(pipeline.refusal(Cause::folder_read_only, Layer::select,
                                               Reach::folder, answer->status));
    if (answer->status.has_code("READ-ONLY"))
        answer->contents.mailbox.can_claim = false;
    answer->contents.mailbox.folder = folder;
    return std::move(answer->contents);
}

void guard(Pipeline& pipeline, const Capabilities& capabilities, const Mailbox& mailbox) {
    pipeline.guard({mailbox.uid_validity, quirks::keeps_its_numbers(capabilities, mailbox)});
}

void guard_if_claimable(Pipeline& pipeline, const Capabilities& capabilities,
                        const Mailbox& mailbox) {
    if (mailbox.can_claim)
        guard(pipeline, capabilities, mailbox);
}

}  // namespace

Result<std::vector<Folder>> list_folders(Pipeline& pipeline, const Wait& wait) {
    std::vector<Folder> folders;
    auto status = ask(pipeline, Layer::folders, plain_command("LIST \"\" \"*\""), wait,
                      [&](Response& response) {
                          auto* folder = std::get_if<Folder>(&response);
                          if (folder == nullptr || folders.size() >= max_folders)
                              return Exchange::Use::unused;
                          folders.push_back(std::move(*folder));
                          return Exchange::Use::used;
                      });
    if (!status)
        return tl::unexpected(std::move(status.error()));
    if (!status->is_ok())
        return tl::unexpected(
            pipeline.refusal(Cause::server_refused, Layer::folders, Reach::folder, *status));
    return folders;
}

Result<Mailbox> examine_folder(Pipeline& pipeline, const Capabilities& capabilities,
                               const std::string& folder, const Wait& wait) {
    return open_folder(pipeline, capabilities, folder, Open::to_read, wait)
        .map([](Contents contents) { return std::move(contents.mailbox); });
}

Result<Mailbox> select_folder(Pipeline& pipeline, const Capabilities& capabilities,
                              const std::string& folder, const Wait& wait) {
    auto opened = open_folder(pipeline, capabilities, folder, Open::to_write, wait);
    if (!opened)
        return tl::unexpected(std::move(opened.error()));
    guard(pipeline, capabilities, opened->mailbox);
    return std::move(opened->mailbox);
}

Result<Mailbox> open_folder_to_claim(Pipeline& pipeline, const Capabilities& capabilities,
                                     const std::string& folder, const Wait& wait) {
    return open_folder(pipeline, capabilities, folder, Open::to_claim, wait)
        .map([&](Contents contents) {
            guard_if_claimable(pipeline, capabilities, contents.mailbox);
            return std::move(contents.mailbox);
        });
}

Result<Contents> open_to_claim_with_uids_of(Pipeline& pipeline, const Capabilities& capabilities,
                                            const std::string& folder, const Wait& wait) {
    return open_folder(pipeline, capabilities, folder, Open::to_claim_with_uids, wait)
        .map([&](Contents contents) {
            guard_if_claimable(pipeline, capabilities, contents.mailbox);
            return contents;
        });
}

Result<Contents> examine_with_uids_of(Pipeline& pipeline, const Capabilities& capabilities,
                                      const std::string& folder, const Wait& wait) {
    return open_folder(pipeline, capabilities, folder, Open::to_read_with_uids, wait);
}

}  // namespace mail::imap
