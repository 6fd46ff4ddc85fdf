#include "mail/demo/conversation.h"

#include <algorithm>
#include <utility>

#include "mail/demo/letters.h"
#include "mail/demo/transfer.h"

namespace mail::demo {

struct Conversation::Entry {
    std::string_view name;
    State least;  ///< the command is refused before this state
    enum class Takes { nothing, arguments } takes;
    void (Conversation::*run)(const Command&);
};

const Conversation::Entry* Conversation::find(const std::string& name) {
    using C = Conversation;
    static constexpr Entry entries[] = {
        {"CAPABILITY", State::not_signed_in, Entry::Takes::nothing, &C::capability},
        {"NOOP", State::not_signed_in, Entry::Takes::nothing, &C::noop},
        {"ID", State::not_signed_in, Entry::Takes::arguments, &C::id},
        {"LOGIN", State::not_signed_in, Entry::Takes::arguments, &C::login},
        {"AUTHENTICATE", State::not_signed_in, Entry::Takes::arguments, &C::authenticate},
        {"LOGOUT", State::not_signed_in, Entry::Takes::nothing, &C::logout},
        {"LIST", State::signed_in, Entry::Takes::arguments, &C::list},
        {"LSUB", State::signed_in, Entry::Takes::arguments, &C::list},
        {"NAMESPACE", State::signed_in, Entry::Takes::nothing, &C::namespaces},
        {"STATUS", State::signed_in, Entry::Takes::arguments, &C::status},
        {"SELECT", State::signed_in, Entry::Takes::arguments, &C::select},
        {"EXAMINE", State::signed_in, Entry::Takes::arguments, &C::select},
        {"APPEND", State::signed_in, Entry::Takes::arguments, &C::append},
        {"CREATE", State::signed_in, Entry::Takes::arguments, &C::fixed_folders},
        {"DELETE", State::signed_in, Entry::Takes::arguments, &C::fixed_folders},
        {"RENAME", State::signed_in, Entry::Takes::arguments, &C::fixed_folders},
        {"SUBSCRIBE", State::signed_in, Entry::Takes::arguments, &C::fixed_folders},
        {"UNSUBSCRIBE", State::signed_in, Entry::Takes::arguments, &C::fixed_folders},
        {"IDLE", State::signed_in, Entry::Takes::nothing, &C::idle},
        {"CHECK", State::selected, Entry::Takes::nothing, &C::noop},
        {"CLOSE", State::selected, Entry::Takes::nothing, &C::close},
        {"UNSELECT", State::selected, Entry::Takes::nothing, &C::close},
        {"FETCH", State::selected, Entry::Takes::arguments, &C::fetch},
        {"UID FETCH", State::selected, Entry::Takes::arguments, &C::fetch},
        {"STORE", State::selected, Entry::Takes::arguments, &C::store},
        {"UID STORE", State::selected, Entry::Takes::arguments, &C::store},
        {"SEARCH", State::selected, Entry::Takes::arguments, &C::search},
        {"UID SEARCH", State::selected, Entry::Takes::arguments, &C::search},
        {"EXPUNGE", State::selected, Entry::Takes::nothing, &C::expunge},
        {"UID EXPUNGE", State::selected, Entry::Takes::arguments, &C::expunge},
    };
    const auto* const entry = std::find_if(std::begin(entries), std::end(entries),
                                           [&](const Entry& e) { return e.name == name; });
    return entry == std::end(entries) ? nullptr : entry;
}

void Conversation::run() {
    channel_.write("* OK [" + capabilities() + "] Mailpoint sample mailbox\r\n");
    while (channel_.alive() && state_ != State::signed_out) {
        auto text = read_command_text(channel_);
        if (!text)
            break;
        traffic_.command(*text);
        treat(std::move(*text));
    }
    channel_.flush();
}

void Conversation::treat(std::string text) {
    const Manner manner = options_.manner ? options_.manner(text) : Manner::honest;
    const Command command = parse_command(std::move(text));
    if (mailbox_ != nullptr && options_.manner)
        take_replacements();
    if (manner == Manner::only_say)
        return ok(command, "Done");
    if (manner == Manner::busy)
        return no(command, "[UNAVAILABLE] Not now, please come back later");
    if (manner == Manner::bye) {
        channel_.write("* BYE Not now, please come back later\r\n");
        channel_.flush();
    } else if (manner != Manner::hang_up)
        answer(command);
    // What was to be said is still here, as long as it is short.
    if (manner != Manner::honest)
        channel_.close();
}

void Conversation::answer(const Command& command) {
    if (command.tag.empty() || command.name.empty()) {
        channel_.write("* BAD A command needs a tag and a name\r\n");
        return;
    }
    const Entry* entry = find(command.name);
    if (entry == nullptr)
        return bad(command, "This server does not know the command");
    if (state_ < entry->least)
        return bad(command,
                   entry->least == State::selected ? "Select a folder first" : "Sign in first");
    if (entry->takes == Entry::Takes::nothing && !command.arguments.empty())
        return bad(command, "The command takes no arguments");
    (this->*entry->run)(command);
}

void Conversation::ok(const Command& command, const std::string& text) {
    // No EXPUNGE while a client counts messages by sequence number (RFC 3501, 7.4.1).
    const bool by_number =
        command.name == "FETCH" || command.name == "STORE" || command.name == "SEARCH";
    if (state_ == State::selected && !by_number)
        tell_changes();
    channel_.write(command.tag + " OK " + text + "\r\n");
}

void Conversation::no(const Command& command, const std::string& text) {
    channel_.write(command.tag + " NO " + text + "\r\n");
}

void Conversation::bad(const Command& command, const std::string& text) {
    channel_.write(command.tag + " BAD " + text + "\r\n");
}

std::string Conversation::capabilities() const {
    std::string list = "CAPABILITY IMAP4rev1 LITERAL+ ID IDLE NAMESPACE UNSELECT AUTH=PLAIN";
    if (options_.sasl_ir)
        list += " SASL-IR";
    if (options_.uidplus)
        list += " UIDPLUS";
    if (options_.esearch)
        list += " ESEARCH";
    if (options_.binary)
        list += " BINARY";
    if (options_.condstore)
        list += " CONDSTORE";
    return list;
}

void Conversation::capability(const Command& command) {
    channel_.write("* " + capabilities() + "\r\n");
    ok(command, "That is all");
}

void Conversation::noop(const Command& command) {
    ok(command, "Done");
}

void Conversation::id(const Command& command) {
    channel_.write("* ID (\"name\" \"Mailpoint sample mailbox\")\r\n");
    ok(command, "Pleased to meet you");
}

void Conversation::login(const Command& command) {
    Arguments arguments(command.arguments);
    const std::string login = arguments.astring();
    arguments.space();
    const std::string password = arguments.astring();
    if (!arguments.done())
        return bad(command, "LOGIN needs a name and a password");
    sign_in(command, login, password);
}

void Conversation::authenticate(const Command& command) {
    Arguments arguments(command.arguments);
    const std::string mechanism = arguments.word();
    std::optional<std::string> response;
    if (arguments.accept(' '))
        response = arguments.atom();
    if (!arguments.done() || (response && !options_.sasl_ir))
        return bad(command, "AUTHENTICATE needs a mechanism");
    if (mechanism != "PLAIN")
        return no(command, "[CANNOT] This server knows PLAIN only");
    if (!response) {
        channel_.write("+ \r\n");
        response = channel_.read_line();
        if (!response)
            return;
        traffic_.command(*response);
    }
    const auto octets = from_base64(*response);
    const std::size_t first = octets ? octets->find('\0') : std::string::npos;
    const std::size_t second =
        first == std::string::npos ? std::string::npos : octets->find('\0', first + 1);
    if (second == std::string::npos)
        return bad(command, "That is no answer to PLAIN");
    sign_in(command, octets->substr(first + 1, second - first - 1), octets->substr(second + 1));
}

void Conversation::sign_in(const Command& command, const std::string& login,
                           const std::string& password) {
    if (state_ != State::not_signed_in)
        return bad(command, "Signed in already");
    if (login != options_.login || password != options_.password)
        return no(command, "[AUTHENTICATIONFAILED] Login or password is wrong");
    state_ = State::signed_in;
    ++traffic_.logins;
    ok(command, "[" + capabilities() + "] Signed in");
}

void Conversation::logout(const Command& command) {
    state_ = State::signed_out;
    channel_.write("* BYE Until next time\r\n");
    ok(command, "Signed out");
}

}  // namespace mail::demo
