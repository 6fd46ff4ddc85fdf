// What of the checklist a program can look at, for every tab of the editor and the screens of the
// window: letters that are cut or lie on others, targets that are too small. The pictures
// themselves are gallery.cpp's, for people to look at.

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>

#include <gtest/gtest.h>

#include "gui/screens/editor.h"
#include "gui/text/removal.h"
#include "gui/text/screens.h"
#include "tests/gui/driver.h"
#include "tests/gui/letters.h"
#include "tests/gui/ocr_samples.h"
#include "tests/gui/samples.h"
#include "tests/gui/screen_bench.h"
#include "tests/gui/shell_bench.h"

namespace gui {
namespace {

struct Look {
    text::Language language;
    float scale;
    ImVec2 size;
};

std::vector<Look> looks() {
    std::vector<Look> all;
    for (const text::Language language : {text::Language::pl, text::Language::en})
        for (const auto& [scale, size] :
             {std::pair{1.F, ImVec2{1280, 800}}, std::pair{1.F, ImVec2{800, 560}},
              std::pair{1.25F, ImVec2{1280, 800}}, std::pair{2.F, ImVec2{1920, 1200}},
              std::pair{2.F, ImVec2{1280, 800}}, std::pair{2.F, ImVec2{1024, 640}}})
            all.push_back({language, scale, size});
    return all;
}

std::string name_of(const Look& look) {
    return std::string(look.language == text::Language::pl ? "pl " : "en ") +
           std::to_string(std::lround(look.scale * 100)) + " % " +
           std::to_string(std::lround(look.size.x)) + "x" +
           std::to_string(std::lround(look.size.y));
}

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words)
        all += "\n  " + word;
    return all;
}

/// What is smaller than a finger or a trembling hand hits (WCAG 2.2, 2.5.8).
std::vector<std::string> small_targets(const test::Driver& driver, float scale) {
    constexpr float least = 24.F;
    std::vector<std::string> small;
    for (const test::Item& item : driver.all_items())
        if (!item.label.empty() && item.rect.GetWidth() > 0 &&
            std::fmin(item.rect.GetWidth(), item.rect.GetHeight()) < least * scale - 1.F)
            small.push_back(item.window + " / " + item.label + " " +
                            std::to_string(std::lround(item.rect.GetWidth() / scale)) + "x" +
                            std::to_string(std::lround(item.rect.GetHeight() / scale)));
    return small;
}

/// What stands over the window and hides where that ends.
std::vector<std::string> dialogs_at_the_edge(float scale) {
    ImRect inner({0, 0}, ImGui::GetMainViewport()->Size);
    inner.Expand(inner.GetHeight() < 480 * scale ? -7.F * scale : -19.F * scale);
    std::vector<std::string> all;
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
        if (window->WasActive && (window->Flags & ImGuiWindowFlags_Modal) != 0 &&
            !inner.Contains(window->Rect()))
            all.emplace_back(window->Name);
    return all;
}

void expect_tidy(test::Driver& driver, const std::string& what, float scale) {
    driver.frames(3);
    EXPECT_EQ(joined(dialogs_at_the_edge(scale)), "") << what;
    EXPECT_EQ(joined(test::spoilt(test::lines_of_frame())), "") << what;
    EXPECT_EQ(joined(small_targets(driver, scale)), "") << what;
}

mail::PointView view_of(const std::function<void(mail::point::Point&)>& change) {
    auto view = *test::sample_point("koszty", "Faktury kosztowe", mail::PointHealth::ok);
    auto point = std::make_shared<mail::point::Point>(*view.definition);
    point->operators = {"ala", "jan"};
    change(*point);
    view.definition = std::move(point);
    return view;
}

