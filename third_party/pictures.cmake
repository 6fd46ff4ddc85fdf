# What pictures in mails are decoded by: libraries that all browsers have used for years and that are fuzzed without
# pause, without their encoders, tools and assembler. Strangers' octets: where our own code is built for
# AddressSanitizer or fuzzing, these are, too.
function(_mp_picture_library target)
  target_compile_options(${target} PRIVATE $<$<C_COMPILER_ID:GNU,Clang,AppleClang>:-w>)
  if(MAILPOINT_SANITIZE MATCHES address)
    target_compile_options(${target} PRIVATE -fsanitize=address -fno-omit-frame-pointer)
  endif()
  if(MAILPOINT_FUZZ)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()

# Debian's archive is the same without contrib/. spng writes, too, and so needs both directions.
mailpoint_fetch(zlib zlib-1.3.1.tar.gz 9a93b2b7dfdac77ceba5a558a580e74667dd6fede4585b91eefb60f03b72df23
  https://github.com/madler/zlib/releases/download/v1.3.1/zlib-1.3.1.tar.gz
  POOL "z/zlib/zlib_1.3.dfsg+really1.3.1.orig.tar.gz"
  POOL_SHA256 60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb
  SOURCE_SUBDIR none)
mailpoint_fetch(spng libspng-0.7.4.tar.gz 47ec02be6c0a6323044600a9221b049f63e1953faf816903e7383d4dc4234487
  https://github.com/randy408/libspng/archive/refs/tags/v0.7.4.tar.gz
  POOL libs/libspng/libspng_0.7.4.orig.tar.gz SOURCE_SUBDIR none)
mailpoint_fetch(jpeg libjpeg-turbo-2.1.5.tar.gz 254f3642b04e309fee775123133c6464181addc150499561020312ec61c1bf7c
  https://github.com/libjpeg-turbo/libjpeg-turbo/archive/refs/tags/2.1.5.tar.gz
  POOL libj/libjpeg-turbo/libjpeg-turbo_2.1.5.orig.tar.gz SOURCE_SUBDIR none)
mailpoint_fetch(webp libwebp-1.5.0.tar.gz 7d6fab70cf844bf6769077bd5d7a74893f8ffd4dfb42861745750c63c2a5c92c
  https://storage.googleapis.com/downloads.webmproject.org/releases/webp/libwebp-1.5.0.tar.gz
  POOL libw/libwebp/libwebp_1.5.0.orig.tar.gz SOURCE_SUBDIR none)
FetchContent_MakeAvailable(zlib spng jpeg webp)

set(_zlib adler32 compress crc32 deflate inffast inflate inftrees trees zutil)
list(TRANSFORM _zlib REPLACE "(.+)" "${zlib_SOURCE_DIR}/\\1.c")
add_library(zlib STATIC ${_zlib})
target_include_directories(zlib SYSTEM PUBLIC "${zlib_SOURCE_DIR}")
_mp_picture_library(zlib)

add_library(spng STATIC "${spng_SOURCE_DIR}/spng/spng.c")
target_include_directories(spng SYSTEM PUBLIC "${spng_SOURCE_DIR}/spng")
target_compile_definitions(spng PUBLIC SPNG_STATIC)
target_link_libraries(spng PRIVATE zlib)
_mp_picture_library(spng)

# Its own build refuses to be part of another. What that would find out stands in jpeg/.
set(_jpeg jcomapi jdapimin jdapistd jdatasrc jdcoefct jdcolor jddctmgr jdhuff jdicc jdinput jdmainct jdmarker jdmaster
  jdmerge jdphuff jdpostct jdsample jerror jidctflt jidctfst jidctint jidctred jquant1 jquant2 jutils jmemmgr
  jmemnobs jsimd_none)
list(TRANSFORM _jpeg REPLACE "(.+)" "${jpeg_SOURCE_DIR}/\\1.c")
set(COPYRIGHT_YEAR 2022)
configure_file("${jpeg_SOURCE_DIR}/jversion.h.in" "${jpeg_BINARY_DIR}/jversion.h" @ONLY)
add_library(jpeg STATIC ${_jpeg})
target_include_directories(jpeg SYSTEM PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/jpeg" "${jpeg_SOURCE_DIR}"
  PRIVATE "${jpeg_BINARY_DIR}")
_mp_picture_library(jpeg)

file(GLOB _webp "${webp_SOURCE_DIR}/src/dec/*.c" "${webp_SOURCE_DIR}/src/dsp/*.c" "${webp_SOURCE_DIR}/src/utils/*.c")
list(FILTER _webp EXCLUDE REGEX "/(cost|enc|lossless_enc|ssim)(_[^/]*)?[.]c$|_enc[^/]*[.]c$|/huffman_encode")
add_library(webp STATIC ${_webp})
target_include_directories(webp SYSTEM PUBLIC "${webp_SOURCE_DIR}/src" PRIVATE "${webp_SOURCE_DIR}")
_mp_picture_library(webp)
