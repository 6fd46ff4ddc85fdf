#include "mail/mime/decoder_base64.h"

#include <algorithm>
#include <array>

namespace mail::mime {
namespace {

constexpr std::uint8_t blank = 0xFE, foreign = 0xFF;
constexpr std::size_t max_following = 1024;  // whole quanta; longer lines go on in such pieces

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

}  // namespace

void Base64Decoder::take_value(unsigned value) {
    quantum_ = (quantum_ << 6) | value;
    if (++count_ < 4)
        return;
    decoded_ += static_cast<char>(quantum_ >> 16);
    decoded_ += static_cast<char>(quantum_ >> 8);
    decoded_ += static_cast<char>(quantum_);
    count_ = 0;
    quantum_ = 0;
}

/// What an incomplete quantum holds: one octet of two characters, two of three.
void Base64Decoder::close_quantum() {
    if (count_ == 2) {
        decoded_ += static_cast<char>(quantum_ >> 4);
    } else if (count_ == 3) {
        decoded_ += static_cast<char>(quantum_ >> 10);
        decoded_ += static_cast<char>(quantum_ >> 2);
    }
    count_ = 0;
    quantum_ = 0;
}

void Base64Decoder::take(char octet) {
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

Result<void> Base64Decoder::feed(std::string_view raw, const Sink& sink) {
    decoded_.clear();
    for (const char octet : raw) {
        switch (state_) {
        case State::data:
            take(octet);
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
    return decoded_.empty() ? Result<void>{} : sink(decoded_);
}

Result<void> Base64Decoder::finish(const Sink& sink) {
    decoded_.clear();
    if (state_ == State::following)
        release_following();
    damaged_ = damaged_ || count_ != 0 || state_ == State::padding;
    close_quantum();
    return decoded_.empty() ? Result<void>{} : sink(decoded_);
}

}  // namespace mail::mime
