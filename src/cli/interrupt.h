/* Ctrl-C: a flag that long work polls, so that a person can stop it and nothing is left half done. */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

/* True once SIGINT or SIGTERM came. Pass its address as `stop`. A second one ends the program at once. */
extern volatile bool interrupted;

/* Sets the handlers; SIGPIPE becomes an error of write(). Call once. */
void interrupt_start(void);

/* read(), but that ends with -1 once `interrupted`, whenever the signal came. */
ssize_t interruptible_read(int descriptor, void *into, size_t most);

#endif
