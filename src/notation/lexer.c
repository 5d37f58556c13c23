/* The rare parts of the lexer: see lexer.h. */
#include "notation/lexer.h"

#define B LEX_BLANK
#define L LEX_LINE_END
#define Q LEX_QUOTE
#define H LEX_COMMENT
#define C LEX_COMMA
#define S LEX_NO_START
#define X LEX_NO_ID

/* clang-format off */
const uint8_t lex_classes[256] = {
    X, X, X, X, X, X, X, X, X, B, L, X, X, L, X, X, /* controls */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* controls */
    B, X, Q, H, X, X, X, X, X, X, X, X, C, S, S, X, /* blank ! " # … */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, X, X, X, X, X, X, /* 0-9 … */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, /* @ A-O */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, S, /* P-Z … */
    X, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* ` a-o */
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, X, X, X, X, X, /* p-z … */
    /* bytes of other characters than ASCII */
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
    X, X, X, X, X, X, X, X, X, X, X, X, X, X, X, X,
};
/* clang-format on */

static void set_token(struct lexer *x, enum token_kind kind, const char *at, size_t length, const char *next)
{
    x->token = (struct token){.kind = kind, .at = at, .length = length};
    x->at = next;
}

/* The quote that closes the string from `at`; NULL where the line ends first. *escape: the first backslash
 * that escapes nothing, or NULL. */
static const char *string_end(const char *at, const char **escape)
{
    *escape = NULL;
    for (;; at++) {
        if (*at == '"')
            return at;
        if (*at == '\n' || *at == '\r')
            return NULL;
        if (*at != '\\')
            continue;
        if (at[1] == '\n' || at[1] == '\r')
            return NULL;
        if (!*escape && at[1] != '"' && at[1] != '\\' && at[1] != 'n')
            *escape = at;
        at++;
    }
}

void lex_string(struct lexer *x, const char *at)
{
    if (x->token.kind == TOKEN_WORD && x->at == at) {
        set_token(x, TOKEN_GLUED, at, 0, at);
        return;
    }
    const char *escape, *end = string_end(at + 1, &escape);
    if (!end) {
        set_token(x, TOKEN_OPEN, at, 1, at);
    } else if (escape) {
        set_token(x, TOKEN_ESCAPE, escape, 2, at);
    } else if (!(lex_classes[(unsigned char)end[1]] & (LEX_BLANK | LEX_LINE_END | LEX_COMMENT | LEX_COMMA))) {
        set_token(x, TOKEN_GLUED, end + 1, 0, at);
    } else {
        set_token(x, ++x->words > LIMIT_WORDS ? TOKEN_SURPLUS : TOKEN_STRING, at + 1, (size_t)(end - at - 1), end + 1);
    }
}
