# mailpoint_embed(TARGET NAME FILE): FILE becomes `extern const unsigned char NAME[]; extern const std::size_t NAME_size;`
# in namespace mailpoint_embedded. As a C array it works with every compiler (MSVC and macOS have no `ld -b binary`).
include_guard(GLOBAL)
function(mailpoint_embed target name file)
  set(out "${CMAKE_CURRENT_BINARY_DIR}/embed_${name}.cpp")
  if(NOT EXISTS "${out}" OR "${file}" IS_NEWER_THAN "${out}")
    file(READ "${file}" hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    file(WRITE "${out}" "#include <cstddef>\nnamespace mailpoint_embedded {\nextern const unsigned char ${name}[];\n"
         "extern const std::size_t ${name}_size;\nconst unsigned char ${name}[] = {${bytes}};\n"
         "const std::size_t ${name}_size = sizeof ${name};\n}\n")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  target_sources(${target} PRIVATE "${out}")
endfunction()
