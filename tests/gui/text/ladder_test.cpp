#include "gui/text/ladder.h"

#include <set>

#include <gtest/gtest.h>

namespace gui::text {
namespace {

using mail::Layer;
using mail::diagnose::Certainty;
using mail::diagnose::Step;
using mail::diagnose::Verdict;

Step step_of(Layer layer, Verdict verdict, mail::Facts evidence) {
    return {layer, verdict, {}, std::move(evidence), {}};
}

TEST(LadderWords, every_step_and_every_verdict_has_words_in_both_languages) {
    for (const Language language : {Language::en, Language::pl}) {
        std::set<std::string_view> names;
        for (int i = 0; i <= static_cast<int>(Layer::target); ++i)
            names.insert(step_name(static_cast<Layer>(i), language));
        EXPECT_EQ(names.size(), 14U);
        for (const Verdict verdict :
             {Verdict::waiting, Verdict::running, Verdict::ok, Verdict::warn, Verdict::fail,
              Verdict::skipped, Verdict::not_used})
            EXPECT_FALSE(words_of(verdict, language).empty());
        EXPECT_NE(words_of(Certainty::certain, language), words_of(Certainty::likely, language));
    }
    EXPECT_EQ(step_name(Layer::target, Language::pl), "Folder docelowy");
}

TEST(LadderWords, the_gist_of_a_step_fits_one_line) {
    EXPECT_EQ(gist_of(step_of(Layer::dns, Verdict::ok,
                              {{"host", "imap.firma.example"}, {"addresses", "::1, 127.0.0.1"}}),
                      Language::pl),
              "imap.firma.example → ::1, 127.0.0.1");
    EXPECT_EQ(gist_of(step_of(Layer::tcp, Verdict::ok, {{"address", "::1"}, {"port", "993"}}),
                      Language::pl),
              "[::1]:993");
    EXPECT_EQ(gist_of(step_of(Layer::tls, Verdict::ok,
                              {{"protocol", "TLSv1.3 / TLS_AES_256_GCM_SHA384"},
                               {"subject", "CN = x"},
                               {"issuer", "CN = y"}}),
                      Language::en),
              "TLSv1.3 · CN = x · issued by CN = y");
    EXPECT_EQ(gist_of(step_of(Layer::greeting, Verdict::ok, {{"server_said", "hej\r\n\x1b[2J"}}),
                      Language::en)
                  .find('\x1b'),
              std::string::npos);
    EXPECT_EQ(gist_of(step_of(Layer::starttls, Verdict::not_used, {}), Language::en), "");
    EXPECT_NE(gist_of(step_of(Layer::fetch, Verdict::not_used, {}), Language::en), "");
}

TEST(LadderWords, dates_of_a_certificate_are_for_people) {
    EXPECT_EQ(date_in_certificate("Nov 30 16:55:50 2026 GMT", Language::pl), "30.11.2026");
    EXPECT_EQ(date_in_certificate("Jan  5 00:00:00 2027 GMT", Language::pl), "05.01.2027");
    EXPECT_EQ(date_in_certificate("Jan  5 00:00:00 2027 GMT", Language::en), "5 Jan 2027");
    for (const char* other : {"", "2027-01-01", "ovD 30 16:55:50 2026 GMT", "Nov 30"})
        EXPECT_EQ(date_in_certificate(other, Language::pl), other);
    EXPECT_EQ(gist_of(step_of(Layer::tls, Verdict::ok,
                              {{"subject", "CN = x"}, {"valid_until", "Dec 30 16:55:50 2026 GMT"}}),
                      Language::pl),
              "CN = x · ważny do 30.12.2026");
}

TEST(LadderWords, a_step_that_failed_says_its_cause) {
    mail::Diagnosis diagnosis;
    diagnosis.steps = {step_of(Layer::dns, Verdict::ok, {}),
                       step_of(Layer::tcp, Verdict::fail, {})};
    EXPECT_TRUE(conclusion_of({}, Language::pl).cause.empty()) << "nothing is known yet";
    diagnosis.steps.back().error = mail::Error{mail::Cause::connection_refused,
                                               Layer::tcp,
                                               mail::Reach::connection,
                                               {{"host", "x"}, {"port", "1"}}};
    EXPECT_EQ(conclusion_of(diagnosis, Language::en).cause,
              "x is reachable, but nothing listens on port 1.");
    EXPECT_EQ(gist_of(diagnosis.steps.back(), Language::en),
              conclusion_of(diagnosis, Language::en).cause);
    EXPECT_FALSE(conclusion_of(diagnosis, Language::pl).fix.empty());
    diagnosis.steps.pop_back();
    diagnosis.state = mail::Diagnosis::State::ended;
    EXPECT_EQ(conclusion_of(diagnosis, Language::pl).cause, "Wszystko działa.");
}

TEST(LadderWords, times_are_short) {
    using namespace std::chrono_literals;
    EXPECT_EQ(duration(8us, Language::en), "1\u00a0ms");
    EXPECT_EQ(duration(12ms, Language::en), "12\u00a0ms");
    EXPECT_EQ(duration(1450ms, Language::pl), "1,4\u00a0s");
    EXPECT_EQ(step_time(step_of(Layer::tcp, Verdict::skipped, {}), Language::pl), "");
}

}  // namespace
}  // namespace gui::text
