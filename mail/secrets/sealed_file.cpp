#include "mail/secrets/sealed_file.h"

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "mail/base/hash.h"

namespace mail {

namespace {

constexpr std::string_view title = "mailpoint secrets ";
constexpr std::string_view version = "1";
constexpr std::string_view cipher = "seal aes-256-gcm ";
constexpr std::string_view sum_mark = "sha256 ";
constexpr std::size_t packed_step = 256;

struct KnownMethod {
    sealing::Method method;
    std::string_view name;
    // A file from elsewhere must not take the memory or the day of who opens it: scrypt takes
    // 1 KiB times N.
    std::uint32_t least_work, most_work;
};
constexpr std::array known_methods{
    KnownMethod{sealing::Method::scrypt, "scrypt", 10, 20},
    KnownMethod{sealing::Method::pbkdf2_sha256, "pbkdf2-sha256", 1'000, 10'000'000}};

tl::unexpected<Error> refused(Cause cause, std::string reason) {
    return fail(cause, Layer::workspace, Reach::point, {{"reason", std::move(reason)}});
}

std::optional<unsigned> value_of_digit(char digit) {
    if (digit >= '0' && digit <= '9')
        return static_cast<unsigned>(digit - '0');
    if (digit >= 'a' && digit <= 'f')
        return static_cast<unsigned>(digit - 'a' + 10);
    return std::nullopt;
}

std::optional<std::string> from_hex(std::string_view hex) {
    std::string raw;
    for (; hex.size() >= 2; hex.remove_prefix(2)) {
        const auto high = value_of_digit(hex[0]), low = value_of_digit(hex[1]);
        if (!high || !low)
            return std::nullopt;
        raw += static_cast<char>(*high * 16 + *low);
    }
    if (!hex.empty())
        return std::nullopt;
    return raw;
}

/// Up to `end`, which goes with it.
std::string_view take_until(std::string_view& text, char end) {
    const std::size_t at = text.find(end);
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return taken;
}

std::optional<std::string> hex_after(std::string_view mark, std::string_view line) {
    return line.starts_with(mark) ? from_hex(line.substr(mark.size())) : std::nullopt;
}

void append_number(std::string& packed, std::size_t number) {
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        packed += static_cast<char>((number >> shift) & 0xFFU);
}

void append_text(std::string& packed, std::string_view text) {
    append_number(packed, text.size());
    packed += text;
}

std::optional<std::size_t> take_number(std::string_view& packed) {
    if (packed.size() < 4)
        return std::nullopt;
    std::size_t number = 0;
    for (const char octet : packed.substr(0, 4))
        number = number << 8U | static_cast<unsigned char>(octet);
    packed.remove_prefix(4);
    return number;
}

std::optional<std::string_view> take_text(std::string_view& packed) {
    const auto size = take_number(packed);
    if (!size || *size > packed.size())
        return std::nullopt;
    const std::string_view text = packed.substr(0, *size);
    packed.remove_prefix(*size);
    return text;
}

Result<sealing::Cost> parse_cost(std::string_view name, std::string_view digits) {
    for (const KnownMethod& known : known_methods) {
        if (name != known.name)
            continue;
        std::uint32_t work = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), work);
        if (error != std::errc() || end != digits.data() + digits.size() ||
            work < known.least_work || work > known.most_work)
            return refused(Cause::secrets_damaged, "cost of the key");
        return sealing::Cost{known.method, work};
    }
    return refused(Cause::secrets_newer, "key made by another method");
}

}  // namespace

std::string SealedFile::head() const {
    std::string head(title);
    head.append(version).append("\n");
    for (const KnownMethod& known : known_methods)
        if (known.method == cost.method)
            head.append("key ").append(known.name);
    head.append(" ").append(std::to_string(cost.work));
    head.append(" ").append(to_hex(raw_salt)).append("\n");
    return head.append(cipher).append(to_hex(raw_nonce)).append("\n");
}

std::string SealedFile::text() const {
    std::string text = head();
    text.append(to_hex(raw_sealed)).append("\n");
    const std::string sum = sha256_hex(text);
    return text.append(sum_mark).append(sum).append("\n");
}

Result<SealedFile> parse_sealed_file(std::string_view raw) {
    std::string_view rest = raw;
    if (!rest.starts_with(title))
        return refused(Cause::secrets_damaged, "first line");
    rest.remove_prefix(title.size());
    const std::string_view found = take_until(rest, '\n');
    const bool number = !found.empty() && found.size() < 6 &&
                        found.find_first_not_of("0123456789") == std::string_view::npos;
    if (number && found != version)
        return refused(Cause::secrets_newer, "version " + std::string(found));
    const std::size_t last = raw.rfind(sum_mark);
    if (!number || last == std::string_view::npos ||
        raw.substr(last) != std::string(sum_mark) + sha256_hex(raw.substr(0, last)) + "\n")
        return refused(Cause::secrets_damaged, "checksum");

    std::string_view key = take_until(rest, '\n');
    const bool has_key = take_until(key, ' ') == "key";
    const std::string_view method = take_until(key, ' ');
    auto cost = parse_cost(method, take_until(key, ' '));
    if (has_key && !cost)
        return tl::unexpected(std::move(cost.error()));
    auto salt = from_hex(key);
    auto nonce = hex_after(cipher, take_until(rest, '\n'));
    auto sealed = from_hex(take_until(rest, '\n'));
    if (!has_key || !salt || !nonce || !sealed)
        return refused(Cause::secrets_damaged, "form");
    SealedFile file{*cost, std::move(*salt), std::move(*nonce), std::move(*sealed)};
    // One way only to write the same, and nothing between the lines.
    if (file.raw_salt.size() != sealing::salt_size ||
        file.raw_nonce.size() != sealing::nonce_size ||
        file.raw_sealed.size() < sealing::tag_size || file.text() != raw)
        return refused(Cause::secrets_damaged, "form");
    return file;
}

Secret pack(const Secrets& secrets) {
    std::size_t size = 4;
    for (const auto& [name, secret] : secrets)
        size += 8 + name.size() + secret.reveal().size();
    size = (size + packed_step - 1) / packed_step * packed_step;
    std::string packed;
    // All at once: growing would leave copies behind.
    packed.reserve(size);
    append_number(packed, secrets.size());
    for (const auto& [name, secret] : secrets) {
        append_text(packed, name);
        append_text(packed, secret.reveal());
    }
    packed.resize(size);
    Secret all(packed);
    wipe(packed);
    return all;
}

Result<Secrets> unpack(const Secret& packed) {
    std::string_view rest = packed.reveal();
    Secrets secrets;
    const auto count = take_number(rest);
    bool whole = count.has_value();
    for (std::size_t i = 0; whole && i < *count; ++i) {
        const auto name = take_text(rest);
        const auto secret = name ? take_text(rest) : std::nullopt;
        whole = secret.has_value();
        if (whole)
            secrets.insert_or_assign(std::string(*name), Secret(*secret));
    }
    const bool only_padding = rest.find_first_not_of('\0') == std::string_view::npos;
    if (!whole || !only_padding)
        return refused(Cause::secrets_damaged, "content");
    return secrets;
}

}  // namespace mail
