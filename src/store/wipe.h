/* A layer under SQLite that overwrites every rollback journal before it is unlinked.
 *
 * A journal holds pages as they were before a transaction: after `forget` it is the one place
 * where a destroyed key would live on, in blocks that the disk has marked as free. */
#ifndef STORE_WIPE_H
#define STORE_WIPE_H

/* Registers the layer above SQLite's default file system layer and returns its name for sqlite3_open_v2().
 * NULL where SQLite has no default. */
const char *wipe_layer(void);

#endif
