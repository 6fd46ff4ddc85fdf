#include "tests/hostile/conversation.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace mail::hostile {

using Kind = demo::Step::Kind;

demo::Step expect(std::string_view words) {
    return {Kind::expect, std::string(words)};
}

demo::Step say(std::string_view line) {
    return {Kind::send, std::string(line) + "\r\n"};
}

demo::Step say_raw(std::string_view octets) {
    return {Kind::send, std::string(octets)};
}

demo::Step hang_up() {
    return {Kind::close};
}

Script operator+(Script one, const Script& other) {
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

Script greeted(std::string_view capabilities) {
    const std::string words = "[CAPABILITY " + std::string(capabilities) + "]";
    return {say("* OK " + words + " hi"), expect("LOGIN"), say("$TAG OK " + words + " in")};
}

Script examined(std::uint32_t messages, std::uint32_t uid_validity) {
    // By EXAMINE, or by SELECT to take.
    return {expect("INBOX"), say("* " + std::to_string(messages) + " EXISTS"),
            say("* OK [UIDVALIDITY " + std::to_string(uid_validity) + "] x"),
            say("$TAG OK [READ-ONLY] opened")};
}

Script searched(std::uint32_t messages) {
    std::string uids = "* SEARCH";
    for (std::uint32_t uid = 1; uid <= messages; ++uid)
        uids += " " + std::to_string(uid);
    return {expect("UID SEARCH"), say(uids), say("$TAG OK found")};
}

std::string base64(std::string_view raw) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < raw.size(); at += 3) {
        const auto octet = [&](std::size_t i) {
            return i < raw.size() ? static_cast<unsigned>(static_cast<unsigned char>(raw[i])) : 0U;
        };
        const unsigned bits = octet(at) << 16U | octet(at + 1) << 8U | octet(at + 2);
        text += digits[bits >> 18U];
        text += digits[bits >> 12U & 63U];
        text += at + 1 < raw.size() ? digits[bits >> 6U & 63U] : '=';
        text += at + 2 < raw.size() ? digits[bits & 63U] : '=';
        if (at % 57 == 54 || at + 3 >= raw.size())
            text += "\r\n";
    }
    return text;
}

std::map<std::string, std::string> files_in(const std::string& folder) {
    std::map<std::string, std::string> found;
    if (!std::filesystem::exists(folder))
        return found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path(), std::ios::binary);
        found[entry.path().filename().string()] =
            std::string(std::istreambuf_iterator<char>(in), {});
    }
    return found;
}

Letter::Letter(std::uint32_t uid, std::string content)
    : uid_(uid), content_(content.empty() ? "%PDF-1.4 " + std::to_string(uid) : std::move(content)),
      encoded_(base64(content_)) {}

std::string Letter::file_name() const {
    return "faktura-" + std::to_string(uid_) + ".pdf";
}

std::string Letter::raw() const {
    return "Date: Mon, 02 Nov 2026 09:00:00 +0100\r\nFrom: Biuro <biuro@firma.example>\r\n"
           "Subject: Faktura\r\nMessage-ID: <" +
           std::to_string(uid_) +
           "@firma.example>\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
           "Content-Type: text/plain\r\n\r\nhej\r\n--b\r\n"
           "Content-Type: application/pdf; name=\"" +
           file_name() +
           "\"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           encoded_ + "\r\n--b--\r\n";
}

std::string Letter::listed(std::size_t part_octets) const {
    const std::string uid = std::to_string(uid_);
    return "* " + uid + " FETCH (UID " + uid +
           " FLAGS () INTERNALDATE \"02-Nov-2026 09:00:00 +0100\" RFC822.SIZE " +
           std::to_string(raw().size()) +
           " ENVELOPE (\"Mon, 02 Nov 2026 09:00:00 +0100\" \"Faktura\" "
           "((\"Biuro\" NIL \"biuro\" \"firma.example\")) NIL NIL NIL NIL NIL NIL \"<" +
           uid +
           "@firma.example>\") BODYSTRUCTURE "
           "((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 3 0)"
           "(\"APPLICATION\" \"PDF\" (\"NAME\" \"" +
           file_name() + "\") NIL NIL \"BASE64\" " + std::to_string(part_octets) +
           " NIL (\"ATTACHMENT\" NIL)) \"MIXED\"))";
}

std::string Letter::fetched(std::string_view section, std::string_view octets) const {
    const std::string uid = std::to_string(uid_);
    return "* " + uid + " FETCH (UID " + uid + " BODY[" + std::string(section) + "] {" +
           std::to_string(octets.size()) + "}\r\n" + std::string(octets) + ")";
}

Script listed(const std::vector<Letter>& letters, std::string_view capabilities) {
    const auto count = static_cast<std::uint32_t>(letters.size());
    Script script = greeted(capabilities) + examined(count) + searched(count);
    script.push_back(expect("UID FETCH"));
    for (const Letter& letter : letters)
        script.push_back(say(letter.listed()));
    script.push_back(say("$TAG OK listed"));
    return script;
}

}  // namespace mail::hostile
