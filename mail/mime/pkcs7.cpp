#include "mail/mime/pkcs7.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "mail/mime/inflate.h"

namespace mail::mime {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::uint8_t tag_integer = 0x02, tag_octets = 0x04, tag_oid = 0x06, tag_sequence = 0x30,
                       tag_set = 0x31, tag_content = 0xA0, constructed = 0x20;
constexpr std::string_view oid_signed_data = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
constexpr std::string_view oid_compressed_data = "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09";
constexpr std::size_t max_depth = 64;

struct Element {
    std::uint8_t tag = 0;
    bool indefinite = false;
    std::size_t begin = 0, end = 0;  ///< of its content; end is that of the input if indefinite
    [[nodiscard]] bool is_end_mark() const { return tag == 0 && begin == end; }
};

/// Goes through nested elements from the outside in; sticky failure.
class BerReader {
public:
    explicit BerReader(std::string_view raw) : raw_(raw) {}
    [[nodiscard]] bool failed() const { return failed_; }

    /// The header of the next element; the cursor stands at its content.
    Element header();
    /// Into a constructed element.
    void enter(std::uint8_t tag) { failed_ = header().tag != tag || failed_; }
    /// Over an element, whatever is in it.
    void skip(std::uint8_t tag);
    std::string_view oid();
    /// An OCTET STRING, in one piece or in many.
    std::optional<std::string> octets(std::size_t max_octets);

private:
    std::string_view raw_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

Element BerReader::header() {
    Element element;
    if (failed_ || at_ + 2 > raw_.size()) {
        failed_ = true;
        return element;
    }
    element.tag = static_cast<std::uint8_t>(raw_[at_++]);
    const auto first = static_cast<std::uint8_t>(raw_[at_++]);
    std::uint64_t length = first;
    if (first == 0x80) {
        element.indefinite = true;
        length = raw_.size();
    } else if (first > 0x80) {
        length = 0;
        for (int i = first & 0x7F; i > 0 && !failed_; --i) {
            failed_ = at_ >= raw_.size() || length > 0xFFFFFFFFU;
            if (!failed_)
                length = (length << 8) | static_cast<std::uint8_t>(raw_[at_++]);
        }
    }
    element.begin = at_;
    // A cut message still has the content that is there.
    element.end =
        at_ + static_cast<std::size_t>(std::min<std::uint64_t>(length, raw_.size() - at_));
    return element;
}

void BerReader::skip(std::uint8_t tag) {
    const Element element = header();
    failed_ = failed_ || element.tag != tag;
    if (!element.indefinite) {
        at_ = element.end;
        return;
    }
    for (std::size_t open = 1; open > 0 && !failed_;) {
        const Element inner = header();
        if (inner.is_end_mark())
            --open;
        else if (inner.indefinite)
            ++open;
        else
            at_ = inner.end;
    }
}

std::string_view BerReader::oid() {
    const Element element = header();
    failed_ = failed_ || element.tag != tag_oid || element.indefinite;
    at_ = element.end;
    return failed_ ? std::string_view() : raw_.substr(element.begin, element.end - element.begin);
}

std::optional<std::string> BerReader::octets(std::size_t max_octets) {
    std::string content;
    std::vector<Element> open;
    do {
        while (!open.empty() && !open.back().indefinite && at_ >= open.back().end)
            open.pop_back();
        if (!content.empty() && (open.empty() || at_ >= raw_.size()))
            break;
        const Element element = header();
        if (failed_)
            break;
        if (element.tag == (tag_octets | constructed) && open.size() < max_depth) {
            open.push_back(element);
        } else if (element.tag == tag_octets && !element.indefinite) {
            if (content.size() + (element.end - element.begin) > max_octets)
                return std::nullopt;
            content += raw_.substr(element.begin, element.end - element.begin);
            at_ = element.end;
        } else if (element.is_end_mark() && !open.empty()) {
            open.pop_back();
        } else {
            failed_ = true;
        }
    } while (!open.empty() && !failed_);
    return failed_ && content.empty() ? std::nullopt : std::optional(std::move(content));
}

}  // namespace

std::optional<std::string> pkcs7_content(std::string_view raw, std::size_t max_octets) {
    BerReader reader(raw);
    reader.enter(tag_sequence);
    const std::string_view kind = reader.oid();
    reader.enter(tag_content);
    reader.enter(tag_sequence);
    reader.skip(tag_integer);
    const bool compressed = kind == oid_compressed_data;
    if (kind != oid_signed_data && !compressed)
        return std::nullopt;
    reader.skip(compressed ? tag_sequence : tag_set);  // the algorithms
    reader.enter(tag_sequence);
    static_cast<void>(reader.oid());
    reader.enter(tag_content);
    if (reader.failed())
        return std::nullopt;
    std::optional<std::string> content = reader.octets(max_octets);
    if (!content || !compressed)
        return content;
    return inflate_zlib(*content, max_octets);
}

bool may_be_pkcs7_content(std::string_view first_octets) {
    BerReader reader(first_octets);
    reader.enter(tag_sequence);
    const std::string_view kind = reader.oid();
    return kind == oid_signed_data || kind == oid_compressed_data;
}

}  // namespace mail::mime
