#pragma once
// winmail.dat: what Outlook sends in place of a mail's parts (MS-OXTNEF). Only the files in it
// matter to us; they are told as ranges, nothing is copied. Pure; whatever is cut or damaged ends
// the list there.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mail::mime {

struct TnefFile {
    std::string name;        ///< UTF-8, "" if it has none
    std::string type;        ///< by its own word, lower case, or ""
    std::string content_id;  ///< ""
    std::size_t begin = 0, octets = 0;
    bool is_message = false;  ///< a message in the message: a TNEF stream again
    bool is_object = false;   ///< OLE: something drawn in the text, no file
};

[[nodiscard]] bool is_tnef(std::string_view raw);

/// In their order. Nothing if `raw` is no TNEF.
[[nodiscard]] std::vector<TnefFile> read_tnef(std::string_view raw);

}  // namespace mail::mime
