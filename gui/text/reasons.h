#pragma once
// Status, verdict and reason in words, the same for window and commands.

#include <chrono>
#include <string>
#include <string_view>

#include "gui/text/text.h"
#include "mail/snapshot.h"

namespace gui::text {

[[nodiscard]] std::string_view words_of(mail::Status status, Language language);
/// `by_person`: mail::work::was_skipped(), and then it is not without attachments.
[[nodiscard]] std::string_view words_of(mail::Status status, bool by_person, Language language);
/// The same of what the report says became of a message.
[[nodiscard]] std::string_view words_of(const mail::DayReport::Document& document,
                                        Language language);
/// "Pominięto: obrazek z treści", "Do pobrania": verdict and reason as one line.
[[nodiscard]] std::string words_of(mail::Verdict verdict, mail::Reason reason, Language language);
/// The same, and when the file was saved that another message brought before.
[[nodiscard]] std::string words_of(const mail::PartView& part, std::chrono::sys_seconds now,
                                   Language language);
/// It would be taken, but for another who has the message.
[[nodiscard]] bool is_held_back(const mail::PartView& part, const mail::MessageState& state);
/// The same of a message in that state.
[[nodiscard]] std::string words_of(const mail::PartView& part, const mail::MessageState& state,
                                   std::chrono::sys_seconds now, Language language);
[[nodiscard]] std::string_view words_of(mail::Reason reason, Language language);
[[nodiscard]] std::string_view words_of(mail::mime::Repair repair, Language language);

}  // namespace gui::text
