#pragma once
// What FETCH asks for and how a message answers (RFC 3501, 6.4.5; RFC 3516 for BINARY).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/demo/arguments.h"
#include "mail/demo/channel.h"
#include "mail/demo/mailbox.h"

namespace mail::demo {

struct Section {
    enum class What { whole, header, fields, fields_not, text, mime };
    std::vector<std::uint32_t> path;
    What what = What::whole;
    std::vector<std::string> names;  ///< of the fields
};

struct FetchItem {
    enum class Kind {
        uid,
        flags,
        internal_date,
        size,
        envelope,
        body,
        body_structure,
        section,
        binary,
        binary_size,
        mod_sequence
    };
    Kind kind = Kind::uid;
    std::string label;  ///< as it stands before the value: "BODY[1.MIME]"
    Section section;
    struct Partial {
        std::uint64_t first, count;
    };
    std::optional<Partial> partial;
    enum class Effect { none, marks_seen };
    Effect effect = Effect::none;
};

enum class BinaryItems { unknown, known };
/// One item, a macro or a list of items; nothing if there is one that we don't know.
[[nodiscard]] std::optional<std::vector<FetchItem>> parse_fetch_items(Arguments& arguments,
                                                                      BinaryItems binary);

enum class Told {
    all,
    not_decoded,  ///< BINARY of a part whose transfer encoding we don't know: left out
};
/// Writes "* 3 FETCH (…)". Large values go out in pieces.
[[nodiscard]] Told tell_message(Channel& channel, std::size_t number, const Message& message,
                                const std::vector<FetchItem>& items);

[[nodiscard]] std::string flag_list(const Flags& flags);

}  // namespace mail::demo
