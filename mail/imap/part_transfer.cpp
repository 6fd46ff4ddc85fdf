#include "mail/imap/part_transfer.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "mail/imap/ascii.h"
#include "mail/imap/ask.h"
#include "mail/imap/quirks.h"

namespace mail::imap {

namespace {

constexpr std::size_t max_parts_per_command = 50;
// Enough to fill any line while an answer is under way. What is asked for further ahead nobody else
// can ask for (PartSink::wants).
constexpr std::uint64_t max_octets_asked = 16ULL << 20;
/// A server decodes the whole part before it says anything of it, and is silent meanwhile: Dovecot
/// 2.3 for a second for each 50 to 90 MB. As it stands in the mail the part begins at once, and is
/// done in half the time, though a third more comes (tests/bench/run --only large); only a line of
/// less than 100 Mbit/s gains by BINARY. So this is the largest part, encoded, of the mails that
/// come over the internet (25 MB decoded): larger ones are from within a company's own network.
constexpr std::uint64_t most_decoded_by_server = 36'000'000;

bool is_identity(std::string_view encoding) {
    return encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary";
}

bool is_section(std::string_view section) {
    return std::all_of(section.begin(), section.end(), [](char c) {
        return is_digit(c) || c == '.' || (upper(c) >= 'A' && upper(c) <= 'Z');
    });
}

/// Whether a server that decodes `encoded` octets of base64 gives so many: lines of a length that
/// programs write, or a single one, with line ends of one octet or two, and up to two behind the
/// last line. Nothing in between, since nothing else tells that the answer was cut. What that can't
/// see is one or two octets, in place of which "=" may stand, and a cut that another line length
/// happens to explain.
bool is_decoded_size(std::uint64_t encoded, std::uint64_t octets) {
    constexpr std::array<std::uint64_t, 4> line_lengths{76, 72, 64, 60};
    constexpr std::uint64_t at_the_end = 2;
    const std::uint64_t letters = octets / 3 * 4 + (octets % 3 != 0 ? 4 : 0);
    if (letters == 0 || letters > encoded)
        return false;
    const std::uint64_t blank = encoded - letters;
    const auto has_lines = [&](std::uint64_t between) {
        return std::ranges::any_of(std::array<std::uint64_t, 2>{1, 2}, [&](std::uint64_t line_end) {
            const std::uint64_t ends = blank / line_end;
            return blank % line_end == 0 && ends >= between && ends <= between + at_the_end;
        });
    };
    return has_lines(0) || std::ranges::any_of(line_lengths, [&](std::uint64_t length) {
               return has_lines((letters - 1) / length);
           });
}

bool stops_all(const Error& error) {
    return error.reach > Reach::message;
}

Error failed(Cause cause, Reach reach, Facts facts = {}) {
    return Error{cause, Layer::fetch, reach, std::move(facts)};
}

}  // namespace

PartTransfer::PartTransfer(const Pipeline& pipeline, const Capabilities& capabilities,
                           const std::vector<PartRequest>& requests, PartSink& sink)
    : pipeline_(pipeline), capabilities_(capabilities), requests_(requests), sink_(sink),
      progress_(requests.size()) {
    for (std::size_t request = 0; request < requests.size(); ++request)
        if (capabilities.binary && requests[request].may_decode &&
            requests[request].encoding == "base64" &&
            requests[request].size_octets <= most_decoded_by_server)
            progress_[request].kind = BodyItem::Kind::binary;
    group_by_message();
}

void PartTransfer::group_by_message() {
    std::unordered_map<Uid, std::size_t> newest_group;
    for (std::size_t request = 0; request < requests_.size(); ++request) {
        const auto [group, is_new] =
            newest_group.try_emplace(requests_[request].uid, groups_.size());
        if (is_new || groups_[group->second].size() >= max_parts_per_command) {
            group->second = groups_.size();
            groups_.emplace_back();
        }
        groups_[group->second].push_back(request);
    }
}

Command PartTransfer::command_for(const std::vector<std::size_t>& group) const {
    std::string words = "UID FETCH " + std::to_string(requests_[group.front()].uid) + " (UID";
    for (const std::size_t request : group) {
        words +=
            progress_[request].kind == BodyItem::Kind::binary ? " BINARY.PEEK[" : " BODY.PEEK[";
        words += requests_[request].section + "]";
    }
    return plain_command(words + ")");
}

/// Those of the group that can be asked for at all; the others end here.
Result<std::vector<std::size_t>> PartTransfer::usable(const std::vector<std::size_t>& group) {
    std::vector<std::size_t> requests;
    for (const std::size_t request : group) {
        if (!sink_.wants(request)) {
            progress_[request].stage = Stage::done;
            continue;
        }
        if (requests_[request].uid != 0 && is_section(requests_[request].section)) {
            requests.push_back(request);
            continue;
        }
        auto ended =
            finish(request, tl::unexpected(failed(Cause::part_missing, Reach::part,
                                                  {{"section", requests_[request].section}})));
        if (!ended)
            return tl::unexpected(std::move(ended.error()));
    }
    return requests;
}

Result<std::optional<Command>> PartTransfer::next_command() {
    while (!groups_.empty() && octets_asked_ < max_octets_asked) {
        auto group = usable(groups_.front());
        groups_.pop_front();
        if (!group)
            return tl::unexpected(std::move(group.error()));
        if (group->empty())
            continue;
        for (const std::size_t request : *group)
            progress_[request].stage = Stage::asked;
        octets_asked_ += octets_of(*group);
        Command command = command_for(*group);
        asked_.push_back({std::move(*group), false, {}, true});
        return std::optional(std::move(command));
    }
    return std::nullopt;
}

std::optional<std::size_t> PartTransfer::asked_for(std::optional<Uid> uid,
                                                   std::string_view section) const {
    for (std::size_t command = first_open_; command < asked_.size(); ++command) {
        if (!asked_[command].open)
            continue;
        for (const std::size_t request : asked_[command].requests)
            if (progress_[request].stage == Stage::asked &&
                (!uid || requests_[request].uid == *uid) &&
                same_word(requests_[request].section, section))
                return request;
    }
    return std::nullopt;
}

PartTransfer::Asked* PartTransfer::oldest_open() {
    while (first_open_ < asked_.size() && !asked_[first_open_].open)
        ++first_open_;
    return first_open_ < asked_.size() ? &asked_[first_open_] : nullptr;
}

Result<Exchange::Use> PartTransfer::body_begins(const BodyStart& start) {
    Arriving arriving{std::nullopt, start.octets};
    // The UID may come only behind the body: until then the oldest that asked for this section gets
    // it, and the end of the reply decides.
    if (start.from_start)
        arriving.request = asked_for(start.uid, start.section);
    arriving_.push_back(arriving);
    if (!arriving.request)
        return Use::unused;
    if (refuse_decoded(*arriving.request, start.kind, start.octets))
        return Use::used;
    if (auto begun = begin(*arriving.request, start.kind, start.octets); !begun)
        return tl::unexpected(std::move(begun.error()));
    return Use::used;
}

Result<void> PartTransfer::body_octets(std::string_view raw, std::uint64_t /*octets_left*/) {
    const Arriving& arriving = arriving_.back();
    if (!arriving.request || progress_[*arriving.request].stage != Stage::arriving || raw.empty())
        return {};
    return data(*arriving.request, raw);
}

/// Whether the server decoded something else than the whole part, or not the way we would; the tag
/// has it asked for as it is.
bool PartTransfer::refuse_decoded(std::size_t request, BodyItem::Kind kind, std::uint64_t octets) {
    const std::uint64_t said = requests_[request].size_octets;
    const bool fits = said == 0 || (kind == BodyItem::Kind::binary ? is_decoded_size(said, octets)
                                                                   : octets == said);
    if (progress_[request].kind != BodyItem::Kind::binary || fits)
        return false;
    progress_[request].stage = Stage::refused;
    brought_part_ = true;
    return true;
}

Result<void> PartTransfer::begin(std::size_t request, BodyItem::Kind kind, std::uint64_t octets) {
    Progress& progress = progress_[request];
    progress.stage = Stage::arriving;
    progress.line_ends = 0;
    brought_part_ = true;
    // Line ends may explain a size other than said; where it is as said, nobody asks for them.
    const std::uint64_t said = requests_[request].size_octets;
    progress.counts_line_ends =
        progress.kind != BodyItem::Kind::binary && said != 0 && octets != said;
    const bool decoded = kind == BodyItem::Kind::binary || is_identity(requests_[request].encoding);
    auto begun = sink_.begin(request, decoded ? PartSink::Form::decoded : PartSink::Form::encoded);
    return begun ? begun : give_up(request, std::move(begun.error()));
}

Result<void> PartTransfer::data(std::size_t request, std::string_view raw) {
    if (progress_[request].counts_line_ends)
        progress_[request].line_ends +=
            static_cast<std::uint64_t>(std::count(raw.begin(), raw.end(), '\n'));
    auto taken = sink_.data(request, raw);
    return taken ? taken : give_up(request, std::move(taken.error()));
}

Result<void> PartTransfer::finish(std::size_t request, Result<void> outcome) {
    progress_[request].stage = Stage::done;
    auto ended = sink_.end(request, std::move(outcome));
    if (!ended && stops_all(ended.error()))
        return ended;
    return {};
}

/// The sink wants no more of this part, or of all.
Result<void> PartTransfer::give_up(std::size_t request, Error error) {
    if (stops_all(error))
        return tl::unexpected(std::move(error));
    return finish(request, tl::unexpected(std::move(error)));
}

Result<Exchange::Use> PartTransfer::untagged(Response& response) {
    const auto* fetched = std::get_if<FetchData>(&response);
    if (fetched == nullptr)
        return Use::unused;
    note_message(*fetched);
    if (auto judged = judge_arrived(*fetched); !judged)
        return tl::unexpected(std::move(judged.error()));
    for (const BodyItem& item : fetched->bodies)
        if (auto taken = take_item(*fetched, item); !taken)
            return tl::unexpected(std::move(taken.error()));
    return std::exchange(brought_part_, false) ? Use::used : Use::unused;
}

void PartTransfer::note_message(const FetchData& fetched) {
    for (std::size_t command = first_open_; command < asked_.size(); ++command)
        if (fetched.uid && asked_[command].open &&
            requests_[asked_[command].requests.front()].uid == *fetched.uid)
            asked_[command].message_seen = true;
}

/// Under another section the message is still the right one: the part is missing then.
void PartTransfer::note_foreign(const FetchData& fetched) {
    const bool was_asked_for = std::ranges::any_of(asked_, [&](const Asked& asked) {
        return asked.open && fetched.uid == requests_[asked.requests.front()].uid;
    });
    if (was_asked_for)
        return;
    if (Asked* asked = oldest_open())
        asked->foreign_uid = fetched.uid ? std::to_string(*fetched.uid) : "none";
}

Result<void> PartTransfer::judge_arrived(const FetchData& fetched) {
    const std::vector<Arriving> arrived = std::exchange(arriving_, {});
    for (const Arriving& body : arrived) {
        if (!body.request) {
            note_foreign(fetched);
            continue;
        }
        const std::size_t request = *body.request;
        if (progress_[request].stage != Stage::arriving)
            continue;
        Result<void> outcome = whole(request, body.octets);
        if (fetched.error)
            outcome = tl::unexpected(failed(Cause::part_incomplete, Reach::part));
        else if (fetched.uid != requests_[request].uid)
            outcome = tl::unexpected(
                failed(Cause::wrong_message, Reach::message,
                       {{"uid", fetched.uid ? std::to_string(*fetched.uid) : "none"}}));
        if (auto ended = finish(request, std::move(outcome)); !ended)
            return ended;
    }
    return {};
}

/// An item whose content stands in the reply itself: a quoted string, or NIL.
Result<void> PartTransfer::take_item(const FetchData& fetched, const BodyItem& item) {
    if (item.value.kind == StringValue::Kind::streamed || fetched.error || !item.from_start)
        return {};
    const auto request = fetched.uid ? asked_for(fetched.uid, item.section) : std::nullopt;
    if (!request) {
        note_foreign(fetched);
        return {};
    }
    if (item.value.kind == StringValue::Kind::nil) {
        // The tag tells whether the message or only the part is not there.
        progress_[*request].was_nil = true;
        return {};
    }
    if (refuse_decoded(*request, item.kind, item.value.text.size()))
        return {};
    if (auto begun = begin(*request, item.kind, item.value.text.size()); !begun)
        return begun;
    if (progress_[*request].stage == Stage::arriving && !item.value.text.empty())
        if (auto taken = data(*request, item.value.text); !taken)
            return taken;
    if (progress_[*request].stage != Stage::arriving)
        return {};
    return finish(*request, whole(*request, item.value.text.size()));
}

Result<void> PartTransfer::whole(std::size_t request, std::uint64_t octets) const {
    const PartRequest& asked = requests_[request];
    const Progress& progress = progress_[request];
    if (asked.size_octets == 0)
        return {};
    if (octets == 0)
        return tl::unexpected(failed(Cause::part_missing, Reach::part));
    // What the server decoded was judged before its first octet.
    const bool fits = progress.kind == BodyItem::Kind::binary ||
                      quirks::same_octets({asked.size_octets, octets, progress.line_ends});
    if (!fits)
        return tl::unexpected(failed(Cause::part_incomplete, Reach::part,
                                     {{"octets_said", std::to_string(asked.size_octets)},
                                      {"octets_came", std::to_string(octets)}}));
    return {};
}

bool PartTransfer::is_open(const Asked& asked) const {
    return std::any_of(asked.requests.begin(), asked.requests.end(), [&](std::size_t request) {
        return progress_[request].stage != Stage::done && sink_.wants(request);
    });
}

std::uint64_t PartTransfer::octets_of(const std::vector<std::size_t>& group) const {
    std::uint64_t octets = 0;
    for (const std::size_t request : group)
        octets += requests_[request].size_octets;
    return octets;
}

Result<void> PartTransfer::completed(std::size_t command, const Status& status) {
    const Asked asked = std::move(asked_[command]);
    asked_[command].open = false;
    octets_asked_ -= octets_of(asked.requests);
    (void)oldest_open();
    if (!status.is_ok() && quirks::asks_to_wait(status) && is_open(asked))
        return tl::unexpected(
            pipeline_.refusal(Cause::server_limit, Layer::fetch, Reach::connection, status));
    std::vector<std::size_t> again;
    for (const std::size_t request : asked.requests) {
        Progress& progress = progress_[request];
        if (progress.stage == Stage::done)
            continue;
        // The server could not decode it (UNKNOWN-CTE, NIL, or without a word), or not so that it
        // counts as whole: then we do.
        const bool undecoded = progress.stage == Stage::refused || progress.was_nil ||
                               !status.is_ok() || asked.message_seen;
        if (progress.kind == BodyItem::Kind::binary && undecoded && !quirks::says_gone(status)) {
            progress = {};
            again.push_back(request);
            continue;
        }
        if (auto judged = judge_missing(asked, request, status); !judged)
            return judged;
    }
    if (!again.empty())
        groups_.push_front(std::move(again));
    return {};
}

Result<void> PartTransfer::judge_missing(const Asked& asked, std::size_t request,
                                         const Status& status) {
    Error error = failed(Cause::message_gone, Reach::message);
    if (quirks::says_gone(status))
        error.facts.emplace_back("server_said", pipeline_.transcript().quotable(status.words()));
    else if (!asked.foreign_uid.empty())
        error = failed(Cause::wrong_message, Reach::message, {{"uid", asked.foreign_uid}});
    else if (!status.is_ok())
        error = pipeline_.refusal(Cause::server_refused, Layer::fetch, Reach::message, status);
    else if (progress_[request].was_nil || asked.message_seen)
        error = failed(Cause::part_missing, Reach::part);
    return finish(request, tl::unexpected(std::move(error)));
}

}  // namespace mail::imap
