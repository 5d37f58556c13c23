/* What pages say whatever the article: found by writing an article that says nothing, in every language that has words.
 */
#include "publish/site.h"
#include "publish/words.h"

#define NOTHING TEXT("0")

static void fill_findings(struct article *a)
{
    for (uint32_t i = 0; i < 6; i++) {
        vector_push(&a->bearers, (struct bearer){NOTHING, (enum ground)i, NOTHING});
        vector_push(&a->hearings,
                    (struct hearing_told){NOTHING, i % 2 ? NOTHING : TEXT(""), i % 3 ? NOTHING : TEXT("")});
        vector_push(&a->denials, (struct denial){NOTHING, NOTHING, i % 2 ? NOTHING : TEXT("")});
        vector_push(&a->findings, (struct finding){.sentence = NOTHING,
                                                   .form = (enum finding_form)(i % 2),
                                                   .level = (enum finding_level)(i % 3),
                                                   .people_low = i / 2,
                                                   .people_high = i,
                                                   .parties = i,
                                                   .hops = i == 5 ? ARTICLE_NONE : i,
                                                   .inferred = true,
                                                   .bearers = i,
                                                   .more_bearers = i,
                                                   .denials = i,
                                                   .hearings = i});
        vector_push(&a->spans, (struct span){NOTHING, TEXT("https://0"), i, 0});
    }
}

/* One of everything. */
static void fill(struct article *a, const char *language)
{
    static const enum block_kind kinds[] = {BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_PULL_QUOTE, BLOCK_ITEM};
    *a = (struct article){.slug = NOTHING,
                          .language = text_of(language),
                          .headline = NOTHING,
                          .standfirst = NOTHING,
                          .byline = NOTHING,
                          .published = TEXT("2001-01-01"),
                          .changed = TEXT("2001-01-02")};
    fill_findings(a);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        vector_push(&a->blocks, (struct block){kinds[i], 2, false, 0, (uint32_t)a->spans.count, NOTHING});
    vector_push(&a->blocks, (struct block){BLOCK_PICTURES, 0, false, 0, 2, NOTHING});
    vector_push(&a->blocks, (struct block){BLOCK_PICTURES, 0, false, 0, 1, NOTHING});
    for (uint32_t i = 0; i < 2; i++) {
        vector_push(&a->pictures, (struct picture){NOTHING, NOTHING, 1, 1, NOTHING, NOTHING});
        vector_push(&a->sounds,
                    (struct sound){NOTHING, i ? NOTHING : TEXT(""), NOTHING, i ? NOTHING : TEXT(""), 1, 0, 1});
        vector_push(&a->blocks, (struct block){BLOCK_SOUND, 0, false, i, 1, NOTHING});
    }
    vector_push(&a->transcript, (struct transcript_line){1, NOTHING, NOTHING});
    vector_push(&a->corrections, (struct correction){TEXT("2001-01-02"), NOTHING});
    for (size_t i = 0; words_table(i); i++)
        vector_push(&a->translations, (struct translation){text_of(words_table(i)->language), NOTHING, NOTHING});
}

static void add_site(struct article *a, const char *language, struct buffer *out)
{
    const struct site_options options = {.url = TEXT("https://0/"), .single_file = true};
    struct site s;
    fill(a, language);
    site_make((const struct article *const[]){a}, 1, &options, &s);
    for (size_t i = 0; i < s.files.count; i++)
        if (strcmp(s.files.at[i].name, "SHA256SUMS") != 0) {
            buffer_text_add(out, buffer_text(&s.files.at[i].bytes));
            buffer_char(out, '\n');
        }
    site_release(&s);
    article_release(a);
}

/* Forms for other counts, and the months of other dates. */
static void add_words(const struct words *w, struct buffer *out)
{
    for (int word = 0; word < WORD_COUNT; word++)
        for (int form = 0; form < PLURAL_COUNT; form++)
            if (w->phrases[word][form]) {
                buffer_string(out, w->phrases[word][form]);
                buffer_char(out, '\n');
            }
    for (int month = 1; month <= 12; month++) {
        char date[] = "2001-00-22";
        date[5] = (char)('0' + month / 10);
        date[6] = (char)('0' + month % 10);
        words_date(w, text_of(date), out);
        buffer_char(out, '\n');
    }
    buffer_string(out, language_name(text_of(w->language)));
    buffer_char(out, '\n');
}

void site_furniture(struct buffer *out)
{
    struct article a;
    struct site empty;
    for (size_t i = 0; words_table(i); i++) {
        add_words(words_table(i), out);
        add_site(&a, words_table(i)->language, out);
    }
    add_site(&a, "und", out); /* a language without words */
    site_make(NULL, 0, &(struct site_options){0}, &empty);
    for (size_t i = 0; i < empty.files.count; i++)
        buffer_text_add(out, buffer_text(&empty.files.at[i].bytes));
    site_release(&empty);
}
