#include "mail/work/row_blob.h"

#include <utility>

#include "mail/base/utf8.h"

namespace mail::work {

namespace {

// The version comes first; then numbers in groups of seven bits, the lowest first, and texts behind
// their length.
constexpr std::uint64_t version = 2;

// A mail of more errors or facts than that is none of ours.
constexpr std::uint64_t max_errors = 10'000;
constexpr std::uint64_t max_facts = 100;

/// Bits of one number.
namespace flag {
constexpr std::uint64_t whole_needed = 1, is_deleted = 2, has_error = 4, knows_parts = 8, all = 15;
}  // namespace flag

class Writer {
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
    void error(const Error& error) {
        text(name_of(error.cause));
        number(static_cast<std::uint64_t>(error.layer));
        number(static_cast<std::uint64_t>(error.reach));
        number(error.facts.size());
        for (const auto& [key, value] : error.facts) {
            text(key);
            text(value);
        }
    }
    [[nodiscard]] std::string octets() && { return std::move(octets_); }

private:
    std::string octets_;
};

/// Failure sticks: after it every read gives an empty value.
class Reader {
public:
    explicit Reader(std::string_view raw) : rest_(raw) {}

    [[nodiscard]] bool is_sound() const { return sound_; }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }

    std::uint64_t number(std::uint64_t at_most = UINT64_MAX) {
        std::uint64_t value = 0;
        for (unsigned shift = 0; sound_; shift += 7) {
            if (rest_.empty() || shift > 63)
                return refuse();
            const auto octet = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            if (shift == 63 && octet > 1)
                return refuse();
            value |= std::uint64_t{octet & 0x7FU} << shift;
            if (octet < 0x80)
                return value > at_most ? refuse() : value;
        }
        return 0;
    }
    std::string_view octets() {
        const std::uint64_t size = number(rest_.size());
        if (!sound_ || size > rest_.size()) {
            refuse();
            return {};
        }
        const std::string_view value = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return value;
    }
    /// UTF-8, as all that is shown.
    std::string text() {
        const std::string_view value = octets();
        if (!utf8::valid(value))
            refuse();
        return std::string(sound_ ? value : std::string_view());
    }
    template <class Enumeration>
    Enumeration value(Enumeration last) {
        return static_cast<Enumeration>(number(static_cast<std::uint64_t>(last)));
    }
    std::chrono::sys_seconds time() {
        const std::chrono::sys_seconds time(
            std::chrono::seconds(static_cast<std::int64_t>(number())));
        if (!has_usual_year(time))
            refuse();
        return time;
    }
    Error error() {
        Error error;
        const auto cause = cause_named(octets());
        if (!cause)
            refuse();
        error.cause = cause.value_or(Cause::internal);
        error.layer = value(Layer::workspace);
        error.reach = value(Reach::point);
        for (std::uint64_t facts = number(max_facts); sound_ && facts > 0; --facts) {
            std::string key = text();
            error.facts.emplace_back(std::move(key), text());
        }
        return error;
    }
    std::uint64_t refuse() {
        sound_ = false;
        return 0;
    }

private:
    std::string_view rest_;
    bool sound_ = true;
};

void write_parts(Writer& writer, const PartList& parts) {
    writer.text(parts.packed());
    writer.number(parts.errors().size());
    for (const auto& [index, error] : parts.errors()) {
        writer.number(index);
        writer.error(error);
    }
}

PartList read_parts(Reader& reader) {
    const std::string_view packed = reader.octets();
    PartList::PartErrors errors;
    for (std::uint64_t left = reader.number(max_errors); reader.is_sound() && left > 0; --left) {
        const auto index = static_cast<std::size_t>(reader.number());
        errors.emplace_back(index, reader.error());
    }
    auto parts =
        reader.is_sound() ? PartList::from_packed(packed, std::move(errors)) : std::nullopt;
    if (!parts)
        reader.refuse();
    return parts.value_or(PartList());
}

/// What a mail's parts alone make of it: nothing else says anything before the ledger was asked.
bool is_of_describe(Status status) {
    return status == Status::new_ || status == Status::check || status == Status::taken ||
           status == Status::none;
}

Status status_before_ledger(const MessageRow& row) {
    return is_of_describe(row.initial.status) ? row.initial.status : Status::new_;
}

}  // namespace

std::string to_blob(const MessageRow& row) {
    Writer writer;
    writer.number(version);
    writer.number(row.uid);
    writer.text(row.subject);
    writer.text(row.sender_name);
    writer.text(row.sender_address);
    writer.text(row.message_id);
    writer.number(static_cast<std::uint64_t>(row.received.time_since_epoch().count()));
    writer.number(row.size_octets);
    writer.number(row.attachments);
    writer.number(static_cast<std::uint64_t>(status_before_ledger(row)));
    writer.number(
        (row.whole_needed ? flag::whole_needed : 0U) | (row.is_deleted ? flag::is_deleted : 0U) |
        (row.structure_error ? flag::has_error : 0U) | (row.parts ? flag::knows_parts : 0U));
    writer.number(static_cast<std::uint64_t>(row.claimed_by));
    if (row.structure_error)
        writer.error(*row.structure_error);
    if (row.parts)
        write_parts(writer, row.parts);
    return std::move(writer).octets();
}

std::optional<MessageRow> row_from_blob(std::string_view raw) {
    Reader reader(raw);
    MessageRow row;
    if (reader.number() != version)
        return std::nullopt;
    row.uid = static_cast<std::uint32_t>(reader.number(UINT32_MAX));
    row.subject = reader.text();
    row.sender_name = reader.text();
    row.sender_address = reader.text();
    row.message_id = reader.octets();
    row.received = reader.time();
    row.size_octets = reader.number();
    row.attachments = static_cast<std::uint32_t>(reader.number(UINT32_MAX));
    row.initial.status = reader.value(Status::held);
    const std::uint64_t flags = reader.number(flag::all);
    row.whole_needed = (flags & flag::whole_needed) != 0;
    row.is_deleted = (flags & flag::is_deleted) != 0;
    row.claimed_by = reader.value(ClaimedBy::us_and_another);
    if ((flags & flag::has_error) != 0)
        row.structure_error = reader.error();
    if ((flags & flag::knows_parts) != 0)
        row.parts = read_parts(reader);
    const bool sound =
        reader.is_sound() && reader.at_end() && row.uid != 0 && is_of_describe(row.initial.status);
    return sound ? std::optional(std::move(row)) : std::nullopt;
}

std::string row_recipe(const point::General& general, std::string_view program,
                       std::uint32_t claimant) {
    return std::string(program) + " " + std::to_string(version) + " " + std::to_string(claimant) +
           " " + std::to_string(static_cast<int>(general.inline_images)) +
           (general.only_graphic_attachments ? " graphic" : " all");
}

}  // namespace mail::work
