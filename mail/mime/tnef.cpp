#include "mail/mime/tnef.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mail/base/ascii.h"
#include "mail/base/utf8.h"
#include "mail/mime/charset.h"

namespace mail::mime {
namespace {

// A file of a TNEF takes about fifty octets of attributes: more would be a bomb.
constexpr std::size_t max_files = 10'000;

constexpr std::uint32_t signature = 0x223E9F78;
// Attributes (MS-OXTNEF, 2.1.3.1): type in the upper half, id in the lower one.
constexpr std::uint32_t att_oem_codepage = 0x00069007;
constexpr std::uint32_t att_attach_rend_data = 0x00069002;
constexpr std::uint32_t att_attach_title = 0x00018010;
constexpr std::uint32_t att_attach_data = 0x0006800F;
constexpr std::uint32_t att_attachment = 0x00069005;
// Properties (MS-OXPROPS).
constexpr std::uint16_t pr_attach_data = 0x3701, pr_attach_filename = 0x3704,
                        pr_attach_method = 0x3705, pr_attach_long_filename = 0x3707,
                        pr_attach_mime_tag = 0x370E, pr_attach_content_id = 0x3712,
                        pr_display_name = 0x3001;
constexpr std::uint16_t type_string8 = 0x001E, type_unicode = 0x001F, type_object = 0x000D,
                        type_binary = 0x0102;
constexpr std::uint32_t method_embedded = 5, method_ole = 6;

/// Reads little-endian numbers; once it fails, all further reads give zeros and empty views.
class Cursor {
public:
    Cursor(std::string_view raw, std::size_t at) : raw_(raw), at_(std::min(at, raw.size())) {}
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] std::size_t left() const { return raw_.size() - at_; }

    std::string_view take(std::size_t octets) {
        if (failed_ || octets > left()) {
            failed_ = true;
            return {};
        }
        const std::string_view taken = raw_.substr(at_, octets);
        at_ += octets;
        return taken;
    }
    std::uint32_t u32() { return number(4); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }

private:
    std::uint32_t number(std::size_t octets) {
        const std::string_view taken = take(octets);
        std::uint32_t value = 0;
        for (std::size_t i = taken.size(); i-- > 0;)
            value = (value << 8) | static_cast<unsigned char>(taken[i]);
        return value;
    }

    std::string_view raw_;
    std::size_t at_;
    bool failed_ = false;
};

struct Property {
    std::uint16_t id = 0, type = 0;
    std::string_view value;       ///< the first one
    std::size_t value_begin = 0;  ///< where it stands in the whole
};

std::size_t fixed_octets(std::uint16_t type) {
    switch (type) {
    case 0x0005:  // double
    case 0x0006:  // currency
    case 0x0007:  // time of applications
    case 0x0014:  // 64 bits
    case 0x0040:  // time
        return 8;
    case 0x0048:  // class id
        return 16;
    default:  // 16 bits are padded, too
        return 4;
    }
}

bool has_length(std::uint16_t type) {
    return type == type_string8 || type == type_unicode || type == type_object ||
           type == type_binary;
}

std::size_t padded(std::size_t octets) {
    return (octets + 3) / 4 * 4;
}

/// Names of named properties (MS-OXTNEF, 2.1.3.4): passed over.
void skip_property_name(Cursor& cursor) {
    cursor.take(16);
    const std::uint32_t kind = cursor.u32();
    const std::uint32_t number_or_octets = cursor.u32();
    if (kind == 1)
        cursor.take(padded(number_or_octets));
}

Property read_property(Cursor& cursor) {
    Property property;
    const std::uint16_t type = cursor.u16();
    property.id = cursor.u16();
    property.type = type & 0x0FFF;
    if (property.id >= 0x8000)
        skip_property_name(cursor);
    const bool many = (type & 0x1000) != 0;
    const std::uint32_t count = many || has_length(property.type) ? cursor.u32() : 1;
    for (std::uint32_t i = 0; i < count && !cursor.failed(); ++i) {
        const std::size_t octets =
            has_length(property.type) ? cursor.u32() : fixed_octets(property.type);
        const std::size_t begin = cursor.at();
        const std::string_view value = cursor.take(octets);
        cursor.take(std::min(padded(octets) - octets, cursor.left()));
        if (i == 0) {
            property.value = value;
            property.value_begin = begin;
        }
    }
    return property;
}

std::uint32_t number_of(const Property& property) {
    return Cursor(property.value, 0).u32();
}

class Reader {
public:
    explicit Reader(std::string_view raw) : raw_(raw) {}
    std::vector<TnefFile> read();

private:
    void take_attribute(std::uint32_t id, std::string_view value, std::size_t begin);
    void take_properties(std::string_view value, std::size_t begin);
    void take_property(const Property& property, std::size_t begin, std::uint32_t method);
    [[nodiscard]] std::string text_of(std::string_view raw, std::uint16_t type) const;

