/* Makes sites for the browser tests: `sample ARTICLES DIR` reads articles/NAME.txt, made-up ones, and writes
 *   DIR/full    all of them, with pictures and sound, and one file each
 *   DIR/plain   the long one alone, without pictures and sound: its size is measured
 *   DIR/bare    one with everything left out that may be, in a language without a table
 *   DIR/languages the same little article under every language that has a table of words
 *   DIR/hostile markup, quotes and signs that are no text in every field
 *   DIR/empty   no article at all
 * The form of the texts: `name: value` lines, a blank line, then paragraphs; `{3}` marks what rests on finding 3. */
#include "picture.h"
#include "publish/site.h"
#include "publish/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct article *article; /* the one that is being read */
static bool with_media;

static struct text keep(struct text t)
{
    return article_keep(article, t);
}

/* ---- reading ---- */

static struct text trim(struct text t)
{
    while (t.length && t.at[0] == ' ')
        t = (struct text){t.at + 1, t.length - 1};
    while (t.length && t.at[t.length - 1] == ' ')
        t.length--;
    return t;
}

/* Takes off what stands before `sign`, or all of it. */
static struct text cut(struct text *t, char sign)
{
    const char *at = t->length ? memchr(t->at, sign, t->length) : NULL;
    struct text head = {t->at, at ? (size_t)(at - t->at) : t->length};
    *t = at ? (struct text){at + 1, t->length - head.length - 1} : (struct text){t->at + t->length, 0};
    return trim(head);
}

static uint32_t number(struct text t)
{
    return t.length && t.at[0] != '?' ? (uint32_t)strtoul(t.at, NULL, 10) : ARTICLE_NONE;
}

static uint32_t one_of(struct text t, const char *const *names)
{
    uint32_t i = 0;
    while (names[i] && !text_equal(t, text_of(names[i])))
        i++;
    return i;
}

