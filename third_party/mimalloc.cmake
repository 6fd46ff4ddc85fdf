# The program's memory allocator on Linux, instead of the C library's: a list of 100,000 messages is some millions of
# small texts (tests/bench/run --only list shows what it is worth). Not in sanitizer builds, which bring their own; the
# allocators of Windows and macOS were not measured.
if(UNIX AND NOT APPLE AND NOT MAILPOINT_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  mailpoint_fetch(mimalloc mimalloc-2.0.9.tar.gz 4a29edae32a914a706715e2ac8e7e4109e25353212edeed0888f4e3e15db5850
    https://github.com/microsoft/mimalloc/archive/refs/tags/v2.0.9.tar.gz
    POOL m/mimalloc/mimalloc_2.0.9+ds.orig.tar.xz
    POOL_SHA256 cbc9d207ff105ad1f0cb739c378076143a6452b8d0624309cea0abfb040e972b
    SOURCE_SUBDIR none)
  FetchContent_MakeAvailable(mimalloc)
  add_library(mimalloc STATIC "${mimalloc_SOURCE_DIR}/src/static.c")
  target_include_directories(mimalloc SYSTEM PRIVATE "${mimalloc_SOURCE_DIR}/include")
  target_compile_definitions(mimalloc PRIVATE MI_MALLOC_OVERRIDE MI_STATIC_LIB)
  target_compile_options(mimalloc PRIVATE -w -fvisibility=hidden -ftls-model=initial-exec -fno-builtin-malloc)
else()
  add_library(mimalloc INTERFACE)
endif()