/// Corners in that colour of what is drawn in the window of that name, outside that box.
std::size_t corners_outside(const std::string& window, ImU32 colour, const ImRect& box) {
    std::size_t outside = 0;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
        if (list->_OwnerName == nullptr || list->_OwnerName != window)
            continue;
        for (const ImDrawCmd& command : list->CmdBuffer)
            for (unsigned i = 0; i < command.ElemCount; ++i) {
                const ImDrawVert& corner = list->VtxBuffer[static_cast<int>(
                    list->IdxBuffer[static_cast<int>(command.IdxOffset + i)] + command.VtxOffset)];
                const ImRect seen(command.ClipRect.x, command.ClipRect.y, command.ClipRect.z,
                                  command.ClipRect.w);
                if (corner.col == colour && seen.Contains(corner.pos) && !box.Contains(corner.pos))
                    ++outside;
            }
    }
    return outside;
}

TEST(Looks, the_ring_of_what_has_the_focus_is_not_seen_where_it_is_scrolled_away) {
    test::ScreenBench bench;
    Editor editor = Editor::for_point(view_of([](mail::point::Point&) {}));
    test::Driver driver(
        [&] { bench.draw([&](Frame& frame) { static_cast<void>(editor.draw(frame)); }); },
        {800, 420});
    driver.frames(2);
    driver.click("##server");
    driver.frames(2);
    const test::Item* field = driver.find("##server");
    ASSERT_NE(field, nullptr);
    const std::string window = field->window;
    const ImU32 accent = ImGui::GetColorU32(colours().accent);
    EXPECT_GT(corners_outside(window, accent, ImRect()), 0U) << "it is drawn at all";
    ImRect body = ImGui::FindWindowByName(window.c_str())->ClipRect;
    body.Expand(4);
    ImGui::GetIO().AddMouseWheelEvent(0, -30);
    driver.frames(5);
    EXPECT_GT(ImGui::FindWindowByName(window.c_str())->Scroll.y, 100.F) << "it is scrolled away";
    EXPECT_EQ(corners_outside(window, accent, body), 0U);
}

TEST(Looks, the_password_has_the_focus_however_small_the_window_is) {
    for (const Look& look : looks()) {
        test::ScreenBench bench;
        bench.scale = look.scale;
        Editor editor = Editor::for_address("jan@o2.pl");
        test::Driver driver(
            [&] { bench.draw([&](Frame& frame) { static_cast<void>(editor.draw(frame)); }); },
            look.size, look.scale);
        driver.frames(10);
        driver.type("hasło");
        EXPECT_TRUE(driver.has_focus("##password")) << name_of(look);
        driver.hover("##password");  // throws if it is out of sight
    }
}

TEST(Looks, a_masked_password_is_dots_in_the_middle_of_its_field) {
    test::ScreenBench bench;
    Editor editor = Editor::for_point(view_of([](mail::point::Point&) {}));
    test::Driver driver(
        [&] { bench.draw([&](Frame& frame) { static_cast<void>(editor.draw(frame)); }); },
        {1280, 800});
    driver.frames(2);
    driver.replace("##password", "tajne");
    driver.frames(2);
    const test::Item* field = driver.find("##password");
    ASSERT_NE(field, nullptr);
    std::size_t masks = 0;
    for (const test::Line& line : test::lines_of_frame()) {
        if (line.words != "*****" || !field->rect.Contains(line.seen))
            continue;
        ++masks;
        // An asterisk stands as high as the tops of capitals.
        EXPECT_NEAR(line.seen.GetCenter().y, field->rect.GetCenter().y, 1.5F);
    }
    EXPECT_EQ(masks, 1U);
}

TEST(Looks, the_next_editor_begins_at_its_top) {
    test::ScreenBench bench;
    bench.scale = 2.F;
    std::optional<Editor> editor(Editor::for_address("jan@o2.pl"));
    test::Driver driver(
        [&] {
            if (editor)
                bench.draw([&](Frame& frame) { static_cast<void>(editor->draw(frame)); });
        },
        {1024, 640}, 2.F);
    driver.frames(5);
    EXPECT_THROW(driver.hover("##mode"), std::runtime_error);  // scrolled to the password
    editor.reset();
    driver.frames(3);
    editor.emplace(Editor::for_point(view_of([](auto&) {})));
    driver.frames(5);
    EXPECT_NO_THROW(driver.hover("##mode"));
}

enum class Faults { hidden, shown };

