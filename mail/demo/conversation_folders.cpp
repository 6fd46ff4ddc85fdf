#include "mail/demo/conversation.h"
#include "mail/demo/dates.h"
#include "mail/demo/describe.h"
#include "mail/demo/fetch.h"
#include "mail/demo/folder_names.h"

namespace mail::demo {
namespace {

std::string response_code(std::string_view name, std::uint64_t value) {
    return "* OK [" + std::string(name) + " " + std::to_string(value) + "] Told\r\n";
}

std::string attributes_of(const Folders::Listed& folder, bool subscribed_only) {
    std::string attributes = folder.has_children ? "\\HasChildren" : "\\HasNoChildren";
    if (!folder.selectable)
        attributes += " \\Noselect";
    return subscribed_only && folder.selectable ? "" : attributes;
}

std::size_t unseen(const std::vector<MessagePointer>& messages) {
    std::size_t count = 0;
    for (const auto& message : messages)
        count += message->flags().count("\\Seen") == 0 ? 1 : 0;
    return count;
}

}  // namespace

Mailbox* Conversation::folder_named(const Command& command, const std::string& raw_name) {
    const auto name = from_modified_utf7(raw_name);
    Mailbox* mailbox = name ? folders_.find(*name) : nullptr;
    if (!name)
        no(command, "[CANNOT] The name of the folder is not valid modified UTF-7");
    else if (mailbox == nullptr)
        no(command, "[NONEXISTENT] There is no such folder");
    return mailbox;
}

void Conversation::list(const Command& command) {
    Arguments arguments(command.arguments);
    const std::string reference = arguments.astring();
    arguments.space();
    const std::string pattern = arguments.astring();
    if (!arguments.done())
        return bad(command, "LIST needs a reference and a pattern");
    const bool delimiter_asked = pattern.empty() && command.name == "LIST";
    if (delimiter_asked)
        channel_.write("* LIST (\\Noselect) \"/\" \"\"\r\n");
    for (const Folders::Listed& folder : folders_.listed()) {
        const std::string raw_name = to_modified_utf7(folder.name);
        if (!delimiter_asked && matches_pattern(raw_name, reference + pattern))
            channel_.write("* " + command.name + " (" +
                           attributes_of(folder, command.name == "LSUB") + ") \"/\" " +
                           imap_string(raw_name) + "\r\n");
    }
    ok(command, "Listed");
}

void Conversation::namespaces(const Command& command) {
    channel_.write("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
    ok(command, "Told");
}

void Conversation::status(const Command& command) {
    Arguments arguments(command.arguments);
    const std::string raw_name = arguments.astring();
    arguments.space();
    const auto items = arguments.list();
    if (!arguments.done())
        return bad(command, "STATUS needs a folder and a list of items");
    const Mailbox* mailbox = folder_named(command, raw_name);
    if (mailbox == nullptr)
        return;
    const auto messages = mailbox->messages();
    std::string values;
    for (const std::string& item : items) {
        const std::string name = Arguments(item).word();
        const bool is_validity = name == "UIDVALIDITY";
        std::uint64_t value = 0;
        if (name == "MESSAGES")
            value = messages.size();
        else if (name == "UIDNEXT" || is_validity)
            value = is_validity ? mailbox->uid_validity() : mailbox->uid_next();
        else if (name == "UNSEEN")
            value = unseen(messages);
        else if (name != "RECENT")
            return bad(command, "STATUS does not know one of the items");
        values += (values.empty() ? "" : " ") + name + " " + std::to_string(value);
    }
    channel_.write("* STATUS " + imap_string(raw_name) + " (" + values + ")\r\n");
    ok(command, "Told");
}

void Conversation::select(const Command& command) {
    Arguments arguments(command.arguments);
    const std::string raw_name = arguments.astring();
    if (options_.condstore && arguments.accept(' '))
        if (arguments.list() != std::vector<std::string>{"CONDSTORE"})
            return bad(command, command.name + " knows no such parameter");
    if (!arguments.done())
        return bad(command, command.name + " needs a folder");
    // A failed SELECT leaves nothing selected (RFC 3501, 6.3.1).
    state_ = State::signed_in;
    mailbox_ = folder_named(command, raw_name);
    if (mailbox_ == nullptr)
        return;
    access_ =
        command.name == "SELECT" && !options_.read_only ? Access::read_write : Access::read_only;
    tell_selected();
    state_ = State::selected;
    ok(command, access_ == Access::read_write ? "[READ-WRITE] Selected" : "[READ-ONLY] Selected");
}

void Conversation::tell_selected() {
    version_ = mailbox_->version();
    known_ = mailbox_->messages();
    channel_.write("* FLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen)\r\n");
    channel_.write(access_ == Access::read_only
                       ? "* OK [PERMANENTFLAGS ()] Nothing can be changed\r\n"
                       : "* OK [PERMANENTFLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen" +
                             std::string(options_.keywords ? " \\*" : "") + ")] Kept\r\n");
    channel_.write("* " + std::to_string(known_.size()) + " EXISTS\r\n* 0 RECENT\r\n");
    for (std::size_t i = 0; i < known_.size(); ++i)
        if (known_[i]->flags().count("\\Seen") == 0) {
            channel_.write(response_code("UNSEEN", i + 1));
            break;
        }
    channel_.write(response_code("UIDVALIDITY", mailbox_->uid_validity()));
    channel_.write(response_code("UIDNEXT", mailbox_->uid_next()));
    if (options_.condstore)
        channel_.write(response_code("HIGHESTMODSEQ", mailbox_->highest_mod_sequence()));
}

void Conversation::close(const Command& command) {
    if (command.name == "CLOSE" && access_ == Access::read_write)
        for (const auto& message : known_)
            if (message->flags().count("\\Deleted") != 0)
                mailbox_->remove(message->uid);
    state_ = State::signed_in;
    mailbox_ = nullptr;
    known_.clear();
    ok(command, "Closed");
}

void Conversation::fixed_folders(const Command& command) {
    no(command, "[CANNOT] The folders of the sample mailbox are fixed");
}

void Conversation::append(const Command& command) {
    Arguments arguments(command.arguments);
    const std::string raw_name = arguments.astring();
    arguments.space();
    Flags flags;
    if (arguments.peek() == '(') {
        const auto named = arguments.list();
        flags.insert(named.begin(), named.end());
        arguments.space();
    }
    std::optional<std::chrono::sys_seconds> received =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    if (arguments.peek() == '"') {
        received = parse_internal_date(arguments.string());
        arguments.space();
    }
    std::string raw = arguments.string();
    if (!arguments.done() || !received)
        return bad(command, "APPEND needs a folder and a literal");
    Mailbox* mailbox = folder_named(command, raw_name);
    if (mailbox == nullptr)
        return;
    const auto message = mailbox->add(Mail{std::move(raw), *received}, std::move(flags));
    const std::string where =
        std::to_string(mailbox->uid_validity()) + " " + std::to_string(message->uid);
    ok(command, options_.uidplus ? "[APPENDUID " + where + "] Appended" : "Appended");
}

}  // namespace mail::demo
