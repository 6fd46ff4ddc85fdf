#pragma once
// A password or token: never printed, never compared in logs, wiped when it dies. Reading it takes
// a call whose name says so; there is no operator<< and no conversion on purpose.

#include <string>
#include <string_view>

namespace mail {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text);
    Secret(const Secret& other);
    Secret(Secret&& other) noexcept;
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();

    [[nodiscard]] bool empty() const { return text_.empty(); }
    /// The text itself, valid while this object is unchanged. Don't copy it into a plain string
    /// without wiping that.
    [[nodiscard]] std::string_view reveal() const { return text_; }

private:
    std::string text_;
};

/// Overwrites the octets of `text` (in a way that is not optimised away) and empties it.
void wipe(std::string& text);

}  // namespace mail
