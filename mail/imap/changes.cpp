#include "mail/imap/changes.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"
#include "mail/imap/listing.h"
#include "mail/imap/pipeline.h"
#include "mail/imap/quirks.h"
#include "mail/imap/sequence_set.h"
#include "mail/imap/uid_search.h"
#include "mail/imap/utf7.h"

namespace mail::imap {

namespace {

/// A line of so many UIDs is short enough for every server.
constexpr std::size_t uids_a_command = 500;
constexpr Pipeline::Pace pace{Pipeline::Patience::idle, std::chrono::seconds(60), 20};

/// Commands that are sent together. The first status that is not OK counts.
class Together : public Exchange {
public:
    explicit Together(std::vector<std::string> commands) : commands_(std::move(commands)) {}

    [[nodiscard]] Layer layer() const override { return Layer::list; }
    Result<std::optional<Command>> next_command() override {
        if (given_ == commands_.size())
            return std::nullopt;
        return plain_command(commands_[given_++]);
    }
    Result<void> completed(std::size_t /*command*/, const Status& status) override {
        if (status_.is_ok())
            status_ = status;
        return {};
    }
    Result<Use> untagged(Response& /*response*/) override { return Use::unused; }
    [[nodiscard]] const Status& status() const { return status_; }

private:
    std::vector<std::string> commands_;
    std::size_t given_ = 0;
    Status status_;
};

class Expunging final : public Together {
public:
    using Together::Together;
    [[nodiscard]] bool expunges() const override { return true; }
};

class Looking final : public Together {
public:
    Looking(std::vector<std::string> commands, const std::vector<Uid>& wanted)
        : Together(std::move(commands)), wanted_(wanted) {}