void each_tab_is_tidy(const std::function<Editor()>& make, const std::string& what,
                      Faults faults = Faults::hidden) {
    for (const Look& look : looks()) {
        test::ScreenBench bench;
        bench.snapshot = test::office_snapshot();
        bench.settings.language = look.language;
        bench.scale = look.scale;
        Editor editor = make();
        test::Driver driver(
            [&] { bench.draw([&](Frame& frame) { static_cast<void>(editor.draw(frame)); }); },
            look.size, look.scale);
        if (faults == Faults::shown)
            driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
        for (const char* tab : {"connection", "general", "list", "permissions"}) {
            expect_tidy(driver, what + ", " + tab + ", " + name_of(look), look.scale);
            driver.key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
        }
    }
}

TEST(Looks, what_is_looked_for_is_found) {
    test::Driver driver([] {
        ImGui::SetNextWindowSize({300, 200});
        ImGui::Begin("window");
        ImGui::InvisibleButton("x", {12, 30});
        ImGui::BeginChild("narrow", {30, 30}, 0, ImGuiWindowFlags_NoScrollbar);
        ImGui::TextUnformatted("Faktura");
        ImGui::EndChild();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::GetWindowDrawList()->AddText(at, 0xFF000000U, "under");
        ImGui::GetWindowDrawList()->AddText({at.x + 8, at.y + 4}, 0xFF000000U, "above");
        ImGui::End();
    });
    driver.frames(2);
    const std::string found = joined(test::spoilt(test::lines_of_frame()));
    EXPECT_NE(found.find("cut: 'Fakt"), std::string::npos) << found;
    EXPECT_NE(found.find("'under' lies on 'above'"), std::string::npos) << found;
    EXPECT_EQ(small_targets(driver, 1.F), std::vector<std::string>{"window / x 12x30"});
}

TEST(Looks, every_tab_of_the_editor_with_a_password) {
    each_tab_is_tidy([] { return Editor::for_point(view_of([](auto&) {})); }, "password");
}

TEST(Looks, every_tab_of_the_editor_with_oauth2) {
    each_tab_is_tidy(
        [] {
            return Editor::for_point(view_of([](mail::point::Point& point) {
                point.connection.authentication = mail::point::Authentication::oauth2;
            }));
        },
        "oauth2");
}

TEST(Looks, every_tab_of_an_ocr_point) {
    each_tab_is_tidy([] { return Editor::for_ocr(); }, "ocr");
}

TEST(Looks, every_tab_with_faults) {
    each_tab_is_tidy(
        [] {
            return Editor::for_point(view_of([](mail::point::Point& point) {
                point.name.clear();
                point.connection.server = "imap firma";
                point.connection.port = 0;
                point.general.naming = "{brak}/{name";
                point.operators.clear();
            }));
        },
        "faults", Faults::shown);
}

void window_is_tidy(const mail::Snapshot& snapshot, const std::string& what,
                    const std::vector<ImGuiKeyChord>& keys = {}) {
    for (const Look& look : looks()) {
        test::ShellBench bench(snapshot, look.size, look.scale);
        bench.settings.language = look.language;
        bench.settle();
        for (const ImGuiKeyChord chord : keys)
            bench.key(static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_), chord & ImGuiMod_Mask_);
        expect_tidy(*bench.driver, what + ", " + name_of(look), look.scale);
    }
}

TEST(Looks, the_list_of_messages) {
    window_is_tidy(test::office_snapshot(), "list",
                   {ImGuiKey_DownArrow, ImGuiMod_Shift | ImGuiKey_DownArrow});
}

