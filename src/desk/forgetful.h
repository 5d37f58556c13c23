/* Memory that is wiped when it is freed, in the whole program, from when it is asked for.
 *
 * What was read of a case is in strings, trees and tables of many libraries; a list of all of them would never be
 * whole. So free() itself writes over what it frees. With another C library than glibc, or under a sanitizer, which has
 * a free() of its own, forgetful_start() does nothing. */
#ifndef DESK_FORGETFUL_H
#define DESK_FORGETFUL_H

/* For all that is freed from now on. */
void forgetful_start(void);

/* Gives free memory back to the system. */
void forgetful_trim(void);

#endif
