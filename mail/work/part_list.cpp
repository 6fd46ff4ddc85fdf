#include "mail/work/part_list.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "mail/base/utf8.h"
#include "mail/work/message.h"

namespace mail::work {

namespace {

// Numbers in groups of seven bits, the lowest first; texts behind their length. Everything is gone
// through twice: counted, so that the list takes just the room it needs, then written.

/// The largest of what both make: see pack().
constexpr unsigned counts_and_decision = 1U | static_cast<unsigned>(store::Decision::skip) << 1U;

/// Of what can be gone past.
using Length = std::uint32_t;

class Counter {
public:
    void number(std::uint64_t value) {
        ++octets_;
        for (; value >= 0x80; value >>= 7)
            ++octets_;
    }
    void text(std::string_view value) {
        number(value.size());
        octets_ += value.size();
    }
    Length begin_measured() {
        octets_ += sizeof(Length);
        return 0;
    }
    static void end_measured(Length /*begun*/) {}
    [[nodiscard]] std::size_t octets() const { return octets_; }

private:
    std::size_t octets_ = 0;
};

class Writer {
public:
    explicit Writer(char* into) : at_(into) {}

    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7)
            *at_++ = static_cast<char>(value | 0x80);
        *at_++ = static_cast<char>(value);
    }
    void text(std::string_view value) {
        number(value.size());
        at_ = std::copy(value.begin(), value.end(), at_);
    }
    char* begin_measured() { return std::exchange(at_, at_ + sizeof(Length)); }
    /// Puts the length of what came since there.
    void end_measured(char* begun) {
        const auto length = static_cast<Length>(at_ - begun) - Length{sizeof(Length)};
        std::memcpy(begun, &length, sizeof length);
    }

private:
    char* at_;
};

/// The name comes first, then the length of all that follows, so that a search goes from name to
/// name.
template <class Out>
void pack(Out& out, const PartView& view) {
    const mime::Part& part = view.part;
    out.text(part.name);
    const auto rest = out.begin_measured();
    out.number(static_cast<std::uint64_t>(part.parent) + 1);
    for (const std::string* text :
         {&part.path, &part.type, &part.charset, &part.content_id, &part.encoding})
        out.text(*text);
    out.number(static_cast<std::uint64_t>(part.disposition));
    out.number(static_cast<std::uint64_t>(part.flow));
    out.number(part.size_octets);
    out.number(part.has_children ? 1 : 0);
    out.number(part.repaired.size());
    for (const mime::Repair repair : part.repaired)
        out.number(static_cast<std::uint64_t>(repair));
    out.number(static_cast<std::uint64_t>(view.verdict));
    out.number(static_cast<std::uint64_t>(view.reason));
    // What is kept in files is of before any decision.
    out.number((view.counts ? 1U : 0U) | static_cast<unsigned>(view.decision) << 1U);
    out.text(view.type == part.type ? std::string_view() : view.type);
    out.number(view.size_octets);
    out.text(view.sha256);
    out.text(view.file);
    out.number(static_cast<std::uint64_t>(view.saved_at.time_since_epoch().count()));
    out.end_measured(rest);
}

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
    Length length() {
        Length octets = 0;
        std::memcpy(&octets, rest_.data(), sizeof octets);
        rest_.remove_prefix(sizeof octets);
        return octets;
    }
    PartView part();
    /// Goes past a part, and tells its name.
    std::string_view name() {
        const std::string_view found = text();
        const Length octets = length();
        rest_.remove_prefix(octets);
        return found;
    }

private:
    std::string_view rest_;
};

