/* Whether a sanitizer of the compiler watches this program: it has an allocator of its own, reserves terabytes, and
 * makes it several times slower. WATCHED is true or false, for #if and for expressions. GCC and Clang say it
 * differently. */
#ifndef BASE_WATCHED_H
#define BASE_WATCHED_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define WATCHED 1
#endif
#endif
#ifndef WATCHED
#define WATCHED 0
#endif

#endif
