/* Quotations: are the words in quotation marks words of the record, letter for letter, and may they be quoted?
 *
 * Blank space and the form of the marks do not matter, nor do small and large first letters; "…" and "..." leave words
 * out, and [ ] hold what the desk put in. Every piece between must stand in the record's words, in this order. */
#include "gate/inside.h"

#include "base/names.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { LEAST_RUN = 5 /* words in a row, from which on words of a voice are told as its own */ };

/* ---- folding ---- */

static bool is_mark(UChar32 c)
{
    return c == '"' || c == '\'' || c == 0x60 || c == 0xb4 || c == 0xab || c == 0xbb || (c >= 0x2018 && c <= 0x201f) ||
           c == 0x2039 || c == 0x203a || (c >= 0x300c && c <= 0x300f);
}

static void add_point(struct buffer *out, UChar32 c)
{
    char bytes[U8_MAX_LENGTH];
    int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    buffer_add(out, bytes, (size_t)length);
}

/* As letters stand, but for marks, which all become one, and runs of blanks. */
static void fold_exact(struct text t, struct buffer *out)
{
    bool blank = false;
    for (int32_t i = 0, length = t.length < INT32_MAX ? (int32_t)t.length : INT32_MAX; i < length;) {
        UChar32 c;
        U8_NEXT(t.at, i, length, c);
        if (c < 0 || u_isUWhiteSpace(c)) {
            blank = out->length > 0;
            continue;
        }
        if (blank)
            buffer_char(out, ' ');
        blank = false;
        add_point(out, is_mark(c) ? '\'' : c);
    }
}

void words_fold(struct text t, struct buffer *out)
{
    bool blank = false;
    size_t start = out->length;
    for (int32_t i = 0, length = t.length < INT32_MAX ? (int32_t)t.length : INT32_MAX; i < length;) {
        UChar32 c;
        U8_NEXT(t.at, i, length, c);
        if (c >= 0 && is_mark(c) && i < length && !blank && out->length > start)
            continue; /* within a word */
        if (c < 0 || !(u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK)) {
            blank = out->length > start;
            continue;
        }
        if (blank)
            buffer_char(out, ' ');
        blank = false;
        add_point(out, u_tolower(c));
    }
}

/* ---- comparing ---- */

/* The next piece of a quotation between ellipses and brackets; false at its end. */
static bool next_piece(struct text *rest, struct text *piece)
{
    while (rest->length) {
        size_t end = 0, skip = 0;
        while (end < rest->length && !skip) {
            const char *at = rest->at + end;
            size_t left = rest->length - end;
            if (left >= 3 && (memcmp(at, "\xe2\x80\xa6", 3) == 0 || memcmp(at, "...", 3) == 0))
                skip = 3;
            else if (*at == '[')
                skip = memchr(at, ']', left) ? (size_t)((const char *)memchr(at, ']', left) - at) + 1 : left;
            else
                end++;
        }
        *piece = (struct text){rest->at, end};
        *rest = (struct text){rest->at + end + skip, rest->length - end - skip};
        while (piece->length && piece->at[piece->length - 1] == ' ')
            piece->length--;
        while (piece->length && piece->at[0] == ' ') {
            piece->at++;
            piece->length--;
        }
        if (piece->length)
            return true;
    }
    return false;
}

static bool in_word(struct text t, size_t at)
{
    return at < t.length && ((unsigned char)t.at[at] >= 0x80 || u_isalnum((UChar32)(unsigned char)t.at[at]));
}

/* A piece found at `at` must not begin or end within a word. */
static bool at_words(struct text whole, size_t at, size_t length)
{
    bool cut_before = at > 0 && in_word(whole, at - 1) && in_word(whole, at);
    bool cut_behind = in_word(whole, at + length) && in_word(whole, at + length - 1);
    return !cut_before && !cut_behind;
}

static bool same_letters(const char *a, const char *b, size_t length)
{
    if (memcmp(a + 1, b + 1, length - 1) != 0)
        return false;
    return a[0] == b[0] || ((unsigned char)a[0] < 0x80 && (unsigned char)b[0] < 0x80 &&
                            u_tolower((UChar32)a[0]) == u_tolower((UChar32)b[0]));
}

/* The full stop or comma that a sentence puts inside the marks need not be the record's. */
static struct text without_stop(struct text piece)
{
    while (piece.length > 1 && strchr(".,!?;:", piece.at[piece.length - 1]))
        piece.length--;
    return piece;
}

