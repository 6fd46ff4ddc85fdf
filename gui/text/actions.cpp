#include "gui/text/actions.h"

#include <charconv>
#include <vector>

#include "gui/text/causes.h"
#include "gui/text/ocr.h"
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
    case What::ocr_command_allowed:
        return {"Command allowed", "Zezwolenie na polecenie"};
    case What::ocr_done:
        return {"OCR done", "OCR gotowe"};
    case What::ocr_failed:
        return {"OCR failed", "Błąd OCR"};
    case What::ocr_retried:
        return {"OCR tried again", "Ponowienie OCR"};
    case What::part_wanted:
        return {"Part to be taken", "Część do pobrania"};
    case What::part_unwanted:
        return {"Part left out", "Pominięcie części"};
    case What::part_by_rules:
        return {"Decision taken back", "Cofnięcie decyzji"};
    case What::signed_in:
        return {"Signed in", "Zalogowanie"};
    case What::signed_out:
        return {"Signed out", "Wylogowanie"};
    case What::password_saved:
        return {"Password stored", "Zapisanie hasła"};
    case What::password_deleted:
        return {"Password deleted", "Usunięcie hasła"};
    case What::retention_saved:
        return {"Retention changed", "Zmiana czasu przechowywania"};
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
    case Lock::part_wanted:
        return {"a part that somebody wants has no file: take it, or undo that decision",
                "część, którą ktoś chciał pobrać, nie ma pliku: pobierz ją albo cofnij tę decyzję"};
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

/// Numbers with "/" between them, and nothing else; none where it is anything else.
std::vector<std::uint64_t> figures_in(std::string_view detail) {
    std::vector<std::uint64_t> figures;
    const char* at = detail.data();
    const char* const end = at + detail.size();
    for (;;) {
        const auto read = std::from_chars(at, end, figures.emplace_back());
        if (read.ec != std::errc() || (read.ptr != end && *read.ptr != '/'))
            return {};
        if (read.ptr == end)
            return figures;
        at = read.ptr + 1;
    }
}

/// "2/3" and "1/3/2" in words; else as it is.
std::string detail_of(const std::string& detail, Language language) {
    const std::vector<std::uint64_t> figures = figures_in(detail);
    if (figures.size() != 2 && figures.size() != 3)
        return mail::utf8::one_line(detail);
    const std::uint64_t saved = figures[0], all = figures[1];
    const std::uint64_t there = figures.size() == 3 ? figures[2] : 0;
    const std::string there_words = there == 0 ? "" : counted(file_there, language, there);
    // Where all were there, that none was written is no failure to be told first.
    if (there > 0 && saved == 0 && there == all)
        return there_words;
    const std::string words =
        fill(log_files, language,
             {{"k", std::to_string(saved)}, {"files", counted(file_genitive, language, all)}});
    return there == 0 ? words : words + "; " + there_words;
}

/// "2", or "0: what the system said", as the ledger logs it; in older lines what the command said.
std::string why_ocr_failed(const Action& action, Language language) {
    mail::store::OcrJob job;
    job.state = mail::store::OcrJob::State::failed;
    if (const auto reason = mail::store::ocr_reason_named(action.result))
        job.reason = *reason;
    std::from_chars(action.detail.data(), action.detail.data() + action.detail.size(), job.code);
    if (const std::size_t colon = action.detail.find(": "); colon != std::string::npos)
        job.words = action.detail.substr(colon + 2);
    return why_failed(job, language);
}

/// "400/90" in words; else as it is.
std::string retention_of(const std::string& detail, Language language) {
    const std::vector<std::uint64_t> days = figures_in(detail);
    if (days.size() != 2)
        return mail::utf8::one_line(detail);
    return fill(
        log_retention, language,
        {{"log", counted(day, language, days[0])}, {"lists", counted(day, language, days[1])}});
}

}  // namespace

std::string_view words_of(Action::What what, Language language) {
    return what_text(what).in(language);
}

std::string result_of(const Action& action, Language language) {
    if (action.what == Action::What::ocr_failed)
        return why_ocr_failed(action, language);
    if (action.what == Action::What::retention_saved)
        return retention_of(action.detail, language);
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
