#pragma once
// Transfer encodings (RFC 2045, 6), decoded as they stream: any split of the input gives the same
// output, the state is a few octets, time is linear, and nothing makes it fail: damage is skipped
// and told.

#include <memory>
#include <string>
#include <string_view>

#include "mail/mime/source.h"

namespace mail::mime {

class Decoder {
public:
    virtual ~Decoder() = default;
    [[nodiscard]] virtual Result<void> feed(std::string_view raw, const Sink& sink) = 0;
    [[nodiscard]] virtual Result<void> finish(const Sink& sink) = 0;
    /// Something was skipped or cut.
    [[nodiscard]] virtual bool damaged() const = 0;
};

/// "base64", "quoted-printable", "x-uuencode" (and its other names); everything else passes as it
/// is.
[[nodiscard]] std::unique_ptr<Decoder> make_decoder(std::string_view encoding);
/// 7bit, 8bit, binary, "": the octets are the data.
[[nodiscard]] bool is_identity(std::string_view encoding);

}  // namespace mail::mime