static size_t find_piece(struct text whole, size_t from, struct text piece)
{
    piece = without_stop(piece);
    for (size_t at = from; at + piece.length <= whole.length; at++)
        if (same_letters(whole.at + at, piece.at, piece.length) && at_words(whole, at, piece.length))
            return at + piece.length;
    return SIZE_MAX;
}

/* Both folded. */
static bool is_quoted_from(struct text quotation, struct text words)
{
    size_t from = 0, pieces = 0;
    struct text piece;
    while (from != SIZE_MAX && next_piece(&quotation, &piece)) {
        from = find_piece(words, from, piece);
        pieces++;
    }
    return pieces && from != SIZE_MAX;
}

static struct text words_of_entry(struct checking *c, uint32_t entry)
{
    struct model_entry e = model_entry(c->m, entry);
    struct buffer folded = {0};
    fold_exact(gate_string(c->gate, model_field(&e, FIELD_WORDS)), &folded);
    struct text result = answer_keep(c->out, folded.at, folded.length);
    buffer_release(&folded);
    return result;
}

/* ---- one quotation ---- */

struct quoting {
    size_t sentence;
    struct text quotation; /* folded */
    struct place place;
    bool forbidden; /* words of a voice that may not be quoted were met */
    uint32_t voice, claim;
};

/* Is it from any statement on `claim`, by `voice` (MODEL_NONE: anybody)? Fills in whether that may be quoted. */
static bool from_claim(struct checking *c, struct quoting *q, uint32_t claim, uint32_t voice)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(c->m, SPACE_CLAIM, claim, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        if (e.retracted || e.is_void || (e.verb != VERB_SAY && e.verb != VERB_DENY) || !model_field(&e, FIELD_WORDS))
            continue;
        uint32_t speaker = model_field(&e, FIELD_VOICE)->at;
        if ((voice != MODEL_NONE && speaker != voice) || !is_quoted_from(q->quotation, words_of_entry(c, mentions[i])))
            continue;
        q->voice = speaker;
        q->claim = claim;
        if (speaker == MODEL_DESK || terms_words(c->gate->terms, speaker, claim))
            return true;
        q->forbidden = true;
    }
    return false;
}

static bool from_cited(struct checking *c, struct quoting *q)
{
    const struct sentence *s = &c->draft.sentences.at[q->sentence];
    for (uint32_t i = 0; i < s->citations; i++) {
        const struct cited *cite = &c->cited.at[s->first_citation + i];
        if (cite->claim != MODEL_NONE && cite->voice != MODEL_NONE && from_claim(c, q, cite->claim, cite->voice))
            return true;
    }
    return false;
}

/* Of what the article cites anywhere: for headlines and pull quotes. */
static bool from_article(struct checking *c, struct quoting *q)
{
    for (size_t i = 0; i < c->cited.count; i++)
        if (c->cited.at[i].claim != MODEL_NONE && c->cited.at[i].voice != MODEL_NONE && c->cited.at[i].sound &&
            from_claim(c, q, c->cited.at[i].claim, c->cited.at[i].voice))
            return true;
    return false;
}

static bool is_public_record(const struct checking *c, uint32_t record)
{
    static const enum field_kind people[] = {FIELD_BY, FIELD_FROM};
    for (size_t k = 0; k < 2; k++) {
        uint32_t count;
        const struct field *f = model_attribute(c->m, SPACE_RECORD, record, people[k], &count);
        if (count && gate_protects(c->gate, f->at))
            return false;
    }
    return true;
}

static void add_title(struct checking *c, struct text title)
{
    fold_exact(title, &c->gate->titles);
    buffer_char(&c->gate->titles, '\n');
}

/* All public names, and titles of what no protected voice made or brought; made once. */
static struct text titles(struct checking *c)
{
    if (c->gate->titles.length)
        return buffer_text(&c->gate->titles);
    buffer_char(&c->gate->titles, '\n');
    for (uint32_t v = 1; v < model_voices(c->m); v++)
        if (terms_public(c->gate->terms, v))
            add_title(c, gate_name(c->gate, v, MODEL_NONE));
    for (uint32_t r = 0; r < model_records(c->m); r++) {
        uint32_t count;
        const struct field *title = model_attribute(c->m, SPACE_RECORD, r, FIELD_TITLE, &count);
        if (count && is_public_record(c, r))
            add_title(c, gate_string(c->gate, title));
    }
    return buffer_text(&c->gate->titles);
}

