# Its headers are C++98 (register, std::unary_function), and its configure script is not run: we set what it would find.
mailpoint_fetch(mimetic mimetic-0.9.8.tar.gz 3a07d68d125f5e132949b078c7275d5eb0078dd649079bd510dd12b969096700
  https://www.codesink.org/download/mimetic-0.9.8.tar.gz
  POOL m/mimetic/mimetic_0.9.8.orig.tar.gz SOURCE_SUBDIR none)
FetchContent_MakeAvailable(mimetic)
file(GLOB_RECURSE _mimetic "${mimetic_SOURCE_DIR}/mimetic/*.cxx")
list(FILTER _mimetic EXCLUDE REGEX "mmfile")   # memory-mapped files: POSIX only, not needed
add_library(mimetic STATIC ${_mimetic})
target_include_directories(mimetic SYSTEM PUBLIC "${mimetic_SOURCE_DIR}")
set_target_properties(mimetic PROPERTIES CXX_STANDARD 14)
target_compile_definitions(mimetic PRIVATE
  $<$<BOOL:${UNIX}>:HAVE_UNISTD_H=1;HAVE_SYS_STAT_H=1;HAVE_SYS_TYPES_H=1;HAVE_FCNTL_H=1;HAVE_DIRENT_H=1;VERSION="0.9.8">)
target_compile_definitions(mimetic PUBLIC
  $<$<CXX_COMPILER_ID:Clang,AppleClang>:_LIBCPP_ENABLE_CXX17_REMOVED_UNARY_BINARY_FUNCTION>
  $<$<CXX_COMPILER_ID:MSVC>:_HAS_AUTO_PTR_ETC=1>)
target_compile_options(mimetic
  PUBLIC $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wno-register;-Wno-deprecated-declarations>
  PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-w>)
