# The order of text that runs from right to left (UAX #9, all of Unicode's own tests) and the joining of Arabic letters:
# one file of PuTTY's and its tables. The headers in bidi/ stand in for the rest of PuTTY, and must be found before its own.
mailpoint_fetch(putty putty-0.83.tar.gz 718777c13d63d0dff91fe03162bc2a05b4dfc8b0827634cd60b51cefdff631c6
  https://the.earth.li/~sgtatham/putty/0.83/putty-0.83.tar.gz
  POOL p/putty/putty_0.83.orig.tar.gz SOURCE_SUBDIR none)
FetchContent_MakeAvailable(putty)
add_library(bidi STATIC "${putty_SOURCE_DIR}/terminal/bidi.c")
target_include_directories(bidi PRIVATE "${CMAKE_CURRENT_LIST_DIR}/bidi" "${putty_SOURCE_DIR}")
target_include_directories(bidi SYSTEM INTERFACE "${CMAKE_CURRENT_LIST_DIR}/bidi")
target_compile_options(bidi PRIVATE $<$<C_COMPILER_ID:GNU,Clang,AppleClang>:-w>)
