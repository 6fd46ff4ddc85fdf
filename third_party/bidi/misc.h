/* PuTTY's has nothing that terminal/bidi.c needs: see putty.h. */
