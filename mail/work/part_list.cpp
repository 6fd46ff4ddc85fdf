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
    Packer() { octets_.reserve(usual_octets); }

    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            octets_ += static_cast<char>(value | 0x80);
        octets_ += static_cast<char>(value);
    }
    void text(std::string_view value) {
        number(value.size());
        octets_ += value;
    }
    void clear() { octets_.clear(); }
    [[nodiscard]] std::string_view octets() const { return octets_; }

private:
    static constexpr std::size_t usual_octets = 500;
    std::string octets_;
};

/// One part behind the other.
class PartPacker {
public:
    void add(const PartView& view);
    /// A copy takes no more room than it needs.
    [[nodiscard]] std::string octets() const { return std::string(parts_.octets()); }

private:
    Packer parts_;
    Packer rest_;  ///< of one part: what follows its name
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
void PartPacker::add(const PartView& view) {
    const mime::Part& part = view.part;
    rest_.clear();
    rest_.number(static_cast<std::uint64_t>(part.parent) + 1);
    for (const std::string* text :
         {&part.path, &part.type, &part.charset, &part.content_id, &part.encoding})
        rest_.text(*text);
    rest_.number(static_cast<std::uint64_t>(part.disposition));
    rest_.number(part.size_octets);
    rest_.number(part.has_children ? 1 : 0);
    rest_.number(part.repaired.size());
    for (const mime::Repair repair : part.repaired)
        rest_.number(static_cast<std::uint64_t>(repair));
    rest_.number(static_cast<std::uint64_t>(view.verdict));
    rest_.number(static_cast<std::uint64_t>(view.reason));
    rest_.number(view.counts ? 1 : 0);
    rest_.text(view.type == part.type ? std::string_view() : view.type);
    rest_.number(view.size_octets);
    rest_.text(view.sha256);
    rest_.text(view.file);
    parts_.text(part.name);
    parts_.text(rest_.octets());
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
    PartPacker packer;
    for (const PartView& view : parts) {
        if (view.error)
            packed->errors.emplace_back(packed->count, *view.error);
        packer.add(view);
        ++packed->count;
    }
    packed->octets = packer.octets();
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
