#pragma once
// What can be wrong with a sign-in, told apart by what the provider says: the classes of RFC 6749
// and the numbers and words of single providers (faults.def, codes.def). The words for people are
// gui/text's. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/base/result.h"

namespace mail::oauth {

/// Who can mend it.
enum class Remedy : std::uint8_t {
    sign_in,        ///< the person, by signing in again
    account,        ///< the person, at the account: password, lock, another one
    administrator,  ///< of the organisation
    configuration,  ///< of the point or of the program's registration
    later           ///< nobody: it is tried again
};

enum class Fault : std::uint8_t {
#define FAULT(name, remedy) name,
#include "mail/oauth/faults.def"
};
[[nodiscard]] std::string_view name_of(Fault fault);
[[nodiscard]] std::optional<Fault> fault_named(std::string_view name);
[[nodiscard]] Remedy remedy_of(Fault fault);

/// An `error` of RFC 6749 (4.1.2.1, 5.2), RFC 8628 (3.5) or OpenID Connect Core (3.1.2.6) and what
/// came with it.
struct Refusal {
    std::string error, suberror, description;
    std::string number;              ///< Microsoft's, without AADSTS
    std::string trace, correlation;  ///< for its support
    long status = 0;                 ///< of HTTP, 0 where it came by redirect
};
/// The number decides where it is known, else the error's class does.
[[nodiscard]] Fault fault_of(const Refusal& refusal);
/// A number of Microsoft's, or a word of anybody's, that stands in the tables: what people read in
/// the browser. Nothing where none does.
[[nodiscard]] std::optional<Fault> fault_of_code(std::string_view code);

/// Cause sign_in_fault, or provider_busy where the remedy is `later`; facts "fault", "error",
/// "suberror", "number", "trace", "correlation", "status" and "server_said".
[[nodiscard]] Error error_of(const Refusal& refusal);
/// Found by ourselves.
[[nodiscard]] Error error_of(Fault fault, Facts facts = {});

/// "AADSTS50011: The redirect…": the number; "" where there is none.
[[nodiscard]] std::string number_in(std::string_view description);

}  // namespace mail::oauth
