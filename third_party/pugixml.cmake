# Two files; neither exceptions nor XPath, and it expands no entities of a document.
mailpoint_fetch(pugixml pugixml-1.14.tar.gz 610f98375424b5614754a6f34a491adbddaaec074e9044577d965160ec103d2e
  https://github.com/zeux/pugixml/archive/refs/tags/v1.14.tar.gz
  POOL p/pugixml/pugixml_1.14.orig.tar.gz SOURCE_SUBDIR none)
FetchContent_MakeAvailable(pugixml)
add_library(pugixml STATIC "${pugixml_SOURCE_DIR}/src/pugixml.cpp")
target_include_directories(pugixml SYSTEM PUBLIC "${pugixml_SOURCE_DIR}/src")
target_compile_definitions(pugixml PUBLIC PUGIXML_NO_EXCEPTIONS PUGIXML_NO_XPATH PUGIXML_NO_STL)
target_compile_options(pugixml PRIVATE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-w>)
