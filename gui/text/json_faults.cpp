#include "gui/text/json_faults.h"

#include <algorithm>

#include "mail/base/utf8.h"
#include "mail/point/json_fault.h"

namespace gui::text {

namespace {

using mail::point::JsonFault;
using mail::point::JsonKind;

constexpr Text found_there{" (found: {kind})", " (jest: {kind})"};

// Switches without default: a fault or kind without words does not compile.
Text kind_text(JsonKind kind) {
    switch (kind) {
    case JsonKind::null:
        return {"nothing (null)", "nic (null)"};
    case JsonKind::boolean:
        return {"true or false", "true albo false"};
    case JsonKind::number:
        return {"a number", "liczba"};
    case JsonKind::text:
        return {"a text", "tekst"};
    case JsonKind::list:
        return {"a list", "lista"};
    case JsonKind::object:
        return {"an object", "obiekt"};
    }
    return {"nothing (null)", "nic (null)"};
}

// NOLINTNEXTLINE(readability-function-size): one switch over all faults
Text fault_text(JsonFault fault, const mail::Error& error) {
    const bool field = !error.fact("field").empty();
    switch (fault) {
    case JsonFault::unexpected_end:
        return {"it ends too soon", "plik kończy się za wcześnie"};
    case JsonFault::unexpected_character:
        return {"unexpected “{seen}” in column {column}",
                "nieoczekiwany znak „{seen}” w kolumnie {column}"};
    case JsonFault::not_utf8:
        return {"it is no text in UTF-8", "to nie jest tekst w UTF-8"};
    case JsonFault::number_out_of_range:
        return {"a number is too large", "liczba jest za duża"};
    case JsonFault::number_not_kept:
        return {"the number in “{field}” could not be kept exactly as it is; as a text, between "
                "quotation marks, it could",
                "liczby w „{field}” nie dałoby się zachować dokładnie takiej, jaka jest; "
                "w cudzysłowie, jako tekst – tak"};
    case JsonFault::too_deep:
        return {"it is nested deeper than {limit} levels",
                "zagnieżdżenie jest głębsze niż {limit} poziomy"};
    case JsonFault::too_large:
        return {"it is larger than {limit}", "plik jest większy niż {limit}"};
    case JsonFault::duplicate_key:
        return {"“{field}” is there twice", "„{field}” występuje dwa razy"};
    case JsonFault::missing:
        return {"“{field}” is missing", "brakuje „{field}”"};
    case JsonFault::wrong_version:
        return {"“{field}” must be {expected}", "„{field}” musi mieć wartość {expected}"};
    case JsonFault::must_be_object:
        return field ? Text{"“{field}” must be an object", "„{field}” musi być obiektem"}
                     : Text{"it must hold an object", "plik musi zawierać obiekt"};
    case JsonFault::must_be_text:
        return {"“{field}” must be a text", "„{field}” musi być tekstem"};
    case JsonFault::must_be_text_or_null:
        return {"“{field}” must be a text or null", "„{field}” musi być tekstem albo null"};
    case JsonFault::must_be_whole_number:
        return {"“{field}” must be a whole number of at most 32 bits",
                "„{field}” musi być liczbą całkowitą, najwyżej 32-bitową"};
    case JsonFault::must_be_true_or_false:
        return {"“{field}” must be true or false", "„{field}” musi mieć wartość true albo false"};
    case JsonFault::must_be_list_of_texts:
        return {"“{field}” must be a list of texts", "„{field}” musi być listą tekstów"};
    case JsonFault::must_be_list_of_objects:
        return {"“{field}” must be a list of objects", "„{field}” musi być listą obiektów"};
    case JsonFault::must_be_one_of:
        return {"“{field}” must be one of {expected}",
                "„{field}” musi mieć jedną z wartości {expected}"};
    case JsonFault::duplicate_id:
        return error.fact("other").empty()
                   ? Text{"the id in “{field}” is there twice",
                          "identyfikator w „{field}” występuje dwa razy"}
                   : Text{"it has the same id as {other}", "ma ten sam identyfikator co {other}"};
    case JsonFault::duplicate_account:
        return {"the account in “{field}” is there twice", "konto w „{field}” występuje dwa razy"};
    case JsonFault::no_administrator:
        return {"nobody in it is an administrator", "nie ma w nim żadnego administratora"};
    case JsonFault::out_of_range:
        return {"“{field}” must be within {expected}",
                "„{field}” musi mieścić się w granicach {expected}"};
    }
    return {"it ends too soon", "plik kończy się za wcześnie"};
}

}  // namespace

mail::Error with_reason_in_words(mail::Error error, Language language) {
    const auto fault = mail::point::json_fault_named(error.fact("reason"));
    if (!fault)
        return error;
    const auto shown = [&](const char* key) { return mail::utf8::one_line(error.fact(key), 300); };
    std::string words = fill(fault_text(*fault, error), language,
                             {{"field", shown("field")},
                              {"seen", shown("seen")},
                              {"column", shown("column")},
                              {"limit", shown("limit")},
                              {"expected", shown("expected")},
                              {"other", shown("other")}});
    const auto kind = mail::point::json_kind_named(error.fact("seen"));
    if (kind && *fault != JsonFault::unexpected_character)
        words += fill(found_there, language, {{"kind", kind_text(*kind).in(language)}});
    else if (*fault == JsonFault::wrong_version && !error.fact("seen").empty())
        words += fill(found_there, language, {{"kind", shown("seen")}});
    for (auto& [key, value] : error.facts)
        if (key == "reason")
            value = words;
    std::erase_if(error.facts, [](const auto& fact) {
        return fact.first == "seen" || fact.first == "column" || fact.first == "limit" ||
               fact.first == "expected" || fact.first == "other";
    });
    return error;
}

}  // namespace gui::text
