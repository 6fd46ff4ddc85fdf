#include "mail/mime/part_tree.h"

#include <algorithm>
#include <utility>

#include "mail/mime/decoder.h"

namespace mail::mime {
namespace {

/// RFC 9051, 6.4.5.1; "/" leads into what only we have opened.
std::string path_of(const Part* parent, const Part& part, bool from_inside, std::size_t number) {
    if (parent == nullptr)
        return part.is_multipart() ? "" : "1";
    if (from_inside) {
        // The root of a mail that was opened has no number of its own if it is a multipart.
        const std::string inside = parent->path + "/";
        return part.is_multipart() ? inside : inside + std::to_string(number);
    }
    const bool first_level = parent->path.empty() || parent->path.ends_with('/');
    if (parent->is_multipart())
        return parent->path + (first_level ? "" : ".") + std::to_string(number);
    return part.is_multipart() ? parent->path : parent->path + ".1";
}

bool is_inherited(Repair repair) {
    return repair == Repair::tnef || repair == Repair::encoded_message ||
           repair == Repair::signed_envelope;
}

}  // namespace

void add_repair(Part& part, Repair repair) {
    if (std::find(part.repaired.begin(), part.repaired.end(), repair) == part.repaired.end())
        part.repaired.push_back(repair);
}

int PartTree::add(int parent, const Limits& limits) {
    if (nodes.size() >= limits.parts) {
        complete = false;
        return -1;
    }
    const int index = static_cast<int>(nodes.size());
    Node& added = nodes.emplace_back();
    added.parent = parent;
    if (parent >= 0) {
        added.depth = node(parent).depth + 1;
        added.source = node(parent).source;
        node(parent).children.push_back(index);
    }
    return index;
}

std::size_t PartTree::own(std::string raw) {
    owned.push_back(source_of(std::move(raw)));
    sources.push_back(owned.back().get());
    return sources.size() - 1;
}

FlatTree flatten(const PartTree& tree) {
    FlatTree flat;
    flat.structure.complete = tree.complete;
    struct Pending {
        int node;
        int parent;          // in the flat list
        std::size_t number;  // among its siblings, from 1
    };
    std::vector<Pending> pending;
    if (!tree.nodes.empty())
        pending.push_back({0, -1, 1});
    std::vector<Part>& parts = flat.structure.parts;
    while (!pending.empty()) {
        const Pending next = pending.back();
        pending.pop_back();
        const Node& node = tree.node(next.node);
        const int index = static_cast<int>(parts.size());
        Part part = node.part;
        part.parent = next.parent;
        const Part* const parent =
            next.parent < 0 ? nullptr : &parts[static_cast<std::size_t>(next.parent)];
        part.path = path_of(parent, part, node.from_inside, next.number);
        if (parent != nullptr)
            for (const Repair repair : parent->repaired)
                if (is_inherited(repair))
                    add_repair(part, repair);
        parts.push_back(std::move(part));
        flat.order.push_back(next.node);
        for (std::size_t i = node.children.size(); i-- > 0;)
            pending.push_back({node.children[i], index, i + 1});
    }
    return flat;
}

Result<bool> decode_node(const PartTree& tree, const Node& node, const Limits& limits,
                         const Sink& sink) {
    // Composite parts have no encoding, whatever they say (RFC 2045, 6.4).
    const bool composite = node.part.is_multipart();
    const auto decoder = make_decoder(composite ? std::string_view() : node.part.encoding);
    const Sink through = [&](std::string_view raw) { return decoder->feed(raw, sink); };
    Result<void> done =
        read_range(*tree.sources[node.source], node.body, limits.window_octets, through);
    if (done)
        done = decoder->finish(sink);
    if (!done)
        return tl::make_unexpected(done.error());
    return decoder->damaged();
}

}  // namespace mail::mime
