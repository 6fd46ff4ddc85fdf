#include "mail/mime/containers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/decoder.h"
#include "mail/mime/pkcs7.h"
#include "mail/mime/splitter.h"
#include "mail/mime/tnef.h"

namespace mail::mime {
namespace {

// Enough to see what a container is before all of it is decoded.
constexpr std::size_t first_octets = 512;
// Texts with uuencoded files were written by hand; a larger encoded one is something else.
constexpr std::uint64_t max_text_octets = 16 << 20;

enum class Container : std::uint8_t { none, message, tnef, pkcs7, text };

Container container_of(const Part& part) {
    if (part.has_children || part.is_multipart())
        return Container::none;
    const std::string name = lower_case(part.name);
    if (part.is_message())
        return Container::message;
    if (part.type == "application/ms-tnef" || part.type == "application/vnd.ms-tnef" ||
        name == "winmail.dat" || name == "win.dat")
        return Container::tnef;
    if (part.type == "application/pkcs7-mime" || part.type == "application/x-pkcs7-mime" ||
        name.ends_with(".p7m"))
        return Container::pkcs7;
    return may_hold_uu_blocks(part) && !is_identity(part.encoding) ? Container::text
                                                                   : Container::none;
}

/// A sink's way to say "enough": it never leaves this file.
tl::unexpected<Error> enough() {
    return fail(Cause::part_too_large, Layer::mime, Reach::part);
}

struct Octets {
    std::string raw;
    bool whole = true;
};

class Opener {
public:
    Opener(PartTree& tree, const Limits& limits)
        : tree_(tree), limits_(limits), budget_(limits.expanded_octets) {}

    [[nodiscard]] Result<void> open(int index);

private:
    [[nodiscard]] Result<Octets> decode(int index, std::uint64_t max_octets);
    [[nodiscard]] Result<bool> is_in_clear(const Node& node);
    [[nodiscard]] Result<void> open_message(int index);
    [[nodiscard]] Result<void> open_tnef(int index);
    [[nodiscard]] Result<void> open_pkcs7(int index);
    [[nodiscard]] Result<void> open_text(int index);
    [[nodiscard]] Result<void> split_owned(int index, std::string raw, Repair repair);
    std::size_t own(std::string raw);

    PartTree& tree_;
    const Limits& limits_;
    std::uint64_t budget_;
};

Result<Octets> Opener::decode(int index, std::uint64_t max_octets) {
    Octets octets;
    const Sink sink = [&](std::string_view piece) -> Result<void> {
        const std::uint64_t room = max_octets - octets.raw.size();
        octets.whole = piece.size() <= room;
        octets.raw +=
            piece.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), room)));
        return octets.whole ? Result<void>{} : Result<void>(enough());
    };
    const Result<bool> decoded = decode_node(tree_, tree_.node(index), limits_, sink);
    if (!decoded && octets.whole)
        return tl::make_unexpected(decoded.error());
    return octets;
}

std::size_t Opener::own(std::string raw) {
    budget_ -= std::min<std::uint64_t>(budget_, raw.size());
    return tree_.own(std::move(raw));
}

Result<void> Opener::split_owned(int index, std::string raw, Repair repair) {
    const std::uint64_t size = raw.size();
    const std::size_t source = own(std::move(raw));
    tree_.node(index).part.has_children = true;
    add_repair(tree_.node(index).part, repair);
    return Splitter(tree_, source, {0, size}, limits_).split(index);
}

/// Whether octets begin like a MIME entity: a head with a field that heads have.
bool begins_with_head(std::string_view raw) {
    for (int i = 0; i < 20 && !raw.empty(); ++i) {
        const std::size_t feed = std::min(raw.find('\n'), raw.size());
        const std::string_view line = raw.substr(0, feed);
        if (is_usual_field(line))
            return true;
        if (i > 0 && trimmed(line).empty())
            return false;
        raw.remove_prefix(std::min(feed + 1, raw.size()));
    }
    return false;
}

/// Whether a message that claims to be base64 stands there in clear.
Result<bool> Opener::is_in_clear(const Node& node) {
    if (is_identity(node.part.encoding))
        return true;
    if (node.part.encoding != "base64")
        return false;
    std::string first(
        static_cast<std::size_t>(std::min<std::uint64_t>(first_octets, node.body.octets())), '\0');
    const Result<std::size_t> got =
        tree_.sources[node.source]->read_at(node.body.begin, first.data(), first.size());
    if (!got)
        return tl::make_unexpected(got.error());
    return begins_with_head(std::string_view(first).substr(0, *got));
}

