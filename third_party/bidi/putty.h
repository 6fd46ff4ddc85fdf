/* What PuTTY's terminal/bidi.c wants of the rest of PuTTY, and its interface for C++. Its own putty.h
 * brings a whole terminal. */
#ifndef MAILPOINT_PUTTY_BIDI_H
#define MAILPOINT_PUTTY_BIDI_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As there. */
typedef struct bidi_char {
    unsigned int origwc, wc;
    unsigned short index, nchars;
} bidi_char;
typedef struct BidiContext BidiContext;
BidiContext *bidi_new_context(void);
void bidi_free_context(BidiContext *ctx);
void do_bidi(BidiContext *ctx, bidi_char *line, size_t count);
int do_shape(bidi_char *line, bidi_char *to, int count);
bool is_rtl(int c);

#ifdef __cplusplus
}
#else

static inline void *bidi_memory(void *before, size_t count, size_t each)
{
    void *now = count > (size_t)-1 / each ? NULL : realloc(before, count * each);
    if (!now)
        abort();
    return now;
}
#define snew(type) ((type *)bidi_memory(NULL, 1, sizeof(type)))
#define sresize(array, count, type) ((type *)bidi_memory((array), (count), sizeof(type)))
#define sgrowarray(array, size, index)                                                  \
    do                                                                                  \
        if ((size) <= (index)) {                                                        \
            (size) = (index) + (index) / 2 + 16;                                        \
            (array) = bidi_memory((array), (size), sizeof(*(array)));                   \
        }                                                                               \
    while (0)
#define sfree free
#define lenof(array) (sizeof(array) / sizeof(*(array)))
#define unreachable(why) abort()
#ifndef max
#define max(a, b) ((a) > (b) ? (a) : (b))
#endif

#endif
#endif
