#include "gui/text/reasons.h"

#include <algorithm>

#include "gui/text/format.h"

namespace gui::text {

namespace {

constexpr Text will_be_taken{"Will be taken", "Do pobrania"};
constexpr Text will_be_taken_because{"Will be taken: {reason}", "Do pobrania: {reason}"};
constexpr Text will_be_taken_if_graphic{"Will be taken if it turns out to be a graphic file",
                                        "Do pobrania, jeśli okaże się plikiem graficznym"};
constexpr Text taken{"Taken", "Pobrano"};
constexpr Text taken_because{"Taken: {reason}", "Pobrano: {reason}"};
constexpr Text skipped{"Skipped: {reason}", "Pominięto: {reason}"};
constexpr Text needs_you{"Needs you: {reason}", "Wymaga decyzji: {reason}"};
constexpr Text not_attachment{"Not an attachment: {reason}", "Nie jest załącznikiem: {reason}"};

constexpr Text status_skipped{"Skipped", "Pominięta"};
constexpr Text held_back{"Not taken here: in use", "Tu nie pobrano: zajęta"};
constexpr Text held_for_good{"Not taken here: taken elsewhere",
                             "Tu nie pobrano: pobrana gdzie indziej"};
constexpr Text saved_before{"{words}, {when}", "{words}, {when}"};

// Switches without default: a status, reason or repair without words does not compile.
Text status_text(mail::Status status) {
    using mail::Status;
    switch (status) {
    case Status::new_:
        return {"New", "Nowa"};
    case Status::queued:
        return {"Queued", "W kolejce"};
    case Status::taking:
        return {"Taking…", "Pobieranie…"};
    case Status::taken:
        return {"Taken", "Pobrana"};
    case Status::partial:
        return {"Partly", "Częściowo"};
    case Status::check:
        return {"Check", "Sprawdź"};
    case Status::failed:
        return {"Failed", "Błąd"};
    case Status::none:
        return {"No attachments", "Bez załączników"};
    case Status::hidden:
        return {"Hidden", "Ukryta"};
    case Status::quarantined:
        return {"In quarantine", "W kwarantannie"};
    case Status::gone:
        return {"Gone from mailbox", "Usunięta w skrzynce"};
    case Status::held:
        return {"In use", "Zajęta"};
    case Status::taken_elsewhere:
        return {"Taken elsewhere", "Pobrana gdzie indziej"};
    }
    return {"New", "Nowa"};
}

Text reason_text(mail::Reason reason) {
    using mail::Reason;
    switch (reason) {
    case Reason::attachment:
        return {"attachment", "załącznik"};
    case Reason::body:
        return {"message text", "treść wiadomości"};
    case Reason::container:
        return {"holds the parts below", "zawiera części wymienione niżej"};
    case Reason::signature:
        return {"signature or delivery report", "podpis albo raport doręczenia"};
    case Reason::inline_picture:
        return {"picture inside the text", "obrazek z treści"};
    case Reason::logo:
        return {"logo in the text", "logo z treści"};
    case Reason::not_graphic:
        return {"not a graphic file", "to nie jest plik graficzny"};
    case Reason::empty:
        return {"empty file", "pusty plik"};
    case Reason::executable:
        return {"a program, it could do harm", "program, mógłby zaszkodzić"};
    case Reason::encrypted:
        return {"encrypted message", "zaszyfrowana wiadomość"};
    case Reason::too_large:
        return {"too large", "za duży"};
    case Reason::damaged:
        return {"damaged, cannot be read", "uszkodzony, nie da się odczytać"};
    case Reason::not_delivered:
        return {"the server did not deliver this part", "serwer nie oddał tej części"};
    case Reason::link_only:
        return {"only a link to a file", "tylko odnośnik do pliku"};
    case Reason::already_there:
        return {"the same file is in the folder already", "taki sam plik jest już w folderze"};
    case Reason::saved_before:
        return {"the same file was saved from another message",
                "taki sam plik zapisano z innej wiadomości"};
    case Reason::cancelled:
        return {"stopped before its turn", "przerwano przed pobraniem"};
    case Reason::failed:
        return {"could not be saved", "nie udało się zapisać"};
    case Reason::asked_for:
    case Reason::not_wanted:
        return {"the operator's decision", "decyzja operatora"};
    }
    return {"attachment", "załącznik"};
}

Text repair_text(mail::mime::Repair repair) {
    using mail::mime::Repair;
    switch (repair) {
    case Repair::name_charset:
        return {"letters in the file name", "litery w nazwie pliku"};
    case Repair::name_syntax:
        return {"file name written against the rules", "nazwa pliku zapisana niezgodnie z normą"};
    case Repair::boundary:
        return {"borders between the parts", "granice między częściami"};
    case Repair::headers:
        return {"damaged headers", "uszkodzone nagłówki"};
    case Repair::content_type:
        return {"contradictory type", "sprzeczny typ"};
    case Repair::transfer_encoding:
        return {"wrong transfer encoding", "błędne kodowanie przesyłania"};
    case Repair::base64_damaged:
        return {"damaged base64", "uszkodzone kodowanie base64"};
    case Repair::uuencode:
        return {"file taken out of the text (uuencode)", "plik wyjęty z treści (uuencode)"};
    case Repair::tnef:
        return {"file taken out of winmail.dat", "plik wyjęty z winmail.dat"};
    case Repair::encoded_message:
        return {"encoded message unpacked", "rozpakowano zakodowaną wiadomość"};
    case Repair::signed_envelope:
        return {"file taken out of a signed envelope", "plik wyjęty z podpisanej koperty"};
    case Repair::structure_replaced:
        return {"the server described the message wrongly: read whole",
                "serwer błędnie opisał wiadomość: pobrano w całości"};
    }
    return {"damaged headers", "uszkodzone nagłówki"};
}

}  // namespace

std::string_view words_of(mail::Status status, Language language) {
    return status_text(status).in(language);
}

std::string_view words_of(mail::Status status, bool by_person, Language language) {
    return by_person ? status_skipped.in(language) : words_of(status, language);
}

std::string_view words_of(const mail::DayReport::Document& document, Language language) {
    const bool by_person =
        document.status == mail::Status::none &&
        std::ranges::find(document.left_out, mail::Reason::not_wanted,
                          &mail::DayReport::LeftOut::reason) != document.left_out.end();
    return words_of(document.status, by_person, language);
}

std::string_view words_of(mail::Reason reason, Language language) {
    return reason_text(reason).in(language);
}

std::string_view words_of(mail::mime::Repair repair, Language language) {
    return repair_text(repair).in(language);
}

std::string words_of(mail::Verdict verdict, mail::Reason reason, Language language) {
    const auto with_reason = [&](const Text& text) {
        return fill(text, language, {{"reason", std::string(words_of(reason, language))}});
    };
    using mail::Verdict;
    switch (verdict) {
    case Verdict::will_be_taken:
        // Before its content is known: mail/work/choose.h.
        if (reason == mail::Reason::not_graphic)
            return std::string(will_be_taken_if_graphic.in(language));
        return reason == mail::Reason::asked_for ? with_reason(will_be_taken_because)
                                                 : std::string(will_be_taken.in(language));
    case Verdict::taken:
        // "Taken: attachment" says nothing; "taken: the same file is there already" does.
        return reason == mail::Reason::attachment ? std::string(taken.in(language))
                                                  : with_reason(taken_because);
    case Verdict::skipped:
        return with_reason(skipped);
    case Verdict::needs_you:
        return with_reason(needs_you);
    case Verdict::not_attachment:
        return with_reason(not_attachment);
    }
    return {};
}

std::string words_of(const mail::PartView& part, std::chrono::sys_seconds now, Language language) {
    std::string words = words_of(part.verdict, part.reason, language);
    if (part.reason != mail::Reason::saved_before || part.saved_at == std::chrono::sys_seconds{})
        return words;
    return fill(saved_before, language,
                {{"words", std::move(words)}, {"when", moment(part.saved_at, now, language)}});
}

bool is_held_back(const mail::PartView& part, const mail::MessageState& state) {
    return part.verdict == mail::Verdict::will_be_taken &&
           (state.status == mail::Status::held || state.status == mail::Status::taken_elsewhere);
}

std::string words_of(const mail::PartView& part, const mail::MessageState& state,
                     std::chrono::sys_seconds now, Language language) {
    if (!is_held_back(part, state))
        return words_of(part, now, language);
    const bool for_now = state.status == mail::Status::held;
    return std::string((for_now ? held_back : held_for_good).in(language));
}

}  // namespace gui::text
