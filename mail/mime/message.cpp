#include "mail/mime/message.h"

#include <utility>

#include "mail/mime/containers.h"
#include "mail/mime/decoder.h"
#include "mail/mime/part_tree.h"
#include "mail/mime/splitter.h"

namespace mail::mime {

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
    Splitter splitter(state->tree, 0, {0, source.size()}, state->limits);
    Result<void> done = splitter.split(-1);
    if (done)
        done = open_containers(state->tree, state->limits);
    if (!done)
        return tl::make_unexpected(done.error());
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
