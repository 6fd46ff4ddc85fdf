#include "gui/text/ocr.h"

#include "gui/text/format.h"

namespace gui::text {

namespace {

using State = mail::store::OcrJob::State;
using Reason = mail::store::OcrJob::Reason;

Text text_of(Reason reason) {
    switch (reason) {
    case Reason::none:
        break;
    case Reason::empty:
        return {"it is empty", "jest pusty"};
    case Reason::too_large:
        return {"it is larger than the point accepts", "jest większy, niż punkt przyjmuje"};
    case Reason::too_many_pages:
        return {"it has more pages than the point accepts", "ma więcej stron, niż punkt przyjmuje"};
    case Reason::wrong_type:
        return {"the point doesn't accept this type", "punkt nie przyjmuje tego typu"};
    case Reason::unreadable:
        return {"it is damaged or can't be read", "jest uszkodzony albo nie można go odczytać"};
    case Reason::password_protected:
        return {"it is protected by a password", "jest chroniony hasłem"};
    case Reason::command_missing:
        return {"the program of the command was not found or can't be run",
                "nie znaleziono programu z polecenia albo nie można go uruchomić"};
    case Reason::command_failed:
        return {"the command ended with code {code}", "polecenie zakończyło się kodem {code}"};
    case Reason::command_crashed:
        return {"the command crashed (signal {code})", "polecenie się załamało (sygnał {code})"};
    case Reason::no_result:
        return {"the command made no result", "polecenie nie dało wyniku"};
    case Reason::not_stored:
        return {"the result could not be stored", "nie udało się zapisać wyniku"};
    case Reason::timed_out:
        return {"the command took too long", "polecenie trwało za długo"};
    case Reason::stopped:
        return {"it was stopped", "zatrzymano"};
    }
    return {"no reason was kept", "nie zapisano powodu"};
}

}  // namespace

std::string words_of(State state, Language language) {
    constexpr Text queued{"Queued", "W kolejce"}, running{"Running", "W trakcie"},
        done{"Done", "Gotowe"}, failed{"Failed", "Błąd"};
    switch (state) {
    case State::queued:
        return std::string(queued.in(language));
    case State::running:
        return std::string(running.in(language));
    case State::done:
        return std::string(done.in(language));
    case State::failed:
        break;
    }
    return std::string(failed.in(language));
}

std::string why_failed(const mail::store::OcrJob& job, Language language) {
    std::string why = fill(text_of(job.reason), language, {{"code", std::to_string(job.code)}});
    if (!job.words.empty())
        why += ": " + job.words;
    return why;
}

}  // namespace gui::text
