#pragma once
// The settings for an e-mail address: from the program's table, else from DNS (RFC 6186; the mail
// exchanger), else from what the domain publishes over HTTPS, else from Mozilla's data base. Each
// is asked only if those before it know nothing, so that little of the address gets about:
// docs/privacy.md says who hears what.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/base/wait.h"
#include "mail/proposal/proposal.h"

namespace mail::proposal {

/// A web address that may have a document; holes {domain} and {address}.
struct Place {
    Source source = Source::autoconfig;
    std::string url;
};
/// The domain's own two, then the third party's, which gets the domain only.
[[nodiscard]] std::vector<Place> usual_places();

/// Where to ask; tests have their own.
struct Setup {
    std::string name_servers;  ///< as net::mail_records takes them; "": the system's
    std::vector<Place> places = usual_places();
    std::optional<std::string> ca_file;  ///< in place of the system's certificates
};

/// Where nobody knows anything, or nobody can be reached, a guess. Errors: point_invalid where it
/// is none (nothing is asked then), cancelled.
[[nodiscard]] Result<Proposal> propose(std::string_view address, const Setup& setup,
                                       const Wait& wait);

}  // namespace mail::proposal