TEST(Looks, the_queue_of_an_ocr_point) {
    const ImGuiKeyChord shown = ImGuiMod_Ctrl | ImGuiKey_5;
    window_is_tidy(test::ocr_snapshot(), "queue", {shown, ImGuiKey_DownArrow});
    window_is_tidy(test::ocr_snapshot(), "menu of a row",
                   {shown, ImGuiKey_DownArrow, ImGuiKey_Menu});
    window_is_tidy(test::ocr_snapshot(), "its keys", {shown, ImGuiKey_F1});
    window_is_tidy(test::ocr_snapshot_with({}), "empty queue", {shown});
    window_is_tidy(test::ocr_fault(), "queue out of reach", {shown});
    window_is_tidy(test::ocr_not_allowed(101), "not allowed", {shown});
    window_is_tidy(test::ocr_handed_over(), "handed over",
                   {ImGuiKey_DownArrow, ImGuiKey_DownArrow});
    window_is_tidy(test::ocr_handed_over(), "refused", {ImGuiKey_DownArrow, ImGuiKey_UpArrow});
}

TEST(Looks, consent_to_a_command) {
    for (const Look& look : looks()) {
        test::ShellBench bench(test::ocr_not_allowed(101), look.size, look.scale);
        bench.settings.language = look.language;
        bench.key(ImGuiKey_5, ImGuiMod_Ctrl);
        // The watch gives way to a run, which is refused.
        bench.key(ImGuiKey_Enter, ImGuiMod_Ctrl);
        for (const mail::JobId id : {102U, 103U}) {
            auto job = std::make_shared<mail::JobView>(*bench.snapshot.jobs.front());
            job->id = id;
            bench.snapshot.jobs.insert(bench.snapshot.jobs.begin(), std::move(job));
            bench.settle();
        }
        ASSERT_TRUE(bench.driver->shown("###ocr_allow")) << name_of(look);
        expect_tidy(*bench.driver, "consent, " + name_of(look), look.scale);
    }
}

TEST(Looks, work_under_way) {
    window_is_tidy(test::taking_snapshot(), "taking", {ImGuiKey_DownArrow});
}

TEST(Looks, trouble) {
    window_is_tidy(test::down_snapshot(), "down", {ImGuiKey_DownArrow});
    window_is_tidy(test::signin_snapshot(mail::Cause::password_needed), "password");
    window_is_tidy(test::signin_snapshot(mail::Cause::login_refused), "refused");
}

/// All letters of the last frame but blanks.
std::string letters_drawn() {
    std::string all;
    for (const test::Line& line : test::lines_of_frame())
        all += line.words;
    return all;
}

TEST(Looks, a_damaged_definition) {
    const mail::Snapshot snapshot = test::damaged_snapshot();
    window_is_tidy(snapshot, "damaged", {ImGuiMod_Ctrl | ImGuiKey_2});
    for (const Look& look : looks()) {
        test::ShellBench bench(snapshot, look.size, look.scale);
        bench.settings.language = look.language;
        bench.key(ImGuiKey_2, ImGuiMod_Ctrl);
        const bool polish = look.language == text::Language::pl;
        const std::string drawn = letters_drawn();
        for (const std::string& words :
             {snapshot.points[1]->path, std::string("connection.encryption"),
              std::string("starttls"), std::string(polish ? "(wiersz17)" : "(line17)"),
              std::string(polish ? "pliku.bakobok." : ".bakfilebesideit.")})
            EXPECT_NE(drawn.find(words), std::string::npos) << words << " " << name_of(look) << "\n"
                                                            << drawn;
    }
}

const std::pair<test::SigningIn, const char*> states_of_signing_in[] = {
    {test::SigningIn::browser, "browser"},
    {test::SigningIn::no_browser, "no browser"},
    {test::SigningIn::device, "device"},
    {test::SigningIn::done, "done"},
    {test::SigningIn::failed, "failed"}};

TEST(Looks, signing_in_at_a_provider_in_the_editor) {
    for (const Look& look : looks())
        for (const auto& [state, name] : states_of_signing_in) {
            test::ScreenBench bench;
            bench.snapshot = test::office_snapshot();
            bench.settings.language = look.language;
            bench.scale = look.scale;
            bench.now = test::sample_now();
            Editor editor = Editor::for_point(view_of(test::sign_in_at_provider));
            test::Driver driver(
                [&] { bench.draw([&](Frame& frame) { static_cast<void>(editor.draw(frame)); }); },
                look.size, look.scale);
            // By keyboard: in a small window it lies below the edge.
            for (int stops = 0; stops < 40 && !driver.has_focus("authorize"); ++stops)
                driver.key(ImGuiKey_Tab);
            driver.key(ImGuiKey_Space);
            ASSERT_NE(bench.last<mail::Authorize>(), nullptr) << name_of(look);
            auto job = test::sign_in_job(state);
            job->id = bench.posted.size();
            bench.snapshot.jobs = {std::move(job)};
            driver.frames(3);
            if (driver.shown("paste"))
                driver.click("paste");
            expect_tidy(driver, std::string(name) + ", " + name_of(look), look.scale);
        }
}

