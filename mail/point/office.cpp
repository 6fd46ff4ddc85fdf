#include "mail/point/office.h"

#include <algorithm>
#include <array>
#include <set>

#include "mail/point/json_fields.h"
#include "mail/point/json_file.h"

namespace mail::point {

namespace {

constexpr int current_version = 1;
constexpr std::array<Migration, current_version - 1> steps{};

/// As visit_point(): read and written by the same list.
template <class Visitor, class Value>
void visit_client(Visitor& visitor, Value& one) {
    visitor.text("provider", one.provider);
    visitor.text("issuer", one.issuer);
    visitor.text("client_id", one.client_id);
}

template <class Visitor, class Value>
void visit_retention(Visitor& visitor, Value& one) {
    visitor.number("log_kept_days", one.log_days);
    visitor.number("lists_kept_days", one.list_days);
}

/// Who signs people in: of those in the table the name says it.
std::string issuer_in_use(const std::string& provider, const std::optional<std::string>& issuer) {
    return provider == "oidc" ? issuer.value_or("") : "";
}

bool is_for(const OfficeClient& client, const OAuth& settings) {
    return client.provider == settings.provider &&
           issuer_in_use(client.provider, client.issuer) ==
               issuer_in_use(settings.provider, settings.issuer);
}

/// The first thing that the types of the values don't tell.
std::optional<FieldFault> fault_of(const std::vector<OfficeClient>& clients) {
    std::set<std::pair<std::string, std::string>> seen;
    for (std::size_t i = 0; i < clients.size(); ++i) {
        const OfficeClient& one = clients[i];
        const std::string place = "oauth_clients." + std::to_string(i);
        if (one.provider.empty() || one.client_id.empty())
            return FieldFault{place + (one.provider.empty() ? ".provider" : ".client_id"),
                              JsonFault::missing};
        if (!seen.emplace(one.provider, issuer_in_use(one.provider, one.issuer)).second)
            return FieldFault{place + ".provider", JsonFault::duplicate_id};
    }
    return std::nullopt;
}

std::optional<FieldFault> fault_of(const Retention& retention) {
    const auto beyond = [](std::string field, int least, int most) {
        return FieldFault{std::move(field),
                          JsonFault::out_of_range,
                          {{"expected", std::to_string(least) + "–" + std::to_string(most)}}};
    };
    if (!Retention::is_log_days(retention.log_days))
        return beyond("log_kept_days", Retention::fewest_log_days, Retention::most_log_days);
    if (!Retention::is_list_days(retention.list_days))
        return beyond("lists_kept_days", 0, Retention::most_list_days);
    return std::nullopt;
}

}  // namespace

Result<Office> parse_office(std::string_view json) {
    const auto parsed = parse_versioned(json, steps);
    if (!parsed)
        return tl::unexpected(parsed.error());
    Office office;
    std::optional<FieldFault> fault;
    FieldReader reader(parsed->value, "", fault);
    reader.objects("oauth_clients", office.clients,
                   [](FieldReader& inner, OfficeClient& one) { visit_client(inner, one); });
    visit_retention(reader, office.retention);
    if (!fault)
        fault = fault_of(office.clients);
    if (!fault)
        fault = fault_of(office.retention);
    if (fault)
        return damaged(parsed->line_of(fault->field), *fault);
    office.unknown_keys = unknown_text(reader.rest());
    return office;
}

std::string format_office(const Office& office) {
    const Json unknown = unknown_from(office.unknown_keys);
    FieldWriter writer(unknown);
    if (const auto schema = unknown.find("$schema"); schema != unknown.end())
        writer.put("$schema", *schema);
    writer.put("version", current_version);
    writer.objects("oauth_clients", office.clients,
                   [](FieldWriter& inner, const OfficeClient& one) { visit_client(inner, one); });
    visit_retention(writer, office.retention);
    return text_of(std::move(writer).finish());
}

Result<Office> load_office(Disk& disk, const std::string& path) {
    const auto content = read_json_file(disk, path);
    if (!content && content.error().cause == Cause::file_not_found)
        return Office{};
    if (!content)
        return tl::unexpected(content.error());
    return parse_office(*content).map_error(
        [&](Error error) { return with_file(std::move(error), path); });
}

Result<void> save_office(Disk& disk, const std::string& path, const Office& office) {
    const std::string text = format_office(office);
    return replace_json_file(disk, path, text, parse_office(text).map([](const Office&) {}));
}

std::string client_of(const Office& office, const OAuth& settings) {
    const auto found = std::ranges::find_if(office.clients,
                                            [&](const auto& one) { return is_for(one, settings); });
    return found == office.clients.end() ? "" : found->client_id;
}

void set_client(Office& office, const OAuth& settings, const std::string& client_id) {
    const auto found = std::ranges::find_if(office.clients,
                                            [&](const auto& one) { return is_for(one, settings); });
    if (client_id.empty()) {
        if (found != office.clients.end())
            office.clients.erase(found);
    } else if (found != office.clients.end()) {
        found->client_id = client_id;
    } else {
        const std::string issuer = issuer_in_use(settings.provider, settings.issuer);
        office.clients.push_back(
            {settings.provider, issuer.empty() ? std::nullopt : std::optional(issuer), client_id});
    }
}

}  // namespace mail::point
