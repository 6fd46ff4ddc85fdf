#include "gui/text/reasons.h"

#include <set>

#include <gtest/gtest.h>

#include "gui/text/format.h"

namespace gui::text {

namespace {

// One behind the last of each, as mail/ declares them.
constexpr int statuses = static_cast<int>(mail::Status::taken_elsewhere) + 1;
constexpr int reasons = static_cast<int>(mail::Reason::failed) + 1;
constexpr int repairs = static_cast<int>(mail::mime::Repair::structure_replaced) + 1;

template <class Value>
std::set<std::string> all_words(int count, Language language) {
    std::set<std::string> words;
    for (int i = 0; i < count; ++i)
        words.emplace(words_of(static_cast<Value>(i), language));
    return words;
}

TEST(Reasons, every_value_has_words_of_its_own_in_both_languages) {
    for (const Language language : {Language::en, Language::pl}) {
        EXPECT_EQ(all_words<mail::Status>(statuses, language).size(), statuses);
        EXPECT_EQ(all_words<mail::Reason>(reasons, language).size(), reasons);
        EXPECT_EQ(all_words<mail::mime::Repair>(repairs, language).size(), repairs);
        EXPECT_FALSE(all_words<mail::Status>(statuses, language).contains(""));
        EXPECT_FALSE(all_words<mail::Reason>(reasons, language).contains(""));
        EXPECT_FALSE(all_words<mail::mime::Repair>(repairs, language).contains(""));
    }
}

TEST(Reasons, a_verdict_names_its_reason_where_there_is_something_to_say) {
    using mail::Reason;
    using mail::Verdict;
    EXPECT_EQ(words_of(Verdict::will_be_taken, Reason::attachment, Language::pl), "Do pobrania");
    EXPECT_EQ(words_of(Verdict::will_be_taken, Reason::not_graphic, Language::pl),
              "Do pobrania, jeśli okaże się plikiem graficznym");
    EXPECT_EQ(words_of(Verdict::taken, Reason::attachment, Language::pl), "Pobrano");
    EXPECT_EQ(words_of(Verdict::skipped, Reason::inline_picture, Language::pl),
              "Pominięto: obrazek z treści");
    EXPECT_EQ(words_of(Verdict::needs_you, Reason::encrypted, Language::en),
              "Needs you: encrypted message");
    for (int verdict = 0; verdict <= static_cast<int>(Verdict::not_attachment); ++verdict)
        for (int reason = 0; reason < reasons; ++reason)
            for (const Language language : {Language::en, Language::pl}) {
                const std::string words =
                    words_of(static_cast<Verdict>(verdict), static_cast<Reason>(reason), language);
                EXPECT_FALSE(words.empty());
                EXPECT_EQ(words.find('{'), std::string::npos);
            }
}

TEST(Reasons, a_file_that_was_saved_before_tells_when) {
    using namespace std::chrono;
    mail::PartView part;
    part.verdict = mail::Verdict::skipped;
    part.reason = mail::Reason::saved_before;
    const sys_seconds now = sys_days{2026y / November / 24} + 12h;
    EXPECT_EQ(words_of(part, now, Language::en),
              "Skipped: the same file was saved from another message");
    part.saved_at = sys_days{2026y / March / 12} + 12h;
    EXPECT_EQ(words_of(part, now, Language::pl),
              "Pominięto: taki sam plik zapisano z innej wiadomości, " +
                  moment(part.saved_at, now, Language::pl));
    part.reason = mail::Reason::logo;
    EXPECT_EQ(words_of(part, now, Language::pl), "Pominięto: logo z treści");
}

TEST(Reasons, nothing_will_be_taken_of_what_another_has) {
    mail::PartView part;
    part.verdict = mail::Verdict::will_be_taken;
    part.reason = mail::Reason::attachment;
    mail::MessageState state;
    EXPECT_EQ(words_of(part, state, {}, Language::en), "Will be taken");
    state.status = mail::Status::held;
    EXPECT_EQ(words_of(part, state, {}, Language::en), "Not taken here: in use");
    state.status = mail::Status::taken_elsewhere;
    EXPECT_EQ(words_of(part, state, {}, Language::en), "Not taken here: taken elsewhere");
    part.verdict = mail::Verdict::skipped;
    part.reason = mail::Reason::logo;
    EXPECT_EQ(words_of(part, state, {}, Language::en), "Skipped: logo in the text");
}

}  // namespace

}  // namespace gui::text
