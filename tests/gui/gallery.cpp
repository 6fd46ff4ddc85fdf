// Draws the screens with made-up snapshots in a real window and writes what is seen as PNG files,
// to be looked at: gui_gallery FOLDER [PART OF A NAME]. Fails where a scene can't be made or its
// picture is blank. Needs a display; a virtual one will do.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "gui/canvas.h"
#include "gui/desk.h"
#include "gui/desktop.h"
#include "gui/fallback_fonts.h"
#include "gui/shell.h"
#include "tests/gui/ocr_samples.h"
#include "tests/gui/samples.h"

namespace {

using namespace gui;

/// A screen: what the engine shows, and what is pressed before the picture is taken.
struct Scene {
    std::string name;
    std::function<mail::Snapshot()> snapshot;
    std::vector<ImGuiKeyChord> keys;
    std::function<Editor()> editor = {};  ///< that stands over it
    /// Autoryzacja is pressed then, and that is its job.
    std::optional<test::SigningIn> signing_in = {};
    std::string dropped = {};  ///< a file that is let go over the window then
};

struct Look {
    text::Language language;
    Theme theme;
    int percent, width, height;
};

std::string name_of(const Scene& scene, const Look& look) {
    constexpr std::array<const char*, 4> themes{"system", "light", "dark", "contrast"};
    return scene.name + "-" + (look.language == text::Language::pl ? "pl" : "en") + "-" +
           themes[static_cast<std::size_t>(look.theme)] + "-" + std::to_string(look.percent) + "-" +
           std::to_string(look.width) + "x" + std::to_string(look.height);
}

Editor editor_of(const std::function<void(mail::point::Point&)>& change) {
    mail::PointView view = *test::office_snapshot().points[0];
    auto point = std::make_shared<mail::point::Point>(*view.definition);
    change(*point);
    view.definition = std::move(point);
    return Editor::for_point(view);
}

Editor with_password() {
    return editor_of([](mail::point::Point&) {});
}

Editor with_oauth2() {
    return editor_of([](mail::point::Point& point) {
        point.connection.authentication = mail::point::Authentication::oauth2;
        point.connection.shared_mailbox = "faktury@firma.example";
    });
}

Editor with_faults() {
    return editor_of([](mail::point::Point& point) {
        point.name.clear();
        point.connection.server = "imap firma";
        point.connection.port = 0;
        point.general.naming = "{brak}";
    });
}

/// A scene for each of its tabs.
void add_tabs(std::vector<Scene>& all, const char* name, const std::function<Editor()>& editor,
              std::vector<ImGuiKeyChord> keys = {}) {
    for (const char* tab : {"", "_general", "_list", "_permissions"}) {
        all.push_back({std::string(name) + tab, test::office_snapshot, keys, editor});
        keys.push_back(ImGuiMod_Ctrl | ImGuiKey_PageDown);
    }
}

/// A folder of the operator's own, in place of the point's.
mail::Snapshot with_chosen_folder() {
    mail::Snapshot snapshot = test::office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points.front());
    point->target_folder = "/home/biuro/Faktury/Zażółć gęślą jaźń – listopad";
    point->folder_from = mail::PointView::FolderFrom::chosen;
    snapshot.points.front() = std::move(point);
    return snapshot;
}

mail::Snapshot scripts_snapshot() {
    mail::Snapshot snapshot = test::office_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    using mail::Status;
    point->mailbox = test::sample_mailbox({
        {Status::new_, "发票 2026-11 – 上海贸易有限公司", "上海贸易有限公司"},
        {Status::new_, "請求書のご送付 (インボイス)", "株式会社さくら"},
        {Status::taken, "청구서 11월 – 세금계산서", "한국상사"},
        {Status::new_, "فاتورة رقم 118", "شركة النور"},
        {Status::check, "חשבונית מס 5521", "חברת הגליל"},
        {Status::new_, "चालान संख्या 42", "दिल्ली ट्रेडर्स"},
        {Status::taken, "ใบแจ้งหนี้ เลขที่ 7", "บริษัท ตัวอย่าง"},
        {Status::new_, "Τιμολόγιο 88/2026", "Αθήνα Εμπορική"},
        {Status::none, "Счёт-фактура № 12", "ООО «Пример»"},
        {Status::new_, "Faktura \U0001F600 \U0001F4CE \U0001F9FE", "Żółć \u2013 „ĄĆĘŁŃÓŚŹŻ”"},
    });
    snapshot.points[0] = point;
    return snapshot;
}

