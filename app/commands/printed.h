#pragma once
// Where commands write: results to standard output, what is said beside them to standard error.

#include <string>

namespace app {

void print(const std::string& result);
/// errno of the first result that could not be written; 0 while all could.
[[nodiscard]] int output_error();
void say(const std::string& line);

}  // namespace app
