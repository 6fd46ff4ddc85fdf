#include "mail/mime/decoder.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "mail/mime/decoder_base64.h"
#include "mail/mime/decoder_quoted.h"
#include "mail/mime/decoder_uuencode.h"

namespace mail::mime {
namespace {

class IdentityDecoder final : public Decoder {
public:
    [[nodiscard]] Result<void> feed(std::string_view raw, const Sink& sink) override {
        return raw.empty() ? Result<void>{} : sink(raw);
    }
    [[nodiscard]] Result<void> finish(const Sink&) override { return {}; }
    [[nodiscard]] bool damaged() const override { return false; }
};

/// Lower case, without what is put around it by mistake ("base64;", "\"base64\"").
std::string bare(std::string_view encoding) {
    std::string name;
    for (const char octet : encoding.substr(0, 64)) {
        if (octet == ';' || octet == '(')
            break;
        if (octet > ' ' && octet != '"')
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(octet)));
    }
    return name;
}

}  // namespace

std::unique_ptr<Decoder> make_decoder(std::string_view encoding) {
    const std::string name = bare(encoding);
    if (name == "base64")
        return std::make_unique<Base64Decoder>();
    if (name == "quoted-printable")
        return std::make_unique<QuotedPrintableDecoder>();
    if (name == "x-uuencode" || name == "uuencode" || name == "x-uue" || name == "uue")
        return std::make_unique<UuencodeDecoder>();
    return std::make_unique<IdentityDecoder>();
}

bool is_identity(std::string_view encoding) {
    // What nearly every part says.
    if (encoding == "base64" || encoding == "quoted-printable")
        return false;
    const std::string name = bare(encoding);
    return name.empty() || name == "7bit" || name == "8bit" || name == "binary";
}

}  // namespace mail::mime
