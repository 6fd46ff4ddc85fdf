#pragma once
// A stranger's file name made into one component that is safe on the strictest system (Windows),
// wherever we run: a folder on a share is read by all of them. Pure.

#include <string>
#include <string_view>

namespace mail::mime {

/// Never empty, never "." or "..", no separator, no control or format character, no reserved device
/// name, no leading dot or dash, no trailing dot or blank, at most 200 octets of UTF-8 with the
/// extension kept, NFC for the Latin letters. `fallback_stem` names a part without name; `type`
/// gives a missing extension.
[[nodiscard]] std::string safe_file_name(std::string_view name, std::string_view fallback_stem,
                                         std::string_view type);

/// The stem and the extension with its dot ("" if none); "a.tar.gz" is "a.tar" and ".gz".
struct NameParts {
    std::string_view stem, extension;
};
[[nodiscard]] NameParts split_name(std::string_view name);

/// "faktura.pdf", 2 → "faktura (2).pdf".
[[nodiscard]] std::string numbered_name(std::string_view name, unsigned number);

/// The usual extension of a type, with its dot, or "".
[[nodiscard]] std::string_view extension_of(std::string_view type);

/// Equal for two names that are one on a file system that ignores case, normalises Unicode or drops
/// dots at the end.
[[nodiscard]] std::string key_on_any_disk(std::string_view name);

/// Something that programs go by: not the ".12" of "Faktura 3.12", not half a sentence.
[[nodiscard]] bool is_real_extension(std::string_view extension);

}  // namespace mail::mime
