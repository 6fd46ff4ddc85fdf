#include "mail/base/secret.h"

#include <utility>

namespace mail {

void wipe(std::string& text) {
    // A volatile pointer, so that the compiler can't see that nobody reads the zeros.
    volatile char* at = text.data();
    for (std::size_t i = 0; i < text.capacity(); ++i)
        at[i] = 0;
    text.clear();
}

Secret::Secret(std::string_view text) : text_(text) {}
Secret::Secret(const Secret& other) = default;

// A short string lives inside the object, so moving copies it: the source must be wiped, too.
Secret::Secret(Secret&& other) noexcept : text_(std::move(other.text_)) {
    wipe(other.text_);
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe(text_);
        text_ = other.text_;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe(text_);
        text_ = std::move(other.text_);
        wipe(other.text_);
    }
    return *this;
}

Secret::~Secret() {
    wipe(text_);
}

}  // namespace mail