TEST(Looks, signing_in_at_a_provider_over_the_list) {
    window_is_tidy(test::provider_snapshot(), "provider");
    for (const Look& look : looks())
        for (const auto& [state, name] : states_of_signing_in) {
            test::ShellBench bench(test::provider_snapshot(), look.size, look.scale);
            bench.settings.language = look.language;
            bench.settle();
            bench.driver->click("authorize");
            auto job = test::sign_in_job(state);
            job->id = 100 + bench.posted.size();
            bench.snapshot.jobs = {std::move(job)};
            bench.settle();
            expect_tidy(*bench.driver, std::string(name) + ", " + name_of(look), look.scale);
        }
}

TEST(Looks, trouble_in_many_words_is_not_cut_where_it_can_be_read) {
    mail::Snapshot snapshot = test::down_snapshot();
    auto point = std::make_shared<mail::PointView>(*snapshot.points[0]);
    point->health = mail::PointHealth::down;
    point->error =
        mail::Error{mail::Cause::connect_timeout,
                    mail::Layer::tcp,
                    mail::Reach::connection,
                    {{"host", "poczta-przychodzaca.oddzial-lodz.firma.example"}, {"port", "993"}}};
    snapshot.points[0] = point;
    window_is_tidy(snapshot, "long trouble");
    for (const Look& look : looks()) {
        test::ShellBench bench(snapshot, look.size, look.scale);
        bench.settings.language = look.language;
        bench.settle();
        const bool polish = look.language == text::Language::pl;
        EXPECT_NE(letters_drawn().find(polish ? "możeblokowaćzapora." : "afirewallmaydropit."),
                  std::string::npos)
            << name_of(look) << letters_drawn();
    }
}

/// Around all that is drawn in that colour within that item's window and box.
ImRect drawn_in(const test::Item& item, ImU32 colour) {
    ImRect all(1, 1, 0, 0);
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
        if (list->_OwnerName == nullptr || list->_OwnerName != item.window)
            continue;
        for (const ImDrawVert& corner : list->VtxBuffer)
            if (corner.col == colour && item.rect.Contains(corner.pos)) {
                if (all.IsInverted())
                    all = ImRect(corner.pos, corner.pos);
                else
                    all.Add(corner.pos);
            }
    }
    return all;
}

TEST(Looks, in_the_narrow_rail_the_number_of_new_messages_hides_no_icon) {
    for (const float scale : {1.F, 2.F}) {
        test::ShellBench bench(test::office_snapshot(), {1024 * scale, 640 * scale}, scale);
        bench.settle();
        const test::Item* point = bench.driver->find("###point_zamowienia");
        ASSERT_NE(point, nullptr);
        const ImRect icon = drawn_in(*point, colours().muted);
        const ImRect number = drawn_in(*point, colours().accent);
        ASSERT_GT(icon.GetWidth(), 10 * scale);
        ASSERT_GT(number.GetWidth(), 10 * scale);
        EXPECT_GE(icon.Min.y, number.Max.y - 1) << scale;
    }
}