/// A point whose stored password is locked.
mail::Snapshot locked() {
    mail::Snapshot snapshot = test::signin_snapshot(mail::Cause::master_password_needed);
    snapshot.secrets = {mail::SecretsView::Kind::file, mail::SecretsView::Wants::master_password};
    return snapshot;
}

mail::Snapshot without_store() {
    mail::Snapshot snapshot = test::office_snapshot();
    snapshot.secrets.kind = mail::SecretsView::Kind::memory;
    return snapshot;
}

mail::Snapshot with_short_master_password() {
    mail::Snapshot snapshot = test::office_snapshot();
    snapshot.secrets = {mail::SecretsView::Kind::file,
                        mail::SecretsView::Wants::longer_master_password};
    return snapshot;
}

mail::Snapshot with_operators() {
    mail::Snapshot snapshot = test::office_snapshot();
    snapshot.operators = std::make_shared<mail::point::Operators>(mail::point::Operators{
        {"ala", "1000", "ala", "Ala Nowak", true, true},
        {"jan", "1001", "jan.kowalski", "Jan Kowalski-Wiśniewski", false, true},
        {"ewa", "1002", "ewa", "Ewa Źdźbło", false, false},
    });
    snapshot.me = "ala";
    return snapshot;
}

/// Seen by somebody who may work with it only.
mail::Snapshot seen_by_operator() {
    mail::Snapshot snapshot = with_operators();
    snapshot.me = "jan";
    snapshot.may_define = false;
    return snapshot;
}

/// The first job that is posted is the test, which ends at the certificate.
mail::Snapshot refused_certificate(mail::Cause cause) {
    using mail::diagnose::Verdict;
    mail::Snapshot snapshot = test::office_snapshot();
    const mail::Error error{cause,
                            mail::Layer::tls,
                            mail::Reach::connection,
                            {{"host", "imap.firma.example"},
                             {"expected", std::string(64, '7')},
                             {"subject", "CN = mail.firma.example"},
                             {"issuer", "CN = Firma CA 2024, O = Firma Sp. z o.o., C = PL"},
                             {"names", "mail.firma.example, poczta.firma.example"},
                             {"valid_from", "2025-03-01"},
                             {"valid_until", "2026-03-01"},
                             {"sha256", std::string(64, 'a')}}};
    auto found = std::make_shared<mail::Diagnosis>();
    found->state = mail::Diagnosis::State::ended;
    for (const mail::Layer layer : {mail::Layer::dns, mail::Layer::tcp})
        found->steps.push_back({layer, Verdict::ok, std::chrono::milliseconds(12), {}, {}});
    found->steps.push_back(
        {mail::Layer::tls, Verdict::fail, std::chrono::milliseconds(48), error.facts, error});
    for (const mail::Layer layer : {mail::Layer::greeting, mail::Layer::capabilities,
                                    mail::Layer::auth, mail::Layer::folders, mail::Layer::select})
        found->steps.push_back({layer, Verdict::skipped, {}, {}, {}});
    auto job = std::make_shared<mail::JobView>();
    job->id = 1;
    job->kind = mail::JobView::Kind::diagnose;
    job->state = mail::JobView::State::done;
    job->diagnosis = found;
    snapshot.jobs = {job};
    return snapshot;
}

/// The job of the first lookup.
mail::JobView ended_job(mail::JobView::Kind kind) {
    mail::JobView job;
    job.id = 1;
    job.kind = kind;
    job.state = mail::JobView::State::done;
    job.point = "koszty";
    return job;
}

