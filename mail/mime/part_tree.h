#pragma once
// The parts as they are found: nodes that know where their octets are. Containers are opened later
// than their neighbours are found, so the pre-order and the paths come last.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "mail/mime/line_reader.h"
#include "mail/mime/message.h"
#include "mail/mime/part.h"
#include "mail/mime/source.h"

namespace mail::mime {

struct Node {
    Part part;
    int parent = -1;
    int depth = 0;
    std::size_t source = 0;    ///< index in PartTree::sources
    Range body;                ///< encoded as part.encoding says
    bool from_inside = false;  ///< not a part by the structure of the mail: its path goes on by "/"
    std::vector<int> children;  ///< in their order
};

struct PartTree {
    explicit PartTree(const Source& main) : sources{&main} {}

    std::vector<Node> nodes;
    std::vector<const Source*> sources;
    std::vector<std::unique_ptr<Source>> owned;  ///< what was opened in memory
    Head head;
    bool complete = true;

    /// Below `parent`, or as the root for -1. Nothing (and complete = false) where `limits` are
    /// met.
    [[nodiscard]] int add(int parent, const Limits& limits);
    /// Makes a source of octets that were decoded, and gives its index.
    [[nodiscard]] std::size_t own(std::string raw);
    [[nodiscard]] Node& node(int index) { return nodes[static_cast<std::size_t>(index)]; }
    [[nodiscard]] const Node& node(int index) const {
        return nodes[static_cast<std::size_t>(index)];
    }
};

void add_repair(Part& part, Repair repair);

/// The parts in pre-order, with paths, parents and inherited repairs; `order` says which node each
/// of them is.
struct FlatTree {
    Structure structure;
    std::vector<int> order;
};
[[nodiscard]] FlatTree flatten(const PartTree& tree);

/// The octets of a node's body, decoded. True if the encoding was damaged.
[[nodiscard]] Result<bool> decode_node(const PartTree& tree, const Node& node, const Limits& limits,
                                       const Sink& sink);

}  // namespace mail::mime
