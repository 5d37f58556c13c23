/* Whether a text gives away any of the things that must not come out.
 *
 * An index of secrets, made once, and a search over texts as they would leave: in any script and usual spelling, in
 * cases and with patronymics, as initials beside a role, turned round, in pieces, with signs that are not seen, letters
 * that look alike, percent, entity and base64 encodings. docs/secrets.md explains how, and what is not found. */
#ifndef GATE_SECRETS_H
#define GATE_SECRETS_H

#include "base/text.h"
#include "base/vector.h"

#include <stdbool.h>
#include <stdint.h>

enum secret_kind {
    SECRET_NAME,    /* a person's or an organisation's name: matched word by word, in any script */
    SECRET_CONTACT, /* an address, a number, a handle, a way to reach somebody */
    SECRET_DETAIL,  /* a place, a unit, a date, a phrase that must not come out: matched as words in their order */
    SECRET_FILE,    /* a file's name */
};

struct secrets; /* opaque: an index */

struct secrets *secrets_new(void);
void secrets_free(struct secrets *s); /* wipes what it held */

/* Adds one, borrowed until secrets_ready(); `owner` is handed back with each find. Words that are too common to be a
 * secret by themselves ("the", "of") never match alone. */
void secrets_add(struct secrets *s, enum secret_kind kind, struct text secret, uint32_t owner);

/* A role of an owner ("nurse", "captain"): initials of its names beside this word are found. */
void secrets_add_role(struct secrets *s, struct text role, uint32_t owner);

/* Words that may be printed although a secret has them too ("Vosk" of an on-record brother): finds that these explain
 * wholly become near. */
void secrets_allow(struct secrets *s, struct text words);

/* Ends the adding. */
void secrets_ready(struct secrets *s);

enum secret_how {
    HOW_PLAIN,
    HOW_SPELLING,
    HOW_SCRIPT,
    HOW_CASE,
    HOW_INITIALS,
    HOW_REVERSED,
    HOW_PIECES,
    HOW_LOOKALIKE,
    HOW_INVISIBLE,
    HOW_ENCODED,
    HOW_COUNT
};
struct secret_find {
    size_t start, end; /* bytes of the text */
    uint32_t owner;
    enum secret_kind kind;
    enum secret_how how;
    bool near; /* a near miss: to warn of, not to refuse */
    double score;
};
typedef VECTOR(struct secret_find) secret_finds;

/* What a text as people read it gives away: words, captions, alt texts, link targets. In order of start. */
void secrets_find(const struct secrets *s, struct text text, secret_finds *out);

/* What a file gives away as bytes: its text with markup taken out, its markup and attributes, decoded runs. Any bytes
 * will do. Finds' places are those of the bytes. */
void secrets_find_in_bytes(const struct secrets *s, struct text bytes, secret_finds *out);

/* Signs that must not leave at all (zero-width, bidirectional overrides, tags, private use): the first, or false. */
bool secrets_hidden_sign(struct text text, size_t *at, uint32_t *code_point);

/* "written backwards", "in another script" … */
const char *secret_how_words(enum secret_how how);

#endif
