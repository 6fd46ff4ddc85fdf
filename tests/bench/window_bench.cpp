// The window's figures, beside their limits: time to the first frame against a bare window, frames
// drawn while nothing happens, and the processor's time for a frame of a long list. Needs a
// display; a virtual one will do:
//   xvfb-run -a -s "-screen 0 1920x1200x24" build/release/bench/window_bench [SECONDS OF IDLENESS]

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <glad/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_internal.h>

#include "app/wiring.h"
#include "gui/canvas.h"
#include "gui/desk.h"
#include "gui/shell.h"
#include "gui/window.h"
#include "tests/gui/samples.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int starts = 9;  ///< of each kind, in turn; their medians count
constexpr double most_first_frame = 1.3, most_frame_ms = 4.0;
constexpr double most_sort = 20;  ///< ten times as many take a little more than ten times as long

bool all_reached = true;

void report(const char* what, double value, const char* unit, double limit) {
    const bool reached = value <= limit;
    all_reached = all_reached && reached;
    std::printf("%-58s %8.2f %-6s limit %6.2f  %s\n", what, value, unit, limit,
                reached ? "ok" : "MISSED");
    std::fflush(stdout);
}

/// What has to be so for the figures to mean anything.
void need(bool holds, const char* otherwise) {
    if (!holds)
        std::printf("no figure: %s\n", otherwise);
    all_reached = all_reached && holds;
}

