#include "mail/mime/decoder_quoted.h"

namespace mail::mime {
namespace {

// A longer run of blanks than a line may have is data, so that the state stays small.
constexpr std::size_t max_held = 1024;

int hex_value(char octet) {
    if (octet >= '0' && octet <= '9')
        return octet - '0';
    if (octet >= 'A' && octet <= 'F')
        return octet - 'A' + 10;
    if (octet >= 'a' && octet <= 'f')
        return octet - 'a' + 10;
    return -1;
}

bool is_blank(char octet) {
    return octet == ' ' || octet == '\t';
}

}  // namespace

void QuotedPrintableDecoder::take_data(char octet) {
    if (is_blank(octet)) {
        held_ += octet;
        if (held_.size() < max_held)
            return;
        decoded_ += held_;
    } else if (octet == '\r' || octet == '\n') {
        decoded_ += octet;
    } else {
        decoded_ += held_;
        if (octet == '=')
            state_ = State::equals;
        else
            decoded_ += octet;
    }
    held_.clear();
}

/// "=" began no code: it and what was held behind it are data.
void QuotedPrintableDecoder::give_back(char octet) {
    damaged_ = true;
    decoded_ += '=';
    decoded_ += held_;
    held_.clear();
    state_ = State::data;
    take_data(octet);
}

void QuotedPrintableDecoder::take(char octet) {
    switch (state_) {
    case State::data:
        take_data(octet);
        return;
    case State::equals:
        if (hex_value(octet) >= 0) {
            held_ = octet;
            state_ = State::hex;
            return;
        }
        state_ = State::soft_break;
        break;
    case State::hex:
        if (hex_value(octet) < 0)
            return give_back(octet);
        decoded_ += static_cast<char>(hex_value(held_[0]) * 16 + hex_value(octet));
        held_.clear();
        state_ = State::data;
        return;
    case State::soft_break:
        break;
    case State::soft_cr:
        held_.clear();
        state_ = State::data;
        if (octet != '\n')
            take_data(octet);
        return;
    }
    if (octet == '\n') {
        held_.clear();
        state_ = State::data;
    } else if (octet == '\r') {
        state_ = State::soft_cr;
    } else if (is_blank(octet) && held_.size() < max_held) {
        held_ += octet;
    } else {
        give_back(octet);
    }
}

Result<void> QuotedPrintableDecoder::feed(std::string_view raw, const Sink& sink) {
    decoded_.clear();
    for (const char octet : raw)
        take(octet);
    return decoded_.empty() ? Result<void>{} : sink(decoded_);
}

Result<void> QuotedPrintableDecoder::finish(const Sink& sink) {
    decoded_.clear();
    if (state_ == State::hex) {
        damaged_ = true;
        decoded_ = "=" + held_;
    }
    held_.clear();
    return decoded_.empty() ? Result<void>{} : sink(decoded_);
}

}  // namespace mail::mime
