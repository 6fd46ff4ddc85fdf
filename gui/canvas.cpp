#include "gui/canvas.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <utility>

#include <glad/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include "gui/new_frame.h"
#include "gui/theme.h"

namespace gui {
namespace {

constexpr int least_width = 800, least_height = 560;

// Of GLFW itself: workers may wake while it is not there yet, or no more.
std::mutex life_mutex;
bool alive = false;
std::string last_error;

void start_life() {
    const std::lock_guard lock(life_mutex);
    alive = true;
}

void end_life() {
    const std::lock_guard lock(life_mutex);
    if (std::exchange(alive, false))
        glfwTerminate();
}

void set_hints(Canvas::Setup::Visible visible) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    glfwWindowHint(GLFW_VISIBLE, visible == Canvas::Setup::Visible::yes ? GLFW_TRUE : GLFW_FALSE);
}

void start_imgui(GLFWwindow* window) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    set_up_keys();
    load_fonts();
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    ImGui_ImplOpenGL3_Init("#version 330 core");
}

int start_glfw() {
    glfwSetErrorCallback([](int, const char* words) { last_error = words; });
    // Asked for Wayland where there is only X, its library complains on standard error.
    const bool only_x = std::getenv("DISPLAY") != nullptr &&
                        std::getenv("WAYLAND_DISPLAY") == nullptr &&
                        std::getenv("WAYLAND_SOCKET") == nullptr;
    glfwInitHint(GLFW_PLATFORM, only_x ? GLFW_PLATFORM_X11 : GLFW_ANY_PLATFORM);
    return glfwInit();
}

}  // namespace

struct Canvas::State {
    GLFWwindow* window = nullptr;
    bool drawing = false;  ///< Dear ImGui and its back ends are up
    bool caps_lock = false;
    std::vector<std::string> dropped;
};

void Canvas::prepare() {
    static_cast<void>(start_glfw());
}

std::unique_ptr<Canvas> Canvas::open(const Setup& setup, std::string& why) {
    if (start_glfw() == GLFW_FALSE) {
        why = last_error;
        return nullptr;
    }
    start_life();
    set_hints(setup.visible);
    std::unique_ptr<Canvas> canvas(new Canvas(std::make_unique<State>()));
    State& state = *canvas->state_;
    state.window = glfwCreateWindow(setup.width, setup.height, "Mailpoint", nullptr, nullptr);
    if (state.window == nullptr) {
        why = last_error;
        return nullptr;
    }
    glfwMakeContextCurrent(state.window);
    if (gladLoadGL(glfwGetProcAddress) == 0) {
        why = "OpenGL";
        return nullptr;
    }
    glfwSwapInterval(1);
    // Before Dear ImGui, which calls on those that were there.
    glfwSetWindowUserPointer(state.window, &state);
    glfwSetInputMode(state.window, GLFW_LOCK_KEY_MODS, GLFW_TRUE);
    glfwSetKeyCallback(state.window, [](GLFWwindow* window, int, int, int, int modifiers) {
        static_cast<State*>(glfwGetWindowUserPointer(window))->caps_lock =
            (modifiers & GLFW_MOD_CAPS_LOCK) != 0;
    });
    glfwSetDropCallback(state.window, [](GLFWwindow* window, int count, const char** paths) {
        auto& dropped = static_cast<State*>(glfwGetWindowUserPointer(window))->dropped;
        dropped.insert(dropped.end(), paths, paths + std::max(count, 0));
    });
    start_imgui(state.window);
    state.drawing = true;
    const float scale = canvas->monitor_scale();
    const auto scaled = [scale](int logical) {
        return static_cast<int>(static_cast<float>(logical) * scale);
    };
    glfwSetWindowSizeLimits(state.window, scaled(least_width), scaled(least_height), GLFW_DONT_CARE,
                            GLFW_DONT_CARE);
    return canvas;
}

Canvas::Canvas(std::unique_ptr<State> state) : state_(std::move(state)) {}

