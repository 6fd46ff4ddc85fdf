set(INSTALL_GTEST OFF)
set(BUILD_GMOCK OFF)
set(gtest_force_shared_crt ON)
mailpoint_fetch(googletest googletest-1.16.0.tar.gz 78c676fc63881529bf97bf9d45948d905a66833fbfa5318ea2cd7478cb98f399
  https://github.com/google/googletest/releases/download/v1.16.0/googletest-1.16.0.tar.gz
  POOL g/googletest/googletest_1.16.0.orig.tar.gz
  POOL_SHA256 2f54382b5d13d6cd0be2afc524f1e510d37f8ba78c2d439c5bea64ef37e30d01)
FetchContent_MakeAvailable(googletest)
