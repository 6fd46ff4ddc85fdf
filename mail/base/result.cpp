#include "mail/base/result.h"

#include <array>

namespace mail {

namespace {

struct CauseRow {
    std::string_view name;
    ExitClass exit;
    Retry retry;
};

constexpr std::array cause_rows{
#define CAUSE(name, exit, retry) CauseRow{#name, ExitClass::exit, Retry::retry},
#include "mail/base/causes.def"
};

constexpr std::array<std::string_view, 18> layer_names{
    "dns",      "proxy",  "tcp",  "tls",     "greeting", "capabilities",
    "starttls", "oauth",  "auth", "folders", "select",   "list",
    "fetch",    "target", "mime", "point",   "ledger",   "workspace"};

}  // namespace

std::string_view Error::fact(std::string_view key) const {
    for (const auto& [name, value] : facts)
        if (name == key)
            return value;
    return {};
}

tl::unexpected<Error> fail(Cause cause, Layer layer, Reach reach, Facts facts) {
    return tl::unexpected<Error>(Error{cause, layer, reach, std::move(facts)});
}

std::string_view name_of(Cause cause) {
    return cause_rows.at(static_cast<std::size_t>(cause)).name;
}

std::optional<Cause> cause_named(std::string_view name) {
    for (std::size_t i = 0; i < cause_rows.size(); ++i)
        if (cause_rows[i].name == name)
            return static_cast<Cause>(i);
    return std::nullopt;
}

std::string_view name_of(Layer layer) {
    return layer_names.at(static_cast<std::size_t>(layer));
}

ExitClass exit_class_of(Cause cause) {
    return cause_rows.at(static_cast<std::size_t>(cause)).exit;
}

Retry retry_of(Cause cause) {
    return cause_rows.at(static_cast<std::size_t>(cause)).retry;
}

}  // namespace mail
