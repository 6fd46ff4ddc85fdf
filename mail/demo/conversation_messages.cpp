#include <algorithm>

#include "mail/demo/conversation.h"
#include "mail/demo/fetch.h"
#include "mail/demo/letters.h"

namespace mail::demo {
namespace {

NumberKind kind_of(const Command& command) {
    return command.name.starts_with("UID ") ? NumberKind::uid : NumberKind::sequence;
}

FetchItem item_of(FetchItem::Kind kind, std::string label) {
    FetchItem item;
    item.kind = kind;
    item.label = std::move(label);
    return item;
}

bool asks_for(const std::vector<FetchItem>& items, FetchItem::Kind kind) {
    return std::any_of(items.begin(), items.end(),
                       [kind](auto& item) { return item.kind == kind; });
}

bool marks_seen(const std::vector<FetchItem>& items) {
    return std::any_of(items.begin(), items.end(), [](const FetchItem& item) {
        return item.effect == FetchItem::Effect::marks_seen;
    });
}

/// "+FLAGS.SILENT (\Deleted)"
struct FlagChange {
    std::optional<std::uint64_t> unchanged_since;
    Message::Change change = Message::Change::replace;
    bool silent = false;
    Flags flags;
};

std::optional<FlagChange> parse_flag_change(Arguments& arguments) {
    FlagChange change;
    if (arguments.accept('(')) {
        if (arguments.word() != "UNCHANGEDSINCE")
            return std::nullopt;
        arguments.space();
        change.unchanged_since = arguments.number();
        arguments.expect(')');
        arguments.space();
    }
    if (arguments.accept('+'))
        change.change = Message::Change::add;
    else if (arguments.accept('-'))
        change.change = Message::Change::remove;
    const std::string name = arguments.word();
    change.silent = name == "FLAGS.SILENT";
    arguments.space();
    if (arguments.peek() == '(') {
        const auto flags = arguments.list();
        change.flags.insert(flags.begin(), flags.end());
    } else {
        do
            change.flags.insert(arguments.atom());
        while (arguments.accept(' '));
    }
    if (!arguments.done() || (name != "FLAGS" && !change.silent))
        return std::nullopt;
    return change;
}

/// "(CHANGEDSINCE 12)" behind what FETCH asks for (RFC 7162, 3.1.4).
std::optional<std::uint64_t> parse_changed_since(Arguments& arguments) {
    arguments.expect('(');
    const bool is_known = arguments.word() == "CHANGEDSINCE";
    arguments.space();
    const std::uint64_t since = arguments.number();
    // Of anything else the rest is not read, which is an error.
    if (!is_known)
        return std::nullopt;
    arguments.expect(')');
    return since;
}

}  // namespace

void Conversation::tell_changes() {
    const std::uint64_t version = mailbox_->version();
    if (version == version_)
        return;
    version_ = version;
    for (std::size_t i = known_.size(); i > 0; --i)
        if (known_[i - 1]->removed()) {
            known_.erase(known_.begin() + static_cast<std::ptrdiff_t>(i - 1));
            channel_.write("* " + std::to_string(i) + " EXPUNGE\r\n");
        }
    const std::uint32_t last_uid = known_.empty() ? 0 : known_.back()->uid;
    const std::size_t before = known_.size();
    for (const auto& message : mailbox_->messages())
        if (message->uid > last_uid)
            known_.push_back(message);
    if (known_.size() != before)
        channel_.write("* " + std::to_string(known_.size()) + " EXISTS\r\n");
}

Candidate Conversation::candidate(std::size_t index) const {
    return {*known_[index], static_cast<std::uint32_t>(index + 1),
            static_cast<std::uint32_t>(known_.size()), known_.back()->uid};
}

bool Conversation::chosen(const NumberSet& set, NumberKind kind, std::size_t index) const {
    const Candidate c = candidate(index);
    if (kind == NumberKind::uid && options_.clamps_uids && is_clamped_to(set, index))
        return true;
    return kind == NumberKind::uid ? set.contains(c.message.uid, c.highest_uid)
                                   : set.contains(c.number, c.highest_number);
}

bool Conversation::is_clamped_to(const NumberSet& set, std::size_t index) const {
    if (index + 1 != known_.size())
        return false;
    constexpr std::uint32_t highest_tried = 2000;
    for (std::uint32_t uid = 1; uid <= highest_tried; ++uid)
        if (set.contains(uid, known_.back()->uid) &&
            std::ranges::none_of(known_, [uid](const auto& one) { return one->uid == uid; }))
            return true;
    return false;
}

void Conversation::take_replacements() {
    for (const MessagePointer& now : mailbox_->messages())
        for (MessagePointer& known : known_)
            if (known->uid == now->uid)
                known = now;
}

void Conversation::fetch(const Command& command) {
    Arguments arguments(command.arguments);
    const NumberSet set = arguments.number_set();
    arguments.space();
    auto items =
        parse_fetch_items(arguments, options_.binary ? BinaryItems::known : BinaryItems::unknown);
    const auto changed_since =
        options_.condstore && arguments.accept(' ') ? parse_changed_since(arguments) : std::nullopt;
    if (!items || !arguments.done())
        return bad(command, "FETCH does not know one of the items");
    const NumberKind kind = kind_of(command);
    if (changed_since && !asks_for(*items, FetchItem::Kind::mod_sequence))
        items->push_back(item_of(FetchItem::Kind::mod_sequence, "MODSEQ"));
    if (kind == NumberKind::uid && !asks_for(*items, FetchItem::Kind::uid))
        items->insert(items->begin(), item_of(FetchItem::Kind::uid, "UID"));
    const bool marks = access_ == Access::read_write && marks_seen(*items);
    if (marks && !asks_for(*items, FetchItem::Kind::flags))
        items->push_back(item_of(FetchItem::Kind::flags, "FLAGS"));

    const bool asks_for_content =
        asks_for(*items, FetchItem::Kind::section) || asks_for(*items, FetchItem::Kind::binary);
    Told told = Told::all;
    bool some_removed = false;
    for (std::size_t i = 0; i < known_.size() && channel_.alive(); ++i) {
        if (!chosen(set, kind, i))
            continue;
        if (known_[i]->removed()) {
            some_removed = true;
            continue;
        }
        if (changed_since && known_[i]->mod_sequence() <= *changed_since)
            continue;
        if (marks)
            mailbox_->change_flags(*known_[i], Message::Change::add, {"\\Seen"});
        if (asks_for_content &&
            std::ranges::find(options_.fatal_uids, known_[i]->uid) != options_.fatal_uids.end()) {
            state_ = State::signed_out;
            channel_.write("* BYE FETCH failed: internal error\r\n");
            return;
        }
        if (tell_message(channel_, i + 1, *known_[i], *items) != Told::all)
            told = Told::not_decoded;
    }
    if (told == Told::not_decoded)
        return no(command, "[UNKNOWN-CTE] A part has a transfer encoding that is not known here");
    ok(command, some_removed ? "[EXPUNGEISSUED] Some of them are gone" : "Fetched");
}

void Conversation::store(const Command& command) {
    Arguments arguments(command.arguments);
    const NumberSet set = arguments.number_set();
    arguments.space();
    auto change = parse_flag_change(arguments);
    if (!change || (change->unchanged_since && !options_.condstore))
        return bad(command, "STORE needs messages, FLAGS and flags");
    if (access_ == Access::read_only)
        return no(command, "[READ-ONLY] The folder was opened by EXAMINE");
    if (!options_.keywords)
        std::erase_if(change->flags, [](const std::string& flag) { return flag.front() != '\\'; });
    const NumberKind kind = kind_of(command);
    const std::uint64_t since =
        change->unchanged_since.value_or(std::numeric_limits<std::uint64_t>::max());
    std::string modified;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        Message& message = *known_[i];
        if (!chosen(set, kind, i) || message.removed())
            continue;
        const std::string number = std::to_string(kind == NumberKind::uid ? message.uid : i + 1);
        if (!mailbox_->change_flags(message, change->change, change->flags, since)) {
            modified += (modified.empty() ? "" : ",") + number;
            continue;
        }
        std::string told = kind == NumberKind::uid ? "UID " + number : "";
        if (!change->silent)
            told += (told.empty() ? "" : " ") + ("FLAGS " + flag_list(message.flags()));
        if (change->unchanged_since)
            told += (told.empty() ? "" : " ") +
                    ("MODSEQ (" + std::to_string(message.mod_sequence()) + ")");
        if (!change->silent || change->unchanged_since)
            channel_.write("* " + std::to_string(i + 1) + " FETCH (" + told + ")\r\n");
    }
    ok(command, modified.empty() ? "Stored" : "[MODIFIED " + modified + "] Stored but for these");
}