TEST(Looks, the_edge_of_a_pane_goes_on_beside_its_scrollbar) {
    test::ShellBench bench(test::office_snapshot());
    bench.key(ImGuiKey_DownArrow);
    float right = 0.F, edge = -1.F;
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
        if (!window->WasActive || !window->ScrollbarY ||
            std::string_view(window->Name).find("##details") == std::string_view::npos)
            continue;
        right = window->Rect().Max.x;
        const ImDrawList& list = *window->DrawList;
        for (const ImDrawCmd& command : list.CmdBuffer)
            for (unsigned i = 0; i < command.ElemCount; ++i) {
                const ImDrawVert& corner = list.VtxBuffer[static_cast<int>(
                    list.IdxBuffer[static_cast<int>(command.IdxOffset + i)] + command.VtxOffset)];
                if (corner.col == colours().line)
                    edge = std::max(edge, std::min(corner.pos.x, command.ClipRect.z));
            }
    }
    ASSERT_GT(right, 0.F) << "a pane with a scrollbar";
    EXPECT_GE(edge, right - 1);
}

TEST(Looks, first_run) {
    window_is_tidy(mail::Snapshot(), "welcome");
    mail::Snapshot without_store;
    without_store.secrets.kind = mail::SecretsView::Kind::memory;
    window_is_tidy(without_store, "welcome_no_store");
}

TEST(Looks, no_permission) {
    mail::Snapshot snapshot = test::office_snapshot();
    snapshot.points.clear();
    snapshot.may_define = snapshot.may_see_points = false;
    window_is_tidy(snapshot, "no_permission");
}

TEST(Looks, dialogs_and_menus) {
    window_is_tidy(test::office_snapshot(), "keys", {ImGuiKey_F1});
    window_is_tidy(test::office_snapshot(), "menu", {ImGuiKey_F10});
    window_is_tidy(test::office_snapshot(), "settings", {ImGuiMod_Ctrl | ImGuiKey_Comma});
    window_is_tidy(test::office_snapshot(), "new", {ImGuiMod_Ctrl | ImGuiKey_N});
    window_is_tidy(test::office_snapshot(), "folder",
                   {ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_O});
    mail::Snapshot with_people = test::office_snapshot();
    with_people.operators = std::make_shared<mail::point::Operators>(mail::point::Operators{
        {"ala", "1000", "ala", "Ala Nowak", true, true},
        {"jan", "1001", "jan.kowalski", "Jan Kowalski-Wiśniewski", false, true},
    });
    with_people.me = "ala";
    std::vector<ImGuiKeyChord> keys(8, ImGuiKey_DownArrow);
    keys.front() = ImGuiKey_F10;
    keys.back() = ImGuiKey_Enter;
    window_is_tidy(with_people, "operators", keys);
    with_people.may_define = false;
    with_people.me = "jan";
    window_is_tidy(with_people, "settings of others", {ImGuiMod_Ctrl | ImGuiKey_Comma});
}

/// By the keyboard: the row may be scrolled out of sight.
void choose_in_menu(test::ShellBench& bench, const char* row) {
    bench.key(ImGuiKey_F10);
    for (int steps = 0; steps < 30 && !bench.driver->has_focus(row); ++steps)
        bench.key(ImGuiKey_DownArrow);
    bench.key(ImGuiKey_Enter);
}

TEST(Looks, the_list_of_keys_is_read_to_its_end_by_keys) {
    for (const Look& look : looks()) {
        test::ShellBench bench(test::office_snapshot(), look.size, look.scale);
        bench.settings.language = look.language;
        bench.key(ImGuiKey_F1);
        const auto reads = [&bench, &look](const text::Text& words) {
            bench.settle();
            std::string wanted(words.in(look.language));
            std::erase(wanted, ' ');
            return letters_drawn().find(wanted) != std::string::npos;
        };
        EXPECT_TRUE(reads(text::keys_everywhere)) << name_of(look);
        if (look.size.x / look.scale >= 1280) {
            EXPECT_TRUE(reads(text::key_leave_dialog)) << "at once, " << name_of(look);
        }
        for (int pages = 0; pages < 20; ++pages)
            bench.key(ImGuiKey_PageDown);
        EXPECT_TRUE(reads(text::key_leave_dialog)) << name_of(look);
        EXPECT_TRUE(reads(text::close)) << name_of(look);
        bench.key(ImGuiKey_Home);
        EXPECT_TRUE(reads(text::keys_everywhere)) << name_of(look);
        bench.key(ImGuiKey_Enter);
        EXPECT_FALSE(bench.driver->shown("###keys_close")) << "the focus stays at the button";
    }
}

