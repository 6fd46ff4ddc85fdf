#pragma once
// What DNS says about the mail of a domain, which no call of the system's tells: services (RFC
// 2782, with the names of RFC 6186) and mail exchangers. c-ares asks and reads the answers; nobody
// vouches for them (no DNSSEC).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/wait.h"

namespace mail::net {

/// One SRV record.
struct Service {
    std::string target;  ///< "": the domain says that it has no such service (target ".")
    std::uint16_t port = 0, priority = 0, weight = 0;
};

struct MailRecords {
    std::vector<Service> imaps, imap;     ///< of _imaps._tcp and _imap._tcp, as they came
    std::vector<std::string> exchangers;  ///< hosts of MX, lower case, the preferred first
};

/// Asks for all three at once; what was not answered is left out as if it were not there. `domain`
/// is UTF-8. `name_servers`: "address:port" with commas between; "": the system's. Errors:
/// bad_host_name, cancelled; dns_unavailable or deadline where no question was answered.
[[nodiscard]] Result<MailRecords> mail_records(std::string_view domain,
                                               const std::string& name_servers, const Wait& wait);

}  // namespace mail::net
