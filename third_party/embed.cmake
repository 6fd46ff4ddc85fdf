# mailpoint_embed(TARGET NAME FILE): FILE becomes `extern const unsigned char NAME[]; extern const std::size_t NAME_size;`
# in namespace mailpoint_embedded. As a C array it works with every compiler (MSVC and macOS have no `ld -b binary`).
include_guard(GLOBAL)
function(mailpoint_embed target name file)
  # The checksum is in the name: an archive's files are older than what was made of their predecessors.
  file(SHA256 "${file}" sum)
  string(SUBSTRING ${sum} 0 12 sum)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embed_${name}_${sum}.cpp")
  if(NOT EXISTS "${out}")
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    file(WRITE "${out}" "#include <cstddef>\nnamespace mailpoint_embedded {\nextern const unsigned char ${name}[];\n"
         "extern const std::size_t ${name}_size;\nconst unsigned char ${name}[] = {${bytes}};\n"
         "const std::size_t ${name}_size = sizeof ${name};\n}\n")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  target_sources(${target} PRIVATE "${out}")
endfunction()
