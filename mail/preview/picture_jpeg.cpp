#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

#include <jerror.h>

#include "mail/preview/shrinker.h"

namespace mail::preview {

namespace {

// The library leaves by longjmp: between its calls and the setjmp there are only C's frames and
// these, which have nothing to destroy.
struct Decoding {
    jpeg_decompress_struct library;
    jpeg_error_mgr errors;
    jpeg_progress_mgr progress;
    std::jmp_buf escape;
    Shrinker* to;
    std::vector<std::uint8_t>* row;
    Decoded why;
};

Decoding& decoding_of(j_common_ptr library) {
    return *static_cast<Decoding*>(library->client_data);
}

[[noreturn]] void leave(Decoding& decoding, Decoded why) {
    decoding.why = why;
    std::longjmp(decoding.escape, 1);  // NOLINT(cert-err52-cpp): the library's only way out
}

[[noreturn]] void on_error(j_common_ptr library) {
    const int code = library->err->msg_code;
    const bool memory = code == JERR_OUT_OF_MEMORY || code == JERR_NO_BACKING_STORE ||
                        code == JERR_IMAGE_TOO_BIG || code == JERR_WIDTH_OVERFLOW;
    leave(decoding_of(library), memory ? Decoded::too_large : Decoded::broken);
}

void on_message(j_common_ptr library, int level) {
    if (level < 0)
        ++library->err->num_warnings;
}

void no_output(j_common_ptr /*library*/) {}

/// A small file can order the same picture to be refined for hours.
void on_progress(j_common_ptr library) {
    constexpr int most_scans = 200;
    Decoding& decoding = decoding_of(library);
    if (decoding.to->is_stopped())
        leave(decoding, Decoded::stopped);
    if (decoding.library.input_scan_number > most_scans)
        leave(decoding, Decoded::too_large);
}

/// The library makes it 2, 4 or 8 times smaller for less than nothing, as long as it stays at least
/// as large as wanted.
unsigned divisor_for(Size size, std::uint32_t side) {
    unsigned divisor = 1;
    while (divisor < 8 && std::max(size.width, size.height) / (2 * divisor) >= side)
        divisor *= 2;
    return divisor;
}

/// Of printing: as Adobe's programs write it, with all values turned round.
void rgba_of_cmyk(std::uint8_t* pixels, std::size_t count) {
    for (; count > 0; --count, pixels += 4) {
        const unsigned black = pixels[3];
        for (int i = 0; i < 3; ++i)
            pixels[i] = static_cast<std::uint8_t>(pixels[i] * black / 255);
        pixels[3] = 255;
    }
}

Decoded read_header(Decoding& decoding, Size& size) {
    jpeg_decompress_struct& jpeg = decoding.library;
    jpeg_read_header(&jpeg, TRUE);
    size = {jpeg.image_width, jpeg.image_height};
    return decoding.to->check(size);
}

void read_rows(Decoding& decoding, Size size) {
    jpeg_decompress_struct& jpeg = decoding.library;
    const bool is_cmyk = jpeg.jpeg_color_space == JCS_CMYK || jpeg.jpeg_color_space == JCS_YCCK;
    jpeg.out_color_space = is_cmyk ? JCS_CMYK : JCS_EXT_RGBA;
    jpeg.scale_num = 1;
    jpeg.scale_denom = divisor_for(size, decoding.to->limits().side);
    jpeg.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&jpeg);
    decoding.to->begin({jpeg.output_width, jpeg.output_height}, size);
    decoding.row->resize(4 * std::size_t{jpeg.output_width});
    JSAMPROW row = decoding.row->data();
    while (jpeg.output_scanline < jpeg.output_height) {
        jpeg_read_scanlines(&jpeg, &row, 1);
        if (is_cmyk)
            rgba_of_cmyk(row, jpeg.output_width);
        decoding.to->add_row(row);
    }
}

Decoded run(Decoding& decoding, std::string_view raw) {
    // NOLINTNEXTLINE(cert-err52-cpp): see leave()
    if (setjmp(decoding.escape) != 0)
        return decoding.why;
    jpeg_decompress_struct& jpeg = decoding.library;
    jpeg_create_decompress(&jpeg);
    jpeg.progress = &decoding.progress;
    jpeg.mem->max_memory_to_use = static_cast<long>(decoding.to->limits().memory_octets);
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(raw.data()),
                 static_cast<unsigned long>(raw.size()));
    Size size;
    if (const Decoded fits = read_header(decoding, size); fits != Decoded::whole)
        return fits;
    read_rows(decoding, size);
    return decoding.errors.num_warnings > 0 ? Decoded::damaged : Decoded::whole;
}

}  // namespace

Decoded decode_jpeg(std::string_view raw, Shrinker& to) {
    std::vector<std::uint8_t> row;
    Decoding decoding{};
    decoding.library.err = jpeg_std_error(&decoding.errors);
    decoding.library.client_data = &decoding;
    decoding.errors.error_exit = on_error;
    decoding.errors.emit_message = on_message;
    decoding.errors.output_message = no_output;
    decoding.progress.progress_monitor = on_progress;
    decoding.to = &to;
    decoding.row = &row;
    const Decoded outcome = run(decoding, raw);
    jpeg_destroy_decompress(&decoding.library);
    return outcome;
}

}  // namespace mail::preview