Canvas::~Canvas() {
    if (state_->drawing) {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    if (state_->window != nullptr)
        glfwDestroyWindow(state_->window);
    end_life();
}

float Canvas::monitor_scale() const {
    float content = 1.F, ignored = 1.F;
    glfwGetWindowContentScale(state_->window, &content, &ignored);
    // Where the system counts windows in logical pixels itself (macOS, Wayland), only the rest is
    // ours to scale; Dear ImGui draws at the density of the frame buffer there.
    int window = 0, buffer = 0, unused = 0;
    glfwGetWindowSize(state_->window, &window, &unused);
    glfwGetFramebufferSize(state_->window, &buffer, &unused);
    const float density =
        window > 0 && buffer > 0 ? static_cast<float>(buffer) / static_cast<float>(window) : 1.F;
    return std::max(0.5F, content / density);
}

std::vector<std::string> Canvas::take_dropped() {
    return std::exchange(state_->dropped, {});
}

bool Canvas::iconified() const {
    return glfwGetWindowAttrib(state_->window, GLFW_ICONIFIED) != 0;
}

bool Canvas::focused() const {
    return glfwGetWindowAttrib(state_->window, GLFW_FOCUSED) != 0;
}

bool Canvas::caps_lock() const {
    return state_->caps_lock;
}

bool Canvas::take_close_request() {
    const bool asked = glfwWindowShouldClose(state_->window) != 0;
    glfwSetWindowShouldClose(state_->window, GLFW_FALSE);
    return asked;
}

void Canvas::set_title(const std::string& title) {
    glfwSetWindowTitle(state_->window, title.c_str());
}

void Canvas::resize(int width, int height) {
    glfwSetWindowSize(state_->window, width, height);
}

Canvas::Size Canvas::size() const {
    Size size;
    glfwGetWindowSize(state_->window, &size.width, &size.height);
    return size;
}

Canvas::Woken Canvas::wait(std::chrono::milliseconds time) {
    if (time == std::chrono::milliseconds::max()) {
        glfwWaitEvents();
        return Woken::by_event;
    }
    const double seconds = std::chrono::duration<double>(time).count();
    const double until = glfwGetTime() + seconds;
    glfwWaitEventsTimeout(std::max(0.001, seconds));
    return glfwGetTime() >= until ? Woken::by_time : Woken::by_event;
}

void Canvas::poll() {
    glfwPollEvents();
}

void Canvas::begin_frame() {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    new_frame();
}

bool Canvas::input_waits() {
    return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

void Canvas::render() {
    ImGui::Render();
    int width = 0, height = 0;
    glfwGetFramebufferSize(state_->window, &width, &height);
    glViewport(0, 0, width, height);
    // What most of the window is: it need not be painted once more.
    const ImVec4 back = ImGui::ColorConvertU32ToFloat4(colours().surface);
    glClearColor(back.x, back.y, back.z, 1.F);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

void Canvas::end_frame() {
    render();
    glfwSwapBuffers(state_->window);
}

Picture Canvas::end_frame_with_picture() {
    render();
    int width = 0, height = 0;
    glfwGetFramebufferSize(state_->window, &width, &height);
    Picture picture{static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), {}};
    const std::size_t stride = std::size_t{picture.width} * 3;
    std::vector<std::uint8_t> upside_down(stride * picture.height);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, upside_down.data());
    picture.rgb.resize(upside_down.size());
    for (std::size_t y = 0; y < picture.height; ++y)
        std::copy_n(upside_down.begin() + static_cast<std::ptrdiff_t>(y * stride), stride,
                    picture.rgb.begin() +
                        static_cast<std::ptrdiff_t>((picture.height - 1 - y) * stride));
    glfwSwapBuffers(state_->window);
    return picture;
}

void Canvas::wake() {
    const std::lock_guard lock(life_mutex);
    if (alive)
        glfwPostEmptyEvent();
}

bool has_display() {
#if defined(_WIN32) || defined(__APPLE__)
    return true;
#else
    const auto set = [](const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr && *value != '\0';
    };
    return set("DISPLAY") || set("WAYLAND_DISPLAY");
#endif
}

}  // namespace gui
