#pragma once
// Medians, and how they are printed: each contestant's figures, then the targets beside them.

#include <string>
#include <utility>
#include <vector>

#include "tests/bench/contestants.h"

namespace bench {

/// Of each quantity by itself.
[[nodiscard]] Measured median(const std::vector<Measured>& runs);

using Figures = std::vector<std::pair<std::string, Measured>>;  ///< by contestant; the limit first
void print_figures(const std::string& title, const Figures& figures);

/// "at most `limit`": printed with PASS or MISS. The number of those that were missed is kept.
class Targets {
public:
    void at_most(const std::string& what, double measured, double limit);
    [[nodiscard]] int missed() const { return missed_; }

private:
    int missed_ = 0;
};

}  // namespace bench