Result<void> Opener::open_message(int index) {
    const Node& node = tree_.node(index);
    const Result<bool> in_clear = is_in_clear(node);
    if (!in_clear)
        return tl::make_unexpected(in_clear.error());
    if (*in_clear) {
        const std::size_t source = node.source;
        const Range body = node.body;
        Part& part = tree_.node(index).part;
        part.has_children = true;
        if (!is_identity(part.encoding))
            add_repair(part, Repair::transfer_encoding);
        part.encoding.clear();
        return Splitter(tree_, source, body, limits_).split(index);
    }
    Result<Octets> octets = decode(index, budget_);
    if (!octets)
        return tl::make_unexpected(octets.error());
    tree_.complete = tree_.complete && octets->whole;
    if (!octets->whole || octets->raw.empty())
        return {};
    return split_owned(index, std::move(octets->raw), Repair::encoded_message);
}

Result<void> Opener::open_tnef(int index) {
    Result<Octets> octets = decode(index, first_octets);
    if (!octets || !is_tnef(octets->raw))
        return octets ? Result<void>{} : tl::make_unexpected(octets.error());
    octets = decode(index, budget_);
    if (!octets)
        return tl::make_unexpected(octets.error());
    tree_.complete = tree_.complete && octets->whole;
    const std::vector<TnefFile> files = read_tnef(octets->raw);
    const std::size_t source = own(std::move(octets->raw));
    tree_.node(index).part.has_children = true;
    add_repair(tree_.node(index).part, Repair::tnef);
    for (const TnefFile& file : files) {
        if (file.octets == 0 || file.is_object)
            continue;
        const int added = tree_.add(index, limits_);
        if (added < 0)
            break;
        Node& node = tree_.node(added);
        node.source = source;
        node.body = {file.begin, file.begin + file.octets};
        node.from_inside = true;
        node.part.type = file.is_message                            ? "application/ms-tnef"
                         : file.type.find('/') == std::string::npos ? "application/octet-stream"
                                                                    : utf8::repaired(file.type);
        node.part.name = file.name;
        node.part.content_id = file.content_id;
        node.part.disposition = Disposition::attachment;
        node.part.size_octets = file.octets;
    }
    return {};
}

Result<void> Opener::open_pkcs7(int index) {
    Result<Octets> octets = decode(index, first_octets);
    if (!octets || !may_be_pkcs7_content(octets->raw))
        return octets ? Result<void>{} : tl::make_unexpected(octets.error());
    octets = decode(index, budget_);
    if (!octets)
        return tl::make_unexpected(octets.error());
    tree_.complete = tree_.complete && octets->whole;
    std::optional<std::string> content =
        pkcs7_content(octets->raw, static_cast<std::size_t>(budget_));
    if (!content || !begins_with_head(*content))
        return {};
    octets->raw.clear();
    octets->raw.shrink_to_fit();
    return split_owned(index, std::move(*content), Repair::signed_envelope);
}

Result<void> Opener::open_text(int index) {
    Result<Octets> octets = decode(index, std::min(budget_, max_text_octets));
    if (!octets)
        return tl::make_unexpected(octets.error());
    if (!octets->whole ||
        (octets->raw.find("\nbegin ") == std::string::npos && !octets->raw.starts_with("begin ")))
        return {};
    const std::uint64_t size = octets->raw.size();
    const std::unique_ptr<Source> source = source_of(octets->raw);
    LineReader reader(*source, {0, size}, limits_.window_octets);
    UuBlockFinder finder;
    for (Result<std::optional<Line>> line = reader.next(); line && *line; line = reader.next())
        finder.line(**line);
    std::vector<UuBlock> blocks = finder.take();
    if (!blocks.empty())
        add_uu_blocks(tree_, index, own(std::move(octets->raw)), std::move(blocks), limits_);
    return {};
}

Result<void> Opener::open(int index) {
    const Container container = container_of(tree_.node(index).part);
    if (container == Container::none)
        return {};
    if (tree_.node(index).depth + 1 >= limits_.depth) {
        tree_.complete = tree_.complete && container == Container::text;
        return {};
    }
    switch (container) {
    case Container::message:
        return open_message(index);
    case Container::tnef:
        return open_tnef(index);
    case Container::pkcs7:
        return open_pkcs7(index);
    case Container::text:
        return open_text(index);
    case Container::none:
        break;
    }
    return {};
}

}  // namespace

Result<void> open_containers(PartTree& tree, const Limits& limits) {
    Opener opener(tree, limits);
    // The list grows while containers are opened; what comes out of them is looked at as well.
    for (std::size_t index = 0; index < tree.nodes.size(); ++index)
        if (Result<void> opened = opener.open(static_cast<int>(index)); !opened)
            return opened;
    return {};
}

}  // namespace mail::mime
