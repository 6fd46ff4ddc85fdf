#pragma once
// quoted-printable (RFC 2045, 6.7), lenient: "=" that begins no code stays as it is, blanks at the
// end of a line were added on the way and go, a soft break at the very end is no data.

#include <cstdint>
#include <string>

#include "mail/mime/decoder.h"

namespace mail::mime {

class QuotedPrintableDecoder final : public Decoder {
public:
    [[nodiscard]] Result<void> feed(std::string_view raw, const Sink& sink) override;
    [[nodiscard]] Result<void> finish(const Sink& sink) override;
    [[nodiscard]] bool damaged() const override { return damaged_; }

private:
    enum class State : std::uint8_t {
        data,        ///< `held_` are blanks that may end the line
        equals,      ///< "="
        hex,         ///< "=" and one hexadecimal digit in `held_`
        soft_break,  ///< "=" and the blanks in `held_`
        soft_cr,     ///< "=", blanks and CR
    };
    void take(char octet);
    void take_data(char octet);
    void give_back(char octet);

    State state_ = State::data;
    bool damaged_ = false;
    std::string held_;     ///< at most max_held octets
    std::string decoded_;  ///< of this feed()
};

}  // namespace mail::mime