mail::Snapshot with_quarantine(std::vector<mail::QuarantineView> found) {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::quarantine);
    job.quarantine = std::make_shared<std::vector<mail::QuarantineView>>(std::move(found));
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

mail::Snapshot with_log(std::vector<mail::store::Action> found) {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::log);
    job.log = std::make_shared<std::vector<mail::store::Action>>(std::move(found));
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

mail::Snapshot with_forecast() {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::what_if);
    job.forecast = std::make_shared<const mail::work::Forecast>(test::sample_forecast());
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

mail::Snapshot with_report() {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::report);
    job.report = std::make_shared<const mail::DayReport>(test::sample_report());
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

mail::Snapshot with_failed_lookup() {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::quarantine);
    job.state = mail::JobView::State::failed;
    job.error = mail::Error{mail::Cause::ledger_failed,
                            mail::Layer::ledger,
                            mail::Reach::point,
                            {{"path", "state.db"}}};
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

/// What comes of the first removal.
mail::Snapshot removed(std::size_t gone, std::size_t kept) {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::remove_messages);
    for (std::uint32_t uid = 100; uid < 100 + gone; ++uid)
        job.removed.push_back({uid, 7});
    const mail::Error changed{
        mail::Cause::message_changed, mail::Layer::folders, mail::Reach::message, {}};
    if (kept > 0)
        job.kept = {{1, changed}, {2, changed}};
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

