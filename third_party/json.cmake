set(JSON_BuildTests OFF)
set(JSON_Install OFF)
mailpoint_fetch(nlohmann_json json-3.11.3.tar.gz 0d8ef5af7f9794e3263480193c491549b2ba6cc74bb018906202ada498a79406
  https://github.com/nlohmann/json/archive/refs/tags/v3.11.3.tar.gz
  POOL n/nlohmann-json3/nlohmann-json3_3.11.3.orig.tar.gz)
FetchContent_MakeAvailable(nlohmann_json)