TEST(Looks, about_the_program) {
    for (const Look& look : looks()) {
        test::ShellBench bench(test::office_snapshot(), look.size, look.scale);
        bench.settings.language = look.language;
        choose_in_menu(bench,
                       look.language == text::Language::pl ? "O programie" : "About Mailpoint");
        ASSERT_TRUE(bench.driver->shown("###about_copy"));
        expect_tidy(*bench.driver, "about, " + name_of(look), look.scale);
        for (int pages = 0; pages < 20; ++pages)
            bench.key(ImGuiKey_PageDown);
        EXPECT_NE(letters_drawn().find("PuTTYbidi.c"), std::string::npos) << name_of(look);
    }
}

/// A list that is looked up from the menu, and the job that finds what is in it.
void lookup_is_tidy(const std::string& what, const char* row_pl, const char* row_en,
                    const std::function<void(mail::JobView&)>& found) {
    for (const Look& look : looks()) {
        test::ShellBench bench(test::removing_snapshot(), look.size, look.scale);
        bench.settings.language = look.language;
        choose_in_menu(bench, look.language == text::Language::pl ? row_pl : row_en);
        expect_tidy(*bench.driver, what + " waiting, " + name_of(look), look.scale);
        auto job = std::make_shared<mail::JobView>();
        job->id = 100 + bench.posted.size();
        job->state = mail::JobView::State::done;
        found(*job);
        bench.snapshot.jobs = {std::move(job)};
        bench.settle();
        EXPECT_TRUE(bench.driver->shown(look.language == text::Language::pl ? "Zamknij" : "Close"));
        expect_tidy(*bench.driver, what + ", " + name_of(look), look.scale);
    }
}

TEST(Looks, quarantine_and_activity_log) {
    const auto copies = [](mail::JobView& job) {
        job.quarantine =
            std::make_shared<std::vector<mail::QuarantineView>>(test::sample_quarantine());
    };
    const auto actions = [](mail::JobView& job) {
        job.log = std::make_shared<std::vector<mail::store::Action>>(test::sample_log());
    };
    const auto nothing = [](mail::JobView&) {};
    const auto fails = [](mail::JobView& job) {
        job.state = mail::JobView::State::failed;
        job.error =
            mail::Error{mail::Cause::ledger_busy, mail::Layer::ledger, mail::Reach::point, {}};
    };
    for (const auto& [name, outcome] :
         {std::pair<const char*, std::function<void(mail::JobView&)>>{"full quarantine", copies},
          {"empty quarantine", nothing},
          {"failed quarantine", fails}})
        lookup_is_tidy(name, "Kwarantanna", "Quarantine", outcome);
    for (const auto& [name, outcome] :
         {std::pair<const char*, std::function<void(mail::JobView&)>>{"full log", actions},
          {"empty log", nothing},
          {"failed log", fails}})
        lookup_is_tidy(name, "Dziennik działań", "Activity log", outcome);
}

TEST(Looks, filters_that_have_no_room_go_on_in_the_next_line) {
    test::ShellBench bench(test::removing_snapshot(), {1280, 800}, 2.F);
    choose_in_menu(bench, "Dziennik działań");
    const test::Item* filter = bench.driver->find("###log_filter");
    const test::Item* kinds = bench.driver->find("##log_kinds");
    const test::Item* periods = bench.driver->find("##log_periods");
    ASSERT_TRUE(filter != nullptr && kinds != nullptr && periods != nullptr);
    EXPECT_GT(kinds->rect.Min.y, filter->rect.Max.y);
    EXPECT_EQ(kinds->rect.Min.x, filter->rect.Min.x);
    EXPECT_EQ(periods->rect.Min.y, kinds->rect.Min.y);
}