void Conversation::search(const Command& command) {
    Arguments arguments(command.arguments);
    const auto request =
        parse_search(arguments, options_.esearch ? ReturnOption::known : ReturnOption::unknown);
    if (!request)
        return bad(command, "SEARCH does not know one of the criteria");
    const NumberKind kind = kind_of(command);
    std::vector<std::uint32_t> found;
    for (std::size_t i = 0; i < known_.size(); ++i) {
        const Candidate c = candidate(i);
        if (!c.message.removed() && request->test(c))
            found.push_back(kind == NumberKind::uid ? c.message.uid : c.number);
    }
    channel_.write(search_answer(*request, found, kind, command.tag));
    ok(command, "Searched");
}

void Conversation::expunge(const Command& command) {
    Arguments arguments(command.arguments);
    const bool by_uid = kind_of(command) == NumberKind::uid;
    NumberSet set;
    if (by_uid)
        set = arguments.number_set();
    if (!arguments.done() || (by_uid && !options_.uidplus))
        return bad(command, "EXPUNGE is not meant like this");
    if (access_ == Access::read_only)
        return no(command, "[READ-ONLY] The folder was opened by EXAMINE");
    for (std::size_t i = 0; i < known_.size(); ++i)
        if (known_[i]->flags().count("\\Deleted") != 0 &&
            (!by_uid || chosen(set, NumberKind::uid, i)))
            mailbox_->remove(known_[i]->uid);
    ok(command, "Expunged");
}

void Conversation::idle(const Command& command) {
    channel_.write("+ Idling\r\n");
    while (channel_.alive() && !channel_.has_input()) {
        const StopToken change = mailbox_ == nullptr ? StopToken() : mailbox_->next_change();
        if (state_ == State::selected)
            tell_changes();
        channel_.wait_for_input(change);
    }
    const auto line = channel_.read_line();
    if (!line)
        return;
    traffic_.command(*line);
    if (!same_letters(*line, "DONE"))
        return bad(command, "DONE ends it");
    ok(command, "Idled");
}

}  // namespace mail::demo
