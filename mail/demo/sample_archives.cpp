#include "mail/demo/sample_archives.h"

#include <numeric>
#include <string_view>

#include "mail/base/utf8.h"
#include "mail/demo/checksums.h"

namespace mail::demo {
namespace {

std::uint32_t size_of(std::string_view raw) {
    return static_cast<std::uint32_t>(raw.size());
}

/// What the local header and the directory of a ZIP say alike about an entry: version, flags
/// (names are UTF-8), method, a fixed time (18 November 2026, 09:00), check sum, sizes.
std::string zip_entry(const ContainedFile& file) {
    constexpr std::uint32_t time = 9 << 11;
    constexpr std::uint32_t date = (2026 - 1980) << 9 | 11 << 5 | 18;
    return little_endian(20, 2) + little_endian(0x0800, 2) + little_endian(0, 2) +
           little_endian(time, 2) + little_endian(date, 2) + little_endian(crc32(file.raw), 4) +
           little_endian(size_of(file.raw), 4) + little_endian(size_of(file.raw), 4) +
           little_endian(size_of(file.name), 2) + little_endian(0, 2);
}

enum class TnefLevel : char { message = 1, attachment = 2 };

std::string tnef_attribute(TnefLevel level, std::uint32_t id, std::string_view data) {
    const unsigned sum = std::accumulate(data.begin(), data.end(), 0U, [](unsigned total, char c) {
        return total + static_cast<unsigned char>(c);
    });
    std::string raw(1, static_cast<char>(level));
    raw += little_endian(id, 4) + little_endian(size_of(data), 4);
    raw += data;
    return raw + little_endian(sum & 0xFFFFU, 2);
}

std::string unicode_property(std::uint32_t id, std::string_view text) {
    std::string value;
    for (const char16_t unit : utf8::to_utf16(text))
        value += little_endian(unit, 2);
    value += little_endian(0, 2);
    const std::string padding((4 - value.size() % 4) % 4, '\0');
    return little_endian(0x001F, 2) + little_endian(id, 2) + little_endian(1, 4) +
           little_endian(size_of(value), 4) + value + padding;
}

std::string tnef_attachment(const ContainedFile& file, std::size_t number) {
    constexpr std::uint32_t rendering = 0x00069002;
    constexpr std::uint32_t title = 0x00018010;
    constexpr std::uint32_t data = 0x0006800F;
    constexpr std::uint32_t properties = 0x00069005;
    constexpr std::uint32_t long_filename = 0x3707;
    const auto place = TnefLevel::attachment;
    const std::string extension = file.name.substr(file.name.rfind('.'));
    const std::string short_name = "ZALACZ~" + std::to_string(number) + extension;
    return tnef_attribute(place, rendering,
                          little_endian(1, 2) + little_endian(0xFFFFFFFF, 4) +
                              little_endian(32, 2) + little_endian(32, 2) + little_endian(0, 4)) +
           tnef_attribute(place, title, short_name + '\0') + tnef_attribute(place, data, file.raw) +
           tnef_attribute(place, properties,
                          little_endian(1, 4) + unicode_property(long_filename, file.name));
}

}  // namespace

std::string zip_archive(const std::vector<ContainedFile>& files) {
    std::string raw;
    std::string directory;
    for (const ContainedFile& file : files) {
        const std::string entry = zip_entry(file);
        directory += "PK\x01\x02" + little_endian(20, 2) + entry + little_endian(0, 2) +
                     little_endian(0, 2) + little_endian(0, 2) + little_endian(0, 4) +
                     little_endian(size_of(raw), 4) + file.name;
        raw += "PK\x03\x04" + entry + file.name + file.raw;
    }
    const auto count = static_cast<std::uint32_t>(files.size());
    return raw + directory + "PK\x05\x06" + little_endian(0, 4) + little_endian(count, 2) +
           little_endian(count, 2) + little_endian(size_of(directory), 4) +
           little_endian(size_of(raw), 4) + little_endian(0, 2);
}

std::string winmail_dat(const std::vector<ContainedFile>& files) {
    constexpr std::uint32_t signature = 0x223E9F78;
    constexpr std::uint32_t version = 0x00089006;
    constexpr std::uint32_t code_page = 0x00069007;
    constexpr std::uint32_t message_class = 0x00078008;
    const auto place = TnefLevel::message;
    std::string raw =
        little_endian(signature, 4) + little_endian(1, 2) +
        tnef_attribute(place, version, little_endian(0x00010000, 4)) +
        tnef_attribute(place, code_page, little_endian(1250, 4) + little_endian(0, 4)) +
        tnef_attribute(place, message_class, std::string("IPM.Microsoft Mail.Note") + '\0');
    for (std::size_t i = 0; i < files.size(); ++i)
        raw += tnef_attachment(files[i], i + 1);
    return raw;
}

}  // namespace mail::demo
