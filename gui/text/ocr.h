#pragma once
// The words about OCR points and their queues: the command ocr, states and reasons.

#include <string>

#include "gui/text/text.h"
#include "mail/store/ocr_job.h"

namespace gui::text {

inline constexpr Text ocr_help{
    R"(mailpoint ocr: an OCR point's command on the files in its folder

Usage:
  mailpoint ocr --point P [--watch] [--retry] [--json]
  mailpoint ocr --point P --show [--json]
  mailpoint ocr --point P --allow-command

Options:
  --point P         the OCR point: its name, or the path of its definition
  --watch           goes on until it is stopped (Ctrl+C); else it ends when
                    nothing is left to do
  --retry           runs those again that failed before
  --show            only shows the files and what became of them
  --allow-command   lets the point's command run on this computer, for you;
                    it is printed, and has to be allowed again when it changes
  --json            one JSON document

Each file is run once, whichever program of the workspace gets to it. Results
are in the folder done/ there; the files themselves stay as they are.

Exit codes: 0 done, 1 failed, 2 wrong usage, 5 some files failed,
6 the command was not allowed yet, or no permission.
)",
    R"(mailpoint ocr: polecenie punktu OCR na plikach w jego folderze

Użycie:
  mailpoint ocr --point P [--watch] [--retry] [--json]
  mailpoint ocr --point P --show [--json]
  mailpoint ocr --point P --allow-command

Opcje:
  --point P         punkt OCR: jego nazwa albo ścieżka definicji
  --watch           działa, aż zostanie zatrzymane (Ctrl+C); inaczej kończy,
                    gdy nie ma już nic do zrobienia
  --retry           uruchamia ponownie to, co się wcześniej nie udało
  --show            tylko pokazuje pliki i co się z nimi stało
  --allow-command   zezwala na polecenie punktu na tym komputerze, dla Ciebie;
                    jest ono wypisywane, a po zmianie trzeba zezwolić od nowa
  --json            jeden dokument JSON

Każdy plik jest uruchamiany raz, niezależnie od tego, który program obszaru
roboczego się nim zajmie. Wyniki są tam w folderze done/; same pliki zostają,
jakie były.

Kody wyjścia: 0 zrobione, 1 nie udało się, 2 błędne użycie, 5 część plików się
nie udała, 6 polecenie nie zostało jeszcze dozwolone albo brak uprawnień.
)"};
inline constexpr Text ocr_allowed{"This command may run on this computer from now on: {command}",
                                  "To polecenie może odtąd działać na tym komputerze: {command}"};
inline constexpr Text ocr_no_command{
    "The point has no command: another program takes the files out of its folder.",
    "Punkt nie ma polecenia: pliki z jego folderu zabiera inny program."};
inline constexpr Text ocr_no_files{"No files in {folder}", "Brak plików w {folder}"};
inline constexpr Text ocr_file{"File", "Plik"};
inline constexpr Text ocr_state{"State", "Stan"};
inline constexpr Text ocr_since{"Since", "Od"};
inline constexpr Text ocr_result{"Result", "Wynik"};
inline constexpr Text ocr_lies_long{"lies for long", "leży długo"};

[[nodiscard]] std::string words_of(mail::store::OcrJob::State state, Language language);
/// Why it failed, in one sentence without its full stop; with what the command said.
[[nodiscard]] std::string why_failed(const mail::store::OcrJob& job, Language language);

}  // namespace gui::text
