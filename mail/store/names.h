#pragma once
// Words of a column that stand for the values of an enumeration, in a table each.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace mail::store {

template <class Value, std::size_t count>
using Names = std::array<std::pair<std::string_view, Value>, count>;

/// By their order in the enumeration.
template <class Value, std::size_t count>
[[nodiscard]] std::string_view name_in(const Names<Value, count>& names, Value value) {
    return names.at(static_cast<std::size_t>(value)).first;
}

template <class Value, std::size_t count>
[[nodiscard]] std::optional<Value> value_in(const Names<Value, count>& names,
                                            std::string_view word) {
    for (const auto& [name, value] : names)
        if (name == word)
            return value;
    return std::nullopt;
}

}  // namespace mail::store
