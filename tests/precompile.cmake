# The standard library's headers, read once instead of a thousand times: a third of the time that our sources take. For
# builds that only check; the others would not see a forgotten #include any more.
set(_headers <algorithm> <array> <atomic> <chrono> <condition_variable> <filesystem> <fstream> <functional> <map> <memory>
  <mutex> <optional> <set> <span> <sstream> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

# Of what is precompiled g++ forgets that it is the system's, and shows its false alarms inside std::string. The builds
# without have the warnings on.
target_compile_options(mailpoint_options INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>)

# _mailpoint_targets(FOLDER OUT): our own libraries and programs below a folder.
function(_mailpoint_targets folder out)
  get_directory_property(_targets DIRECTORY "${folder}" BUILDSYSTEM_TARGETS)
  get_directory_property(_folders DIRECTORY "${folder}" SUBDIRECTORIES)
  foreach(_below IN LISTS _folders)
    _mailpoint_targets("${_below}" _more)
    list(APPEND _targets ${_more})
  endforeach()
  set(${out} ${_targets} PARENT_SCOPE)
endfunction()

# One a set of flags: the tests have their own level of optimising.
function(_mailpoint_precompile name headers)
  file(WRITE "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp" "")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/precompiled/${name}.cpp")
  target_link_libraries(${name} PRIVATE mailpoint_options ${ARGN})
  target_precompile_headers(${name} PRIVATE ${headers})
endfunction()
_mailpoint_precompile(precompiled "${_headers}")
set(_folders mail gui app)
if(MAILPOINT_TESTS)
  _mailpoint_precompile(precompiled_tests "${_headers};<gtest/gtest.h>" GTest::gtest)
  target_compile_options(precompiled_tests PRIVATE -O0)
  list(APPEND _folders tests)
endif()
foreach(_folder IN LISTS _folders)
  _mailpoint_targets("${CMAKE_SOURCE_DIR}/${_folder}" _targets)
  foreach(_target IN LISTS _targets)
    get_target_property(_links ${_target} LINK_LIBRARIES)
    if(NOT "mailpoint_options" IN_LIST _links)
      continue()
    endif()
    if(_folder STREQUAL "tests" AND "GTest::gtest_main" IN_LIST _links)
      target_precompile_headers(${_target} REUSE_FROM precompiled_tests)
    elseif(NOT _folder STREQUAL "tests")
      target_precompile_headers(${_target} REUSE_FROM precompiled)
    endif()
  endforeach()
endforeach()
