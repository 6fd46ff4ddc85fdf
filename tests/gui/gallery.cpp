// Draws the screens with made-up snapshots in a real window and writes what is seen as PNG files,
// to be looked at: gui_gallery FOLDER [PART OF A NAME]. Needs a display; a virtual one will do.

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <imgui.h>
#include <imgui_internal.h>

#include "gui/canvas.h"
#include "gui/desk.h"
#include "gui/shell.h"
#include "tests/gui/samples.h"

namespace {

using namespace gui;

/// A screen: what the engine shows, and what is pressed before the picture is taken.
struct Scene {
    const char* name;
    std::function<mail::Snapshot()> snapshot;
    std::vector<ImGuiKeyChord> keys;
};

struct Look {
    text::Language language;
    Theme theme;
    int percent, width, height;
};

std::string name_of(const Scene& scene, const Look& look) {
    constexpr std::array<const char*, 4> themes{"system", "light", "dark", "contrast"};
    return std::string(scene.name) + "-" + (look.language == text::Language::pl ? "pl" : "en") +
           "-" + themes[static_cast<std::size_t>(look.theme)] + "-" + std::to_string(look.percent) +
           "-" + std::to_string(look.width) + "x" + std::to_string(look.height);
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

mail::Snapshot with_oauth2() {
    mail::Snapshot snapshot = test::office_snapshot();
    auto view = std::make_shared<mail::PointView>(*snapshot.points[0]);
    auto definition = std::make_shared<mail::point::Point>(*view->definition);
    definition->connection.authentication = mail::point::Authentication::oauth2;
    definition->connection.shared_mailbox = "faktury@firma.example";
    view->definition = definition;
    snapshot.points[0] = view;
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

/// Into the editor of the first point, and there to the footer's first button.
std::vector<ImGuiKeyChord> to_test() {
    const ImGuiKeyChord back = ImGuiMod_Shift | ImGuiKey_Tab;
    return {ImGuiKey_F10, ImGuiKey_DownArrow, ImGuiKey_Enter, back, back, back, ImGuiKey_Enter};
}

std::vector<Scene> scenes() {
    const ImGuiKeyChord down = ImGuiKey_DownArrow, extend = ImGuiMod_Shift | ImGuiKey_DownArrow;
    const ImGuiKeyChord next_tab = ImGuiMod_Ctrl | ImGuiKey_PageDown;
    return {
        {"main", test::office_snapshot, {down, ImGuiKey_UpArrow, extend}},
        {"taking", test::taking_snapshot, {down, extend}},
        {"signin", [] { return test::signin_snapshot(mail::Cause::password_needed); }, {}},
        {"refused", [] { return test::signin_snapshot(mail::Cause::login_refused); }, {}},
        {"down", test::down_snapshot, {down}},
        {"keys", test::office_snapshot, {ImGuiKey_F1}},
        {"folder", test::office_snapshot, {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O}},
        {"menu", test::office_snapshot, {ImGuiKey_F10}},
        {"welcome", [] { return mail::Snapshot(); }, {}},
        {"new", test::office_snapshot, {ImGuiMod_Ctrl | ImGuiKey_N}},
        // From the menu: "New point…", then "Edit point…".
        {"editor", test::office_snapshot, {ImGuiKey_F10, down, ImGuiKey_Enter}},
        {"editor_general", test::office_snapshot, {ImGuiKey_F10, down, ImGuiKey_Enter, next_tab}},
        {"editor_list",
         test::office_snapshot,
         {ImGuiKey_F10, down, ImGuiKey_Enter, next_tab, next_tab}},
        {"editor_permissions",
         test::office_snapshot,
         {ImGuiKey_F10, down, ImGuiKey_Enter, next_tab, next_tab, next_tab}},
        {"editor_oauth2", with_oauth2, {ImGuiKey_F10, down, ImGuiKey_Enter}},
        {"definition_seen", seen_by_operator, {ImGuiKey_F10, ImGuiKey_Enter}},
        {"locked", locked, {}},
        {"locked_notice", locked, {ImGuiKey_Escape}},
        {"no_store", without_store, {}},
        {"editor_no_store", without_store, {ImGuiKey_F10, down, ImGuiKey_Enter}},
        {"operators",
         with_operators,
         {ImGuiKey_F10, down, down, down, down, down, down, ImGuiKey_Enter}},
        {"certificate", [] { return refused_certificate(mail::Cause::certificate_untrusted); },
         to_test()},
        {"certificate_changed",
         [] { return refused_certificate(mail::Cause::certificate_changed); }, to_test()},
    };
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

Picture picture_of(Canvas& canvas, const Scene& scene, const Look& look) {
    const mail::Snapshot snapshot = scene.snapshot();
    Desk desk({[](const std::string&) { return true; }, [] { return Theme::light; }}, [] {});
    Shell shell(
        desk, [] {}, "");
    Settings settings;
    settings.language = look.language;
    settings.theme = look.theme;
    const float scale = static_cast<float>(look.percent) / 100.F;
    // On a slow machine frames are long, and a key would repeat.
    ImGui::GetIO().KeyRepeatDelay = 3600.F;
    // What the picture before has left open.
    if (ImGui::GetCurrentContext()->OpenPopupStack.Size > 0)
        ImGui::ClosePopupToLevel(0, false);
    canvas.resize(look.width, look.height);
    apply_theme(look.theme, scale);
    const std::function<mail::JobId(mail::Command)> post = [](const mail::Command&) {
        return mail::JobId{1};
    };
    const std::function<void(mail::JobId)> cancel = [](mail::JobId) {};
    const auto draw = [&] {
        canvas.poll();
        canvas.begin_frame();
        Frame frame{snapshot,           post,         cancel, settings, colours(), scale,
                    test::sample_now(), look.language};
        shell.draw(frame);
    };
    const auto frames = [&](int count) {
        for (int i = 0; i < count; ++i) {
            draw();
            canvas.end_frame();
        }
    };
    frames(4);
    while (shell.busy())
        frames(1);
    frames(4);
    for (const ImGuiKeyChord chord : scene.keys) {
        press(chord, true);
        frames(2);
        press(chord, false);
        frames(3);
    }
    frames(3);
    draw();
    return canvas.end_frame_with_picture();
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
    int written = 0;
    for (const Scene& scene : scenes())
        for (const Look& look : looks()) {
            const std::string name = name_of(scene, look);
            if (name.find(wanted) == std::string::npos)
                continue;
            const std::string png = png_of(picture_of(*canvas, scene, look));
            std::ofstream file(folder / (name + ".png"), std::ios::binary);
            file.write(png.data(), static_cast<std::streamsize>(png.size()));
            ++written;
        }
    std::printf("%d pictures in %s\n", written, folder.c_str());
    return 0;
}