/// Goes through octets that anybody may have written, and sees whether the unpacker may.
class Checker {
public:
    explicit Checker(std::string_view raw) : rest_(raw) {}

    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    /// One part, which is the `index`-th.
    [[nodiscard]] bool part(std::size_t index) {
        std::uint64_t parent = 0, repairs = 0;
        std::string_view name, any;
        bool sound =
            text(name) && utf8::valid(name) && length() && number(parent) && parent <= index;
        for (int texts = 0; texts < 5; ++texts)
            sound = sound && text(any);
        sound = sound && at_most(mime::Disposition::other) &&
                at_most(mime::Flow::flowed_without_spaces) && any_number() && at_most(true) &&
                number(repairs) && repairs <= rest_.size();
        for (; sound && repairs > 0; --repairs)
            sound = at_most(mime::Repair::structure_replaced);
        sound = sound && at_most(Verdict::not_attachment) && at_most(Reason::not_wanted) &&
                at_most(counts_and_decision) && text(any) && any_number() && text(any) &&
                text(any) && time();
        return sound && rest_.size() == left_behind_;
    }

private:
    bool number(std::uint64_t& value) {
        value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto octet = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= std::uint64_t{octet & 0x7FU} << shift;
            // In ten groups there is room for more than 64 bits.
            if (octet < 0x80)
                return shift < 63 || octet <= 1;
        }
        return false;
    }
    bool any_number() {
        std::uint64_t value = 0;
        return number(value);
    }
    bool time() {
        std::uint64_t seconds = 0;
        return number(seconds) && has_usual_year(std::chrono::sys_seconds(
                                      std::chrono::seconds(static_cast<std::int64_t>(seconds))));
    }
    template <class Value>
    bool at_most(Value last) {
        std::uint64_t value = 0;
        return number(value) && value <= static_cast<std::uint64_t>(last);
    }
    bool text(std::string_view& value) {
        std::uint64_t size = 0;
        if (!number(size) || size > rest_.size())
            return false;
        value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return true;
    }
    bool length() {
        Length octets = 0;
        if (rest_.size() < sizeof octets)
            return false;
        std::memcpy(&octets, rest_.data(), sizeof octets);
        rest_.remove_prefix(sizeof octets);
        left_behind_ = rest_.size() - std::min<std::size_t>(octets, rest_.size());
        return octets <= rest_.size();
    }

    std::string_view rest_;
    std::size_t left_behind_ = 0;  ///< octets behind the part
};

PartView Unpacker::part() {
    PartView view;
    mime::Part& part = view.part;
    part.name = text();
    static_cast<void>(length());
    part.parent = static_cast<int>(number()) - 1;
    for (std::string* into :
         {&part.path, &part.type, &part.charset, &part.content_id, &part.encoding})
        *into = text();
    part.disposition = value<mime::Disposition>();
    part.flow = value<mime::Flow>();
    part.size_octets = number();
    part.has_children = number() != 0;
    part.repaired.resize(number());
    for (mime::Repair& repair : part.repaired)
        repair = value<mime::Repair>();
    view.verdict = value<Verdict>();
    view.reason = value<Reason>();
    const std::uint64_t counts = number();
    view.counts = (counts & 1U) != 0;
    view.decision = static_cast<store::Decision>(counts >> 1U);
    view.type = text();
    if (view.type.empty())
        view.type = part.type;
    view.size_octets = number();
    view.sha256 = text();
    view.file = text();
    view.saved_at =
        std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(number())));
    return view;
}

}  // namespace

bool has_usual_year(std::chrono::sys_seconds time) {
    using std::chrono::sys_days;
    return time >= sys_days(std::chrono::year(0) / 1 / 1) &&
           time < sys_days(std::chrono::year(10'000) / 1 / 1);
}

struct PartList::Packed {
    std::string octets;
    std::size_t count = 0;
    PartErrors errors;  ///< few parts have one
};

PartList::PartList(const Parts& parts) {
    auto packed = std::make_shared<Packed>();
    packed->count = parts.size();
    Counter counter;
    for (const PartView& view : parts)
        pack(counter, view);
    packed->octets.resize(counter.octets());
    Writer writer(packed->octets.data());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        pack(writer, parts[i]);
        if (parts[i].error)
            packed->errors.emplace_back(i, *parts[i].error);
    }
    packed_ = std::move(packed);
}

std::string_view PartList::packed() const {
    return packed_ ? std::string_view(packed_->octets) : std::string_view();
}

const PartList::PartErrors& PartList::errors() const {
    static const PartErrors none;
    return packed_ ? packed_->errors : none;
}

std::optional<PartList> PartList::from_packed(std::string_view raw, PartErrors errors) {
    std::size_t count = 0;
    for (Checker checker(raw); !checker.at_end(); ++count)
        if (!checker.part(count))
            return std::nullopt;
    for (const auto& [index, error] : errors)
        if (index >= count)
            return std::nullopt;
    PartList list;
    list.packed_ =
        std::make_shared<const Packed>(Packed{std::string(raw), count, std::move(errors)});
    return list;
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