mail::Snapshot others_marked() {
    mail::Snapshot snapshot = test::removing_snapshot();
    mail::JobView job = ended_job(mail::JobView::Kind::remove_messages);
    job.state = mail::JobView::State::failed;
    job.error = mail::Error{
        mail::Cause::others_marked, mail::Layer::folders, mail::Reach::point, {{"count", "4"}}};
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

mail::Snapshot without_copies() {
    mail::Snapshot snapshot = test::removing_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    auto definition = std::make_shared<mail::point::Point>(*point->definition);
    definition->general.quarantine_days = 0;
    point->definition = std::move(definition);
    snapshot.points[0] = std::move(point);
    return snapshot;
}

mail::Snapshot all_hidden() {
    mail::Snapshot snapshot = test::removing_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    point->mailbox = test::sample_mailbox({{mail::Status::hidden, "Oferta", "Sklep Łąka"}});
    snapshot.points[0] = std::move(point);
    return snapshot;
}

/// From the menu.
std::vector<ImGuiKeyChord> to_menu_row(int row, std::vector<ImGuiKeyChord> more = {}) {
    std::vector<ImGuiKeyChord> keys(static_cast<std::size_t>(row), ImGuiKey_DownArrow);
    keys.insert(keys.begin(), ImGuiKey_F10);
    keys.push_back(ImGuiKey_Enter);
    keys.insert(keys.end(), more.begin(), more.end());
    return keys;
}

/// The pictures of removal, quarantine and log.
void add_removal(std::vector<Scene>& all) {
    const ImGuiKeyChord down = ImGuiKey_DownArrow, extend = ImGuiMod_Shift | ImGuiKey_DownArrow;
    const ImGuiKeyChord back = ImGuiMod_Shift | ImGuiKey_F6;
    const ImGuiKeyChord deletes = ImGuiMod_Shift | ImGuiKey_Delete;
    constexpr int dry_run_row = 9, quarantine_row = 10, report_row = 11, log_row = 12,
                  about_row = 17;
    all.push_back({"remove_menu",
                   test::removing_snapshot,
                   {down, extend, back, back, back, ImGuiKey_Tab, ImGuiKey_Tab, ImGuiKey_Enter}});
    all.push_back({"row_menu", test::removing_snapshot, {down, extend, ImGuiKey_Menu}});
    all.push_back(
        {"remove_unsaved", test::removing_snapshot, {down, extend, extend, extend, deletes}});
    all.push_back({"remove_no_copy", without_copies, {down, down, deletes}});
    all.push_back({"removed", [] { return removed(2, 0); }, {down, extend, ImGuiKey_Delete}});
    all.push_back({"removed_partly",
                   [] { return removed(1, 2); },
                   {down, down, ImGuiKey_UpArrow, ImGuiKey_UpArrow, ImGuiKey_Delete}});
    all.push_back({"others_marked", others_marked, {down, down, deletes}});
    all.push_back({"hidden",
                   test::removing_snapshot,
                   {down, back, ImGuiKey_Tab, ImGuiKey_Tab, ImGuiKey_Tab, ImGuiKey_Tab,
                    ImGuiKey_Enter, ImGuiKey_F6, down}});
    all.push_back({"all_hidden", all_hidden, {}});
    all.push_back({"quarantine", [] { return with_quarantine(test::sample_quarantine()); },
                   to_menu_row(quarantine_row, {down, extend})});
    all.push_back(
        {"quarantine_empty", [] { return with_quarantine({}); }, to_menu_row(quarantine_row)});
    all.push_back({"quarantine_failed", with_failed_lookup, to_menu_row(quarantine_row)});
    all.push_back(
        {"log", [] { return with_log(test::sample_log()); }, to_menu_row(log_row, {ImGuiKey_Tab})});
    const ImGuiKeyChord before = ImGuiMod_Shift | ImGuiKey_Tab;
    all.push_back({"log_export", [] { return with_log(test::sample_log()); },
                   to_menu_row(log_row, {down, ImGuiKey_Tab, before, before, ImGuiKey_Enter})});
    all.push_back({"log_empty", [] { return with_log({}); }, to_menu_row(log_row)});
    all.push_back({"dry_run", with_forecast, to_menu_row(dry_run_row)});
    all.push_back({"report", with_report, to_menu_row(report_row)});
    all.push_back({"palette", test::office_snapshot, {ImGuiMod_Ctrl | ImGuiKey_K}});
    all.push_back({"settings", test::office_snapshot, {ImGuiMod_Ctrl | ImGuiKey_Comma}});
    all.push_back({"settings_others",
                   [] {
                       mail::Snapshot snapshot = test::office_snapshot();
                       snapshot.may_define = false;
                       return snapshot;
                   },
                   {ImGuiMod_Ctrl | ImGuiKey_Comma}});
    all.push_back({"about", test::office_snapshot, to_menu_row(about_row)});
}

/// What a look at a part of the first message shows.
mail::Snapshot with_preview(const std::string& part, mail::preview::Preview content) {
    mail::Snapshot snapshot = test::office_snapshot();
    auto view = std::make_shared<mail::PreviewView>();
    view->point = snapshot.points.front()->definition->id;
    view->uid = 1;
    view->part = part;
    view->content = std::move(content);
    snapshot.preview = std::move(view);
    return snapshot;
}

mail::Text sample_text() {
    return {"Dzień dobry,\n\nw załączniku przesyłamy fakturę za listopad 2026. Prosimy o płatność "
            "przelewem w terminie 14 dni na rachunek podany na fakturze.\n\n"
            "• Faktura FV/2026/11/0412\n• Specyfikacja dostawy\n\n"
            "Zmiana danych do faktury: Panel klienta [https://panel.transbud.example/dane]\n\n"
            "Z poważaniem\nZażółć Gęślą-Jaźń\nTransbud Łódź Sp. z o.o.\nul. Świętokrzyska 12",
            mail::mime::Reading::guessed, true};
}

/// A page with lines on it, larger than the room for it.
mail::Picture sample_picture() {
    mail::Picture picture;
    picture.width = 724;
    picture.height = 1024;
    picture.original_width = 2480;
    picture.original_height = 3508;
    for (std::uint32_t y = 0; y < picture.height; ++y)
        for (std::uint32_t x = 0; x < picture.width; ++x) {
            const bool ink = x > 80 && x < 640 - (y / 40) * 7 % 200 && y > 100 && y % 40 < 12;
            const std::uint8_t value = ink ? 60 : 250;
            picture.rgba.insert(picture.rgba.end(),
                                {value, value, ink ? std::uint8_t{90} : value, std::uint8_t{255}});
        }
    return picture;
}

/// The first job is the look into the file.
mail::Snapshot with_letter(const std::string& path) {
    mail::Snapshot snapshot = with_preview("1", sample_text());
    auto view = std::make_shared<mail::PreviewView>(*snapshot.preview);
    view->point.clear();
    view->uid = 0;
    view->path = path;
    snapshot.preview = std::move(view);
    auto letter = std::make_shared<mail::LetterView>();
    letter->path = path;
    letter->subject = "Faktura FV/2026/11/0412 – zażółć gęślą jaźń";
    letter->sender_name = "Transbud Łódź";
    letter->sender_address = "faktury@transbud.example";
    letter->sent = test::sample_now();
    letter->size_octets = 212'000;
    const auto& mailbox = *snapshot.points.front()->mailbox;
    letter->parts = mailbox.chunks.front()->front().parts.unpack();
    mail::JobView job = ended_job(mail::JobView::Kind::look_into);
    job.letter = std::move(letter);
    snapshot.jobs = {std::make_shared<mail::JobView>(std::move(job))};
    return snapshot;
}

/// The pictures of looks at messages.
void add_looks(std::vector<Scene>& all) {
    const ImGuiKeyChord down = ImGuiKey_DownArrow, up = ImGuiKey_UpArrow;
    all.push_back({"preview_text", [] { return with_preview("", sample_text()); }, {down, up}});
    all.push_back(
        {"preview_selected",
         [] { return with_preview("1", sample_text()); },
         {down, up, ImGuiKey_Enter, ImGuiKey_RightArrow, down,
          ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_RightArrow, ImGuiMod_Shift | ImGuiKey_DownArrow,
          ImGuiMod_Shift | ImGuiKey_DownArrow, ImGuiMod_Shift | ImGuiKey_DownArrow}});
    all.push_back({"preview_picture",
                   [] { return with_preview("9", sample_picture()); },
                   {down, up, ImGuiKey_Enter, down, down}});
    all.push_back({"preview_none",
                   [] { return with_preview("2", mail::NoPreview::other_type); },
                   {down, up, ImGuiKey_Enter, down}});
    // What waits for somebody, with its links; and those of a part that is chosen.
    all.push_back({"decision", test::office_snapshot, {down, down, down}});
    all.push_back({"decision_chosen",
                   test::office_snapshot,
                   {down, down, down, ImGuiKey_Enter, down, down, down, down}});
    all.push_back({"save_message",
                   [] { return with_preview("", sample_text()); },
                   {down, up, ImGuiMod_Ctrl | ImGuiKey_S}});
    const std::string path = "/home/biuro/Pulpit/Faktura FV 2026 11 0412.eml";
    all.push_back({"dropped", [path] { return with_letter(path); }, {}, {}, {}, path});
}

/// The pictures of an OCR point.
void add_ocr(std::vector<Scene>& all) {
    const ImGuiKeyChord down = ImGuiKey_DownArrow, extend = ImGuiMod_Shift | ImGuiKey_DownArrow;
    const ImGuiKeyChord shown = ImGuiMod_Ctrl | ImGuiKey_5;
    const auto not_allowed = [] { return test::ocr_not_allowed(1); };
    all.push_back({"queue", test::ocr_snapshot, {shown, down, extend}});
    all.push_back({"queue_menu", test::ocr_snapshot, {shown, down, ImGuiKey_Menu}});
    all.push_back({"queue_keys", test::ocr_snapshot, {shown, ImGuiKey_F1}});
    all.push_back({"queue_empty", [] { return test::ocr_snapshot_with({}); }, {shown}});
    all.push_back({"queue_fault", test::ocr_fault, {shown}});
    all.push_back({"queue_not_allowed", not_allowed, {shown}});
    all.push_back({"queue_consent", not_allowed, {shown, ImGuiMod_Ctrl | ImGuiKey_Enter}});
    all.push_back({"queue_parts", test::ocr_handed_over, {down, down}});
    all.push_back({"queue_refused", test::ocr_handed_over, {down, ImGuiKey_UpArrow}});
}

/// Into the editor of the first point, and there to the footer's first button.
std::vector<ImGuiKeyChord> to_test() {
    const ImGuiKeyChord back = ImGuiMod_Shift | ImGuiKey_Tab;
    return {ImGuiKey_F10, ImGuiKey_DownArrow, ImGuiKey_Enter, back, back, back, ImGuiKey_Enter};
}

std::vector<Scene> scenes() {
    const ImGuiKeyChord down = ImGuiKey_DownArrow, extend = ImGuiMod_Shift | ImGuiKey_DownArrow;
    std::vector<Scene> all{
        {"main", test::office_snapshot, {down, ImGuiKey_UpArrow, extend}},
        {"taking", test::taking_snapshot, {down, extend}},
        {"scripts", scripts_snapshot, {}},
        {"signin", [] { return test::signin_snapshot(mail::Cause::password_needed); }, {}},
        {"refused", [] { return test::signin_snapshot(mail::Cause::login_refused); }, {}},
        {"down", test::down_snapshot, {down}},
        {"damaged", test::damaged_snapshot, {ImGuiMod_Ctrl | ImGuiKey_2}},
        {"keys", test::office_snapshot, {ImGuiKey_F1}},
        {"folder", test::office_snapshot, {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O}},
        {"folder_chosen", with_chosen_folder, {}},
        {"folder_back", with_chosen_folder, {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O}},
        {"menu", test::office_snapshot, {ImGuiKey_F10}},
        {"welcome", [] { return mail::Snapshot(); }, {}},
        {"new", test::office_snapshot, {ImGuiMod_Ctrl | ImGuiKey_N}},
        // From the menu: "New point…", then "Edit point…".
        {"definition_seen", seen_by_operator, {ImGuiKey_F10, ImGuiKey_Enter}},
        {"locked", locked, {}},
        {"locked_notice", locked, {ImGuiKey_Escape}},
        {"no_store", without_store, {}},
        {"short_master", with_short_master_password, {}},
        {"editor_no_store", without_store, {ImGuiKey_F10, down, ImGuiKey_Enter}},
        {"operators",
         with_operators,
         {ImGuiKey_F10, down, down, down, down, down, down, ImGuiKey_Enter}},
        {"certificate", [] { return refused_certificate(mail::Cause::certificate_untrusted); },
         to_test()},
        {"certificate_changed",
         [] { return refused_certificate(mail::Cause::certificate_changed); }, to_test()},
        {"diagnosis",
         [] { return refused_certificate(mail::Cause::certificate_untrusted); },
         {ImGuiMod_Ctrl | ImGuiKey_D}},
        {"provider", test::provider_snapshot, {}},
        {"address", test::office_snapshot, {}, [] { return Editor::for_address("jan@o2.pl"); }},
    };
    const auto at_provider = [] { return editor_of(test::sign_in_at_provider); };
    for (const auto& [state, name] : {std::pair{test::SigningIn::browser, "browser"},
                                      {test::SigningIn::no_browser, "no_browser"},
                                      {test::SigningIn::device, "device"},
                                      {test::SigningIn::done, "done"},
                                      {test::SigningIn::failed, "failed"}}) {
        all.push_back(
            {std::string("signing_in_") + name, test::office_snapshot, {}, at_provider, state});
        if (state == test::SigningIn::browser || state == test::SigningIn::failed)
            all.push_back(
                {std::string("provider_") + name, test::provider_snapshot, {}, {}, state});
    }
    add_removal(all);
    add_looks(all);
    add_ocr(all);
    add_tabs(all, "editor", with_password);
    add_tabs(all, "oauth2", with_oauth2);
    // Save goes to the first fault: in the first tab.
    add_tabs(all, "faults", with_faults, {ImGuiMod_Ctrl | ImGuiKey_S});
    add_tabs(all, "ocr", Editor::for_ocr);
    for (const char* folder : {"~/Faktury", "Faktury/2026-11"})
        all.push_back({folder[0] == '~' ? "folder_home" : "folder_relative",
                       [] {
                           mail::Snapshot snapshot = test::office_snapshot();
                           snapshot.workspace = "/home/ala.nowak/.local/share/mailpoint";
                           return snapshot;
                       },
                       {ImGuiMod_Ctrl | ImGuiKey_PageDown},
                       [folder] {
                           return editor_of([folder](mail::point::Point& point) {
                               point.general.folder = folder;
                           });
                       }});
    return all;
}

std::vector<Look> looks() {
    std::vector<Look> all;
    for (const text::Language language : {text::Language::pl, text::Language::en})
        for (const Theme theme : {Theme::light, Theme::dark, Theme::contrast})
            for (const int percent : {100, 200})
                for (const auto& [width, height] : {std::pair{1280, 800}, std::pair{1024, 640}})
                    all.push_back({language, theme, percent, width, height});
    all.push_back({text::Language::pl, Theme::light, 100, 1600, 900});
    all.push_back({text::Language::pl, Theme::light, 100, 800, 560});
    all.push_back({text::Language::pl, Theme::light, 125, 1600, 1000});
    return all;
}

void press(ImGuiKeyChord chord, bool down) {
    ImGuiIO& io = ImGui::GetIO();
    for (const ImGuiKey modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift})
        if ((chord & modifier) != 0)
            io.AddKeyEvent(modifier, down);
    io.AddKeyEvent(static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_), down);
}

