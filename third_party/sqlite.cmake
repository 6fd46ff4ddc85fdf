# On Linux the distribution's static library (security-updated, like OpenSSL), elsewhere the amalgamation. Debian has
# it inside the sources of Perl's SQLite driver (the same 3.46.1), npm inside better-sqlite3 (3.53.2).
if(UNIX AND NOT APPLE AND NOT CMAKE_CROSSCOMPILING)
  find_library(MAILPOINT_SQLITE_A libsqlite3.a REQUIRED)
  find_path(MAILPOINT_SQLITE_INCLUDE sqlite3.h REQUIRED)
  add_library(sqlite3::sqlite3 STATIC IMPORTED GLOBAL)
  set_target_properties(sqlite3::sqlite3 PROPERTIES IMPORTED_LOCATION "${MAILPOINT_SQLITE_A}"
    INTERFACE_INCLUDE_DIRECTORIES "${MAILPOINT_SQLITE_INCLUDE}" INTERFACE_LINK_LIBRARIES "m")
else()
  mailpoint_fetch(sqlite sqlite-amalgamation-3460100.zip 77823cb110929c2bcb0f5d48e4833b5c59a8a6e40cdea3936b99e199dbbe5784
    https://sqlite.org/2024/sqlite-amalgamation-3460100.zip
    POOL libd/libdbd-sqlite3-perl/libdbd-sqlite3-perl_1.76.orig.tar.gz
    POOL_SHA256 0a33a7a935be63371071dbe600cfaefa67cd971b67580a917bbf6ebaf723c584
    NPM better-sqlite3@12.11.1 NPM_SHA256 ebf0ed75a7a59dbcb3b24bbd014ef49d9f15bc328e4adcbf516f2a8fadfa2835
    SOURCE_SUBDIR none)
  FetchContent_MakeAvailable(sqlite)
  set(_sqlite "${sqlite_SOURCE_DIR}")
  if(EXISTS "${_sqlite}/deps/sqlite3/sqlite3.c")
    set(_sqlite "${_sqlite}/deps/sqlite3")
  elseif(EXISTS "${_sqlite}/deps/sqlite3.tar.gz")
    file(ARCHIVE_EXTRACT INPUT "${_sqlite}/deps/sqlite3.tar.gz" DESTINATION "${_sqlite}/deps")
    file(GLOB _sqlite_c "${_sqlite}/deps/*/sqlite3.c")
    get_filename_component(_sqlite "${_sqlite_c}" DIRECTORY)
  endif()
  add_library(sqlite3 STATIC "${_sqlite}/sqlite3.c")
  target_include_directories(sqlite3 SYSTEM PUBLIC "${_sqlite}")
  target_compile_definitions(sqlite3 PRIVATE SQLITE_DQS=0 SQLITE_THREADSAFE=1 SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE SQLITE_LIKE_DOESNT_MATCH_BLOBS)
  add_library(sqlite3::sqlite3 ALIAS sqlite3)
endif()
