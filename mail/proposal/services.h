#pragma once
// The settings among the records of a domain. Pure. Private to mail/proposal.

#include <optional>

#include "mail/net/dns.h"
#include "mail/proposal/proposal.h"

namespace mail::proposal {

/// RFC 6186, 3.4: the least priority counts, at the same one TLS from the first byte goes before
/// STARTTLS. Where RFC 2782 would draw lots, the largest weight: a definition keeps one server.
[[nodiscard]] std::optional<Proposal> by_services(const point::AddressParts& address,
                                                  const net::MailRecords& records);
/// By the most preferred exchanger that the table knows.
[[nodiscard]] std::optional<Proposal> by_exchangers(const point::AddressParts& address,
                                                    const net::MailRecords& records);

}  // namespace mail::proposal
