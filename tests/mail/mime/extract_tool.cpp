// mime_extract FILE: what the splitter finds in a mail, as JSON, with the hash of each attachment.
// For measuring it on collections of mails; no file is written.
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/hash.h"
#include "mail/mime/attachments.h"
#include "mail/mime/message.h"

namespace {

std::string quoted(std::string_view text) {
    std::string json = "\"";
    for (const char octet : text) {
        if (octet == '"' || octet == '\\') {
            json += '\\';
            json += octet;
        } else if (static_cast<unsigned char>(octet) < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(octet));
            json += escaped;
        } else {
            json += octet;
        }
    }
    return json + '"';
}

/// The part as a JSON object, or "" if it can't be decoded.
std::string described(const mail::mime::Message& message, std::size_t index) {
    const mail::mime::Part& part = message.structure().parts[index];
    mail::Sha256 hash;
    std::uint64_t octets = 0;
    std::vector<mail::mime::Repair> repaired = part.repaired;
    const mail::mime::Sink sink = [&](std::string_view piece) -> mail::Result<void> {
        hash.update(piece);
        octets += piece.size();
        return {};
    };
    if (!message.decode(index, sink, repaired))
        return {};
    std::string mended;
    for (const mail::mime::Repair repair : repaired)
        mended += (mended.empty() ? "" : ",") + quoted(name_of(repair));
    const std::string name = part.name.empty() ? "null" : quoted(part.name);
    return "{\"name\":" + name + ",\"size\":" + std::to_string(octets) +
           ",\"sha256\":" + quoted(mail::to_hex(hash.finish())) + ",\"type\":" + quoted(part.type) +
           ",\"path\":" + quoted(part.path) + ",\"repaired\":[" + mended + "]}";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2)
        return 2;
    const auto source = mail::mime::open_source(argv[1]);
    if (!source)
        return 1;
    const auto message = mail::mime::Message::read(**source);
    std::string list;
    if (message)
        for (std::size_t i = 0; i < message->structure().parts.size(); ++i)
            if (mail::mime::counts_as_attachment(message->structure(), i))
                list += (list.empty() ? "" : ",") + described(*message, i);
    std::printf("{\"attachments\":[%s]}\n", list.c_str());
    return 0;
}