/* A name or a title in quotation marks: words of the claim's own sentence, of a public name or a public record's title.
 */
static bool is_title(struct checking *c, struct quoting *q)
{
    struct buffer folded = {0};
    const struct sentence *s = &c->draft.sentences.at[q->sentence];
    bool found = find_piece(titles(c), 0, q->quotation) != SIZE_MAX;
    for (uint32_t i = 0; i < s->citations && !found; i++) {
        uint32_t count, claim = c->cited.at[s->first_citation + i].claim;
        const struct field *f =
            claim == MODEL_NONE ? NULL : model_attribute(c->m, SPACE_CLAIM, claim, FIELD_SENTENCE, &count);
        buffer_clear(&folded);
        fold_exact(gate_string(c->gate, f), &folded);
        found = folded.length && find_piece(buffer_text(&folded), 0, q->quotation) != SIZE_MAX;
    }
    buffer_release(&folded);
    return found;
}

static void refuse_words(struct checking *c, const struct quoting *q)
{
    struct promise p = terms_of(c->gate->terms, q->voice);
    struct text id = model_id(c->m, SPACE_VOICE, q->voice);
    if (p.entry == MODEL_NONE)
        refuse(c, CHECK_TERMS, q->place, "these words are those of '%.*s', with whom nothing was agreed", TEXT_ARG(id));
    else
        refuse(c, CHECK_TERMS, q->place, "these words are those of '%.*s', which may not be quoted here (entry %u)",
               TEXT_ARG(id), p.entry + 1);
    refuse_mend(c, "say it in the desk's words, if its facts may be printed");
}

static void check_quotation(struct checking *c, size_t sentence, const struct quotation *quotation)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    struct quoting q = {.sentence = sentence, .place = place_of_sentence(c, sentence), .voice = MODEL_NONE};
    struct buffer folded = {0};
    fold_exact((struct text){s->text.at + quotation->start, quotation->end - quotation->start}, &folded);
    q.quotation = buffer_text(&folded);
    enum draft_kind kind = kind_of_sentence(c, sentence);
    bool free_standing = kind == DRAFT_HEADLINE || kind == DRAFT_STANDFIRST || kind == DRAFT_HEADING ||
                         kind == DRAFT_PULL_QUOTE || s->desk;
    if (!q.quotation.length || from_cited(c, &q) || (free_standing && from_article(c, &q))) {
        buffer_release(&folded);
        return;
    }
    if (q.forbidden) {
        refuse_words(c, &q);
    } else if (!s->desk && !is_title(c, &q)) {
        refuse(c, CHECK_TERMS, q.place,
               "the words in quotation marks are not in the record as those of a voice cited here");
        refuse_mend(
            c,
            "quote them letter for letter, with … for what is left out and [ ] for what is put in, and cite who said "
            "them; or take the marks away");
    }
    buffer_release(&folded);
}

/* A pull quote that cites a voice and has no marks is that voice's words as a whole. */
static void check_pull_quote(struct checking *c, size_t sentence)
{
    const struct sentence *s = &c->draft.sentences.at[sentence];
    bool has_voice = false;
    for (uint32_t i = 0; i < s->citations; i++)
        has_voice |= c->cited.at[s->first_citation + i].voice != MODEL_NONE;
    if (kind_of_sentence(c, sentence) == DRAFT_PULL_QUOTE && has_voice && !s->quotations)
        check_quotation(c, sentence, &(struct quotation){0, (uint32_t)s->text.length});
}

/* ---- words without marks ---- */

/* The next run of `most` words, one word further each time; false where there is none any more. */
static bool next_run(struct text words, size_t most, size_t *start, struct text *run)
{
    size_t end = *start, count = 0;
    while (end < words.length) {
        while (end < words.length && words.at[end] != ' ')
            end++;
        if (++count == most)
            break;
        end++;
    }
    if (count < most)
        return false;
    *run = (struct text){words.at + *start, end - *start};
    if (run->length > UINT8_MAX)
        run->length = UINT8_MAX;
    while (*start < words.length && words.at[*start] != ' ')
        (*start)++;
    (*start)++;
    return true;
}

