#pragma once
// Errors are values. What failed (cause), where on the way to the mailbox it showed (layer), how
// far the damage reaches (reach), and the evidence (facts). Words for people are gui/text's, not
// ours.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace mail {

/// One row of causes.def each. The names are stable: JSON and the words of gui/text hang on them.
enum class Cause : std::uint16_t {
#define CAUSE(name, exit, retry) name,
#include "mail/base/causes.def"
};

/// Where it showed: the rungs of the diagnosis ladder, in their order, then what is local.
enum class Layer : std::uint8_t {
    dns,
    proxy,
    tcp,
    tls,
    greeting,
    capabilities,
    starttls,
    oauth,
    auth,
    folders,
    select,
    list,
    fetch,
    target,
    mime,
    point,
    ledger,
    workspace,
};

/// What the caller has to give up: just the part, the message … or the whole point.
enum class Reach : std::uint8_t { part, message, folder, connection, point };

/// Which exit code of a command an error leads to.
enum class ExitClass : std::uint8_t { general, signin, connection, permission };

/// Whether trying again can help without anybody acting.
enum class Retry : std::uint8_t { never, later, now };

/// Evidence as key and value, for the details of a message and for reports. UTF-8, no secret, the
/// server's own words under "server_said" (unescaped: whoever shows them escapes them).
using Facts = std::vector<std::pair<std::string, std::string>>;

struct Error {
    Cause cause = Cause::internal;
    Layer layer = Layer::point;
    Reach reach = Reach::point;
    Facts facts;

    /// The value of the first fact of that key, or an empty view.
    [[nodiscard]] std::string_view fact(std::string_view key) const;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] tl::unexpected<Error> fail(Cause cause, Layer layer, Reach reach, Facts facts = {});

[[nodiscard]] std::string_view name_of(Cause cause);  ///< as in causes.def
[[nodiscard]] std::optional<Cause> cause_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Layer layer);  ///< as in the enumeration
[[nodiscard]] ExitClass exit_class_of(Cause cause);
[[nodiscard]] Retry retry_of(Cause cause);

}  // namespace mail
