# X11 and Wayland, both opened at run time. Its archive also carries the glad loader (deps/glad/gl.h, glad 2,
# header-only, gl:compatibility=3.3): one line of C makes the library, nothing generated is kept here.
set(GLFW_BUILD_EXAMPLES OFF)
set(GLFW_BUILD_TESTS OFF)
set(GLFW_BUILD_DOCS OFF)
set(GLFW_INSTALL OFF)
mailpoint_fetch(glfw glfw-3.4.tar.gz c038d34200234d071fae9345bc455e4a8f2f544ab60150765d7704e08f3dac01
  https://github.com/glfw/glfw/archive/refs/tags/3.4.tar.gz
  POOL g/glfw3/glfw3_3.4.orig.tar.gz)
FetchContent_MakeAvailable(glfw)
file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/glad_gl.c" CONTENT "#define GLAD_GL_IMPLEMENTATION\n#include <glad/gl.h>\n")
add_library(glad STATIC "${CMAKE_CURRENT_BINARY_DIR}/glad_gl.c")
target_include_directories(glad SYSTEM PUBLIC "${glfw_SOURCE_DIR}/deps")