/// Nothing but one colour, as good as.
bool is_blank(const Picture& picture) {
    std::size_t others = 0;
    const std::vector<std::uint8_t>& rgb = picture.rgb;
    for (std::size_t at = 3; at + 2 < rgb.size(); at += 3)
        if (rgb[at] != rgb[at - 3] || rgb[at + 1] != rgb[at - 2] || rgb[at + 2] != rgb[at - 1])
            ++others;
    return others < 1000;
}

/// A scene while its picture is taken.
class Stage {
public:
    Stage(Canvas& canvas, const Scene& scene, const Look& look)
        : canvas_(canvas), scene_(scene), look_(look), snapshot_(scene.snapshot()),
          desk_({[](const std::string&) { return true; }, [] { return Theme::light; },
                 [this](const std::u32string& characters) {
                     auto fonts = desktop::fonts_for(characters);
                     looked_for_fonts_ = true;
                     return fonts;
                 }},
                [] {}),
          shell_(
              desk_, [] {}, "") {
        settings_.language = look.language;
        settings_.theme = look.theme;
        // What the picture before has left open.
        if (ImGui::GetCurrentContext()->OpenPopupStack.Size > 0)
            ImGui::ClosePopupToLevel(0, false);
        // On a slow machine frames are long, and a key would repeat.
        ImGui::GetIO().KeyRepeatDelay = 3600.F;
        ImGui::ClearActiveID();
        // Nothing is lit because the pointer happens to lie there.
        ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouse;
        canvas_.resize(look.width, look.height);
        apply_theme(look.theme, scale());
    }