double share_of(std::vector<double>& values, double share) {
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

/// Of this thread, in milliseconds.
double cpu_now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Programs of their own, each started anew: what is measured is a start from nothing.

/// The least that shows a window: the same kind of OpenGL, one cleared frame.
[[noreturn]] void be_bare_window() {
    if (glfwInit() == GLFW_FALSE)
        std::_Exit(1);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    GLFWwindow* window = glfwCreateWindow(1280, 800, "bare", nullptr, nullptr);
    if (window == nullptr)
        std::_Exit(1);
    glfwMakeContextCurrent(window);
    if (gladLoadGL(glfwGetProcAddress) == 0)
        std::_Exit(1);
    glClearColor(1.F, 1.F, 1.F, 1.F);
    glClear(GL_COLOR_BUFFER_BIT);
    glfwSwapBuffers(window);
    glFinish();
    std::_Exit(0);
}

/// The program on its demo mailbox, as app/main.cpp has it. `after_frame` ends the process.
[[noreturn]] void be_program(const std::string& workspace, gui::WindowSetup::Begin begin,
                             std::function<void()> after_frame) {
    app::Arguments arguments;
    arguments.demo = begin == gui::WindowSetup::Begin::with_demo;
    arguments.workspace = workspace;
    gui::prepare_window();
    auto running = app::start(arguments, gui::wake_window);
    if (!running)
        std::_Exit(1);
    static_cast<void>(gui::run_window({*running->engine,
                                       {},
                                       {},
                                       running->point,
                                       "",
                                       gui::WindowSetup::Begin::with_demo,
                                       std::move(after_frame)}));
    std::_Exit(1);
}

[[noreturn]] void be_first_frame(const std::string& workspace) {
    be_program(workspace, gui::WindowSetup::Begin::with_demo, [] {
        glFinish();
        std::_Exit(0);
    });
}

/// Ends with the number of frames (250 at most) that were drawn in that time after it had settled.
[[noreturn]] void be_idle(const std::string& workspace, int seconds,
                          gui::WindowSetup::Begin begin) {
    static std::atomic<int> frames{0};
    std::thread([seconds] {
        int before = -1;
        while (frames != before) {
            before = frames;
            std::this_thread::sleep_for(std::chrono::seconds(3));
        }
        std::this_thread::sleep_for(std::chrono::seconds(seconds));
        std::_Exit(std::min(250, frames - before));
    }).detach();
    be_program(workspace, begin, [] { ++frames; });
}

// What is measured.

struct Started {
    int status = 0;
    double ms = 0;
};

Started start(const std::string& program, const std::string& arguments) {
    const auto before = Clock::now();
    const int status = std::system(("\"" + program + "\" " + arguments).c_str());
    const std::chrono::duration<double, std::milli> time = Clock::now() - before;
    return {status, time.count()};
}

void measure_first_frame(const std::string& program, const std::string& workspace) {
    // A connection that stays: a display server may begin anew when the last of them is gone.
    gui::prepare_window();
    std::vector<double> bare, ours;
    // The first of each warms the caches of the disk, and does not count.
    for (int i = 0; i <= starts; ++i) {
        const Started one = start(program, "--bare");
        const Started other = start(program, "--first-frame \"" + workspace + "\"");
        if (one.status != 0 || other.status != 0) {
            std::printf("no window can be opened here\n");
            std::exit(1);
        }
        if (i == 0)
            continue;
        bare.push_back(one.ms);
        ours.push_back(other.ms);
    }
    const double limit = share_of(bare, 0.5), reached = share_of(ours, 0.5);
    std::printf("first frame: bare window %.1f ms, program on its demo %.1f ms (medians of %d)\n",
                limit, reached, starts);
    report("first frame, of a bare window's", reached / limit, "times", most_first_frame);
}

void measure_idleness(const std::string& program, const std::string& workspace, int seconds) {
    for (const std::string what : {"demo", "welcome"}) {
        const Started idle =
            start(program, "--idle " + std::to_string(seconds) + " \"" + workspace + "\" " + what);
        const int frames = idle.status / 256;  // as POSIX has it
        report(("frames in " + std::to_string(seconds) + " s of idleness, " + what).c_str(), frames,
               "", 0);
    }
}

/// The whole window on one long list, frame by frame.
class LongList {
public:
    LongList(gui::Canvas& canvas, std::size_t rows)
        : canvas_(canvas),
          desk_({[](const std::string&) { return true; }, [] { return gui::Theme::light; }}, [] {}),
          shell_(
              desk_, [] {}, ""),
          snapshot_(gui::test::office_snapshot()) {
        auto point = std::make_shared<mail::PointView>(*snapshot_.points[0]);
        point->mailbox = gui::test::large_mailbox(rows);
        snapshot_.points[0] = point;
        settings_.language = gui::text::Language::en;
        gui::apply_theme(gui::Theme::light, 1.F);
    }

    /// CPU time of the window's thread, without what OpenGL does with it, in ms.
    double frame() {
        canvas_.poll();
        canvas_.begin_frame();
        const double before = cpu_now();
        gui::Frame frame{snapshot_,
                         post_,
                         cancel_,
                         settings_,
                         gui::colours(),
                         1.F,
                         gui::test::sample_now(),
                         settings_.language};
        shell_.draw(frame);
        ImGui::Render();
        const double time = cpu_now() - before;
        canvas_.end_frame();
        return time;
    }
    void settle() {
        do {
            std::this_thread::yield();
            frame();
        } while (shell_.busy());
        for (int i = 0; i < 5; ++i)
            frame();
    }
    [[nodiscard]] bool busy() const { return shell_.busy(); }
    void key(ImGuiKey key) {
        ImGui::GetIO().AddKeyEvent(key, true);
        frame();
        ImGui::GetIO().AddKeyEvent(key, false);
        frame();
    }

    /// What the list is sorted by.
    [[nodiscard]] std::string sort() const {
        const auto grid = settings_.grids.find("koszty");
        return grid == settings_.grids.end() || grid->second.sort.empty() ? ""
                                                                          : grid->second.sort[0];
    }

private:
    gui::Canvas& canvas_;
    gui::Desk desk_;
    gui::Shell shell_;
    mail::Snapshot snapshot_;
    gui::Settings settings_;
    std::function<mail::JobId(mail::Command)> post_ = [](const mail::Command&) {
        return mail::JobId{1};
    };
    std::function<void(mail::JobId)> cancel_ = [](mail::JobId) {};
};

void report_frames(const std::string& what, std::vector<double> times) {
    report((what + ", median").c_str(), share_of(times, 0.5), "ms", most_frame_ms);
    report((what + ", 99 of 100").c_str(), share_of(times, 0.99), "ms", most_frame_ms);
    std::printf("%-58s %8.2f ms     (%zu frames)\n", (what + ", longest").c_str(), times.back(),
                times.size());
}

float scrolled() {
    float most = 0;
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
        most = std::max(most, window->Scroll.y);
    return most;
}

std::vector<double> scroll(LongList& list, float wheel) {
    std::vector<double> times;
    ImGuiIO& io = ImGui::GetIO();
    // One event a frame: Dear ImGui keeps the rest for the next ones.
    io.AddMousePosEvent(640.F, 300.F);
    list.frame();
    for (int i = 0; i < 600; ++i) {
        io.AddMouseWheelEvent(0.F, i < 300 ? -wheel : wheel);
        times.push_back(list.frame());
        if (i == 299)
            need(scrolled() > 1000, "nothing was scrolled");
    }
    return times;
}

void click(LongList& list, ImVec2 at) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(at.x, at.y);
    list.frame();
    for (const bool down : {true, false}) {
        io.AddMouseButtonEvent(0, down);
        list.frame();
    }
}

