#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "mail/preview/shrinker.h"

namespace mail::preview {

namespace {

using Colours = std::array<std::array<std::uint8_t, 4>, 256>;

/// Octets in their order; 0 behind the end, which is remembered.
class Reader {
public:
    explicit Reader(std::string_view raw) : rest_(raw) {}
    std::uint8_t octet() {
        if (rest_.empty()) {
            is_over_ = true;
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::uint32_t number() {
        const std::uint32_t low = octet();
        return low | std::uint32_t{octet()} << 8;
    }
    std::string_view octets(std::size_t count) {
        is_over_ = is_over_ || count > rest_.size();
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(taken.size());
        return taken;
    }
    void skip_blocks() {
        while (const std::uint8_t size = octet())
            octets(size);
    }
    [[nodiscard]] bool is_over() const { return is_over_; }

private:
    std::string_view rest_;
    bool is_over_ = false;
};

/// Of as many bits as an octet of flags says.
void read_colours(Reader& reader, std::uint8_t flags, Colours& colours) {
    const std::size_t count = std::size_t{2} << (flags & 7U);
    for (std::size_t i = 0; i < count; ++i)
        colours[i] = {reader.octet(), reader.octet(), reader.octet(), 255};
}

/// Codes of changing length, the lowest bit first, out of blocks.
class Codes {
public:
    explicit Codes(Reader& reader) : reader_(reader) {}
    std::optional<std::uint32_t> next(unsigned bits) {
        while (held_ < bits) {
            if (left_ == 0)
                left_ = reader_.octet();
            if (left_ == 0 || reader_.is_over())
                return std::nullopt;
            --left_;
            value_ |= std::uint32_t{reader_.octet()} << held_;
            held_ += 8;
        }
        const std::uint32_t code = value_ & ((1U << bits) - 1);
        value_ >>= bits;
        held_ -= bits;
        return code;
    }

private:
    Reader& reader_;
    std::uint32_t value_ = 0;
    unsigned held_ = 0, left_ = 0;
};

/// LZW as GIF has it (GIF89a, appendix F).
class Strings {
public:
    explicit Strings(unsigned bits) : clear_(1U << bits), first_bits_(bits + 1) { reset(); }

    [[nodiscard]] unsigned bits() const { return bits_; }
    [[nodiscard]] bool clears(std::uint32_t code) const { return code == clear_; }
    [[nodiscard]] bool ends(std::uint32_t code) const { return code == clear_ + 1; }
    void reset() {
        count_ = clear_ + 2;
        bits_ = first_bits_;
        previous_ = none;
    }
    /// Appends what the code stands for to `pixels`, as far as there is room. False: no such code.
    bool add(std::uint32_t code, std::vector<std::uint8_t>& pixels, std::size_t room) {
        const bool is_new = code == count_ && previous_ != none;
        if (code >= count_ && !is_new)
            return false;
        std::uint32_t at = is_new ? previous_ : code;
        std::size_t size = 0;
        if (is_new)
            stack_[size++] = first_;
        for (; at >= clear_ + 2; at = prefix_[at])
            stack_[size++] = last_[at];
        first_ = static_cast<std::uint8_t>(at);
        stack_[size++] = first_;
        if (is_new)
            stack_[0] = first_;
        while (size > 0 && pixels.size() < room)
            pixels.push_back(stack_[--size]);
        learn(code);
        return true;
    }

private:
    void learn(std::uint32_t code) {
        if (previous_ != none && count_ < most) {
            prefix_[count_] = static_cast<std::uint16_t>(previous_);
            last_[count_] = first_;
            ++count_;
            if (count_ == 1U << bits_ && bits_ < 12)
                ++bits_;
        }
        previous_ = code;
    }
    static constexpr std::uint32_t most = 4096;
    static constexpr std::uint32_t none = ~0U;
    std::uint32_t clear_;
    unsigned first_bits_, bits_ = 0;
    std::uint32_t count_ = 0, previous_ = none;
    std::uint8_t first_ = 0;
    std::array<std::uint16_t, most> prefix_{};
    std::array<std::uint8_t, most> last_{};
    std::array<std::uint8_t, most + 1> stack_{};
};

struct Frame {
    std::uint32_t left = 0, top = 0;
    Size size;
    bool is_interlaced = false;
    std::vector<std::uint8_t> pixels;  ///< as far as they came
};

Decoded read_pixels(Reader& reader, Frame& frame, const Shrinker& to) {
    const unsigned bits = reader.octet();
    if (bits < 1 || bits > 8)
        return Decoded::broken;
    const std::size_t room = frame.size.pixels();
    frame.pixels.reserve(room);
    Codes codes(reader);
    Strings strings(bits);
    for (std::size_t count = 0; frame.pixels.size() < room; ++count) {
        const auto code = codes.next(strings.bits());
        if (!code || strings.ends(*code))
            break;
        if (strings.clears(*code))
            strings.reset();
        else if (!strings.add(*code, frame.pixels, room))
            break;
        if (count % 4096 == 0 && to.is_stopped())
            return Decoded::stopped;
    }
    if (frame.pixels.empty())
        return Decoded::broken;
    return frame.pixels.size() == room ? Decoded::whole : Decoded::damaged;
}

/// The place of a row among those that came.
std::vector<std::uint32_t> places_of_rows(const Frame& frame) {
    std::vector<std::uint32_t> places(frame.size.height);
    struct Pass {
        std::uint32_t first, step;
    };
    static constexpr Pass interlaced[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    std::uint32_t place = 0;
    for (const Pass& pass : interlaced)
        for (std::uint32_t y = pass.first; y < frame.size.height; y += pass.step)
            places[y] = place++;
    if (!frame.is_interlaced)
        for (std::uint32_t y = 0; y < frame.size.height; ++y)
            places[y] = y;
    return places;
}

Decoded draw(const Frame& frame, Size screen, const Colours& colours, Shrinker& to) {
    const auto places = places_of_rows(frame);
    std::vector<std::uint8_t> row(4 * std::size_t{screen.width});
    to.begin(screen, screen);
    for (std::uint32_t y = 0; y < screen.height; ++y) {
        std::fill(row.begin(), row.end(), std::uint8_t{0});
        const bool is_inside = y >= frame.top && y - frame.top < frame.size.height;
        for (std::uint32_t x = 0; is_inside && x < frame.size.width; ++x) {
            const std::size_t pixel = std::size_t{places[y - frame.top]} * frame.size.width + x;
            if (frame.left + x >= screen.width || pixel >= frame.pixels.size())
                break;
            const auto& colour = colours[frame.pixels[pixel]];
            std::copy(colour.begin(), colour.end(), row.data() + 4 * std::size_t{frame.left + x});
        }
        to.add_row(row.data());
        if (to.is_stopped())
            return Decoded::stopped;
    }
    return Decoded::whole;
}

/// Up to the first picture. Its colours; what is transparent in it.
std::optional<std::uint8_t> read_extension(Reader& reader) {
    constexpr std::uint8_t graphic_control = 0xF9;
    std::optional<std::uint8_t> transparent;
    if (reader.octet() == graphic_control) {
        const std::string_view control = reader.octets(reader.octet());
        if (control.size() >= 4 && (static_cast<std::uint8_t>(control[0]) & 1U) != 0)
            transparent = static_cast<std::uint8_t>(control[3]);
    }
    reader.skip_blocks();
    return transparent;
}

Decoded read_frame(Reader& reader, Size screen, Colours& colours,
                   std::optional<std::uint8_t> transparent, Shrinker& to) {
    Frame frame;
    frame.left = reader.number();
    frame.top = reader.number();
    frame.size.width = reader.number();
    frame.size.height = reader.number();
    const std::uint8_t flags = reader.octet();
    frame.is_interlaced = (flags & 0x40U) != 0;
    if ((flags & 0x80U) != 0)
        read_colours(reader, flags, colours);
    if (transparent)
        colours[*transparent] = {};
    if (screen.width == 0 || screen.height == 0)
        screen = {frame.left + frame.size.width, frame.top + frame.size.height};
    for (const Size size : {frame.size, screen})
        if (const Decoded fits = to.check(size); fits != Decoded::whole)
            return fits;
    if (frame.size.pixels() > to.limits().memory_octets)
        return Decoded::too_large;
    const Decoded read = read_pixels(reader, frame, to);
    if (read != Decoded::whole && read != Decoded::damaged)
        return read;
    const Decoded drawn = draw(frame, screen, colours, to);
    return drawn == Decoded::whole ? read : drawn;
}

}  // namespace

Decoded decode_gif(std::string_view raw, Shrinker& to) {
    Reader reader(raw);
    reader.octets(6);
    Size screen;
    screen.width = reader.number();
    screen.height = reader.number();
    const std::uint8_t flags = reader.octet();
    reader.octets(2);
    Colours colours{};
    if ((flags & 0x80U) != 0)
        read_colours(reader, flags, colours);
    std::optional<std::uint8_t> transparent;
    constexpr std::uint8_t extension = 0x21;
    constexpr std::uint8_t image = 0x2C;
    while (!reader.is_over()) {
        const std::uint8_t block = reader.octet();
        if (block == image)
            return read_frame(reader, screen, colours, transparent, to);
        if (block != extension)
            break;
        const auto said = read_extension(reader);
        transparent = said ? said : transparent;
    }
    return Decoded::broken;
}

}  // namespace mail::preview