    Picture picture(const Scene& scene) {
        frames(4);
        while (shell_.busy() || (asked_for_fonts_ && !looked_for_fonts_))
            frames(1);
        if (scene.editor)
            editor_.emplace(scene.editor());
        if (!scene.dropped.empty())
            shell_.dropped({scene.dropped});
        frames(4);
        for (const ImGuiKeyChord chord : scene.keys) {
            press(chord, true);
            frames(2);
            press(chord, false);
            frames(3);
        }
        if (scene.signing_in)
            authorize(*scene.signing_in);
        frames(3);
        draw();
        return canvas_.end_frame_with_picture();
    }
    /// Whether what was to stand over the window does.
    [[nodiscard]] bool complete() const {
        const bool popup = ImGui::GetCurrentContext()->OpenPopupStack.Size > 0;
        return (!editor_ || (popup && kind_ == EditorOutcome::Kind::editing)) &&
               (!scene_.signing_in || authorized_);
    }

private:
    void authorize(test::SigningIn state) {
        snapshot_.jobs = {test::sign_in_job(state)};
        // Below the edge it could not be pressed.
        for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
            if (window->WasActive && editor_)
                ImGui::SetScrollY(window, window->ScrollMax.y);
        frames(3);
        for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
            if (window->WasActive && !authorized_) {
                ImGui::ActivateItemByID(ImHashStr("###authorize", 0, window->ID));
                frames(2);
            }
        frames(4);
    }
    [[nodiscard]] float scale() const { return static_cast<float>(look_.percent) / 100.F; }
    void draw() {
        canvas_.poll();
        add_found_fonts(desk_);
        canvas_.begin_frame();
        Frame frame{snapshot_,          post_,         cancel_, settings_, colours(), scale(),
                    test::sample_now(), look_.language};
        shell_.draw(frame);
        if (editor_)
            kind_ = editor_->draw(frame).kind;
        if (std::u32string missing = take_missing(); !missing.empty()) {
            asked_for_fonts_ = true;
            desk_.ask_fonts(std::move(missing));
        }
    }
    void frames(int count) {
        for (int i = 0; i < count; ++i) {
            draw();
            canvas_.end_frame();
        }
    }

