/* What libjpeg-turbo's own build would write, for its own files only. */
#include <stdint.h>
#define BUILD ""
#undef inline
#define INLINE inline
#if defined(_MSC_VER)
#define THREAD_LOCAL __declspec(thread)
#else
#define THREAD_LOCAL __thread
#endif
#define PACKAGE_NAME "libjpeg-turbo"
#define VERSION "2.1.5"
#if UINTPTR_MAX > 0xffffffffu
#define SIZEOF_SIZE_T 8
#else
#define SIZEOF_SIZE_T 4
#endif
#define FALLTHROUGH