/// How long sorting took, in ms.
double measure_long_list(std::size_t rows, const std::string& of) {
    std::string why;
    // Hidden: a window that is seen would have the real pointer's place between ours.
    const std::unique_ptr<gui::Canvas> canvas =
        gui::Canvas::open({.visible = gui::Canvas::Setup::Visible::no}, why);
    if (!canvas) {
        std::printf("%s\n", why.c_str());
        std::exit(1);
    }
    LongList list(*canvas, rows);
    list.settle();
    report_frames(of + " rows, CPU of a frame, slow scrolling", scroll(list, 1));
    report_frames(of + " rows, CPU of a frame, fast scrolling", scroll(list, 400));

    // The header of the subject: the sort goes on beside the frames.
    click(list, {450, 150});
    std::vector<double> times;
    const auto began = Clock::now();
    for (int i = 0; i < 3 || list.busy(); ++i)
        times.push_back(list.frame());
    const std::chrono::duration<double, std::milli> sorted = Clock::now() - began;
    std::printf("%s rows are sorted by subject in %.0f ms, %zu frames meanwhile\n", of.c_str(),
                sorted.count(), times.size());
    report_frames(of + " rows, CPU of a frame while sorting", times);
    need(list.sort() == "subject", "the click missed the header");

    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    list.key(ImGuiKey_F);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
    ImGui::GetIO().AddInputCharactersUTF8("lodz 1");
    list.settle();
    report_frames(of + " rows, CPU of a frame, scrolling filtered rows", scroll(list, 3));
    list.key(ImGuiKey_Escape);
    list.settle();
    click(list, {640, 300});
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    list.key(ImGuiKey_A);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
    list.settle();
    report_frames(of + " rows, all selected, CPU of a frame", scroll(list, 3));
    return sorted.count();
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> words(values + 1, values + count);
    if (!words.empty() && words[0] == "--bare")
        be_bare_window();
    if (words.size() == 2 && words[0] == "--first-frame")
        be_first_frame(words[1]);
    if (words.size() == 4 && words[0] == "--idle")
        be_idle(words[2], std::stoi(words[1]),
                words[3] == "demo" ? gui::WindowSetup::Begin::with_demo
                                   : gui::WindowSetup::Begin::with_points);
    const int seconds = words.empty() ? 60 : std::stoi(words[0]);
    const auto workspace = std::filesystem::temp_directory_path() /
                           ("mailpoint-window-bench-" + std::to_string(std::time(nullptr)));
    std::filesystem::create_directories(workspace);
    measure_first_frame(values[0], workspace.string());
    const double many = measure_long_list(100'000, "100,000");
    const double very_many = measure_long_list(1'000'000, "1,000,000");
    report("sorting ten times as many rows, of the time", very_many / many, "times", most_sort);
    if (seconds > 0)
        measure_idleness(values[0], workspace.string(), seconds);
    std::filesystem::remove_all(workspace);
    return all_reached ? 0 : 1;
}
