# The records of a domain that no system call gives (SRV, MX), with the same code on every system.
set(CARES_STATIC ON)
set(CARES_SHARED OFF)
set(CARES_INSTALL OFF)
set(CARES_BUILD_TOOLS OFF)
set(CARES_THREADS OFF)   # a channel is used by one thread
mailpoint_fetch(cares c-ares-1.34.5.tar.gz 7d935790e9af081c25c495fd13c2cfcda4792983418e96358ef6e7320ee06346
  https://github.com/c-ares/c-ares/releases/download/v1.34.5/c-ares-1.34.5.tar.gz
  POOL c/c-ares/c-ares_1.34.5.orig.tar.gz)
FetchContent_MakeAvailable(cares)