    Canvas& canvas_;
    const Scene& scene_;
    const Look& look_;
    mail::Snapshot snapshot_;
    Settings settings_;
    bool authorized_ = false;
    std::function<mail::JobId(mail::Command)> post_ = [this](const mail::Command& command) {
        authorized_ = authorized_ || std::holds_alternative<mail::Authorize>(command);
        // What is looked up meanwhile has no answer.
        return mail::JobId{std::holds_alternative<mail::LookUpAccount>(command) ? 2U : 1U};
    };
    std::function<void(mail::JobId)> cancel_ = [](mail::JobId) {};
    std::optional<Editor> editor_;
    EditorOutcome::Kind kind_ = EditorOutcome::Kind::editing;
    bool asked_for_fonts_ = false;
    std::atomic<bool> looked_for_fonts_ = false;
    Desk desk_;
    Shell shell_;
};

/// False, and says so, if the scene can't be made.
bool take(Canvas& canvas, const Scene& scene, const Look& look,
          const std::filesystem::path& folder) {
    const std::string name = name_of(scene, look);
    Stage stage(canvas, scene, look);
    const Picture picture = stage.picture(scene);
    const std::string png = png_of(picture);
    std::ofstream file(folder / (name + ".png"), std::ios::binary);
    file.write(png.data(), static_cast<std::streamsize>(png.size()));
    file.close();
    const bool sized = picture.width == static_cast<std::uint32_t>(look.width) &&
                       picture.height == static_cast<std::uint32_t>(look.height);
    const char* wrong = !stage.complete()   ? "the editor or its sign-in is not there"
                        : !sized            ? "another size"
                        : is_blank(picture) ? "blank"
                        : !file             ? "can't be written"
                                            : nullptr;
    if (wrong != nullptr)
        std::fprintf(stderr, "%s: %s\n", name.c_str(), wrong);
    return wrong == nullptr;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : "gallery";
    const std::string wanted = argc > 2 ? argv[2] : "";
    std::filesystem::create_directories(folder);
    std::string why;
    const std::unique_ptr<Canvas> canvas = Canvas::open({}, why);
    if (!canvas) {
        std::fprintf(stderr, "%s\n", why.c_str());
        return 1;
    }
    int good = 0, bad = 0;
    for (const Scene& scene : scenes())
        for (const Look& look : looks())
            if (name_of(scene, look).find(wanted) != std::string::npos)
                ++(take(*canvas, scene, look, folder) ? good : bad);
    std::printf("%d pictures in %s\n", good, folder.c_str());
    return bad == 0 && good > 0 ? 0 : 1;
}
