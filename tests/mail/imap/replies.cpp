#include "tests/mail/imap/replies.h"

namespace mail::imap::tests {

std::vector<Reply> replies_of(std::string_view raw) {
    std::vector<Reply> replies;
    Framer framer;
    ReplyAssembler assembler;
    framer.feed(raw);
    while (const auto piece = framer.next().value()) {
        const auto event = assembler.add(*piece).value();
        if (event && event->kind == ReplyAssembler::Event::Kind::reply)
            replies.push_back(assembler.reply());
    }
    return replies;
}

Reply reply_of(std::string_view raw_line) {
    return replies_of(std::string(raw_line) + "\r\n").at(0);
}

}  // namespace mail::imap::tests
