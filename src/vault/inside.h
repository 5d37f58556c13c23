/* How a piece and the first row of an object are sealed; for vault/ alone. */
#ifndef VAULT_INSIDE_H
#define VAULT_INSIDE_H

#include "vault/vault.h"

/* What is sealed in row 0. */
struct head {
    uint32_t piece;
    uint64_t bytes; /* HEAD_UNFINISHED until it is whole */
    unsigned char sha256[SEAL_SHA256];
};
#define HEAD_UNFINISHED UINT64_MAX
#define HEAD_ROW (1u + 4u + 8u + SEAL_SHA256 + SEAL_OVERHEAD)

/* An object's own key. */
struct secret *piece_key(const struct secret *file_key, struct text name);

/* What is authenticated beside row `number`. */
void piece_beside(const unsigned char *case_id, struct text name, uint64_t number, struct buffer *out);

void head_close(const struct secret *key, const unsigned char *case_id, struct text name, const struct head *head,
                unsigned char row[HEAD_ROW]);
int head_open(const struct secret *key, const unsigned char *case_id, struct text name, struct text row,
              struct head *head);

#endif
