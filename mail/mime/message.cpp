#include "mail/mime/message.h"

#include <optional>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/mime/containers.h"
#include "mail/mime/decoder.h"
#include "mail/mime/part_tree.h"
#include "mail/mime/splitter.h"

namespace mail::mime {

namespace {

/// Text editors save mails as UTF-16 with a mark: such a file is read as UTF-8. Nothing if it is
/// none, or larger than what may be held.
Result<std::optional<std::string>> utf16_mail(const Source& source, const Limits& limits) {
    std::string raw(2, '\0');
    const Result<std::size_t> got = source.read_at(0, raw.data(), raw.size());
    if (!got)
        return tl::make_unexpected(got.error());
    const bool little = raw == "\xFF\xFE", big = raw == "\xFE\xFF";
    if ((!little && !big) || source.size() > limits.expanded_octets)
        return std::nullopt;
    raw.clear();
    const Sink sink = [&raw](std::string_view piece) -> Result<void> {
        raw += piece;
        return {};
    };
    if (Result<void> read = read_range(source, {2, source.size()}, limits.window_octets, sink);
        !read)
        return tl::make_unexpected(read.error());
    std::u16string units;
    for (std::size_t at = 0; at + 1 < raw.size(); at += 2) {
        const auto low = static_cast<unsigned char>(raw[little ? at : at + 1]);
        const auto high = static_cast<unsigned char>(raw[little ? at + 1 : at]);
        units += static_cast<char16_t>(low | (high << 8));
    }
    return utf8::from_utf16(units);
}

}  // namespace

struct Message::State {
    State(const Source& source, const Limits& wanted) : limits(wanted), tree(source) {}

    Limits limits;
    PartTree tree;
    FlatTree flat;
};

Message::Message(std::unique_ptr<State> state) : state_(std::move(state)) {}
Message::Message(Message&&) noexcept = default;
Message& Message::operator=(Message&&) noexcept = default;
Message::~Message() = default;

Result<Message> Message::read(const Source& source, const Limits& limits) {
    if (source.size() == 0)
        return fail(Cause::not_a_mail, Layer::mime, Reach::message);
    auto state = std::make_unique<State>(source, limits);
    Result<std::optional<std::string>> converted = utf16_mail(source, limits);
    if (!converted)
        return tl::make_unexpected(converted.error());
    const std::size_t root = *converted ? state->tree.own(std::move(**converted)) : 0;
    Splitter splitter(state->tree, root, {0, state->tree.sources[root]->size()}, state->limits);
    Result<void> done = splitter.split(-1);
    if (done)
        done = open_containers(state->tree, state->limits);
    if (!done)
        return tl::make_unexpected(done.error());
    if (*converted)
        add_repair(state->tree.node(0).part, Repair::headers);
    state->flat = flatten(state->tree);
    return Message(std::move(state));
}

const Head& Message::head() const {
    return state_->tree.head;
}
const Structure& Message::structure() const {
    return state_->flat.structure;
}

Result<void> Message::decode(std::size_t part, const Sink& sink,
                             std::vector<Repair>& repaired) const {
    const Node& node = state_->tree.node(state_->flat.order.at(part));
    const Result<bool> damaged = decode_node(state_->tree, node, state_->limits, sink);
    if (!damaged)
        return tl::make_unexpected(damaged.error());
    if (*damaged && node.part.encoding == "base64")
        repaired.push_back(Repair::base64_damaged);
    else if (*damaged)
        repaired.push_back(Repair::transfer_encoding);
    return {};
}

}  // namespace mail::mime
