# tl::expected: what std::expected of C++23 will be; one header. Debian carries it as a package file, unpacked by hand.
mailpoint_fetch(expected expected-1.1.0.tar.gz 1db357f46dd2b24447156aaf970c4c40a793ef12a8a9c2ad9e096d9801368df6
  https://github.com/TartanLlama/expected/archive/refs/tags/v1.1.0.tar.gz
  POOL t/tl-expected/libexpected-dev_1.0.0~dfsg-3_all.deb
  POOL_SHA256 f6ff083e016e77fc51a359f6afd6947f496dbb55db47857e31de384177a7fbf1
  SOURCE_SUBDIR none)
FetchContent_MakeAvailable(expected)
set(_expected "${expected_SOURCE_DIR}/include")
if(EXISTS "${expected_SOURCE_DIR}/usr/include")
  set(_expected "${expected_SOURCE_DIR}/usr/include")
endif()
add_library(expected INTERFACE)
target_include_directories(expected SYSTEM INTERFACE "${_expected}")
