#include "mail/net/idn.h"

#include <algorithm>
#include <vector>

#include "mail/base/utf8.h"

namespace mail::net {

namespace {

// RFC 1035, 2.3.4, without the length octets.
constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_name = 253;

// RFC 3492, section 5.
constexpr std::uint32_t base = 36, tmin = 1, tmax = 26, skew = 38, damp = 700;
constexpr std::uint32_t initial_bias = 72, initial_n = 0x80;

char digit_of(std::uint32_t value) {
    return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26));
}

// RFC 3492, 6.1.
std::uint32_t adapted(std::uint32_t delta, std::uint32_t points, bool first) {
    delta = first ? delta / damp : delta / 2;
    delta += delta / points;
    std::uint32_t k = 0;
    while (delta > ((base - tmin) * tmax) / 2) {
        delta /= base - tmin;
        k += base;
    }
    return k + (base - tmin + 1) * delta / (delta + skew);
}

void append_integer(std::string& out, std::uint32_t q, std::uint32_t bias) {
    for (std::uint32_t k = base;; k += base) {
        const std::uint32_t t = std::clamp(k > bias ? k - bias : tmin, tmin, tmax);
        if (q < t)
            break;
        out += digit_of(t + (q - t) % (base - t));
        q = (q - t) / (base - t);
    }
    out += digit_of(q);
}

// RFC 3492, 6.3. A label has at most 63 letters here, so that nothing overflows 32 bits.
std::string punycode(const std::u32string& label) {
    std::string out;
    for (const char32_t letter : label)
        if (letter < initial_n)
            out += static_cast<char>(letter);
    const auto basic = static_cast<std::uint32_t>(out.size());
    if (basic > 0)
        out += '-';
    std::uint32_t n = initial_n, delta = 0, bias = initial_bias, done = basic;
    while (done < label.size()) {
        char32_t next = 0x10FFFF;
        for (const char32_t letter : label)
            if (letter >= n)
                next = std::min(next, letter);
        delta += (next - n) * (done + 1);
        n = next;
        for (const char32_t letter : label) {
            if (letter < n)
                ++delta;
            if (letter != n)
                continue;
            append_integer(out, delta, bias);
            bias = adapted(delta, done + 1, done == basic);
            delta = 0;
            ++done;
        }
        ++delta;
        ++n;
    }
    return out;
}

bool is_letter_or_digit(char32_t letter) {
    return (letter >= U'a' && letter <= U'z') || (letter >= U'0' && letter <= U'9');
}

// Letters of other scripts are left to the registries; signs and blanks that Unicode has beyond
// ASCII are in these ranges, and none of them stands in a host name.
bool allowed(char32_t letter) {
    if (letter < initial_n)
        return is_letter_or_digit(letter) || letter == U'-' || letter == U'_';
    const bool sign = letter < 0xAA || letter == 0xD7 || letter == 0xF7 || letter == 0xFFFD;
    const bool punctuation = letter >= 0x2000 && letter <= 0x2BFF;
    const bool mark = letter == 0xFEFF || (letter >= 0xE000 && letter <= 0xF8FF);
    return !sign && !punctuation && !mark;
}

std::optional<std::string> ascii_label(const std::u32string& label) {
    if (label.empty() || label.size() > longest_label || label.front() == U'-' ||
        label.back() == U'-' || !std::all_of(label.begin(), label.end(), &allowed))
        return std::nullopt;
    const bool plain =
        std::all_of(label.begin(), label.end(), [](char32_t letter) { return letter < initial_n; });
    std::string ascii = plain ? std::string(label.begin(), label.end()) : "xn--" + punycode(label);
    if (ascii.size() > longest_label)
        return std::nullopt;
    return ascii;
}

// The dots that people type on Chinese and Japanese keyboards count as dots (RFC 3490, 3.1).
bool is_dot(char32_t letter) {
    return letter == U'.' || letter == 0x3002 || letter == 0xFF0E || letter == 0xFF61;
}

std::vector<std::u32string> labels_of(std::string_view host) {
    std::vector<std::u32string> labels(1);
    const std::string lower = utf8::folded(host);
    for (std::size_t at = 0; at < lower.size();) {
        const char32_t letter = utf8::next(lower, at);
        if (is_dot(letter))
            labels.emplace_back();
        else
            labels.back() += letter;
    }
    // A trailing dot says that the name is complete; certificates don't have it.
    if (labels.size() > 1 && labels.back().empty())
        labels.pop_back();
    return labels;
}

std::optional<std::string> ipv6_address(std::string_view host) {
    if (host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    const std::size_t zone = std::min(host.find('%'), host.size());
    const auto is_address_sign = [](char letter) {
        return letter == ':' || letter == '.' || (letter >= '0' && letter <= '9') ||
               (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
    };
    const auto is_zone_sign = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
               (letter >= 'A' && letter <= 'Z') || letter == '.' || letter == '-' || letter == '_';
    };
    const std::string_view address = host.substr(0, zone);
    const std::string_view name = host.substr(std::min(zone + 1, host.size()));
    if (address.find(':') == std::string_view::npos ||
        !std::all_of(address.begin(), address.end(), is_address_sign) ||
        !std::all_of(name.begin(), name.end(), is_zone_sign))
        return std::nullopt;
    return std::string(host);
}

}  // namespace

std::optional<std::string> ascii_host(std::string_view host) {
    if (host.empty() || !utf8::valid(host))
        return std::nullopt;
    if (host.find(':') != std::string_view::npos)
        return ipv6_address(host);
    std::string ascii;
    for (const std::u32string& label : labels_of(host)) {
        const auto part = ascii_label(label);
        if (!part)
            return std::nullopt;
        ascii += (ascii.empty() ? "" : ".") + *part;
    }
    if (ascii.size() > longest_name)
        return std::nullopt;
    return ascii;
}

}  // namespace mail::net
