/* Keys, pieces and the first row of an object: see inside.h. */
#include "vault/inside.h"

#include "log/wire.h"

struct secret *piece_key(const struct secret *file_key, struct text name)
{
    struct buffer label = {0};
    buffer_string(&label, "bearout object 1");
    buffer_text_add(&label, name);
    struct secret *key = seal_derive(file_key, buffer_text(&label));
    buffer_release(&label);
    return key;
}

void piece_beside(const unsigned char *case_id, struct text name, uint64_t number, struct buffer *out)
{
    buffer_clear(out);
    buffer_string(out, "bearout piece 1");
    buffer_add(out, case_id, SEAL_PUBLIC);
    wire_add_counted(out, name, 1);
    wire_add(out, number, 8);
}

void head_close(const struct secret *key, const unsigned char *case_id, struct text name, const struct head *head,
                unsigned char row[HEAD_ROW])
{
    struct buffer plain = {0}, beside = {0};
    wire_add(&plain, 1, 1);
    wire_add(&plain, head->piece, 4);
    wire_add(&plain, head->bytes, 8);
    buffer_add(&plain, head->sha256, SEAL_SHA256);
    piece_beside(case_id, name, 0, &beside);
    seal_close(key, buffer_text(&beside), buffer_text(&plain), row);
    buffer_release(&plain);
    buffer_release(&beside);
}

int head_open(const struct secret *key, const unsigned char *case_id, struct text name, struct text row,
              struct head *head)
{
    char plain[HEAD_ROW - SEAL_OVERHEAD];
    struct buffer beside = {0};
    piece_beside(case_id, name, 0, &beside);
    int result = row.length == HEAD_ROW ? seal_open(key, buffer_text(&beside), row, plain) : -1;
    buffer_release(&beside);
    if (result < 0)
        return -1;
    struct wire w = {.rest = {plain, sizeof plain}};
    uint64_t version = wire_number(&w, 1);
    head->piece = (uint32_t)wire_number(&w, 4);
    head->bytes = wire_number(&w, 8);
    memcpy(head->sha256, wire_bytes(&w, SEAL_SHA256).at, SEAL_SHA256);
    bool sound = version == 1 && head->piece > 0 && head->piece <= STORE_CHUNK - SEAL_OVERHEAD;
    return sound ? 0 : -1;
}

void vault_name_beside(const struct vault_stray *file, const unsigned char sha256[SEAL_SHA256],
                       unsigned char name[LOG_OBJECT])
{
    struct buffer label = {0};
    buffer_string(&label, "bearout beside 1");
    buffer_add(&label, sha256, SEAL_SHA256);
    struct secret *hash = seal_derive(file->key, buffer_text(&label));
    memcpy(name, file->id, LOG_FILE);
    memcpy(name + LOG_FILE, secret_view(hash), LOG_OBJECT - LOG_FILE);
    secret_free(hash);
    buffer_release(&label);
}
