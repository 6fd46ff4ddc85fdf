#include "tests/gui/samples.h"

#include <algorithm>
#include <array>

namespace gui::test {
namespace {

using mail::MailboxView;
using mail::MessageRow;
using mail::MessageState;
using mail::PartView;
using mail::Reason;
using mail::Status;
using mail::Verdict;

PartView part(const std::string& path, const std::string& type, const std::string& name,
              std::uint64_t size, Verdict verdict, Reason reason) {
    PartView view;
    view.part.path = path;
    view.part.type = type;
    view.part.name = name;
    view.type = type;
    view.size_octets = size;
    view.verdict = verdict;
    view.reason = reason;
    view.counts = reason == Reason::attachment;
    return view;
}

mail::work::PartList parts_of(const SampleMail& mail, std::size_t number) {
    mail::Parts parts;
    parts.push_back(part("1", "text/plain", "", 1840, Verdict::not_attachment, Reason::body));
    const Verdict verdict = mail.status == Status::taken ? Verdict::taken : Verdict::will_be_taken;
    for (std::uint32_t i = 0; i < mail.attachments; ++i)
        parts.push_back(part(std::to_string(i + 2), "application/pdf",
                             "FV_2026_11_" + std::to_string(412 + number + i) + ".pdf",
                             mail.size_octets / (i + 2), verdict, Reason::attachment));
    parts.push_back(
        part("9", "image/png", "logo_transbud.png", 9216, Verdict::skipped, Reason::logo));
    // What is whole on the disk opens the delete gate: nothing of it is left to be decided.
    const bool whole = mail.status == Status::taken;
    for (PartView& one : parts)
        if (one.verdict == Verdict::taken) {
            one.file = "/home/biuro/Faktury/2026-11/" + one.part.name;
            one.sha256 = std::string(64, 'a');
        }
    PartView zip = part("10", "application/zip", "dane_dodatkowe.zip", 21504,
                        whole ? Verdict::skipped : Verdict::needs_you, Reason::encrypted);
    zip.part.repaired = {mail::mime::Repair::name_charset};
    parts.push_back(zip);
    return mail::work::PartList(parts);
}

}  // namespace

std::chrono::sys_seconds sample_now() {
    return std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + std::chrono::hours(9) +
           std::chrono::minutes(15);
}

std::shared_ptr<const MailboxView> sample_mailbox(const std::vector<SampleMail>& mails,
                                                  std::size_t rows_per_chunk) {
    auto view = std::make_shared<MailboxView>();
    auto chunk = std::make_shared<std::vector<MessageRow>>();
    for (std::size_t i = 0; i < mails.size(); ++i) {
        const SampleMail& mail = mails[i];
        MessageRow row;
        row.uid = static_cast<std::uint32_t>(i + 1);
        row.subject = mail.subject;
        row.sender_name = mail.sender;
        row.sender_address = mail.address.empty() ? "faktury@firma.example" : mail.address;
        row.received = sample_now() - std::chrono::minutes(mail.minutes_ago);
        row.size_octets = mail.size_octets;
        row.attachments = mail.attachments;
        row.parts = parts_of(mail, i);
        row.initial.status = mail.status;
        ++view->counts.at(static_cast<std::size_t>(mail.status));
        chunk->push_back(row);
        if (chunk->size() == rows_per_chunk) {
            view->chunks.push_back(std::move(chunk));
            chunk = std::make_shared<std::vector<MessageRow>>();
        }
    }
    if (!chunk->empty())
        view->chunks.push_back(std::move(chunk));
    view->rows_version = view->states_version = 1;
    view->expected = mails.size();
    view->complete = true;
    return view;
}

std::shared_ptr<const MailboxView> office_mailbox() {
    return sample_mailbox({
        {Status::new_, "Faktura FV/2026/11/0412 \u2013 usługi transportowe",
         "Transbud Łódź Sp. z o.o.", "faktury@transbud.example", 3, 1, 188416},
        {Status::new_, "Faktura nr 118/11/2026 oraz protokół odbioru", "Żak i Wspólnicy", "", 18, 3,
         2516582},
        {Status::taken, "Rechnung 2026-4471", "Müller Werkzeuge GmbH", "", 34, 1, 94208},
        {Status::check, "Duplikat faktury FS 2291 (winmail.dat)",
         "Księgowość \u2013 Hurtownia Świt", "", 55, 1, 1153434},
        {Status::new_, "Wyciąg bankowy za październik", "Bank Spółdzielczy w Górze", "", 87, 2,
         317440},
        {Status::partial, "Zamówienie 7730 \u2013 potwierdzenie i specyfikacja",
         "Zakład Mebli „Dąb”", "", 120, 4, 7130316},
        {Status::taken, "Faktura za energię 10/2026", "Energa Obrót \u2013 eFaktura", "", 995, 1,
         226304},
        {Status::held, "Korekta KOR/88/2026", "Papier-Hurt Częstochowa", "", 1093, 1, 143360},
        {Status::failed, "Invoice INV-20881 \u2013 action required", "Northwind Cloud Ltd.", "",
         1119, 1, 76800},
        {Status::taken, "Faktura FV 5521/2026 + list przewozowy", "Spedycja Wisła", "", 1197, 2,
         1992294},
        {Status::taken, "Noty odsetkowe \u2013 III kwartał", "Kancelaria Ćwik", "", 1283, 3,
         655360},
        {Status::none, "Zapytanie o termin", "Jan Źrebiec", "", 1400, 0, 6144},
        {Status::taken, "Faktura VAT 9/11/2026", "Biuro Rachunkowe Gęś", "", 2900, 1, 120000},
        {Status::taken, "Rozliczenie za listopad", "Wodociągi Śrem", "", 4400, 1, 88000},
        {Status::taken, "E-faktura za usługi telekomunikacyjne", "Sieć Południe", "", 9000, 1,
         310000},
        {Status::gone, "Oferta specjalna", "Sklep Łąka", "", 12000, 0, 44000},
    });
}

std::shared_ptr<const MailboxView> large_mailbox(std::size_t count) {
    constexpr std::array<const char*, 7> words{"Faktura",    "Łódź",    "zamówienie", "Rechnung",
                                               "Środowisko", "korekta", "Ćwierćnuta"};
    auto view = std::make_shared<MailboxView>();
    auto chunk = std::make_shared<std::vector<MessageRow>>();
    for (std::size_t i = 0; i < count; ++i) {
        MessageRow row;
        row.uid = static_cast<std::uint32_t>(i + 1);
        row.subject = std::string(words[i % 7]) + " " + std::to_string(i * 7919 % count);
        row.sender_name = std::string("Firma ") + words[i * 3 % 7];
        row.sender_address = "faktury@firma.example";
        row.received = sample_now() - std::chrono::minutes(i * 104729 % count);
        row.size_octets = i * 31337 % 9000000;
        row.attachments = static_cast<std::uint32_t>(i % 5);
        row.initial.status = i % 3 == 0 ? Status::new_ : Status::taken;
        ++view->counts.at(static_cast<std::size_t>(row.initial.status));
        chunk->push_back(std::move(row));
        if (chunk->size() == 1000) {
            view->chunks.push_back(std::move(chunk));
            chunk = std::make_shared<std::vector<MessageRow>>();
        }
    }
    view->chunks.push_back(std::move(chunk));
    view->rows_version = view->states_version = 1;
    view->expected = count;
    view->complete = true;
    return view;
}

std::shared_ptr<mail::PointView> sample_point(const std::string& id, const std::string& name,
                                              mail::PointHealth health) {
    auto definition = std::make_shared<mail::point::Point>();
    definition->id = id;
    definition->name = name;
    definition->columns = {"subject", "sender", "received", "attachments", "size"};
    definition->connection.server = "imap.firma.example";
    definition->connection.login = "faktury@firma.example";
    definition->general.set_folder_while_working = true;
    auto view = std::make_shared<mail::PointView>();
    view->definition = std::move(definition);
    view->path = "/dane/" + id + ".json";
    view->health = health;
    view->checked_at = sample_now() - std::chrono::minutes(1);
    view->target_folder = view->defined_folder = "/home/biuro/Faktury/2026-11";
    return view;
}

mail::Snapshot office_snapshot() {
    mail::Snapshot snapshot;
    auto costs = sample_point("koszty", "Faktury kosztowe", mail::PointHealth::ok);
    costs->mailbox = office_mailbox();
    auto definition = std::make_shared<mail::point::Point>(*costs->definition);
    definition->operators = {"ala", "jan"};
    costs->definition = std::move(definition);
    snapshot.operators = std::make_shared<const mail::point::Operators>(
        mail::point::Operators{{"ala", "1000", "ala", "Ala Źrebiec", true, true},
                               {"jan", "1001", "jan", "Jan Żak", false, false},
                               {"ewa", "1002", "ewa", "Ewa Świt", false, false}});
    snapshot.me = "ala";
    auto orders = sample_point("zamowienia", "Zamówienia \u2013 Oddział Północ-Wschód",
                               mail::PointHealth::ok);
    orders->mailbox = sample_mailbox({{Status::new_, "Zamówienie 1", "Dąb"},
                                      {Status::new_, "Zamówienie 2", "Świt"},
                                      {Status::new_, "Zamówienie 3", "Żak"}});
    auto office = sample_point("biuro", "Biuro", mail::PointHealth::signin);
    office->error =
        mail::Error{mail::Cause::login_refused, mail::Layer::auth, mail::Reach::point, {}};
    auto claims = sample_point("reklamacje", "Reklamacje", mail::PointHealth::down);
    claims->error = mail::Error{mail::Cause::connect_timeout,
                                mail::Layer::tcp,
                                mail::Reach::connection,
                                {{"host", "imap.firma.example"}}};
    snapshot.points = {costs, orders, office, claims};
    snapshot.version = 1;
    return snapshot;
}

mail::Snapshot removing_snapshot() {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    auto definition = std::make_shared<mail::point::Point>(*point->definition);
    definition->general.allow_delete_from_mailbox = true;
    point->definition = std::move(definition);
    auto mailbox = std::make_shared<MailboxView>(*point->mailbox);
    MessageState hidden;
    hidden.status = Status::hidden;
    mailbox->changes = mailbox->changes.with({{11, hidden}, {12, hidden}, {13, hidden}});
    point->mailbox = std::move(mailbox);
    snapshot.points[0] = std::move(point);
    return snapshot;
}

std::vector<mail::QuarantineView> sample_quarantine() {
    const auto removed = [](std::uint32_t uid, const char* subject, const char* sender,
                            const char* who, int hours) {
        mail::QuarantineView one;
        one.uid = uid;
        one.uid_validity = 7;
        one.subject = subject;
        one.sender = sender;
        one.who = who;
        one.removed = sample_now() - std::chrono::hours(hours);
        one.keep_until = one.removed + std::chrono::days(30);
        one.size_octets = 91000U + 51000U * uid;
        return one;
    };
    return {removed(31, "Faktura FV/2026/11/0398 \u2013 usługi transportowe",
                    "Transbud Łódź Sp. z o.o.", "Ala Źrebiec", 1),
            removed(30, "Oferta specjalna na papier ksero i tonery do końca listopada",
                    "Sklep Łąka", "Jan Żak", 20),
            removed(27, "", "Księgowość \u2013 Hurtownia Świt", "Jan Żak", 50),
            removed(12, "Rechnung 2026-4402", "Müller Werkzeuge GmbH", "Ala Źrebiec", 400)};
}

mail::work::Forecast sample_forecast() {
    using mail::Reason;
    using mail::Verdict;
    mail::work::Forecast all;
    const auto add = [&all](const char* sender, const char* subject,
                            std::vector<mail::work::Forecast::File> files) {
        mail::work::Forecast::Message message;
        message.uid = 40U - static_cast<std::uint32_t>(all.messages.size());
        message.sender = sender;
        message.subject = subject;
        message.received = sample_now() - std::chrono::minutes(31 * all.messages.size());
        message.files = std::move(files);
        all.messages.push_back(std::move(message));
    };
    add("Transbud Łódź", "Faktura FV/2026/11/0412 \u2013 usługi transportowe",
        {{"2", "FV_0412.pdf", "2026-11-24 Transbud Łódź FV_0412.pdf", "application/pdf", 188'416,
          Verdict::will_be_taken, Reason::attachment},
         {"1.2", "image001.png", "", "image/png", 8'120, Verdict::skipped, Reason::logo}});
    add("Müller GmbH", "Rechnung 2026-4471",
        {{"2", "Rechnung.pdf", "2026-11-24 Müller GmbH Rechnung.pdf", "application/pdf", 94'208,
          Verdict::will_be_taken, Reason::attachment}});
    add("Hurtownia Świt", "Duplikat (winmail.dat)", {});
    all.messages.back().has_to_be_read = true;
    add("Sklep Łąka", "Faktura w archiwum",
        {{"2", "faktura.exe", "", "application/octet-stream", 1'204'224, Verdict::needs_you,
          Reason::executable}});
    all.in_folder = 1204;
    all.files = 2;
    all.octets = 282'624;
    all.skipped = all.need_you = all.have_to_be_read = 1;
    return all;
}

mail::DayReport sample_report() {
    mail::DayReport report;
    report.since = sample_now() - std::chrono::hours(9);
    report.until = report.since + std::chrono::hours(24);
    const auto add = [&report](int minutes, const char* who, std::uint32_t uid, const char* subject,
                               mail::Status status, std::vector<mail::DayReport::File> files,
                               std::vector<mail::DayReport::LeftOut> left_out) {
        report.documents.push_back({"koszty", "Faktury kosztowe",
                                    report.since + std::chrono::minutes(minutes), who, uid, subject,
                                    status, status == mail::Status::failed ? "disk_full" : "",
                                    std::move(files), std::move(left_out)});
    };
    add(461, "Ala Źrebiec", 31, "Faktura FV/2026/11/0398 \u2013 usługi transportowe",
        mail::Status::taken,
        {{"FV_0398.pdf", "/home/biuro/Faktury/2026-11/FV_0398.pdf", "application/pdf", "aa",
          188'416}},
        {{"image001.png", mail::Reason::logo, false}});
    add(480, "Jan Żak", 33, "Zamówienie 7730 \u2013 potwierdzenie i specyfikacja",
        mail::Status::partial,
        {{"spec.pdf", "/home/biuro/Faktury/2026-11/spec.pdf", "application/pdf", "bb", 94'208}},
        {{"makro.exe", mail::Reason::executable, true}});
    add(502, "Jan Żak", 35, "Invoice INV-20881 \u2013 action required", mail::Status::failed, {},
        {});
    report.open = {{"koszty", "Faktury kosztowe", 41, "Faktura FV/2026/11/0412", "Transbud Łódź",
                    sample_now() - std::chrono::minutes(12), mail::Status::new_, ""}};
    report.not_listed = {"Zamówienia \u2013 Oddział Północ-Wschód"};
    report.taken = report.partial = report.failed = 1;
    report.files = 2;
    report.octets = 282'624;
    report.skipped = {{"koszty", "Faktury kosztowe", report.since + std::chrono::minutes(490),
                       "Ewa Śliwa", 40, "Oferta na regały", "oferta.pdf"}};
    report.left_out = 3;
    report.removed = 3;
    return report;
}

std::vector<mail::store::Action> sample_log() {
    using What = mail::store::Action::What;
    std::vector<mail::store::Action> log;
    const auto add = [&log](What what, const char* who, const char* subject, const char* result,
                            const char* detail) {
        mail::store::Action action;
        action.number = 900 - static_cast<std::int64_t>(log.size());
        action.when = sample_now() - std::chrono::minutes(13 * log.size() * log.size());
        action.who = who;
        action.point = "koszty";
        action.point_name = "Faktury kosztowe";
        action.what = what;
        action.uid = *subject == '\0' ? 0U : 31U;
        action.subject = subject;
        action.result = result;
        action.detail = detail;
        log.push_back(std::move(action));
    };
    add(What::removed, "Ala Źrebiec", "Faktura FV/2026/11/0398 \u2013 usługi transportowe", "", "");
    add(What::document, "Ala Źrebiec", "Faktura FV/2026/11/0398 \u2013 usługi transportowe", "",
        "3/3");
    add(What::document, "Jan Żak", "Zamówienie 7730 \u2013 potwierdzenie i specyfikacja", "",
        "3/4");
    add(What::document, "Jan Żak", "Invoice INV-20881 \u2013 action required", "disk_full", "");
    add(What::hidden, "Jan Żak", "Noty odsetkowe \u2013 III kwartał", "", "");
    add(What::marked, "Jan Żak", "Oferta specjalna", "", "");
    add(What::removed, "Jan Żak", "Zapytanie o termin", "gate_locked", "");
    add(What::restored, "Ala Źrebiec", "Rechnung 2026-4402", "", "");
    add(What::folder_set, "Ala Źrebiec", "", "", "/home/biuro/Faktury/2026-11");
    add(What::signed_in, "Ala Źrebiec", "", "", "faktury@firma.example");
    add(What::point_saved, "Ala Źrebiec", "", "", "");
    return log;
}

mail::Snapshot taking_snapshot() {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    auto mailbox = std::make_shared<MailboxView>(*point->mailbox);
    MessageState taken, working, queued;
    taken.status = Status::taken;
    working.status = Status::taking;
    working.done_octets = 943718;
    working.total_octets = 2516582;
    queued.status = Status::queued;
    mailbox->changes = mailbox->changes.with({{1, taken}, {2, working}, {5, queued}});
    mailbox->states_version = 2;
    point->mailbox = mailbox;
    snapshot.points[0] = point;
    auto job = std::make_shared<mail::JobView>();
    job->id = 7;
    job->kind = mail::JobView::Kind::take;
    job->point = "koszty";
    job->state = mail::JobView::State::running;
    job->messages_total = 3;
    job->messages_done = 1;
    job->octets_done = 943718;
    job->octets_total = 3040870;
    snapshot.jobs = {job};
    snapshot.version = 2;
    return snapshot;
}

mail::Snapshot signin_snapshot(mail::Cause cause) {
    mail::Snapshot snapshot;
    auto point = sample_point("biuro", "Biuro", mail::PointHealth::signin);
    point->error = mail::Error{cause, mail::Layer::auth, mail::Reach::point, {}};
    snapshot.points = {point};
    snapshot.version = 1;
    return snapshot;
}

mail::Snapshot damaged_snapshot() {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>();
    auto definition = std::make_shared<mail::point::Point>();
    definition->id = "damaged";
    definition->name = "zamowienia-oddzial-polnoc-wschod";
    point->definition = std::move(definition);
    point->path = "/home/ala.nowak/.local/share/mailpoint/points/zamowienia-oddzial-polnoc-wschod"
                  "-2026.json";
    point->file_error = mail::Error{mail::Cause::point_damaged,
                                    mail::Layer::point,
                                    mail::Reach::point,
                                    {{"file", point->path},
                                     {"line", "17"},
                                     {"reason", "must_be_one_of"},
                                     {"field", "connection.encryption"},
                                     {"expected", R"("auto", "tls", "starttls", "none")"}}};
    snapshot.points[1] = point;
    return snapshot;
}

void sign_in_at_provider(mail::point::Point& point) {
    point.connection.authentication = mail::point::Authentication::oauth2;
    point.connection.oauth.client_id = "1b730954-1685-4b74-9bfd-dac224a7b894";
}

mail::Snapshot provider_snapshot() {
    mail::Snapshot snapshot = signin_snapshot(mail::Cause::sign_in_fault);
    auto view = std::make_shared<mail::PointView>(*snapshot.points[0]);
    auto point = std::make_shared<mail::point::Point>(*view->definition);
    sign_in_at_provider(*point);
    view->definition = std::move(point);
    view->error->layer = mail::Layer::oauth;
    view->error->facts = {{"fault", "unused_too_long"}, {"number", "700082"}};
    snapshot.points = {view};
    return snapshot;
}

std::shared_ptr<mail::JobView> sign_in_job(SigningIn state) {
    auto job = std::make_shared<mail::JobView>();
    job->id = 1;
    job->kind = mail::JobView::Kind::authorize;
    job->state = mail::JobView::State::running;
    mail::AuthorizationView now;
    now.stage = state == SigningIn::device ? mail::AuthorizationView::Stage::device
                                           : mail::AuthorizationView::Stage::browser;
    now.address = state == SigningIn::device ? "https://microsoft.com/devicelogin"
                                             : "https://login.microsoftonline.com/common/oauth2/"
                                               "v2.0/authorize?response_type=code&client_id=1";
    now.user_code = "F7K4-QXBD";
    now.browser_opened = state == SigningIn::browser;
    now.ends = sample_now() + std::chrono::seconds(527);
    job->authorization = std::make_shared<const mail::AuthorizationView>(now);
    if (state == SigningIn::done) {
        mail::AccountView account;
        account.login = account.person = "faktury@firma.example";
        account.issuer =
            "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
        account.scopes = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access openid";
        account.signed_in = account.refreshed = sample_now();
        account.expires = sample_now() + std::chrono::minutes(72);
        account.renewable = true;
        job->account = std::make_shared<const mail::AccountView>(account);
        job->state = mail::JobView::State::done;
    }
    if (state == SigningIn::failed) {
        job->error = mail::Error{mail::Cause::sign_in_fault,
                                 mail::Layer::oauth,
                                 mail::Reach::point,
                                 {{"fault", "administrator_consent"}, {"number", "90094"}}};
        job->state = mail::JobView::State::failed;
    }
    return job;
}

mail::Snapshot down_snapshot() {
    mail::Snapshot snapshot = office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[3]);
    point->mailbox = snapshot.points[0]->mailbox;
    snapshot.points = {point, snapshot.points[1]};
    return snapshot;
}

}  // namespace gui::test