    Result<Use> untagged(Response& response) override {
        auto* data = std::get_if<FetchData>(&response);
        if (data == nullptr || data->error || !data->uid || !data->envelope || !data->size_octets ||
            !data->internal_date || !data->flags ||
            !std::binary_search(wanted_.begin(), wanted_.end(), *data->uid))
            return Use::unused;
        Marks marks{*data->uid, *data->size_octets, *data->internal_date,
                    std::move(data->envelope->raw_message_id), std::move(*data->flags)};
        found_.push_back(std::move(marks));
        return Use::used;
    }
    [[nodiscard]] std::vector<Marks> found() && {
        std::ranges::stable_sort(found_, {}, &Marks::uid);
        const auto same_uid = [](const Marks& one, const Marks& other) {
            return one.uid == other.uid;
        };
        found_.erase(std::unique(found_.begin(), found_.end(), same_uid), found_.end());
        return std::move(found_);
    }

private:
    const std::vector<Uid>& wanted_;
    std::vector<Marks> found_;
};

std::vector<Uid> sorted(std::vector<Uid> uids) {
    std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    return uids;
}

/// Both ascending.
std::vector<Uid> without(const std::vector<Uid>& uids, const std::vector<Uid>& these) {
    std::vector<Uid> rest;
    std::ranges::set_difference(uids, these, std::back_inserter(rest));
    return rest;
}

std::vector<Uid> common(const std::vector<Uid>& uids, const std::vector<Uid>& others) {
    std::vector<Uid> both;
    std::ranges::set_intersection(uids, others, std::back_inserter(both));
    return both;
}

/// `before` and `after` around the UIDs, as many commands as it takes.
std::vector<std::string> commands_for(std::string_view before, const std::vector<Uid>& uids,
                                      std::string_view after) {
    std::vector<std::string> commands;
    for (std::size_t first = 0; first < uids.size(); first += uids_a_command) {
        const auto begin = uids.begin() + static_cast<std::ptrdiff_t>(first);
        const std::size_t count = std::min(uids_a_command, uids.size() - first);
        const std::vector<Uid> some(begin, begin + static_cast<std::ptrdiff_t>(count));
        commands.push_back(std::string(before) + to_sequence_set(some) + std::string(after));
    }
    return commands;
}

Error refusal(const Pipeline& pipeline, const Status& status) {
    if (quirks::says_limit(status))
        return pipeline.refusal(Cause::server_limit, Layer::list, Reach::connection, status);
    const bool may_not = status.has_code("READ-ONLY") || status.has_code("NOPERM");
    const Cause cause = may_not                            ? Cause::folder_read_only
                        : status.kind == Status::Kind::bad ? Cause::command_refused
                                                           : Cause::server_refused;
    return pipeline.refusal(cause, Layer::list, Reach::folder, status);
}

Result<void> run(Session& session, Together& exchange, const Wait& wait) {
    if (auto done = session.pipeline().run(exchange, pace, wait); !done)
        return done;
    // What is gone already is no fault.
    if (!exchange.status().is_ok() && !quirks::says_gone(exchange.status()))
        return tl::unexpected(refusal(session.pipeline(), exchange.status()));
    return {};
}

Result<void> store(Session& session, const std::vector<Uid>& uids, Mark mark, const Wait& wait) {
    Together stores(commands_for("UID STORE ", uids,
                                 mark == Mark::set ? " +FLAGS.SILENT (\\Deleted)"
                                                   : " -FLAGS.SILENT (\\Deleted)"));
    return run(session, stores, wait);
}

/// Which are marked, by their flags and by a search: an index may lag behind the flags, and flags
/// are not told of what nobody can read.
struct MarksSeen {
    std::vector<Uid> told, by_flags, by_search;  ///< all ascending
};

Result<MarksSeen> see_marks(Session& session, const std::vector<Uid>& uids, const Wait& wait) {
    const auto marks = marks_of(session, uids, wait);
    if (!marks)
        return tl::unexpected(marks.error());
    auto searched = marked_deleted(session, wait);
    if (!searched)
        return tl::unexpected(std::move(searched.error()));
    MarksSeen seen;
    for (const Marks& one : *marks) {
        seen.told.push_back(one.uid);
        if (one.is_deleted())
            seen.by_flags.push_back(one.uid);
    }
    seen.by_search = std::move(*searched);
    return seen;
}

/// What has lost its mark, of those that a look at `there`, a part of `uids`, has shown. What is
/// not shown any more may have gone since: by its mark, most likely.
Result<Marked> judge_cleared(Session& session, const std::vector<Uid>& uids,
                             const std::vector<Uid>& there, const MarksSeen& seen,
                             const Wait& wait) {
    std::vector<Uid> gone = without(uids, there);
    const std::vector<Uid> silent = without(there, seen.told);
    if (!silent.empty()) {
        const auto still = uids_matching(session, silent, "ALL", wait);
        if (!still)
            return tl::unexpected(still.error());
        std::ranges::copy(without(silent, *still), std::back_inserter(gone));
        std::ranges::sort(gone);
    }
    const auto by_search_alone = common(silent, seen.by_search);
    return Marked{without(without(without(uids, gone), seen.by_flags), by_search_alone),
                  without(seen.by_search, uids), gone};
}

Result<Marked> clear_marks(Session& session, const std::vector<Uid>& uids, const Wait& wait) {
    // A UID that is not there would clear the mark of a neighbour.
    const auto there = uids_matching(session, uids, "ALL", wait);
    if (!there)
        return tl::unexpected(there.error());
    auto seen = there->empty() ? Result<MarksSeen>() : see_marks(session, *there, wait);
    if (!seen)
        return tl::unexpected(std::move(seen.error()));
    std::vector<Uid> marked;
    std::ranges::set_union(seen->by_flags, common(*there, seen->by_search),
                           std::back_inserter(marked));
    if (marked.empty())
        return judge_cleared(session, uids, *there, *seen, wait);
    if (auto cleared = store(session, marked, Mark::clear, wait); !cleared)
        return tl::unexpected(std::move(cleared.error()));
    const std::vector<Uid> told_before = without(seen->told, marked);
    seen = see_marks(session, marked, wait);
    if (!seen)
        return tl::unexpected(std::move(seen.error()));
    std::ranges::copy(told_before, std::back_inserter(seen->told));
    std::ranges::sort(seen->told);
    return judge_cleared(session, uids, *there, *seen, wait);
}

/// What our STORE has marked in place of what it should have. Where all has its mark, other marks
/// that are new are somebody else's.
std::vector<Uid> astray(const std::vector<Uid>& uids, const std::vector<Uid>& before,
                        const std::vector<Uid>& after) {
    if (without(uids, after).empty())
        return {};
    return without(without(after, before), uids);
}

Result<Marked> set_marks(Session& session, const std::vector<Uid>& uids, const Wait& wait) {
    const auto before = marked_deleted(session, wait);
    if (!before)
        return tl::unexpected(before.error());
    const auto stored = store(session, without(uids, *before), Mark::set, wait);
    if (!stored && stored.error().reach > Reach::folder)
        return tl::unexpected(stored.error());
    const auto after = marked_deleted(session, wait);
    if (!after)
        return tl::unexpected(after.error());
    const std::vector<Uid> wrong =
        stored ? astray(uids, *before, *after) : common(without(*after, *before), uids);
    if (auto taken_back = store(session, wrong, Mark::clear, wait); !taken_back)
        return tl::unexpected(std::move(taken_back.error()));
    if (!stored)
        return tl::unexpected(stored.error());
    return Marked{common(uids, *after), without(without(*after, uids), wrong), {}};
}

/// "03-Nov-2026 10:00:00 +0000" (RFC 9051, date-time), and the first eleven of it.
std::string date_time(std::chrono::sys_seconds when) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(when - day);
    const auto padded = [](auto number, std::size_t width) {
        std::string digits = std::to_string(number);
        return std::string(width - std::min(width, digits.size()), '0') + digits;
    };
    std::string text = padded(static_cast<unsigned>(date.day()), 2);
    text.append("-").append(months.at(static_cast<unsigned>(date.month()) - 1)).append("-");
    text += padded(static_cast<int>(date.year()), 4) + " ";
    text += padded(time.hours().count(), 2) + ":" + padded(time.minutes().count(), 2) + ":" +
            padded(time.seconds().count(), 2) + " +0000";
    return text;
}

std::string search_date(std::chrono::sys_seconds when) {
    return date_time(when).substr(0, 11);
}

/// The longest piece of the id that needs no quoting: HEADER looks for substrings.
std::string searchable(std::string_view message_id) {
    constexpr std::size_t most = 200;
    constexpr std::size_t least = 8;  // less would find half the folder
    const auto is_plain = [](char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '<' && c != '>';
    };
    std::string_view best;
    for (std::size_t at = 0; at < message_id.size();) {
        std::size_t end = at;
        while (end < message_id.size() && is_plain(message_id[end]))
            ++end;
        if (end - at > best.size())
            best = message_id.substr(at, end - at);
        at = end + 1;
    }
    return best.size() < least ? std::string() : std::string(best.substr(0, most));
}

std::string criteria_of(std::string_view message_id, std::chrono::sys_seconds internal_date) {
    const std::string id = searchable(message_id);
    // The server's day may begin up to a day sooner or later than ours.
    return id.empty() ? "SINCE " + search_date(internal_date - std::chrono::days(1)) + " BEFORE " +
                            search_date(internal_date + std::chrono::days(2))
                      : "HEADER Message-ID \"" + id + "\"";
}

/// Keywords only where the folder can keep new ones; \Recent is the server's.
std::string settable(const std::vector<std::string>& flags, bool keywords) {
    constexpr std::array<std::string_view, 5> system{"\\answered", "\\flagged", "\\deleted",
                                                     "\\seen", "\\draft"};
    const auto is_atom = [](const std::string& flag) {
        return !flag.empty() && std::ranges::all_of(flag, [](char c) {
            return c > ' ' && c < 0x7f &&
                   std::string_view("(){%*\"\\]").find(c) == std::string::npos;
        });
    };
    std::string list;
    for (const std::string& flag : flags) {
        const bool is_system =
            std::ranges::find(system, lower(std::string_view(flag))) != system.end();
        if (is_system || (keywords && is_atom(flag)))
            list += (list.empty() ? "" : " ") + flag;
    }
    return list;
}

class Appending final : public Exchange {
public:
    Appending(std::vector<Command> commands, StopToken stop)
        : commands_(std::move(commands)), stop_(std::move(stop)) {
        statuses_.resize(commands_.size());
    }