static void setting(struct text line)
{
    struct text name = cut(&line, ':'), value = keep(trim(line));
    const struct {
        const char *name;
        struct text *at;
    } plain[] = {{"slug", &article->slug},         {"language", &article->language},
                 {"headline", &article->headline}, {"standfirst", &article->standfirst},
                 {"byline", &article->byline},     {"published", &article->published},
                 {"changed", &article->changed}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (text_equal(name, text_of(plain[i].name)))
            *plain[i].at = value;
    if (text_equal(name, TEXT("correction"))) {
        struct text on = cut(&value, '|');
        vector_push(&article->corrections, (struct correction){on, trim(value)});
    }
    if (text_equal(name, TEXT("translation"))) {
        struct text language = cut(&value, '|'), slug = cut(&value, '|');
        vector_push(&article->translations, (struct translation){language, slug, trim(value)});
    }
}

static void span(struct text t, uint8_t style, struct text href, uint32_t finding)
{
    vector_push(&article->spans,
                (struct span){.text = keep(t), .style = style, .href = keep(href), .finding = finding});
}

/* `*words*`, `[words](address)` and `{3}`; the rest is plain. */
static void spans(struct text t)
{
    while (t.length) {
        size_t n = 0;
        while (n < t.length && t.at[n] != '*' && t.at[n] != '[' && t.at[n] != '{')
            n++;
        struct text head = {t.at, n};
        char sign = n < t.length ? t.at[n] : 0;
        t = (struct text){t.at + n + (sign != 0), t.length - n - (sign != 0)};
        if (sign == '{') {
            span((struct text){head.at, head.length}, 0, TEXT(""), number(cut(&t, '}')) - 1);
        } else {
            span(head, 0, TEXT(""), ARTICLE_NONE);
            if (sign == '*')
                span(cut(&t, '*'), SPAN_EMPHASIS, TEXT(""), ARTICLE_NONE);
            if (sign == '[') {
                struct text words = cut(&t, ']');
                cut(&t, '(');
                span(words, 0, cut(&t, ')'), ARTICLE_NONE);
            }
        }
    }
}

static void block(enum block_kind kind, struct text t)
{
    struct block b = {.kind = kind, .level = kind == BLOCK_ITEM ? 1 : 2};
    struct text rest = t, words = kind == BLOCK_PULL_QUOTE ? cut(&rest, '|') : t;
    if (kind == BLOCK_PULL_QUOTE)
        b.attribution = keep(trim(rest));
    b.first = (uint32_t)article->spans.count;
    spans(trim(words));
    b.count = (uint32_t)article->spans.count - b.first;
    vector_push(&article->blocks, b);
}

static void pictures(uint32_t count)
{
    static const char *const captions[] = {"The third quay on the morning after", "",
                                           "Seen from the hotel: the upper deck"};
    vector_push(&article->blocks,
                (struct block){BLOCK_PICTURES, 0, false, (uint32_t)article->pictures.count, count, TEXT("")});
    for (uint32_t i = 0; i < count; i++) {
        struct buffer bytes = {0}, name = {0};
        buffer_format(&name, "picture-%zu.png", article->pictures.count + 1);
        picture_draw(i, i == 1 ? 480 : 900, 600, &bytes);
        vector_push(&article->pictures,
                    (struct picture){keep(buffer_text(&name)), keep(buffer_text(&bytes)), i == 1 ? 480 : 900, 600,
                                     TEXT("A ferry at the quay by night"), text_of(captions[i % 3])});
        buffer_release(&bytes);
        buffer_release(&name);
    }
}

/* Where there is a sound already, a transcript alone. */
static void sound(bool withheld)
{
    struct buffer bytes = {0}, name = {0};
    buffer_format(&name, "sound-%zu.wav", article->sounds.count + 1);
    if (!withheld)
        sound_draw(3, &bytes);
    struct sound s = {.name = keep(buffer_text(&name)),
                      .bytes = keep(buffer_text(&bytes)),
                      .mime = TEXT("audio/wav"),
                      .caption = TEXT("A call to the fire brigade, 01:14"),
                      .seconds = withheld ? 0 : 3,
                      .first_line = (uint32_t)article->transcript.count,
                      .lines = 3};
    vector_push(&article->transcript, (struct transcript_line){0, TEXT("Caller"), TEXT("There is a ship burning.")});
    vector_push(&article->transcript, (struct transcript_line){1, TEXT("Brigade"), TEXT("Which quay?")});
    vector_push(&article->transcript,
                (struct transcript_line){ARTICLE_NONE, TEXT(""), TEXT("The third. There are people on it.")});
    vector_push(&article->blocks, (struct block){BLOCK_SOUND, 0, false, (uint32_t)article->sounds.count, 1, TEXT("")});
    vector_push(&article->sounds, s);
    buffer_release(&bytes);
    buffer_release(&name);
}

/* ---- findings ---- */

static void finding(struct text t)
{
    static const char *const forms[] = {"fact", "alleged", NULL}, *const levels[] = {"alleged", "attested", "borne",
                                                                                     NULL};
    struct text measures = cut(&t, '|');
    struct finding f = {.first_bearer = (uint32_t)article->bearers.count,
                        .first_denial = (uint32_t)article->denials.count,
                        .first_hearing = (uint32_t)article->hearings.count};
    f.form = (enum finding_form)one_of(cut(&measures, ' '), forms);
    f.level = (enum finding_level)one_of(cut(&measures, ' '), levels);
    f.people_low = number(cut(&measures, ' '));
    f.people_high = number(cut(&measures, ' '));
    f.parties = number(cut(&measures, ' '));
    f.hops = number(cut(&measures, ' '));
    f.sentence = keep(cut(&t, '|'));
    f.on = keep(trim(t));
    vector_push(&article->findings, f);
}

static void bearer(struct text t)
{
    static const char *const grounds[] = {"saw", "did", "inspected", "read", "unstated", "told", NULL};
    enum ground ground = (enum ground)one_of(cut(&t, ' '), grounds);
    cut(&t, '|');
    struct text who = cut(&t, '|');
    vector_push(&article->bearers, (struct bearer){keep(who), ground, keep(trim(t))});
    article->findings.at[article->findings.count - 1].bearers++;
}

static void directive(struct text line)
{
    struct text what = cut(&line, ' ');
    struct finding *f = article->findings.count ? &article->findings.at[article->findings.count - 1] : NULL;
    if (text_equal(what, TEXT("finding"))) {
        finding(line);
    } else if (text_equal(what, TEXT("bearer"))) {
        bearer(line);
    } else if (text_equal(what, TEXT("more"))) {
        f->more_bearers = number(line);
    } else if (text_equal(what, TEXT("inferred"))) {
        f->inferred = true;
    } else if (text_equal(what, TEXT("denial"))) {
        struct text who = cut(&line, '|'), words = cut(&line, '|');
        vector_push(&article->denials, (struct denial){keep(who), keep(words), keep(trim(line))});
        f->denials++;
    } else if (text_equal(what, TEXT("hearing"))) {
        struct text who = cut(&line, '|'), on = cut(&line, '|');
        vector_push(&article->hearings, (struct hearing_told){keep(who), keep(on), keep(trim(line))});
        f->hearings++;
    }
}

static void body_line(struct text line)
{
    struct text rest = {line.at + 1, line.length - 1};
    if (line.at[0] == '@')
        directive(rest);
    else if (line.at[0] == '>')
        block(BLOCK_PULL_QUOTE, trim(rest));
    else if (line.at[0] == '-')
        block(BLOCK_ITEM, trim(rest));
    else if (text_starts(line, TEXT("## ")))
        block(BLOCK_HEADING, (struct text){line.at + 3, line.length - 3});
    else if (text_starts(line, TEXT("!pictures ")))
        with_media ? pictures(number((struct text){line.at + 10, line.length - 10})) : (void)0;
    else if (text_starts(line, TEXT("!sound")))
        with_media ? (sound(false), sound(true)) : (void)0;
    else
        block(BLOCK_PARAGRAPH, line);
}

static struct article *article_read(const char *folder, const char *name, bool media)
{
    struct buffer path = {0}, content = {0};
    buffer_format(&path, "%s/%s.txt", folder, name);
    FILE *f = fopen(path.at, "rb");
    if (!f) {
        fprintf(stderr, "cannot read %s: %s\n", path.at, strerror(errno));
        exit(1);
    }
    char bytes[4096];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buffer_add(&content, bytes, n);
    fclose(f);
    article = memory_new(sizeof *article);
    with_media = media;
    bool in_body = false;
    for (struct text rest = buffer_text(&content); rest.length;) {
        struct text line = cut(&rest, '\n');
        if (!line.length)
            in_body = true;
        else if (in_body)
            body_line(line);
        else
            setting(line);
    }
    buffer_release(&path);
    buffer_release(&content);
    return article;
}

/* ---- writing ---- */

static void folder_make(const char *path)
{
    if (mkdir(path, 0777) < 0 && errno != EEXIST) {
        fprintf(stderr, "cannot make %s: %s\n", path, strerror(errno));
        exit(1);
    }
}

static void file_save(const char *folder, const struct site_file *file)
{
    struct buffer path = {0};
    buffer_format(&path, "%s/%s", folder, file->name);
    for (char *slash = path.at + strlen(folder) + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = '\0';
        folder_make(path.at);
        *slash = '/';
    }
    FILE *f = fopen(path.at, "wb");
    if (!f || (file->bytes.length && fwrite(file->bytes.at, file->bytes.length, 1, f) != 1) || fclose(f) != 0) {
        fprintf(stderr, "cannot write %s: %s\n", path.at, strerror(errno));
        exit(1);
    }
    buffer_release(&path);
}

static void site_save(const char *dir, const char *name, struct article **articles, size_t count,
                      const struct site_options *options)
{
    struct buffer folder = {0};
    struct site site;
    folder_make(dir);
    buffer_format(&folder, "%s/%s", dir, name);
    folder_make(folder.at);
    site_make((const struct article *const *)articles, count, options, &site);
    for (size_t i = 0; i < site.files.count; i++)
        file_save(folder.at, &site.files.at[i]);
    site_release(&site);
    buffer_release(&folder);
}

/* One article for each table of words, each offering all the others. */
static void languages_save(const char *articles, const char *dir)
{
    struct article *all[32];
    size_t count = 0;
    for (const struct words *w; (w = words_table(count)); count++) {
        struct article *a = all[count] = article_read(articles, "bare", true);
        a->language = a->slug = text_of(w->language);
        if (text_equal(a->slug, TEXT("uz-Cyrl")))
            a->slug = TEXT("uz-cyrl");
        a->changed = a->findings.at[0].on = TEXT("2031-06-02T16:30Z");
        pictures(2);
        sound(false);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            vector_push(&all[i]->translations, (struct translation){all[k]->language, all[k]->slug, all[k]->headline});
    site_save(dir, "languages", all, count, &(struct site_options){.single_file = true});
    for (size_t i = 0; i < count; i++) {
        article_release(all[i]);
        free(all[i]);
    }
}

/* Every text of an article replaced by one that would like to be something else. */
static void make_hostile(struct article *a)
{
    const struct text bad =
        TEXT("</script><script>alert(1)</script><!--\"'><img src=x onerror=alert(1)>&amp;\x01\x7f\xff"
             "\xe2\x80\xae]]>\\u003c</style>");
    a->headline = a->standfirst = a->byline = bad;
    for (size_t i = 0; i < a->spans.count; i++) {
        a->spans.at[i].text = bad;
        a->spans.at[i].href = i % 2 ? TEXT("javascript:alert(1)") : TEXT("https://a.example/\" onclick=\"alert(1)");
    }
    for (size_t i = 0; i < a->blocks.count; i++)
        a->blocks.at[i].attribution = bad;
    for (size_t i = 0; i < a->findings.count; i++)
        a->findings.at[i].sentence = a->findings.at[i].on = bad;
    for (size_t i = 0; i < a->bearers.count; i++)
        a->bearers.at[i].who = a->bearers.at[i].words = bad;
    for (size_t i = 0; i < a->denials.count; i++)
        a->denials.at[i].who = a->denials.at[i].words = a->denials.at[i].on = bad;
    for (size_t i = 0; i < a->hearings.count; i++)
        a->hearings.at[i].who = a->hearings.at[i].on = a->hearings.at[i].answered = bad;
    for (size_t i = 0; i < a->corrections.count; i++)
        a->corrections.at[i].what = bad;
    for (size_t i = 0; i < a->pictures.count; i++)
        a->pictures.at[i].alt = a->pictures.at[i].caption = bad;
    for (size_t i = 0; i < a->sounds.count; i++)
        a->sounds.at[i].caption = a->sounds.at[i].mime = bad;
    for (size_t i = 0; i < a->transcript.count; i++)
        a->transcript.at[i].words = a->transcript.at[i].speaker = bad;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: sample ARTICLES DIR\n");
        return 1;
    }
    struct article *full[] = {article_read(argv[1], "kittiwake", true), article_read(argv[1], "kittiwake-ru", true),
                              article_read(argv[1], "kittiwake-fa", true), article_read(argv[1], "bare", true)};
    struct article *plain = article_read(argv[1], "kittiwake", false);
    struct article *hostile = article_read(argv[1], "kittiwake", true);
    make_hostile(hostile);
    const struct site_options named = {.name = TEXT("The Harbour Desk"), .single_file = true};
    const struct site_options placed = {.name = TEXT("The Harbour Desk"), .url = TEXT("https://harbour.example/")};
    const struct site_options bare = {.single_file = true};
    site_save(argv[2], "full", full, 4, &named);
    site_save(argv[2], "plain", &plain, 1, &placed);
    site_save(argv[2], "bare", &full[3], 1, &bare);
    site_save(argv[2], "hostile", &hostile, 1, &named);
    languages_save(argv[1], argv[2]);
    site_save(argv[2], "empty", NULL, 0, &bare);
    for (size_t i = 0; i < 4; i++) {
        article_release(full[i]);
        free(full[i]);
    }
    article_release(plain);
    article_release(hostile);
    free(plain);
    free(hostile);
    return 0;
}
