/* Memory that is there or ends the program.
 *
 * Every size that a stranger controls passes a named limit first (base/limits.h), so running out of
 * memory means the machine is too small for the case, and no caller could go on. These never
 * return NULL: they call the handler, which must not return; the default aborts. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t size);                             /* zeroed; free with free() */
void *memory_array(size_t count, size_t size);             /* zeroed; aborts on overflow */
void *memory_trim(void *old, size_t count, size_t size);   /* as memory_resize() to less, to no more than that */
void *memory_resize(void *old, size_t count, size_t size); /* as realloc; new bytes undefined */
char *memory_copy(const char *at, size_t length);          /* with a NUL behind it */

/* Sets what is called when memory runs out. Meant for main(): say a sentence and exit. */
void memory_on_exhaustion(void (*handler)(void));

#endif
