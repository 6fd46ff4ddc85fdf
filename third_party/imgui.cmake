# Two libraries from one source: `imgui` for the program, `imgui_test` with the hooks that GUI tests watch items by.
mailpoint_fetch(imgui imgui-1.92.2b.tar.gz da3d453cce74e0fb3d67f8d798a2a8d04fcaf0b33ce0e0131d0695dfc4f64191
  https://github.com/ocornut/imgui/archive/refs/tags/v1.92.2b.tar.gz
  POOL i/imgui/imgui_1.92.2b+ds.orig.tar.xz
  POOL_SHA256 e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
  SOURCE_SUBDIR none)
FetchContent_MakeAvailable(imgui)
function(_mp_imgui target)
  add_library(${target} STATIC EXCLUDE_FROM_ALL
    "${imgui_SOURCE_DIR}/imgui.cpp" "${imgui_SOURCE_DIR}/imgui_draw.cpp" "${imgui_SOURCE_DIR}/imgui_tables.cpp"
    "${imgui_SOURCE_DIR}/imgui_widgets.cpp" "${imgui_SOURCE_DIR}/misc/cpp/imgui_stdlib.cpp" ${ARGN})
  target_include_directories(${target} SYSTEM PUBLIC "${imgui_SOURCE_DIR}" "${imgui_SOURCE_DIR}/backends" "${imgui_SOURCE_DIR}/misc/cpp")
  # Wide, because subjects have emoji and rare ideographs.
  target_compile_definitions(${target} PUBLIC IMGUI_USE_WCHAR32 IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS)
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-w>)
endfunction()
_mp_imgui(imgui "${imgui_SOURCE_DIR}/backends/imgui_impl_glfw.cpp" "${imgui_SOURCE_DIR}/backends/imgui_impl_opengl3.cpp")
# The backend takes OpenGL from glad, too, not from the loader that ships with it.
target_compile_definitions(imgui PRIVATE IMGUI_IMPL_OPENGL_LOADER_CUSTOM)
target_compile_options(imgui PRIVATE
  $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-include${glfw_SOURCE_DIR}/deps/glad/gl.h>
  $<$<CXX_COMPILER_ID:MSVC>:/FI${glfw_SOURCE_DIR}/deps/glad/gl.h>)
target_link_libraries(imgui PUBLIC glfw glad)
_mp_imgui(imgui_test)
# What Dear ImGui takes for a mistake of ours ends a test in every build.
target_compile_options(imgui_test PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-UNDEBUG>)
target_compile_definitions(imgui_test PUBLIC IMGUI_ENABLE_TEST_ENGINE)
