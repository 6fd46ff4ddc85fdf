#include "gui/text/actions.h"

#include <charconv>

#include "gui/text/causes.h"
#include "gui/text/plurals.h"
#include "gui/text/removal.h"
#include "mail/base/result.h"
#include "mail/base/utf8.h"

namespace gui::text {

namespace {

using mail::store::Action;
using Lock = mail::work::Gate::Lock;

// Switches without default: a deed or lock without words does not compile.
Text what_text(Action::What what) {
    using What = Action::What;
    switch (what) {
    case What::document:
        return {"Document", "Dokument"};
    case What::hidden:
        return {"Removed from the list", "Usunięcie z listy"};
    case What::shown:
        return {"Shown in the list again", "Przywrócenie na listę"};
    case What::removed:
        return {"Removed from the mailbox", "Usunięcie ze skrzynki"};
    case What::taken_along:
        return {"Deleted along with others", "Usunięcie razem z innymi"};
    case What::marked:
        return {"Marked as deleted", "Oznaczenie do usunięcia"};
    case What::restored:
        return {"Restored to the mailbox", "Przywrócenie do skrzynki"};
    case What::purged:
        return {"Copy deleted for good", "Usunięcie kopii z kwarantanny"};
    case What::point_saved:
        return {"Point saved", "Zapisanie punktu"};
    case What::point_deleted:
        return {"Point deleted", "Usunięcie punktu"};
    case What::point_restored:
        return {"Point restored", "Przywrócenie punktu"};
    case What::operators_saved:
        return {"Operators saved", "Zapisanie operatorów"};
    case What::folder_set:
        return {"Folder set", "Ustawienie folderu"};
    case What::signed_in:
        return {"Signed in", "Zalogowanie"};
    case What::signed_out:
        return {"Signed out", "Wylogowanie"};
    case What::password_saved:
        return {"Password stored", "Zapisanie hasła"};
    case What::password_deleted:
        return {"Password deleted", "Usunięcie hasła"};
    case What::clock_leapt:
        return {"Clock ahead: copies kept longer", "Zegar do przodu: kopie zostają dłużej"};
    }
    return {"Document", "Dokument"};
}

Text lock_text(Lock lock) {
    switch (lock) {
    case Lock::open:
        return {"all its files are saved", "wszystkie pliki zapisane"};
    case Lock::not_taken:
        return {"its attachments were not taken", "nie pobrano załączników"};
    case Lock::part_needs_you:
        return {"a part needs your decision", "część wymaga decyzji"};
    case Lock::no_attachments:
        return {"it has no attachments", "nie ma załączników"};
    case Lock::file_missing:
        return {"a saved file is not in its folder any more",
                "zapisanego pliku nie ma już w folderze"};
    case Lock::file_changed:
        return {"a saved file has another content by now", "zapisany plik ma już inną treść"};
    case Lock::file_unreadable:
        return {"a saved file can't be read", "nie da się odczytać zapisanego pliku"};
    case Lock::part_not_saved:
        return {"the mail has a part that was not saved", "w wiadomości jest niezapisana część"};
    case Lock::ledger_damaged:
        return {"the record of what was taken was damaged", "rejestr pobrań był uszkodzony"};
    }
    return {"its attachments were not taken", "nie pobrano załączników"};
}

/// "2/3" in words; else as it is.
std::string detail_of(const std::string& detail, Language language) {
    std::uint64_t saved = 0, all = 0;
    const char* end = detail.data() + detail.size();
    const auto first = std::from_chars(detail.data(), end, saved);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != '/')
        return mail::utf8::one_line(detail);
    const auto second = std::from_chars(first.ptr + 1, end, all);
    if (second.ec != std::errc() || second.ptr != end)
        return mail::utf8::one_line(detail);
    return fill(log_files, language,
                {{"k", std::to_string(saved)}, {"files", counted(file_genitive, language, all)}});
}

}  // namespace

std::string_view words_of(Action::What what, Language language) {
    return what_text(what).in(language);
}

std::string result_of(const Action& action, Language language) {
    std::string words;
    if (const auto cause = mail::cause_named(action.result))
        words =
            words_of(mail::Error{*cause, mail::Layer::ledger, mail::Reach::message, {}}, language)
                .cause;
    else
        words = mail::utf8::one_line(action.result);
    if (action.detail.empty())
        return words.empty() ? std::string(log_done.in(language)) : words;
    const std::string detail = detail_of(action.detail, language);
    return words.empty() ? detail : words + " " + detail;
}

std::string_view words_of(Lock lock, Language language) {
    return lock_text(lock).in(language);
}

std::string words_of(const mail::work::Gate& gate, Language language) {
    std::string words(words_of(gate.lock, language));
    if (!gate.path.empty())
        words += " (" + mail::utf8::one_line(gate.path) + ")";
    return words;
}

}  // namespace gui::text
