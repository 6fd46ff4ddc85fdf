#include "mail/mime/decoder_uuencode.h"

#include <algorithm>

namespace mail::mime {
namespace {

// A line carries 45 octets in 61 characters, 63 in 85 at the most; file names may be long.
constexpr std::size_t max_line = 1024;

bool is_code(char octet) {
    return octet >= ' ' && octet <= '`';
}
unsigned value_of(char octet) {
    return static_cast<unsigned>(octet - ' ') & 0x3FU;
}
std::size_t characters_for(std::size_t octets) {
    return (octets + 2) / 3 * 4;
}

std::string_view without_line_break(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

std::string_view without_blanks(std::string_view line) {
    line = without_line_break(line);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t'))
        line.remove_suffix(1);
    return line;
}

}  // namespace

std::optional<std::string_view> uuencode_begin(std::string_view line) {
    line = without_blanks(line);
    if (!line.starts_with("begin "))
        return std::nullopt;
    line.remove_prefix(std::min(line.find_first_not_of(' ', 6), line.size()));
    const std::size_t digits = std::min(line.find_first_not_of("01234567"), line.size());
    if (digits < 3 || digits > 5 || (digits < line.size() && line[digits] != ' '))
        return std::nullopt;
    line.remove_prefix(std::min(line.find_first_not_of(' ', digits), line.size()));
    return line;
}

bool is_uuencode_line(std::string_view line) {
    line = without_line_break(line);
    if (line.empty() || !std::all_of(line.begin(), line.end(), is_code))
        return false;
    const std::size_t octets = value_of(line[0]);
    // Blanks at the end stand for zeros and are easily lost; a check character may follow.
    const std::size_t wanted = characters_for(octets) + 1;
    return line.size() <= wanted + 2 && (line.size() >= wanted || line.size() > wanted / 2);
}

bool is_uuencode_end(std::string_view line) {
    return without_blanks(line) == "end";
}

void UuencodeDecoder::take_line() {
    if (state_ == State::before) {
        if (uuencode_begin(line_))
            state_ = State::inside;
        return;
    }
    if (state_ == State::after)
        return;
    if (is_uuencode_end(line_)) {
        state_ = State::after;
        return;
    }
    const std::string_view line = without_line_break(line_);
    if (line.empty())
        return;
    if (!is_uuencode_line(line)) {
        damaged_ = true;
        return;
    }
    std::size_t octets = value_of(line[0]);
    std::string_view codes = line.substr(1);
    damaged_ = damaged_ || codes.size() < characters_for(octets);
    for (std::size_t at = 0; octets > 0; at += 4) {
        std::uint32_t quantum = 0;
        for (std::size_t i = at; i < at + 4; ++i)
            quantum = (quantum << 6) | (i < codes.size() ? value_of(codes[i]) : 0U);
        const std::size_t count = std::min<std::size_t>(octets, 3);
        for (std::size_t i = 0; i < count; ++i)
            decoded_ += static_cast<char>(quantum >> (16 - 8 * i));
        octets -= count;
    }
}

Result<void> UuencodeDecoder::feed(std::string_view raw, const Sink& sink) {
    decoded_.clear();
    for (const char octet : raw) {
        if (octet == '\n' || octet == '\r') {
            take_line();
            line_.clear();
        } else if (line_.size() < max_line) {
            line_ += octet;
        }
    }
    return decoded_.empty() ? Result<void>{} : sink(decoded_);
}

Result<void> UuencodeDecoder::finish(const Sink& sink) {
    decoded_.clear();
    if (!line_.empty())
        take_line();
    line_.clear();
    return decoded_.empty() ? Result<void>{} : sink(decoded_);
}

}  // namespace mail::mime
