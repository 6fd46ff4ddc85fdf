#include "mail/point/slug.h"

#include "mail/base/utf8.h"

namespace mail::point {

namespace {

constexpr std::size_t max_slug_letters = 40;

}  // namespace

std::string slug_of(std::string_view name, std::string_view otherwise) {
    std::string slug;
    for (const char c : utf8::unaccented(name)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain && slug.size() < max_slug_letters)
            slug += c;
        else if (!plain && !slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    return slug.empty() ? std::string(otherwise) : slug;
}

}  // namespace mail::point