    std::string_view raw_;
    std::string code_page_ = "windows-1252";
    std::vector<TnefFile> files_;
};

std::string Reader::text_of(std::string_view raw, std::uint16_t type) const {
    std::string text;
    if (type == type_unicode) {
        std::u16string units;
        for (std::size_t at = 0; at + 1 < raw.size(); at += 2)
            units += static_cast<char16_t>(Cursor(raw, at).u16());
        text = utf8::from_utf16(units);
    } else {
        text = to_utf8(raw, code_page_).text;
    }
    text.resize(std::min(text.find('\0'), text.size()));
    return text;
}

void Reader::take_property(const Property& property, std::size_t begin, std::uint32_t method) {
    TnefFile& file = files_.back();
    const auto text = [&] { return text_of(property.value, property.type); };
    switch (property.id) {
    case pr_attach_long_filename:
        file.name = text();
        break;
    case pr_attach_filename:
    case pr_display_name:
        if (file.name.empty())
            file.name = text();
        break;
    case pr_attach_mime_tag:
        file.type = lower_case(text());
        break;
    case pr_attach_content_id:
        file.content_id = text();
        break;
    case pr_attach_data:
        // An object begins with the id of its class.
        if (property.value.empty() || (property.type == type_object && property.value.size() < 16))
            break;
        file.begin = begin + property.value_begin + (property.type == type_object ? 16 : 0);
        file.octets = property.value.size() - (property.type == type_object ? 16 : 0);
        file.is_object = method == method_ole;
        file.is_message = method == method_embedded ||
                          (property.type == type_object && is_tnef(raw_.substr(file.begin)));
        break;
    default:
        break;
    }
}

void Reader::take_properties(std::string_view value, std::size_t begin) {
    Cursor cursor(value, 0);
    const std::uint32_t count = cursor.u32();
    std::vector<Property> properties;
    std::uint32_t method = 0;
    for (std::uint32_t i = 0; i < count && !cursor.failed(); ++i) {
        const Property property = read_property(cursor);
        if (cursor.failed())
            break;
        if (property.id == pr_attach_method)
            method = number_of(property);
        properties.push_back(property);
    }
    for (const Property& property : properties)
        take_property(property, begin, method);
}

void Reader::take_attribute(std::uint32_t id, std::string_view value, std::size_t begin) {
    if (id == att_oem_codepage) {
        code_page_ = "windows-" + std::to_string(Cursor(value, 0).u32());
        return;
    }
    if (id == att_attach_rend_data && files_.size() < max_files)
        files_.emplace_back();
    if (files_.empty())
        return;
    TnefFile& file = files_.back();
    if (id == att_attach_title) {
        file.name = text_of(value, type_string8);
    } else if (id == att_attach_data) {
        file.begin = begin;
        file.octets = value.size();
    } else if (id == att_attachment) {
        take_properties(value, begin);
    }
}

std::vector<TnefFile> Reader::read() {
    Cursor cursor(raw_, 6);
    while (cursor.left() > 0) {
        cursor.u8();  // of the message or of an attachment: the id says it as well
        const std::uint32_t id = cursor.u32();
        const std::uint32_t octets = cursor.u32();
        if (cursor.failed())
            break;
        const std::size_t begin = cursor.at();
        const std::string_view value = cursor.take(std::min<std::size_t>(octets, cursor.left()));
        take_attribute(id, value, begin);
        cursor.u16();  // a check sum, often wrong
    }
    return std::move(files_);
}

}  // namespace

bool is_tnef(std::string_view raw) {
    return Cursor(raw, 0).u32() == signature;
}

std::vector<TnefFile> read_tnef(std::string_view raw) {
    return is_tnef(raw) ? Reader(raw).read() : std::vector<TnefFile>();
}

}  // namespace mail::mime
