/* The members of an archive, one after the other: what every reader of archives asks libarchive for. */
#ifndef PARSERS_MEMBER_H
#define PARSERS_MEMBER_H

struct archive;
struct archive_entry;

/* archive_read_next_header(), safe to call after anything: libarchive takes an ENOMEM that something else left in errno
 * for its own, and ends the process. */
int next_member(struct archive *a, struct archive_entry **entry);

#endif
