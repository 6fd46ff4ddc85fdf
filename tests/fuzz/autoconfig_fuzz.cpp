// Settings that somebody else wrote: nothing, or a server that can be connected to, encrypted.

#include <cstddef>
#include <cstdint>
#include <string>

#include "mail/point/validate.h"
#include "mail/proposal/autoconfig.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string document(data, data + size);
    const auto settings = mail::proposal::settings_in(document, {"ala", "firma.example"});
    if (!settings)
        return 0;
    fuzz::require(mail::point::looks_like_server(settings->server), "a server is a server's name");
    fuzz::require(settings->port > 0 && settings->port <= 65535, "a port is one");
    fuzz::require(settings->encryption == mail::net::Encryption::tls ||
                      settings->encryption == mail::net::Encryption::starttls,
                  "clear text is never proposed");
    fuzz::require(!settings->login.empty(), "there is a login");
    return 0;
}
