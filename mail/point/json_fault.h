#pragma once
// What can be wrong with a file of JSON: the codes that stand as fact "reason" in an Error of cause
// point_damaged. The words are gui/text/json_faults.h's, which links nothing of this module: all
// of it is here.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mail::point {

enum class JsonFault : std::uint8_t {
    unexpected_end,
    unexpected_character,  ///< facts "column" (in octets, from 1), "seen"
    not_utf8,
    number_out_of_range,  ///< larger than any that the program can hold
    number_not_kept,      ///< more digits than it can hold, or -0: could not be written back
    too_deep,             ///< fact "limit": levels
    too_large,            ///< fact "limit": "1 MiB"
    duplicate_key,
    missing,
    wrong_version,  ///< facts "expected": "1" or "1–3"; "seen": the number, or a JsonKind's name
    // Facts "seen": a JsonKind's name
    must_be_object,
    must_be_text,
    must_be_text_or_null,
    must_be_whole_number,
    must_be_true_or_false,
    must_be_list_of_texts,
    must_be_list_of_objects,
    must_be_one_of,  ///< fact "expected": "\"auto\", \"tls\""
    // Of operators, and of points among each other
    duplicate_id,  ///< fact "other": the file with the same, where it is another file
    duplicate_account,
    no_administrator,
    out_of_range,  ///< fact "expected": "30–3650"
};

/// What stands where something else should.
enum class JsonKind : std::uint8_t { null, boolean, number, text, list, object };

// In the order of the enumerations.
inline constexpr std::array<std::string_view, 22> json_fault_names{"unexpected_end",
                                                                   "unexpected_character",
                                                                   "not_utf8",
                                                                   "number_out_of_range",
                                                                   "number_not_kept",
                                                                   "too_deep",
                                                                   "too_large",
                                                                   "duplicate_key",
                                                                   "missing",
                                                                   "wrong_version",
                                                                   "must_be_object",
                                                                   "must_be_text",
                                                                   "must_be_text_or_null",
                                                                   "must_be_whole_number",
                                                                   "must_be_true_or_false",
                                                                   "must_be_list_of_texts",
                                                                   "must_be_list_of_objects",
                                                                   "must_be_one_of",
                                                                   "duplicate_id",
                                                                   "duplicate_account",
                                                                   "no_administrator",
                                                                   "out_of_range"};
static_assert(json_fault_names.size() == static_cast<std::size_t>(JsonFault::out_of_range) + 1);
inline constexpr std::array<std::string_view, 6> json_kind_names{"null", "boolean", "number",
                                                                 "text", "list",    "object"};

/// Null for a name that none of them has.
template <class Code, std::size_t size>
[[nodiscard]] constexpr std::optional<Code>
code_named(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i)
        if (names.at(i) == name)
            return static_cast<Code>(i);
    return std::nullopt;
}

[[nodiscard]] constexpr std::string_view name_of(JsonFault fault) {
    return json_fault_names.at(static_cast<std::size_t>(fault));
}
[[nodiscard]] constexpr std::optional<JsonFault> json_fault_named(std::string_view name) {
    return code_named<JsonFault>(json_fault_names, name);
}
[[nodiscard]] constexpr std::string_view name_of(JsonKind kind) {
    return json_kind_names.at(static_cast<std::size_t>(kind));
}
[[nodiscard]] constexpr std::optional<JsonKind> json_kind_named(std::string_view name) {
    return code_named<JsonKind>(json_kind_names, name);
}

}  // namespace mail::point