static void note_runs(struct names *runs, struct text words, size_t most)
{
    struct text run;
    for (size_t start = 0; next_run(words, most, &start, &run);)
        names_intern(runs, run);
}

/* Does `words` have a run that the draft has too, and that the claim's own sentence has not? */
static bool shares_run(const struct names *draft, const struct names *own, struct text words, size_t most)
{
    struct text run;
    for (size_t start = 0; next_run(words, most, &start, &run);)
        if (names_find(draft, run) != NAMES_NONE && names_find(own, run) == NAMES_NONE)
            return true;
    return false;
}

static size_t word_count(struct text folded)
{
    size_t count = folded.length > 0;
    for (size_t i = 0; i < folded.length; i++)
        count += folded.at[i] == ' ';
    return count;
}

static void fold_string(struct checking *c, const struct field *f, struct buffer *out)
{
    struct buffer plain = {0};
    if (f)
        notation_unescape(model_field_text(c->m, f), &plain);
    words_fold(buffer_text(&plain), out);
    buffer_release(&plain);
}

static void refuse_borrowed(struct checking *c, struct text words, size_t most, uint32_t voice)
{
    for (size_t s = 0; s < c->draft.sentences.count; s++) {
        struct quoting q = {.place = place_of_sentence(c, s), .voice = voice};
        struct buffer folded = {0};
        struct names runs, none;
        names_init(&runs);
        names_init(&none);
        words_fold(c->draft.sentences.at[s].text, &folded);
        note_runs(&runs, buffer_text(&folded), most);
        if (shares_run(&runs, &none, words, most))
            refuse_words(c, &q);
        names_release(&none);
        names_release(&runs);
        buffer_release(&folded);
    }
}

/* Words of a voice that may not be quoted are no better without quotation marks; unless they are those of the claim. */
static void check_borrowed(struct checking *c, uint32_t entry, const struct names draft[2])
{
    struct model_entry e = model_entry(c->m, entry);
    const struct field *words = model_field(&e, FIELD_WORDS);
    if ((e.verb != VERB_SAY && e.verb != VERB_DENY) || !words || e.retracted || e.is_void)
        return;
    uint32_t voice = model_field(&e, FIELD_VOICE)->at, claim = model_field(&e, FIELD_CLAIM)->at, count;
    if (voice == MODEL_DESK || terms_words(c->gate->terms, voice, claim) || terms_public(c->gate->terms, voice))
        return;
    struct buffer folded = {0}, sentence = {0};
    struct names own;
    names_init(&own);
    fold_string(c, words, &folded);
    fold_string(c, model_attribute(c->m, SPACE_CLAIM, claim, FIELD_SENTENCE, &count), &sentence);
    for (size_t less = 0; less < 2; less++) { /* a row of five, or four that are all there is */
        size_t most = LEAST_RUN - less;
        if (less && word_count(buffer_text(&folded)) != most)
            continue;
        note_runs(&own, buffer_text(&sentence), most);
        if (shares_run(&draft[less], &own, buffer_text(&folded), most))
            refuse_borrowed(c, buffer_text(&folded), most, voice);
    }
    names_release(&own);
    buffer_release(&sentence);
    buffer_release(&folded);
}

static void check_all_borrowed(struct checking *c)
{
    struct names draft[2];
    struct buffer one = {0};
    names_init(&draft[0]);
    names_init(&draft[1]);
    for (size_t s = 0; s < c->draft.sentences.count; s++) {
        buffer_clear(&one);
        words_fold(c->draft.sentences.at[s].text, &one);
        note_runs(&draft[0], buffer_text(&one), LEAST_RUN);
        note_runs(&draft[1], buffer_text(&one), LEAST_RUN - 1);
    }
    for (uint32_t n = 0; n < model_entries(c->m); n++)
        check_borrowed(c, n, draft);
    names_release(&draft[0]);
    names_release(&draft[1]);
    buffer_release(&one);
}

void check_quotations(struct checking *c)
{
    for (size_t s = 0; s < c->draft.sentences.count; s++) {
        const struct sentence *sentence = &c->draft.sentences.at[s];
        for (uint32_t i = 0; i < sentence->quotations; i++)
            check_quotation(c, s, &c->draft.quotations.at[sentence->first_quotation + i]);
        check_pull_quote(c, s);
    }
    if (c->gate->secrets)
        check_all_borrowed(c);
}
