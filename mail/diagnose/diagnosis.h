#pragma once
// What a diagnosis has found: the steps from the server's name to the target folder, one below the
// other, each with its verdict, time and evidence. Plain data, in the JSON as it is here.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "mail/base/result.h"

namespace mail::diagnose {

enum class Verdict : std::uint8_t { waiting, running, ok, warn, fail, skipped, not_used };
[[nodiscard]] std::string_view name_of(Verdict verdict);

/// How sure a cause is. Words of a server alone never make it certain, unless they begin with a
/// response code of fixed meaning.
enum class Certainty : std::uint8_t { certain, likely, possible };
[[nodiscard]] std::string_view name_of(Certainty certainty);
[[nodiscard]] Certainty certainty_of(const Error& error);

struct Step {
    Layer layer = Layer::dns;
    Verdict verdict = Verdict::waiting;
    std::chrono::microseconds time{0};
    Facts evidence;              ///< of a step that failed: those of the error
    std::optional<Error> error;  ///< of `fail`; of `warn` where there is one
};

struct Diagnosis {
    std::vector<Step> steps;  ///< in the order in which they run
    enum class State : std::uint8_t { running, ended, cancelled } state = State::running;
    std::chrono::microseconds time{0};  ///< of all steps, once it has ended

    /// Null: none has failed so far.
    [[nodiscard]] const Step* first_failure() const {
        const auto failed = std::ranges::find(steps, Verdict::fail, &Step::verdict);
        return failed == steps.end() ? nullptr : &*failed;
    }
    [[nodiscard]] const Step* step(Layer layer) const {
        const auto found = std::ranges::find(steps, layer, &Step::layer);
        return found == steps.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool is_healthy() const {
        return state == State::ended && first_failure() == nullptr;
    }
};

}  // namespace mail::diagnose
