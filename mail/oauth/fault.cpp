#include "mail/oauth/fault.h"

#include <algorithm>
#include <array>

namespace mail::oauth {

namespace {

struct Row {
    std::string_view name;
    Remedy remedy;
};
constexpr auto rows = std::to_array<Row>({
#define FAULT(name, remedy) {#name, Remedy::remedy},
#include "mail/oauth/faults.def"
});

struct Code {
    std::string_view code;
    Fault fault;
};
constexpr auto numbers = std::to_array<Code>({
#define AADSTS(number, fault) {#number, Fault::fault},
#include "mail/oauth/codes.def"
});
constexpr auto words = std::to_array<Code>({
    // RFC 6749, 4.1.2.1 and 5.2
    {"access_denied", Fault::denied},
    {"invalid_grant", Fault::grant_ended},
    {"invalid_client", Fault::client_wrong},
    {"unauthorized_client", Fault::client_not_allowed},
    {"invalid_scope", Fault::scope_wrong},
    {"invalid_request", Fault::request_wrong},
    {"unsupported_grant_type", Fault::client_not_allowed},
    {"unsupported_response_type", Fault::client_not_allowed},
    {"server_error", Fault::provider_busy},
    {"temporarily_unavailable", Fault::provider_busy},
    // OpenID Connect Core, 3.1.2.6
    {"interaction_required", Fault::login_needed},
    {"login_required", Fault::login_needed},
    {"consent_required", Fault::no_consent},
    {"account_selection_required", Fault::login_needed},
    // RFC 8628, 3.5
    {"expired_token", Fault::device_code_expired},
    {"slow_down", Fault::too_many_requests},
#define WORD(error, fault) {#error, Fault::fault},
#include "mail/oauth/codes.def"
});

template <class Table>
std::optional<Fault> look_up(const Table& table, std::string_view code) {
    const auto found = std::ranges::find(table, code, &Code::code);
    return found == table.end() ? std::nullopt : std::optional(found->fault);
}

}  // namespace

std::string_view name_of(Fault fault) {
    return rows.at(static_cast<std::size_t>(fault)).name;
}

std::optional<Fault> fault_named(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &Row::name);
    if (found == rows.end())
        return std::nullopt;
    return static_cast<Fault>(found - rows.begin());
}

Remedy remedy_of(Fault fault) {
    return rows.at(static_cast<std::size_t>(fault)).remedy;
}

Fault fault_of(const Refusal& refusal) {
    constexpr long too_many = 429, server_faults = 500;
    // What the server says of itself outweighs what its error page says of us.
    if (refusal.status == too_many)
        return Fault::too_many_requests;
    if (const auto known = look_up(numbers, refusal.number))
        return *known;
    if (refusal.status >= server_faults)
        return Fault::provider_busy;
    return look_up(words, refusal.error).value_or(Fault::unknown);
}

std::optional<Fault> fault_of_code(std::string_view code) {
    const auto known = look_up(numbers, code);
    return known ? known : look_up(words, code);
}

Error error_of(Fault fault, Facts facts) {
    const bool later = remedy_of(fault) == Remedy::later;
    Error error{later ? Cause::provider_busy : Cause::sign_in_fault,
                Layer::oauth,
                Reach::point,
                {{"fault", std::string(name_of(fault))}}};
    for (auto& [key, value] : facts)
        if (!value.empty())
            error.facts.emplace_back(std::move(key), std::move(value));
    return error;
}

Error error_of(const Refusal& refusal) {
    return error_of(fault_of(refusal),
                    {{"error", refusal.error},
                     {"suberror", refusal.suberror},
                     {"number", refusal.number},
                     {"trace", refusal.trace},
                     {"correlation", refusal.correlation},
                     {"status", refusal.status == 0 ? "" : std::to_string(refusal.status)},
                     {"server_said", refusal.description}});
}

std::string number_in(std::string_view description) {
    constexpr std::string_view prefix = "AADSTS";
    const std::size_t at = description.find(prefix);
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = description.substr(at + prefix.size());
    return std::string(rest.substr(0, rest.find_first_not_of("0123456789")));
}

}  // namespace mail::oauth
