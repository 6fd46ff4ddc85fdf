#include "mail/mime/decoder_base64.h"

#include <algorithm>
#include <array>

namespace mail::mime {
namespace {

constexpr std::uint8_t blank = 0xFE, foreign = 0xFF;
constexpr std::size_t max_following = 1024;  // whole quanta; longer lines go on in such pieces
constexpr std::size_t slice_letters = 64 << 10;

constexpr std::array<std::uint8_t, 256> make_values() {
    std::array<std::uint8_t, 256> values{};
    for (auto& value : values)
        value = foreign;
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    for (const char octet : {' ', '\t', '\r', '\n'})
        values[static_cast<unsigned char>(octet)] = blank;
    return values;
}

constexpr std::array<std::uint8_t, 256> values = make_values();

std::uint8_t value_of(char octet) {
    return values[static_cast<unsigned char>(octet)];
}

constexpr std::uint32_t no_quantum = 1U << 24U;

/// A letter's bits where they stand in a quantum, for each of its four places; no_quantum for what
/// is no letter. So four of them are decoded and checked at once.
constexpr std::array<std::array<std::uint32_t, 256>, 4> make_places() {
    std::array<std::array<std::uint32_t, 256>, 4> places{};
    for (std::size_t place = 0; place < places.size(); ++place)
        for (std::size_t octet = 0; octet < values.size(); ++octet)
            places[place][octet] =
                values[octet] < 64 ? std::uint32_t{values[octet]} << (18 - 6 * place) : no_quantum;
    return places;
}

constexpr std::array<std::array<std::uint32_t, 256>, 4> places = make_places();

std::uint32_t quantum_at(const char* letters) {
    std::uint32_t quantum = 0;
    for (std::size_t place = 0; place < places.size(); ++place)
        quantum |= places[place][static_cast<unsigned char>(letters[place])];
    return quantum;
}

char* write_quantum(char* to, std::uint32_t quantum) {
    to[0] = static_cast<char>(quantum >> 16);
    to[1] = static_cast<char>(quantum >> 8);
    to[2] = static_cast<char>(quantum);
    return to + 3;
}

}  // namespace

/// Three octets of four letters at most: with those held back, no more than this comes of a slice.
void Base64Decoder::make_room(std::size_t letters) {
    const std::size_t needed = (count_ + following_.size() + letters) / 4 * 3 + 3;
    if (needed <= room_)
        return;
    decoded_ = std::make_unique_for_overwrite<char[]>(needed);
    room_ = needed;
}

Result<void> Base64Decoder::hand_on(const Sink& sink) {
    const std::string_view decoded(decoded_.get(), octets_);
    octets_ = 0;
    return decoded.empty() ? Result<void>{} : sink(decoded);
}

void Base64Decoder::put(std::uint32_t octet) {
    decoded_[octets_++] = static_cast<char>(octet);
}

void Base64Decoder::take_value(unsigned value) {
    quantum_ = (quantum_ << 6) | value;
    if (++count_ < 4)
        return;
    put(quantum_ >> 16);
    put(quantum_ >> 8);
    put(quantum_);
    count_ = 0;
    quantum_ = 0;
}

/// What an incomplete quantum holds: one octet of two characters, two of three.
void Base64Decoder::close_quantum() {
    if (count_ == 2) {
        put(quantum_ >> 4);
    } else if (count_ == 3) {
        put(quantum_ >> 10);
        put(quantum_ >> 2);
    }
    count_ = 0;
    quantum_ = 0;
}

/// Whole quanta and the line ends between them: nearly all of nearly every part. Stops at anything
/// else and says how far it came.
std::size_t Base64Decoder::take_quanta(std::string_view raw) {
    const char* at = raw.data();
    const char* const end = at + raw.size();
    char* to = decoded_.get() + octets_;
    while (end - at >= 4) {
        const std::uint32_t quantum = quantum_at(at);
        if (quantum < no_quantum) {
            to = write_quantum(to, quantum);
            at += 4;
        } else if (value_of(*at) == blank) {
            ++at;
        } else {
            break;
        }
    }
    octets_ = static_cast<std::size_t>(to - decoded_.get());
    return static_cast<std::size_t>(at - raw.data());
}

void Base64Decoder::take_data(char octet) {
    const std::uint8_t value = value_of(octet);
    if (value < 64) {
        take_value(value);
    } else if (octet == '=') {
        if (count_ == 0) {
            damaged_ = true;
            return;
        }
        damaged_ = damaged_ || count_ == 1;
        state_ = count_ == 2 ? State::padding : State::following;
        close_quantum();
    } else if (value == foreign) {
        damaged_ = true;
    }
}

/// A held line is data if it consists of whole quanta, with padding at its end at most.
void Base64Decoder::release_following() {
    if (following_.empty())
        return;
    const std::size_t data = std::min(following_.find('='), following_.size());
    const bool whole = following_.size() % 4 == 0 && following_.size() - data <= 2 &&
                       following_.find_first_not_of('=', data) == std::string::npos && data >= 2;
    if (!whole) {
        damaged_ = true;
        state_ = State::ended;
        return;
    }
    for (std::size_t i = 0; i < data; ++i)
        take_value(value_of(following_[i]));
    close_quantum();
    following_.clear();
}

void Base64Decoder::take_following(char octet) {
    if (octet == '\n' || octet == '\r') {
        release_following();
    } else if (value_of(octet) < 64 || octet == '=') {
        // More padding than is due, directly behind it, is no text of its own.
        if (octet == '=' && following_.empty())
            return;
        following_ += octet;
        if (following_.size() == max_following)
            release_following();
    } else if (value_of(octet) != blank || !following_.empty()) {
        damaged_ = true;
        following_.clear();
        state_ = State::ended;
    }
}

void Base64Decoder::take(char octet) {
    switch (state_) {
    case State::data:
        take_data(octet);
        break;
    case State::padding:
        if (octet == '=')
            state_ = State::following;
        else if (value_of(octet) != blank) {
            damaged_ = true;
            state_ = State::following;
            take_following(octet);
        }
        break;
    case State::following:
        take_following(octet);
        break;
    case State::ended:
        break;
    }
}

Result<void> Base64Decoder::feed(std::string_view raw, const Sink& sink) {
    while (!raw.empty()) {
        const std::string_view slice = raw.substr(0, slice_letters);
        if (auto fed = feed_slice(slice, sink); !fed)
            return fed;
        raw.remove_prefix(slice.size());
    }
    return {};
}

Result<void> Base64Decoder::feed_slice(std::string_view raw, const Sink& sink) {
    make_room(raw.size());
    while (!raw.empty()) {
        if (state_ == State::data && count_ == 0) {
            raw.remove_prefix(take_quanta(raw));
            if (raw.empty())
                break;
        }
        take(raw.front());
        raw.remove_prefix(1);
    }
    return hand_on(sink);
}

Result<void> Base64Decoder::finish(const Sink& sink) {
    make_room(0);
    if (state_ == State::following)
        release_following();
    damaged_ = damaged_ || count_ != 0 || state_ == State::padding;
    close_quantum();
    return hand_on(sink);
}

}  // namespace mail::mime
