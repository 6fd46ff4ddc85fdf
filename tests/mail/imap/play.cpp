#include "tests/mail/imap/play.h"

namespace mail::imap::tests {

std::string Play::conversation() const {
    std::string all;
    for (const TranscriptLine& line : *shown)
        all += (line.from == TranscriptLine::From::us ? "C: " : "S: ") + line.text + "\n";
    return all;
}

Opening usual_opening() {
    Opening opening;
    opening.endpoint.host = "127.0.0.1";
    opening.credentials = {Credentials::Kind::password, "ala", Secret("Tajne-7f3a")};
    return opening;
}

Opening clear_opening() {
    Opening opening = usual_opening();
    opening.endpoint.encryption = net::Encryption::none;
    opening.habits.begins = fakes::ScriptedStream::Begins::clear;
    return opening;
}

Opening token_opening() {
    Opening opening = usual_opening();
    opening.credentials = {Credentials::Kind::oauth_token, "ala@x", Secret("TOK-9c1b")};
    return opening;
}

Play play(const Script& script, const Opening& opening) {
    Play play;
    play.played = std::make_shared<fakes::Played>();
    play.shown = std::make_shared<std::vector<TranscriptLine>>();
    auto stream = std::make_unique<fakes::ScriptedStream>(script, opening.habits, play.played);
    play.opened = Session::over(
        std::move(stream), opening.endpoint, opening.credentials,
        [shown = play.shown](const TranscriptLine& line) { shown->push_back(line); },
        Wait::for_at_most(std::chrono::minutes(10), opening.stop));
    return play;
}

Play play_signed_in(std::string_view capabilities, const Script& rest, const Habits& habits) {
    Script script{
        fakes::server("* PREAUTH [CAPABILITY IMAP4rev1 " + std::string(capabilities) + "] hi")};
    script.insert(script.end(), rest.begin(), rest.end());
    Opening opening = usual_opening();
    opening.habits = habits;
    return play(script, opening);
}

Wait soon() {
    return Wait::for_at_most(std::chrono::minutes(10));
}

}  // namespace mail::imap::tests
