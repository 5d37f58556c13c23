/* The crowd: how many of the voices of the case fit a description that is printed? Fewer than the floor is a warning:
 * the desk does not know who else fits, but a description that singles one out of those it knows is narrow. */
#include "gate/inside.h"

enum { CROWD_FLOOR = 5, LEAST_LETTERS = 4, STEM = 5, MOST_WORDS = 32 };

/* The words of a description that tell people apart. */
struct description {
    struct text words[MOST_WORDS];
    size_t count;
};

static void read_words(struct text folded, struct description *out)
{
    size_t start = 0;
    while (start < folded.length && out->count < MOST_WORDS) {
        size_t end = start, letters = 0;
        while (end < folded.length && folded.at[end] != ' ')
            letters += ((unsigned char)folded.at[end++] & 0xc0) != 0x80;
        if (letters >= LEAST_LETTERS)
            out->words[out->count++] = (struct text){folded.at + start, end - start};
        start = end + 1;
    }
}

/* Compared by how they begin, so that "worked" fits "works". */
static bool has_word(struct text folded, struct text word)
{
    size_t stem = word.length < STEM ? word.length : STEM;
    for (size_t i = 0; i + stem <= folded.length; i++)
        if ((i == 0 || folded.at[i - 1] == ' ') && memcmp(folded.at + i, word.at, stem) == 0)
            return true;
    return false;
}

/* All that the case says of who somebody is: its name, descriptions of it, and the organisations that it is of. */
static void portray(struct checking *c, uint32_t voice, struct buffer *out)
{
    uint32_t count;
    struct promise p = terms_of(c->gate->terms, voice);
    const struct field *name = model_attribute(c->m, SPACE_VOICE, voice, FIELD_NAME, &count);
    words_fold(gate_string(c->gate, name), out);
    buffer_char(out, ' ');
    words_fold(p.as, out);
    const struct field *of = model_attribute(c->m, SPACE_VOICE, voice, FIELD_OF, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t names;
        buffer_char(out, ' ');
        words_fold(gate_string(c->gate, model_attribute(c->m, SPACE_VOICE, of[i].at, FIELD_NAME, &names)), out);
    }
}

struct crowd {
    uint32_t voice; /* whose description it is: it always fits */
    struct description description;
    size_t fitting;
    size_t without[MOST_WORDS]; /* how many would fit without each word */
};

static void count_voice(struct crowd *crowd, uint32_t voice, struct text portrait)
{
    size_t missing = 0, last = 0;
    for (size_t i = 0; i < crowd->description.count && voice != crowd->voice; i++)
        if (!has_word(portrait, crowd->description.words[i])) {
            missing++;
            last = i;
        }
    if (missing == 0) {
        crowd->fitting++;
        for (size_t i = 0; i < crowd->description.count; i++)
            crowd->without[i]++;
    } else if (missing == 1) {
        crowd->without[last]++;
    }
}

static bool is_organisation(const struct checking *c, uint32_t voice)
{
    return terms_public(c->gate->terms, voice) && !terms_name(c->gate->terms, voice);
}

static void count_all(struct checking *c, struct crowd *crowd)
{
    struct buffer portrait = {0};
    for (uint32_t v = 1; v < model_voices(c->m); v++) {
        if (is_organisation(c, v) || !model_declared(c->m, SPACE_VOICE, v))
            continue;
        buffer_clear(&portrait);
        portray(c, v, &portrait);
        count_voice(crowd, v, buffer_text(&portrait));
    }
    buffer_release(&portrait);
}

static void warn_narrow(struct checking *c, uint32_t voice, struct place place)
{
    struct crowd crowd = {.voice = voice};
    struct text description = gate_name(c->gate, voice, MODEL_NONE);
    struct buffer folded = {0};
    words_fold(description, &folded);
    read_words(buffer_text(&folded), &crowd.description);
    count_all(c, &crowd);
    size_t best = 0;
    for (size_t i = 1; i < crowd.description.count; i++)
        if (crowd.without[i] > crowd.without[best])
            best = i;
    if (crowd.fitting < CROWD_FLOOR) {
        warn(c, CHECK_CROWD, place,
             "'%.*s' fits %zu of the voices in the case, fewer than %d; who else fits, the desk cannot know",
             TEXT_ARG(description), crowd.fitting, CROWD_FLOOR);
        if (crowd.description.count && crowd.without[best] > crowd.fitting)
            refuse_mend(c, "a wider one is safer: without '%.*s' it would fit %zu",
                        TEXT_ARG(crowd.description.words[best]), crowd.without[best]);
        else
            refuse_mend(c, "a wider one is safer, if the voice agrees to it");
    }
    buffer_release(&folded);
}

static bool is_cited(const struct checking *c, uint32_t claim, uint32_t voice)
{
    for (size_t i = 0; i < c->cited.count; i++)
        if (c->cited.at[i].claim == claim && c->cited.at[i].voice == voice)
            return true;
    return false;
}

/* Those cited, and those who are listed under 'how we know' beside what is cited. */
void check_crowd(struct checking *c)
{
    bool *told = memory_array((size_t)model_voices(c->m) + 1, sizeof *told);
    for (size_t i = 0; i < c->used.count; i++) {
        uint32_t claim = c->used.at[i].claim, count;
        const uint32_t *mentions = model_mentions(c->m, SPACE_CLAIM, claim, &count);
        for (uint32_t k = 0; k < count; k++) {
            struct model_entry e = model_entry(c->m, mentions[k]);
            if ((e.verb != VERB_SAY && e.verb != VERB_DENY) || e.retracted || e.is_void)
                continue;
            uint32_t voice = model_field(&e, FIELD_VOICE)->at;
            if (model_field(&e, FIELD_IN_PART) && !is_cited(c, claim, voice))
                continue; /* it is not listed */
            if (told[voice] || !gate_protects(c->gate, voice) || !gate_name(c->gate, voice, claim).length)
                continue;
            told[voice] = true;
            warn_narrow(c, voice, place_of_used(c, &c->used.at[i]));
        }
    }
    free(told);
}