    [[nodiscard]] Layer layer() const override { return Layer::list; }
    Result<std::optional<Command>> next_command() override {
        if (given_ == commands_.size() || stop_.stop_requested())
            return std::nullopt;
        return std::move(commands_[given_++]);
    }
    Result<void> completed(std::size_t command, const Status& status) override {
        statuses_[command] = status;
        return {};
    }
    Result<Use> untagged(Response& /*response*/) override { return Use::unused; }
    [[nodiscard]] std::size_t given() const { return given_; }
    [[nodiscard]] const std::vector<std::optional<Status>>& statuses() const { return statuses_; }

private:
    std::vector<Command> commands_;
    StopToken stop_;
    std::size_t given_ = 0;
    std::vector<std::optional<Status>> statuses_;
};

/// `next`, held to the number of octets that was announced: one more or less would have the server
/// read mail as commands, or commands as mail.
Pieces counted(Pieces next, std::uint64_t octets) {
    return [next = std::move(next), left = octets]() mutable -> Result<std::string> {
        auto piece = next();
        if (!piece) {
            piece.error().reach = Reach::connection;
            return piece;
        }
        if (piece->size() > left || (piece->empty() && left != 0))
            return fail(Cause::verify_failed, Layer::list, Reach::connection,
                        {{"octets_left", std::to_string(left)}});
        left -= piece->size();
        return piece;
    };
}

std::optional<Appended> appended_as(const Status& status) {
    if (!status.has_code("APPENDUID"))
        return std::nullopt;
    const std::string_view said = status.code->raw_arguments;
    const std::size_t blank = said.find(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    const auto validity = number_of<std::uint32_t>(said.substr(0, blank));
    const auto uid = number_of<Uid>(said.substr(blank + 1));
    if (!validity || !uid || *uid == 0)
        return std::nullopt;
    return Appended{*validity, *uid};
}

}  // namespace

bool Marks::is_deleted() const {
    return std::ranges::any_of(
        flags, [](const std::string& flag) { return same_word(flag, "\\deleted"); });
}

Result<std::vector<Marks>> marks_of(Session& session, std::vector<Uid> uids, const Wait& wait) {
    const std::vector<Uid> wanted = sorted(std::move(uids));
    Looking looking(
        commands_for("UID FETCH ", wanted, " (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)"),
        wanted);
    if (auto done = run(session, looking, wait); !done)
        return tl::unexpected(std::move(done.error()));
    return std::move(looking).found();
}

Result<std::vector<Uid>> marked_deleted(Session& session, const Wait& wait) {
    return search_uids(session.pipeline(), {"DELETED"},
                       {session.capabilities().esearch, Reach::folder, {}}, wait);
}

Result<std::vector<Uid>> uids_like(Session& session, std::string_view message_id,
                                   std::chrono::sys_seconds internal_date, const Wait& wait) {
    return search_uids(session.pipeline(), {criteria_of(message_id, internal_date)},
                       {session.capabilities().esearch, Reach::folder, {}}, wait);
}

Result<std::vector<Uid>> uids_like_any(Session& session, const std::vector<Like>& likes, Uid first,
                                       const Wait& wait) {
    std::vector<std::string> criteria;
    const std::string among = first <= 1 ? "" : "UID " + std::to_string(first) + ":* ";
    for (const Like& like : likes)
        criteria.push_back(among + criteria_of(like.message_id, like.internal_date));
    if (criteria.empty())
        return std::vector<Uid>();
    auto uids = search_uids(session.pipeline(), std::move(criteria),
                            {session.capabilities().esearch, Reach::folder, {}}, wait);
    // "*" is the last message, however small its UID is.
    if (uids)
        std::erase_if(*uids, [&](Uid uid) { return uid < first; });
    return uids;
}

Result<void> look_again(Session& session, const Wait& wait) {
    return ask(session.pipeline(), Layer::list, plain_command("NOOP"), wait).map([](const Status&) {
    });
}

Result<Marked> mark_deleted(Session& session, std::vector<Uid> uids, Mark mark, const Wait& wait) {
    const std::vector<Uid> wanted = sorted(std::move(uids));
    return mark == Mark::set ? set_marks(session, wanted, wait)
                             : clear_marks(session, wanted, wait);
}

Result<void> expunge(Session& session, std::vector<Uid> uids, const Wait& wait) {
    Expunging expunging(commands_for("UID EXPUNGE ", sorted(std::move(uids)), ""));
    return run(session, expunging, wait);
}

Result<void> expunge_marked(Session& session, const Wait& wait) {
    if (quirks::ruins_what_it_expunged(session.capabilities()))
        session.must_be_dropped();
    Expunging expunging({"EXPUNGE"});
    return run(session, expunging, wait);
}

namespace {

Result<Command> append_command(const Session& session, NewMessage message) {
    CommandBuilder builder("APPEND", session.capabilities());
    builder.astring(to_modified_utf7(message.folder));
    const auto& selected = session.selected();
    const std::string flags = settable(message.flags, selected && selected->can_store_keywords);
    if (!flags.empty())
        builder.words(" (" + flags + ")");
    if (message.internal_date != std::chrono::sys_seconds{})
        builder.astring(date_time(message.internal_date));
    builder.streamed_literal(message.size_octets,
                             counted(std::move(message.next), message.size_octets));
    return builder.finish(Cause::bad_folder_name, Layer::select);
}

Result<std::optional<Appended>> judge(const Pipeline& pipeline, const Status& status) {
    if (status.is_ok())
        return appended_as(status);
    return tl::unexpected(
        quirks::says_limit(status)
            ? refusal(pipeline, status)
            : pipeline.refusal(Cause::append_refused, Layer::list, Reach::message, status));
}

}  // namespace

AppendedAll append_all(Session& session, std::vector<NewMessage> messages, const Wait& asked,
                       const Wait& wait) {
    AppendedAll all;
    all.each.resize(messages.size());
    std::vector<Command> commands;
    for (NewMessage& message : messages) {
        auto command = append_command(session, std::move(message));
        if (!command) {
            all.error = std::move(command.error());
            return all;
        }
        commands.push_back(std::move(*command));
    }
    Pipeline& pipeline = session.pipeline();
    Appending appending(std::move(commands), asked.stop);
    auto done = pipeline.run(appending, pace, wait);
    all.sent = appending.given();
    for (std::size_t i = 0; i < all.each.size(); ++i)
        if (const auto& status = appending.statuses()[i])
            all.each[i] = judge(pipeline, *status);
    if (!done) {
        // It said no in the middle of the mail.
        if (done.error().cause == Cause::unexpected_tag)
            done.error().cause = Cause::append_refused;
        all.error = std::move(done.error());
    }
    return all;
}

}  // namespace mail::imap
