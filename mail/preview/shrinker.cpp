#include "mail/preview/shrinker.h"

#include <algorithm>
#include <utility>

namespace mail::preview {

namespace {

// Of every kind but BMP and PNG the format has no more.
constexpr std::uint32_t longest_side = 65'535;

std::uint32_t scaled(std::uint32_t at, std::uint32_t from, std::uint32_t to) {
    return static_cast<std::uint32_t>(std::uint64_t{at} * to / from);
}

std::uint8_t mean(std::uint64_t sum, std::uint64_t count) {
    return static_cast<std::uint8_t>((sum + count / 2) / count);
}

}  // namespace

Size fitted(Size size, std::uint32_t side) {
    const std::uint32_t longer = std::max(size.width, size.height);
    if (longer <= side)
        return size;
    return {std::max(1U, scaled(size.width, longer, side)),
            std::max(1U, scaled(size.height, longer, side))};
}

Decoded Shrinker::check(Size size) const {
    if (size.width == 0 || size.height == 0)
        return Decoded::broken;
    const bool fits = size.width <= longest_side && size.height <= longest_side &&
                      size.pixels() <= limits_.pixels;
    return fits ? Decoded::whole : Decoded::too_large;
}

bool Shrinker::is_stopped() const {
    return wait_.stopped() || wait_.now() >= wait_.deadline;
}

void Shrinker::begin(Size rows, Size original) {
    rows_ = rows;
    const Size small = fitted(rows, limits_.side);
    set(small, original, std::vector<std::uint8_t>(4 * small.pixels()));
    columns_.resize(rows.width);
    for (std::uint32_t x = 0; x < rows.width; ++x)
        columns_[x] = scaled(x, rows.width, small.width);
    sums_.assign(small.width, {});
    row_ = result_ = 0;
}

void Shrinker::add_row(const std::uint8_t* rgba) {
    if (row_ >= rows_.height)
        return;
    const std::uint32_t result = scaled(row_, rows_.height, picture_.height);
    if (result != result_)
        end_row();
    result_ = result;
    ++row_;
    for (const std::uint32_t column : columns_) {
        Sum& sum = sums_[column];
        const std::uint64_t alpha = rgba[3];
        sum.red += rgba[0] * alpha;
        sum.green += rgba[1] * alpha;
        sum.blue += rgba[2] * alpha;
        sum.alpha += alpha;
        ++sum.count;
        rgba += 4;
    }
}

void Shrinker::end_row() {
    std::uint8_t* to = picture_.rgba.data() + 4 * std::size_t{result_} * picture_.width;
    for (Sum& sum : sums_) {
        if (sum.alpha > 0) {
            to[0] = mean(sum.red, sum.alpha);
            to[1] = mean(sum.green, sum.alpha);
            to[2] = mean(sum.blue, sum.alpha);
            to[3] = mean(sum.alpha, sum.count);
        }
        to += 4;
        sum = {};
    }
}

void Shrinker::set(Size size, Size original, std::vector<std::uint8_t> rgba) {
    picture_.width = size.width;
    picture_.height = size.height;
    picture_.original_width = original.width;
    picture_.original_height = original.height;
    picture_.rgba = std::move(rgba);
}

Picture Shrinker::take() {
    if (row_ > 0)
        end_row();
    row_ = 0;
    return std::move(picture_);
}

}  // namespace mail::preview
