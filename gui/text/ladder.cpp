#include "gui/text/ladder.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "gui/text/causes.h"
#include "gui/text/format.h"
#include "gui/text/plurals.h"
#include "mail/base/utf8.h"

namespace gui::text {

namespace {

using mail::Layer;
using mail::diagnose::Certainty;
using mail::diagnose::Step;
using mail::diagnose::Verdict;

constexpr Text name_dns{"Server name (DNS)", "Nazwa serwera (DNS)"};
constexpr Text name_proxy{"Proxy", "Proxy"};
constexpr Text name_tcp{"TCP connection", "Połączenie TCP"};
constexpr Text name_tls{"Encryption (TLS)", "Szyfrowanie (TLS)"};
constexpr Text name_greeting{"Greeting", "Powitanie serwera"};
constexpr Text name_capabilities{"Capabilities", "Możliwości serwera"};
constexpr Text name_starttls{"STARTTLS", "STARTTLS"};
constexpr Text name_oauth{"OAuth2", "OAuth2"};
constexpr Text name_auth{"Authentication", "Logowanie"};
constexpr Text name_folders{"Folders", "Foldery"};
constexpr Text name_select{"Open folder", "Otwarcie folderu"};
constexpr Text name_list{"List messages", "Lista wiadomości"};
constexpr Text name_fetch{"Fetch a sample", "Pobranie próbki"};
constexpr Text name_target{"Target folder", "Folder docelowy"};

constexpr Text verdict_ok{"fine", "w porządku"};
constexpr Text verdict_fail{"fault", "błąd"};
constexpr Text verdict_warn{"note", "uwaga"};
constexpr Text verdict_skipped{"not checked", "nie sprawdzano"};
constexpr Text verdict_not_used{"not used", "nie dotyczy"};
constexpr Text verdict_waiting{"waiting…", "czekam…"};

constexpr Text certain{"certain", "na pewno"};
constexpr Text likely{"likely", "prawdopodobnie"};
constexpr Text possible{"possible", "być może"};

constexpr Text looked_up_by{"{host}: looked up by {proxy}", "{host}: nazwę zamienia {proxy}"};
constexpr Text quoted{"“{words}”", "„{words}”"};
constexpr Text issued_by{"issued by {issuer}", "wystawca: {issuer}"};
constexpr Text valid_until{"valid until {until}", "ważny do {until}"};
constexpr Text by_mechanism{"{login} ({mechanism})", "{login} ({mechanism})"};
constexpr Text in_folder{"{folder}: {messages}, UIDVALIDITY {uid_validity}",
                         "{folder}: {messages}, UIDVALIDITY {uid_validity}"};
constexpr Text newest_read{"the newest read: {sampled} of {messages}",
                           "odczytano najnowsze: {sampled} z {messages}"};
constexpr Text no_messages{"the folder is empty", "folder jest pusty"};
constexpr Text unreadable{"replies that cannot be read: {unreadable}",
                          "nieczytelne odpowiedzi: {unreadable}"};
constexpr Text sample_read{"{size} of the message with UID {uid}",
                           "{size} z wiadomości o UID {uid}"};
constexpr Text nothing_to_fetch{"there is no message", "nie ma żadnej wiadomości"};
constexpr Text will_be_made{"will be made when needed", "zostanie utworzony w razie potrzeby"};
constexpr Text room_left{"free: {size}", "wolne: {size}"};
constexpr Text chosen_at_work{"chosen at work", "wybierany podczas pracy"};
constexpr Text milliseconds{"{n}\u00a0ms", "{n}\u00a0ms"};
constexpr Text seconds{"{n}.{tenth}\u00a0s", "{n},{tenth}\u00a0s"};

std::string fact(const Step& step, std::string_view key) {
    const auto found = std::ranges::find(step.evidence, key, &mail::Facts::value_type::first);
    return found == step.evidence.end() ? std::string() : found->second;
}

std::uint64_t number_in(const Step& step, std::string_view key) {
    const std::string digits = fact(step, key);
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::string joined(std::initializer_list<std::string> pieces) {
    std::string all;
    for (const std::string& piece : pieces)
        if (!piece.empty())
            all += (all.empty() ? "" : " · ") + piece;
    return all;
}

std::string filled(const Text& text, Language language, std::string_view hole,
                   const std::string& value) {
    return value.empty() ? value : fill(text, language, {{hole, value}});
}

std::string of_name(const Step& step, Language language) {
    const std::string host = fact(step, "host"), addresses = fact(step, "addresses");
    if (const std::string proxy = fact(step, "looked_up_by"); !proxy.empty())
        return fill(looked_up_by, language, {{"host", host}, {"proxy", proxy}});
    return host == addresses ? host : host + " → " + addresses;
}

std::string of_connection(const Step& step) {
    const std::string address = fact(step, "address"), port = fact(step, "port");
    const bool is_v6 = address.find(':') != std::string::npos;
    return joined({(is_v6 ? "[" + address + "]" : address) + (port.empty() ? "" : ":" + port),
                   fact(step, "proxy")});
}

std::string of_tls(const Step& step, Language language) {
    const std::string protocol = fact(step, "protocol");
    return joined({protocol.substr(0, protocol.find(" /")), fact(step, "subject"),
                   filled(issued_by, language, "issuer", fact(step, "issuer")),
                   filled(valid_until, language, "until",
                          date_in_certificate(fact(step, "valid_until"), language))});
}

std::string of_list(const Step& step, Language language) {
    if (number_in(step, "messages") == 0)
        return std::string(no_messages.in(language));
    const std::string read =
        fill(newest_read, language,
             {{"sampled", number(number_in(step, "sampled"), language)},
              {"messages", counted(message_genitive, language, number_in(step, "messages"))}});
    return joined({read, filled(unreadable, language, "unreadable", fact(step, "unreadable"))});
}

std::string of_target(const Step& step, Language language) {
    const std::string free = fact(step, "free_octets");
    return joined({fact(step, "path"),
                   fact(step, "will_be_made").empty() ? "" : std::string(will_be_made.in(language)),
                   free.empty()
                       ? free
                       : fill(room_left, language,
                              {{"size", size(number_in(step, "free_octets"), language)}})});
}

std::string of_mailbox(const Step& step, Language language) {
    switch (step.layer) {
    case Layer::auth:
        return fact(step, "greeting").empty()
                   ? fill(by_mechanism, language,
                          {{"login", fact(step, "login")}, {"mechanism", fact(step, "mechanism")}})
                   : fact(step, "greeting");
    case Layer::folders:
        return counted(folder, language, number_in(step, "count"));
    case Layer::select:
        return fill(in_folder, language,
                    {{"folder", fact(step, "folder")},
                     {"messages", counted(message, language, number_in(step, "messages"))},
                     {"uid_validity", fact(step, "uid_validity")}});
    case Layer::list:
        return of_list(step, language);
    case Layer::fetch:
        return fill(
            sample_read, language,
            {{"size", size(number_in(step, "octets"), language)}, {"uid", fact(step, "uid")}});
    default:
        return {};
    }
}

std::string of_server(const Step& step, Language language) {
    switch (step.layer) {
    case Layer::dns:
        return of_name(step, language);
    case Layer::proxy:
        return fact(step, "proxy");
    case Layer::tcp:
        return of_connection(step);
    case Layer::tls:
        return of_tls(step, language);
    case Layer::greeting:
    case Layer::starttls:
        return filled(quoted, language, "words", fact(step, "server_said"));
    case Layer::capabilities:
        return fact(step, "capabilities");
    case Layer::oauth:
        return fact(step, "login");
    case Layer::target:
        return of_target(step, language);
    default:
        return of_mailbox(step, language);
    }
}

/// Why there was nothing to do, where the step says so.
std::string why_not_used(const Step& step, Language language) {
    if (step.layer == Layer::fetch)
        return std::string(nothing_to_fetch.in(language));
    if (step.layer == Layer::target)
        return std::string(chosen_at_work.in(language));
    return step.evidence.empty() ? std::string() : of_server(step, language);
}

}  // namespace

std::string_view step_name(Layer layer, Language language) {
    switch (layer) {
    case Layer::dns:
        return name_dns.in(language);
    case Layer::proxy:
        return name_proxy.in(language);
    case Layer::tcp:
        return name_tcp.in(language);
    case Layer::tls:
        return name_tls.in(language);
    case Layer::greeting:
        return name_greeting.in(language);
    case Layer::capabilities:
        return name_capabilities.in(language);
    case Layer::starttls:
        return name_starttls.in(language);
    case Layer::oauth:
        return name_oauth.in(language);
    case Layer::auth:
        return name_auth.in(language);
    case Layer::folders:
        return name_folders.in(language);
    case Layer::select:
        return name_select.in(language);
    case Layer::list:
        return name_list.in(language);
    case Layer::fetch:
        return name_fetch.in(language);
    case Layer::target:
        return name_target.in(language);
    default:
        return mail::name_of(layer);
    }
}

std::string_view words_of(Verdict verdict, Language language) {
    switch (verdict) {
    case Verdict::ok:
        return verdict_ok.in(language);
    case Verdict::fail:
        return verdict_fail.in(language);
    case Verdict::warn:
        return verdict_warn.in(language);
    case Verdict::skipped:
        return verdict_skipped.in(language);
    case Verdict::not_used:
        return verdict_not_used.in(language);
    case Verdict::waiting:
    case Verdict::running:
        break;
    }
    return verdict_waiting.in(language);
}

std::string_view words_of(Certainty certainty, Language language) {
    switch (certainty) {
    case Certainty::certain:
        return certain.in(language);
    case Certainty::likely:
        return likely.in(language);
    case Certainty::possible:
        break;
    }
    return possible.in(language);
}

std::string gist_of(const Step& step, Language language) {
    std::string gist;
    if (step.error)
        gist = words_of(*step.error, language).cause;
    else if (step.verdict == Verdict::not_used)
        gist = why_not_used(step, language);
    else if (step.verdict == Verdict::ok || step.verdict == Verdict::warn)
        gist = of_server(step, language);
    return mail::utf8::one_line(gist);
}

std::string duration(std::chrono::microseconds time, Language language) {
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(time).count();
    if (whole < 1000)
        return fill(milliseconds, language, {{"n", std::to_string(whole)}});
    return fill(
        seconds, language,
        {{"n", std::to_string(whole / 1000)}, {"tenth", std::to_string(whole % 1000 / 100)}});
}

std::string date_in_certificate(const std::string& told, Language language) {
    constexpr std::string_view english_months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    std::istringstream told_words(told);
    std::string month, time_of_day;
    int day_of_month = 0, year = 0;
    told_words >> month >> day_of_month >> time_of_day >> year;
    const std::size_t at = month.size() == 3 ? english_months.find(month) : std::string_view::npos;
    if (!told_words || at == std::string_view::npos || at % 3 != 0 || day_of_month < 1 ||
        day_of_month > 31)
        return told;
    if (language == Language::en)
        return std::to_string(day_of_month) + " " + month + " " + std::to_string(year);
    const auto two_digits = [](std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two_digits(static_cast<std::size_t>(day_of_month)) + "." + two_digits(at / 3 + 1) + "." +
           std::to_string(year);
}

std::string step_time(const Step& step, Language language) {
    const bool ran = step.verdict == Verdict::ok || step.verdict == Verdict::warn ||
                     step.verdict == Verdict::fail;
    return ran ? duration(step.time, language) : std::string();
}

Conclusion conclusion_of(const mail::Diagnosis& diagnosis, Language language) {
    if (const Step* failed = diagnosis.first_failure()) {
        ErrorWords words = words_of(*failed->error, language);
        return {std::move(words.cause), std::move(words.next_step)};
    }
    switch (diagnosis.state) {
    case mail::Diagnosis::State::ended:
        return {std::string(diagnosis_healthy.in(language)),
                std::string(diagnosis_healthy_next.in(language))};
    case mail::Diagnosis::State::cancelled:
        return {std::string(diagnosis_stopped.in(language)),
                std::string(diagnosis_stopped_next.in(language))};
    case mail::Diagnosis::State::running:
        break;
    }
    return {};
}

}  // namespace gui::text
