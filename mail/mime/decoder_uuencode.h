#pragma once
// uuencode, as a transfer encoding and as a block in a text: what stands between "begin" and "end".
// Lines whose blanks were cut off on the way are filled up; one check character more is ignored.

#include <cstdint>
#include <optional>
#include <string>

#include "mail/mime/decoder.h"

namespace mail::mime {

/// The file name of "begin 644 name" ("" if it has none), or nothing if this is no such line.
[[nodiscard]] std::optional<std::string_view> uuencode_begin(std::string_view line);
/// Whether a line of a block could be one: a length, and characters enough for it.
[[nodiscard]] bool is_uuencode_line(std::string_view line);
/// "end", with blanks behind it or not.
[[nodiscard]] bool is_uuencode_end(std::string_view line);

class UuencodeDecoder final : public Decoder {
public:
    [[nodiscard]] Result<void> feed(std::string_view raw, const Sink& sink) override;
    [[nodiscard]] Result<void> finish(const Sink& sink) override;
    [[nodiscard]] bool damaged() const override { return damaged_ || state_ != State::after; }

private:
    enum class State : std::uint8_t { before, inside, after };
    void take_line();

    State state_ = State::before;
    bool damaged_ = false;
    std::string line_;     ///< at most max_line octets
    std::string decoded_;  ///< of this feed()
};

}  // namespace mail::mime
