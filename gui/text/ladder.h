#pragma once
// The diagnosis in words: its steps, what was seen at each, and what it comes to. The same in the
// window and for the command.

#include <chrono>
#include <string>
#include <string_view>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

inline constexpr Text diagnosis_healthy{"Everything works.", "Wszystko działa."};
inline constexpr Text diagnosis_healthy_next{
    "If taking still fails, select the message and choose Copy details.",
    "Jeśli pobieranie zawodzi, zaznacz wiadomość i wybierz Kopiuj szczegóły."};
inline constexpr Text diagnosis_stopped{"Stopped before its end.", "Przerwano przed końcem."};
inline constexpr Text diagnosis_stopped_next{"Run it again.", "Uruchom ponownie."};
inline constexpr Text diagnosis_cause{"Cause: {words}", "Przyczyna: {words}"};
inline constexpr Text diagnosis_fix{"What to do: {words}", "Co zrobić: {words}"};
inline constexpr Text diagnosis_certainty{"Certainty: {words}", "Pewność: {words}"};
inline constexpr Text diagnosis_evidence{"Evidence:", "Dowody:"};
inline constexpr Text diagnosis_done{"Finished in {time}", "Zakończono w {time}"};
inline constexpr Text diagnosis_running{"Checking: {step}", "Sprawdzanie: {step}"};
inline constexpr Text diagnosis_verdict_column{"Verdict", "Wynik"};
inline constexpr Text diagnosis_step_column{"Step", "Krok"};
inline constexpr Text diagnosis_seen_column{"What was seen", "Co stwierdzono"};
inline constexpr Text diagnosis_time_column{"Time", "Czas"};

/// Of a step of the ladder: "Połączenie TCP".
[[nodiscard]] std::string_view step_name(mail::Layer layer, Language language);
[[nodiscard]] std::string_view words_of(mail::diagnose::Verdict verdict, Language language);
[[nodiscard]] std::string_view words_of(mail::diagnose::Certainty certainty, Language language);

/// The gist of what was seen, for one line; made safe. Of a step that failed its cause; "" where
/// there is nothing to say.
[[nodiscard]] std::string gist_of(const mail::diagnose::Step& step, Language language);

/// A certificate's "Nov 30 16:55:50 2026 GMT" as a date for people; what is not written so stays.
[[nodiscard]] std::string date_in_certificate(const std::string& told, Language language);

/// "12 ms", "1,4 s"; "" for a step that did not run.
[[nodiscard]] std::string step_time(const mail::diagnose::Step& step, Language language);
[[nodiscard]] std::string duration(std::chrono::microseconds time, Language language);

/// What it comes to. While it runs: that of the first failure, if there is one already.
struct Conclusion {
    std::string cause, fix;
};
[[nodiscard]] Conclusion conclusion_of(const mail::Diagnosis& diagnosis, Language language);

}  // namespace gui::text
