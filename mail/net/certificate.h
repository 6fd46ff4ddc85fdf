#pragma once
// Certificates out of the labelled lines that libcurl gives (CURLINFO_CERTINFO). Pure. Private to
// mail/net.

#include <string>
#include <vector>

#include "mail/net/connection.h"

namespace mail::net {

/// `lines` are those of one certificate, "Label:value", the last one its PEM form ("Cert:").
/// OpenSSL and Schannel builds of libcurl differ in the case of the labels; Schannel's gives no
/// names.
[[nodiscard]] Certificate certificate_of(const std::vector<std::string>& lines);

/// The octets between the first pair of PEM borders; empty if there are none.
[[nodiscard]] std::string der_of_pem(std::string_view pem);

}  // namespace mail::net
