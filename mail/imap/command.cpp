#include "mail/imap/command.h"

#include <algorithm>
#include <utility>

namespace mail::imap {

namespace {

/// Long enough for any command of ours but long UID sets: growing would leave copies of a password.
constexpr std::size_t reserved_octets = 4096;
/// RFC 7888, 5: LITERAL- allows non-synchronising ones up to this.
constexpr std::size_t literal_minus_octets = 4096;

bool breaks_lines(char c) {
    return c == '\r' || c == '\n' || c == '\0';
}

bool quotable(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

CommandBuilder::CommandBuilder(std::string_view words, const Capabilities& capabilities)
    : capabilities_(capabilities) {
    segment_.reserve(reserved_octets);
    this->words(words);
}

CommandBuilder::~CommandBuilder() {
    wipe(segment_);
}

CommandBuilder& CommandBuilder::words(std::string_view words) {
    refused_ =
        refused_ || std::any_of(words.begin(), words.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == '{' || c == '"' || !quotable(c);
        });
    segment_ += words;
    command_.shown += words;
    return *this;
}

CommandBuilder& CommandBuilder::astring(std::string_view raw, Shown shown) {
    refused_ = refused_ || std::any_of(raw.begin(), raw.end(), breaks_lines);
    segment_ += ' ';
    command_.shown += ' ';
    if (std::all_of(raw.begin(), raw.end(), quotable))
        quoted(raw);
    else
        literal(raw);
    command_.shown += shown == Shown::secret ? "***" : "\"" + std::string(raw) + "\"";
    return *this;
}

CommandBuilder& CommandBuilder::sasl_response(std::string_view base64) {
    refused_ = refused_ || std::any_of(base64.begin(), base64.end(), breaks_lines);
    segment_ += ' ';
    segment_ += base64;
    command_.shown += " ***";
    return *this;
}

void CommandBuilder::quoted(std::string_view raw) {
    segment_ += '"';
    for (const char c : raw) {
        if (c == '"' || c == '\\')
            segment_ += '\\';
        segment_ += c;
    }
    segment_ += '"';
}

void CommandBuilder::literal(std::string_view raw) {
    const bool at_once = goes_at_once(raw.size());
    segment_ += '{' + std::to_string(raw.size()) + (at_once ? "+}\r\n" : "}\r\n");
    if (!at_once) {
        command_.segments.emplace_back(segment_);
        wipe(segment_);
        segment_.reserve(reserved_octets);
    }
    segment_ += raw;
}

bool CommandBuilder::goes_at_once(std::uint64_t octets) const {
    return capabilities_.literal_plus ||
           (capabilities_.literal_minus && octets <= literal_minus_octets);
}

CommandBuilder& CommandBuilder::streamed_literal(std::uint64_t octets, Pieces pieces) {
    const bool at_once = goes_at_once(octets);
    const std::string announced = " {" + std::to_string(octets) + (at_once ? "+}" : "}");
    segment_ += announced;
    command_.shown += announced;
    command_.streamed = std::move(pieces);
    command_.streams_after_continuation = !at_once;
    return *this;
}

Result<Command> CommandBuilder::finish(Cause refusal, Layer layer) {
    if (refused_)
        return fail(refusal, layer, Reach::folder);
    segment_ += "\r\n";
    command_.segments.emplace_back(segment_);
    wipe(segment_);
    return std::move(command_);
}

}  // namespace mail::imap
