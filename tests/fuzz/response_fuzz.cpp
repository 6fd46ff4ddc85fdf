// Whatever a server sends is a reply or an error; and what we read of it can be shown and walked.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/base/utf8.h"
#include "mail/imap/response.h"
#include "mail/imap/transcript.h"

namespace {

using namespace mail::imap;

void check(const FetchData& data, const Reply& reply) {
    if (data.uid == 0U || (data.structure && data.structure->empty()))
        std::abort();
    for (const BodyItem& item : data.bodies)
        if (item.value.kind == StringValue::Kind::streamed &&
            item.value.literal >= reply.streamed.size())
            std::abort();
}

void check(const Reply& reply) {
    const auto response = parse_response(reply);
    if (response) {
        if (const auto* data = std::get_if<FetchData>(&*response))
            check(*data, reply);
        if (const auto* folder = std::get_if<Folder>(&*response))
            if (!mail::utf8::valid(folder->name))
                std::abort();
    }
    (void)shown_reply(reply);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t count) {
    Framer framer;
    ReplyAssembler assembler(1U << 20U);
    framer.feed({reinterpret_cast<const char*>(octets), count});
    for (;;) {
        const auto piece = framer.next();
        if (!piece || !*piece)
            return 0;
        const auto event = assembler.add(**piece);
        if (!event)
            return 0;
        if (!*event)
            continue;
        if ((*event)->kind == ReplyAssembler::Event::Kind::reply)
            check(assembler.reply());
        else if ((*event)->kind == ReplyAssembler::Event::Kind::body_begins)
            (void)parse_body_start(assembler.reply());
    }
}
