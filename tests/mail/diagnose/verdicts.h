#pragma once
// A diagnosis as one line, for comparing.

#include <string>

#include "mail/diagnose/diagnosis.h"

namespace mail::diagnose {

/// "dns:ok proxy:not_used tcp:fail …"
inline std::string verdicts(const Diagnosis& diagnosis) {
    std::string all;
    for (const Step& step : diagnosis.steps)
        all += (all.empty() ? "" : " ") + std::string(name_of(step.layer)) + ":" +
               std::string(name_of(step.verdict));
    return all;
}

/// "dns proxy tcp …"
inline std::string order(const Diagnosis& diagnosis) {
    std::string all;
    for (const Step& step : diagnosis.steps)
        all += (all.empty() ? "" : " ") + std::string(name_of(step.layer));
    return all;
}

/// The value of a fact of a step's evidence; "" if it is not there.
inline std::string fact(const Diagnosis& diagnosis, Layer layer, std::string_view key) {
    for (const auto& [name, value] : diagnosis.step(layer)->evidence)
        if (name == key)
            return value;
    return {};
}

}  // namespace mail::diagnose