TEST(Looks, export_of_the_activity_log) {
    for (const Look& look : looks()) {
        mail::Snapshot snapshot = test::removing_snapshot();
        snapshot.workspace = "/home/biuro/mailpoint";
        test::ShellBench bench(std::move(snapshot), look.size, look.scale);
        bench.settings.language = look.language;
        choose_in_menu(bench,
                       look.language == text::Language::pl ? "Dziennik działań" : "Activity log");
        const auto end_job = [&bench] {
            auto job = std::make_shared<mail::JobView>();
            job->id = 100 + bench.posted.size();
            job->state = mail::JobView::State::done;
            job->log = std::make_shared<std::vector<mail::store::Action>>(test::sample_log());
            bench.snapshot.jobs = {std::move(job)};
            bench.settle();
        };
        end_job();
        bench.click("###log_export");
        ASSERT_TRUE(bench.driver->shown("###file_path"));
        expect_tidy(*bench.driver, "asked where, " + name_of(look), look.scale);
        bench.click("###file_yes");
        end_job();
        ASSERT_FALSE(bench.driver->shown("###file_path"));
        expect_tidy(*bench.driver, "exported, " + name_of(look), look.scale);
    }
}

TEST(Looks, keys_stand_apart_from_the_words_of_a_menu) {
    for (const Look& look : looks()) {
        test::ShellBench bench(test::removing_snapshot(), look.size, look.scale);
        bench.settings.language = look.language;
        bench.settle();
        bench.click("##1");
        bench.click("###remove");
        bench.driver->frames(3);
        const auto lines = test::lines_of_frame();
        for (const auto& [words, keys] : {std::pair<std::string_view, std::string_view>{
                                              text::remove_both.in(look.language), "Shift+Delete"},
                                          {text::remove_list.in(look.language), "Delete"}}) {
            // Blanks are no letters.
            const auto line_of = [&](std::string one) {
                std::erase(one, ' ');
                return std::find_if(lines.begin(), lines.end(),
                                    [&](const test::Line& line) { return line.words == one; });
            };
            const auto name = line_of(std::string(words)), chord = line_of(std::string(keys));
            ASSERT_NE(name, lines.end()) << words << " " << name_of(look);
            ASSERT_NE(chord, lines.end()) << keys << " " << name_of(look);
            EXPECT_GE(chord->seen.Min.x - name->seen.Max.x, 16 * look.scale)
                << words << " " << name_of(look);
        }
    }
}

TEST(Looks, removal) {
    const ImGuiKeyChord down = ImGuiKey_DownArrow, extend = ImGuiMod_Shift | ImGuiKey_DownArrow;
    window_is_tidy(test::removing_snapshot(), "row menu", {down, extend, ImGuiKey_Menu});
    window_is_tidy(test::removing_snapshot(), "unsaved",
                   {down, extend, extend, extend, ImGuiMod_Shift | ImGuiKey_Delete});
    for (const Look& look : looks()) {
        test::ShellBench bench(test::removing_snapshot(), look.size, look.scale);
        bench.settings.language = look.language;
        bench.key(ImGuiKey_DownArrow);
        bench.key(ImGuiKey_Delete);
        auto job = std::make_shared<mail::JobView>();
        job->id = 100 + bench.posted.size();
        job->kind = mail::JobView::Kind::remove_messages;
        job->state = mail::JobView::State::done;
        job->removed = {{100, 7}};
        job->kept = {
            {2, mail::Error{
                    mail::Cause::not_removed, mail::Layer::folders, mail::Reach::message, {}}}};
        bench.snapshot.jobs = {std::move(job)};
        bench.settle();
        expect_tidy(*bench.driver, "kept, " + name_of(look), look.scale);
        const test::Item* undo = bench.driver->find("toast_button");
        ASSERT_NE(undo, nullptr) << name_of(look);
        EXPECT_LE(undo->rect.Max.x, look.size.x - 40 * look.scale) << name_of(look);
        // The reason is read as a whole.
        for (const test::Line& line : test::lines_of_frame())
            if (line.list == "##toast") {
                EXPECT_EQ(line.words.find("…"), std::string::npos)
                    << line.words << " " << name_of(look);
            }
    }
}

}  // namespace
}  // namespace gui
