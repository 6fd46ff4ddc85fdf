#include "mail/work/part_list.h"

#include <cstdint>
#include <string>
#include <utility>

#include "mail/work/message.h"

namespace mail::work {

namespace {

/// Numbers in groups of seven bits, the lowest first; texts behind their length.
class Packer {
public:
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            octets_ += static_cast<char>(value | 0x80);
        octets_ += static_cast<char>(value);
    }
    void text(std::string_view value) {
        number(value.size());
        octets_ += value;
    }
    void part(const PartView& view);
    [[nodiscard]] std::string take() {
        octets_.shrink_to_fit();
        return std::move(octets_);
    }

private:
    std::string octets_;
};

/// Reads what the packer wrote, in the same order.
class Unpacker {
public:
    explicit Unpacker(std::string_view octets) : rest_(octets) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto octet = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{octet & 0x7FU} << shift;
            if (octet < 0x80)
                return value;
        }
    }
    std::string_view text() {
        const std::uint64_t size = number();
        const std::string_view value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return value;
    }
    template <class Enumeration>
    Enumeration value() {
        return static_cast<Enumeration>(number());
    }
    PartView part();
    /// Goes past a part, and tells its name.
    std::string_view name() {
        const std::string_view found = text();
        const std::uint64_t size = number();
        rest_.remove_prefix(size);
        return found;
    }

private:
    std::string_view rest_;
};

// The name comes first, then the length of all that follows, so that a search goes from name to
// name.
void Packer::part(const PartView& view) {
    const mime::Part& part = view.part;
    Packer rest;
    rest.number(static_cast<std::uint64_t>(part.parent) + 1);
    for (const std::string* text :
         {&part.path, &part.type, &part.charset, &part.content_id, &part.encoding})
        rest.text(*text);
    rest.number(static_cast<std::uint64_t>(part.disposition));
    rest.number(part.size_octets);
    rest.number(part.has_children ? 1 : 0);
    rest.number(part.repaired.size());
    for (const mime::Repair repair : part.repaired)
        rest.number(static_cast<std::uint64_t>(repair));
    rest.number(static_cast<std::uint64_t>(view.verdict));
    rest.number(static_cast<std::uint64_t>(view.reason));
    rest.number(view.counts ? 1 : 0);
    rest.text(view.type == part.type ? std::string_view() : view.type);
    rest.number(view.size_octets);
    rest.text(view.sha256);
    rest.text(view.file);
    text(part.name);
    text(rest.octets_);
}

PartView Unpacker::part() {
    PartView view;
    mime::Part& part = view.part;
    part.name = text();
    static_cast<void>(number());
    part.parent = static_cast<int>(number()) - 1;
    for (std::string* into :
         {&part.path, &part.type, &part.charset, &part.content_id, &part.encoding})
        *into = text();
    part.disposition = value<mime::Disposition>();
    part.size_octets = number();
    part.has_children = number() != 0;
    part.repaired.resize(number());
    for (mime::Repair& repair : part.repaired)
        repair = value<mime::Repair>();
    view.verdict = value<Verdict>();
    view.reason = value<Reason>();
    view.counts = number() != 0;
    view.type = text();
    if (view.type.empty())
        view.type = part.type;
    view.size_octets = number();
    view.sha256 = text();
    view.file = text();
    return view;
}

}  // namespace

struct PartList::Packed {
    std::string octets;
    std::size_t count = 0;
    std::vector<std::pair<std::size_t, Error>> errors;  ///< few parts have one
};

PartList::PartList(const Parts& parts) {
    auto packed = std::make_shared<Packed>();
    Packer packer;
    for (const PartView& view : parts) {
        if (view.error)
            packed->errors.emplace_back(packed->count, *view.error);
        packer.part(view);
        ++packed->count;
    }
    packed->octets = packer.take();
    packed_ = std::move(packed);
}

std::size_t PartList::size() const {
    return packed_ ? packed_->count : 0;
}

Parts PartList::unpack() const {
    Parts parts;
    if (!packed_)
        return parts;
    parts.reserve(packed_->count);
    Unpacker unpacker(packed_->octets);
    while (!unpacker.at_end())
        parts.push_back(unpacker.part());
    for (const auto& [index, error] : packed_->errors)
        parts[index].error = error;
    return parts;
}

void PartList::each_name(const std::function<void(std::string_view)>& take) const {
    if (!packed_)
        return;
    Unpacker unpacker(packed_->octets);
    while (!unpacker.at_end())
        take(unpacker.name());
}

}  // namespace mail::work
