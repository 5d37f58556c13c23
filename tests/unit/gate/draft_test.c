/* Reading drafts: what becomes of each form, where everything stands, which sentences there are in many languages, what
 * is quoted, and what is told of whatever a page has no form for. */
#include "gate/draft.h"
#include "base/limits.h"

#include "publish/article.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void tell_sentence(const struct draft *d, const struct sentence *s, struct buffer *out)
{
    buffer_format(out, " %u:%u%s |%.*s|", s->line, s->column, s->desk ? " desk" : "", TEXT_ARG(s->text));
    for (uint32_t i = s->first_citation; i < s->first_citation + s->citations; i++) {
        const struct citation *c = &d->citations.at[i];
        buffer_format(out, " [%.*s", TEXT_ARG(c->claim.length ? c->claim : TEXT("desk")));
        buffer_format(out, "%s%.*s]%u:%u", c->voice.length ? " " : "", TEXT_ARG(c->voice), c->line, c->column);
    }
    for (uint32_t i = s->first_quotation; i < s->first_quotation + s->quotations; i++) {
        const struct quotation *q = &d->quotations.at[i];
        buffer_format(out, " {%.*s}", (int)(q->end - q->start), s->text.at + q->start);
    }
    for (uint32_t i = s->first_span; i < s->first_span + s->spans; i++) {
        const struct draft_span *p = &d->spans.at[i];
        if (p->style || p->href.length)
            buffer_format(out, " %u(%.*s)%.*s", p->style, (int)(p->end - p->start), s->text.at + p->start,
                          TEXT_ARG(p->href));
    }
    buffer_char(out, '\n');
}

/* A draft as text: a line a block, then one a sentence or picture. */
static void tell(const struct draft *d, struct buffer *out)
{
    static const char *const kinds[] = {"headline", "standfirst", "paragraph", "heading", "quote", "item", "media"};
    for (size_t i = 0; i < d->blocks.count; i++) {
        const struct draft_block *b = &d->blocks.at[i];
        buffer_format(out, "%s%s", kinds[b->kind], b->ordered ? " ordered" : "");
        if (b->kind == DRAFT_HEADING || b->kind == DRAFT_ITEM)
            buffer_format(out, " %u", b->level);
        buffer_char(out, '\n');
        for (uint32_t j = b->first; j < b->first + b->count; j++) {
            if (b->kind != DRAFT_MEDIA) {
                tell_sentence(d, &d->sentences.at[j], out);
                continue;
            }
            const struct draft_media *m = &d->media.at[j];
            buffer_format(out, " %u:%u %.*s", m->line, m->column, TEXT_ARG(m->record));
            buffer_format(out, " |%.*s|%.*s|\n", TEXT_ARG(m->alt), TEXT_ARG(m->caption));
        }
    }
}

static void reads_in(const char *language, const char *source, const char *want)
{
    struct draft d;
    struct faults faults = {0};
    struct buffer told = {0};
    int result = draft_read(text_of(source), text_of(language), &d, &faults);
    tell(&d, &told);
    faults_print(&faults, "d", &told);
    assert_string_equal(told.at ? told.at : "", want);
    assert_int_equal(result, faults.count ? -1 : 0);
    draft_release(&d);
    faults_release(&faults);
    buffer_release(&told);
}

static void reads(const char *source, const char *want)
{
    reads_in("en", source, want);
}

/* The sentences of one paragraph, each between bars. */
static void splits(const char *language, const char *paragraph, const char *want)
{
    struct draft d;
    struct faults faults = {0};
    struct buffer source = {0}, met = {0};
    buffer_format(&source, "# H\n\n%s\n", paragraph);
    draft_read(buffer_text(&source), text_of(language), &d, &faults);
    for (size_t i = 1; i < d.sentences.count; i++)
        buffer_format(&met, "%s%.*s", i > 1 ? "|" : "", TEXT_ARG(d.sentences.at[i].text));
    faults_print(&faults, "d", &met);
    assert_string_equal(met.at ? met.at : "", want);
    draft_release(&d);
    faults_release(&faults);
    buffer_release(&source);
    buffer_release(&met);
}

/* What is quoted in a paragraph, each between bars. */
static void quotes(const char *paragraph, const char *want)
{
    struct draft d;
    struct faults faults = {0};
    struct buffer source = {0}, met = {0};
    buffer_format(&source, "# H\n\n%s\n", paragraph);
    draft_read(buffer_text(&source), TEXT("en"), &d, &faults);
    for (size_t i = 0; i < d.sentences.count; i++) {
        const struct sentence *s = &d.sentences.at[i];
        for (uint32_t j = s->first_quotation; j < s->first_quotation + s->quotations; j++)
            buffer_format(&met, "%s%.*s", met.length ? "|" : "",
                          (int)(d.quotations.at[j].end - d.quotations.at[j].start),
                          s->text.at + d.quotations.at[j].start);
    }
    faults_print(&faults, "d", &met);
    assert_string_equal(met.at ? met.at : "", want);
    draft_release(&d);
    faults_release(&faults);
    buffer_release(&source);
    buffer_release(&met);
}

/* One fault: its place and parts of what is told. */
static void refuses(const char *source, uint32_t line, uint32_t column, const char *what, const char *mend)
{
    struct draft d;
    struct faults faults = {0};
    struct buffer said = {0};
    assert_int_equal(draft_read(text_of(source), TEXT("en"), &d, &faults), -1);
    faults_print(&faults, "d", &said);
    if (faults.count != 1 || faults.at[0].line != line || faults.at[0].column != column ||
        !strstr(faults.at[0].what, what) || !strstr(faults.at[0].mend, mend))
        fail_msg("other faults:\n%s", said.at);
    draft_release(&d);
    faults_release(&faults);
    buffer_release(&said);
}

static void the_forms(void **state)
{
    (void)state;
    reads(
        "# The fire\n\n*What a clerk saw.*\n\nIt burned [c1]. He ran [c2 ana][c3].\n\n## Why\n\n> “No.”\n\n- one [a]\n"
        "- two\n  1. three\n",
        "headline\n 1:3 |The fire|\nstandfirst\n 3:2 |What a clerk saw.|\nparagraph\n 5:1 |It burned.| [c1]5:11\n"
        " 5:17 |He ran.| [c2 ana]5:24 [c3]5:32\nheading 2\n 7:4 |Why|\nquote\n 9:3 |“No.”| {No.}\n"
        "item 1\n 11:3 |one| [a]11:7\nitem 1\n 12:3 |two|\nitem ordered 2\n 13:6 |three|\n");
    reads("Underlined *x*\n===\n\nNot *all* of it.\n",
          "headline\n 1:1 |Underlined x| 1(x)\nparagraph\n 4:1 |Not all of it.| 1(all)\n");
}

static void looks(void **state)
{
    (void)state;
    reads("# H\n\n***a* b** [c *d*](https://e.org/x?y=(z)) e  \nf\\\ng\n",
          "headline\n 1:3 |H|\nparagraph\n 3:4 |a b c d e f g| 3(a) 2( b) 0(c )https://e.org/x?y=(z) "
          "1(d)https://e.org/x?y=(z) 4( ) 4( )\n");
    reads("# H\n\nSee <https://a.b/c>.\n",
          "headline\n 1:3 |H|\nparagraph\n 3:1 |See https://a.b/c.| 0(https://a.b/c)https://a.b/c\n");
}

static void citations_go_with_their_blank(void **state)
{
    (void)state;
    reads("# H\n\nHe gave the order [order]. He [a], [b c] and left[d]. [e]\n",
          "headline\n 1:3 |H|\nparagraph\n 3:1 |He gave the order.| [order]3:19\n"
          " 3:28 |He, and left.| [a]3:31 [b c]3:36 [d]3:50 [e]3:55\n");
    reads("# H\n\n“[a] The door [b][c](https://d.e) x [f]y.”\n",
          "headline\n 1:3 |H|\nparagraph\n 3:1 |“The door c x y.”| [a]3:2 [b]3:15 [f]3:37 {The door c x y.} "
          "0(c)https://d.e\n");
    reads("# H\n\nSee <https://a.b/?q=[c]>.\n",
          "headline\n 1:3 |H|\nparagraph\n 3:1 |See https://a.b/?q=[c].| 0(https://a.b/?q=[c])https://a.b/?q=[c]\n");
    reads("# H\n\nShe [c1\nana] stayed.\n", "headline\n 1:3 |H|\nparagraph\n 3:1 |She stayed.| [c1 ana]3:5\n");
}

static void the_desk_marks(void **state)
{
    (void)state;
    reads("# H\n\n[desk] We asked. They did not answer.\n\nWe asked [desk]. He ran [a].\n",
          "headline\n 1:3 |H|\nparagraph\n 3:8 desk |We asked.| [desk]3:1\n 3:18 desk |They did not answer.|\n"
          "paragraph\n 5:1 desk |We asked.| [desk]5:10\n 5:18 |He ran.| [a]5:25\n");
    refuses("# H\n\nHe ran. [desk] We asked.\n", 3, 9, "between two sentences", "before the full stop");
    refuses("# H\n\nWe asked [desk ana].\n", 3, 10, "takes no voice", "[desk] alone");
}

/* Places are those of the source, whatever stands between. */
static void places(void **state)
{
    (void)state;
    reads("# *A* b\n\n  &Uuml;ber *ÄÖ* \\[x\\] `\n  **No [c]**. Zé [d].\n",
          "headline\n 1:4 |A b| 1(A)\nparagraph\n 3:3 |Über ÄÖ [x] ` No.| [c]4:8 1(ÄÖ) 2(No)\n 4:15 |Zé.| [d]4:18\n");
    reads("# H\n\n> a [b]\nlazy [c]\n> d [e]\n>     > f [g]\n",
          "headline\n 1:3 |H|\nquote\n 3:3 |a lazy d > f| [b]3:5 [c]4:6 [e]5:5 [g]6:11\n");
    reads("---\r\nslug: a\r\n---\r\n\r\n# H\r\n\r\nA [b].\r\n", "headline\n 5:3 |H|\nparagraph\n 7:1 |A.| [b]7:3\n");
    reads("# H\n\nSee [x](https://a.b/c\n\"t\") now [d].\n",
          "headline\n 1:3 |H|\nparagraph\n 3:1 |See x now.| [d]4:10 0(x)https://a.b/c\n"
          "d:3:5: the link has a title, which no page prints; leave it out, or put it into the text\n");
}

static void pictures(void **state)
{
    (void)state;
    reads("# H\n\n![A door](photo \"The door\nin May\")\n![A *wall*](photo2)\n\n![B](photo3)\n\n<!-- apart "
          "-->\n\n![C](p)\n",
          "headline\n 1:3 |H|\nmedia\n 3:1 photo |A door|The door in May|\n 5:1 photo2 |A wall||\n 7:1 photo3 |B||\n"
          "media\n 11:1 p |C||\n");
    refuses("# H\n\n![](photo)\n", 3, 1, "no words for those who cannot", "(photo)");
    refuses("# H\n\n![a](photo.JPG)\n", 3, 1, "'photo.JPG' is not a record's id", "name the record");
    refuses("# H\n\nWords ![a](b) words.\n", 3, 7, "stands among words", "paragraph of its own");
    refuses("# H\n\n![a](b \"c [d]\")\n", 3, 1, "caption holds brackets", "into a sentence");
    refuses("# H\n\n[![a](b)](https://c.d)\n", 3, 2, "stands in a link", "out of the link");
}

static void comments_never_show(void **state)
{
    (void)state;
    reads("<!-- a\n\nb -->\n# H\n\nA <!-- c\nd --> e.\n<!-- f --> <!-- g -->\n\nB.\n",
          "headline\n 4:3 |H|\nparagraph\n 6:1 |A e.|\nparagraph\n 10:1 |B.|\n");
    refuses("# H\n\n<!-- a --> words\n", 3, 1, "behind a comment", "line of their own");
    refuses("# H\n\n<!-- a\n\nwords\n", 3, 1, "left open", "-->");
    refuses("# H\n\nA <!-- b -- c --> d.\n", 3, 3, "'<!--' stands among words", "without '--'");
}

static void sentences_of_english(void **state)
{
    (void)state;
    splits("en",
           "Mr. Smith met Dr. Jones. Gen. Hale, Capt. A. B. Carter and J.-P. Mabo came to St. Peter. It was No. 5.",
           "Mr. Smith met Dr. Jones.|Gen. Hale, Capt. A. B. Carter and J.-P. Mabo came to St. Peter.|It was No. 5.");
    splits("en",
           "The U.S. Army came. He lives in the U.S. Then he left. Vosk Ltd. The end. At 5 p.m. Monday, e.g. now.",
           "The U.S. Army came.|He lives in the U.S.|Then he left.|Vosk Ltd.|The end.|At 5 p.m. Monday, e.g. now.");
    splits("en",
           "“Who did it?” he asked. “No.” She left. (He did.) Really?! Yes... Then no. Wait… The end. 3.5 million.",
           "“Who did it?” he asked.|“No.”|She left.|(He did.)|Really?!|Yes...|Then no.|Wait…|The end.|3.5 million.");
    splits("en", "He said: No. She left. Go. Go. “I… I don’t know,” he said. See p. 5. On Main St. He fell.",
           "He said: No.|She left.|Go.|Go.|“I… I don’t know,” he said.|See p. 5.|On Main St.|He fell.");
}

static void sentences_of_other_languages(void **state)
{
    (void)state;
    splits("ru",
           "Это г. Иванов из г. Ташкент. На ул. Мира, т. е. там. Проф. Петров и А. Б. Сидоров. В 2005 г. Горел дом.",
           "Это г. Иванов из г. Ташкент.|На ул. Мира, т. е. там.|Проф. Петров и А. Б. Сидоров.|В 2005 г.|Горел дом.");
    splits("ru", "«Кто это?» — спросил он. Стоит 5 тыс. руб. Он ушёл. — Нет! — сказала она.",
           "«Кто это?» — спросил он.|Стоит 5 тыс. руб.|Он ушёл.|— Нет! — сказала она.");
    splits("uz-Cyrl", "Бу А. Каримов эди. Проф. Алиев келди. Ким?", "Бу А. Каримов эди.|Проф. Алиев келди.|Ким?");
    splits("uz", "“Yo‘q,” dedi u. O‘g‘li keldi.", "“Yo‘q,” dedi u.|O‘g‘li keldi.");
    splits("ar", "من فعل هذا؟ لا أحد. نعم!", "من فعل هذا؟|لا أحد.|نعم!");
    splits("fa", "چه کسی بود؟ هیچ‌کس.", "چه کسی بود؟|هیچ‌کس.");
    splits("zh", "谁干的？他走了。“走吧。”他说[a b]。完。", "谁干的？|他走了。|“走吧。”他说。|完。");
    splits("hy", "Նա գնաց։ Ով էր։", "Նա գնաց։|Ով էր։");
    splits("he", "צה\"ל אמר \"לא\". מי עשה זאת?", "צה\"ל אמר \"לא\".|מי עשה זאת?");
    splits("de", "Er kam am 5. Mai. Dr. Weber, z. B. im Juni, ging. „Wer?“, fragte er.",
           "Er kam am 5. Mai.|Dr. Weber, z. B. im Juni, ging.|„Wer?“, fragte er.");
    splits("no-such-tag-at-all", "One. Two.", "One.|Two.");
}

static void quotations(void **state)
{
    (void)state;
    quotes("“A b,” „c“ »d« «e» ”f” « g » ‹h› \"i\" 「j」『k』", "A b,|c|d|e|f|g|h|i|j|k");
    quotes("„Er sagte ‚nein‘ dazu“ and “he said “no” twice” and «он „тут“»",
           "Er sagte ‚nein‘ dazu|he said “no” twice|он „тут“");
    quotes("It's the guards' door, the guards’ door, the '90s, ’tis rock 'n' roll, O‘zbekiston, o'g'il, a 5\" pipe.",
           "");
    quotes("'Never,' she said. ‘The guards’ doors were locked,’ she said.", "Never,|The guards’ doors were locked,");
    quotes("“I saw it [a b]. They locked the doors,” she said [c d].", "I saw it.|They locked the doors,");
    quotes("“One.\n\n“Two,” he said.", "One.|Two,");
    quotes("“He [c1] left \\[sic\\] the […] door”", "He left [sic] the […] door");
    refuses("# H\n\nHe said “no and left.\n", 3, 9, "opened here and never closed", "closes it");
    refuses("# H\n\nHe said no」 and left.\n", 3, 11, "never opened", "opens it");
}

static void citations_that_are_none(void **state)
{
    (void)state;
    refuses("# H\n\nA [] b.\n", 3, 3, "empty brackets", "\\[");
    refuses("# H\n\nA [Order] b.\n", 3, 3, "'Order' is not a claim's id", "did you mean 'order'?");
    refuses("# H\n\nA [c4 the/y] b.\n", 3, 3, "'the/y' is not a voice's id", "[CLAIM VOICE]");
    refuses("# H\n\nA [a b c] b.\n", 3, 3, "too much for one citation", "brackets of its own");
    refuses("# H\n\nA [open b.\n", 3, 3, "left open", "close it");
    refuses("# H\n\nA closed] b.\n", 3, 9, "none is open", "\\]");
    refuses("# H\n\n[c4]\n", 3, 1, "without a sentence", "before the full stop");
}

static void what_a_page_has_no_form_for(void **state)
{
    (void)state;
    refuses("Words.\n", 1, 1, "before the headline", "# ");
    refuses("", 1, 1, "no headline", "# ");
    refuses("# H\n\n# I\n", 3, 1, "second headline", "##");
    refuses("# H\n\n##### I\n", 3, 1, "level 5", "higher");
    refuses("#\n", 1, 1, "no words", "behind the #");
    refuses("# [a](https://b.c)\n", 1, 4, "link stands in the headline", "text");
    refuses("# H\n\nA `b` c.\n", 3, 3, "code", "backticks");
    refuses("# H\n\n    b\n", 3, 5, "code", "paragraph");
    refuses("# H\n\n```\nb\n", 3, 1, "code", "backticks");
    refuses("# H\n\nA <b>c.\n", 3, 3, "HTML", "\\<");
    refuses("# H\n\n<div>\n\n", 3, 1, "HTML", "\\<");
    refuses("# H\n\n***\n", 3, 1, "line across", "leave it out");
    refuses("# H\n\n| a | b |\n|---|---|\n| c | d |\n", 4, 1, "table", "list");
    refuses("# H\n\n[a](ftp://b.c)\n", 3, 1, "'ftp://b.c' is no address", "https://");
    refuses("# H\n\n[a](javascript:b)\n", 3, 1, "no address", "");
    refuses("# H\n\n- a\n\n  b\n", 5, 3, "second paragraph", "item of its own");
    refuses("# H\n\n3. a\n", 3, 1, "counts from 3", "\\.");
    refuses("# H\n\n- a\n-\n", 4, 1, "nothing is read", "words");
    refuses("# H\n\n> # a\n", 3, 3, "something else than paragraphs", "");
    refuses("# H\n\n[a]: /b\n", 3, 1, "stand apart from their words", "[words]");
    refuses("# H\n\n[desk]: Theminister\n\nA.\n", 3, 1, "stand apart", "");
    refuses("# H\n\nA *e&#769;* b.\n", 3, 1, "no letter that can be printed", "accent");
}

static void settings(void **state)
{
    (void)state;
    struct draft d;
    struct faults faults = {0};
    const char *source = "---\nlanguage: uz-Cyrl\n# a note\nbyline: \"Mia Falk\"\n\nslug: the-fire\ndate: 2031-03-04\n"
                         "translation-of: a\n---\n# H\n";
    assert_int_equal(draft_read(text_of(source), TEXT("en"), &d, &faults), 0);
    assert_true(text_equal(draft_setting(&d, "language"), TEXT("uz-Cyrl")));
    assert_true(text_equal(draft_setting(&d, "byline"), TEXT("Mia Falk")));
    assert_true(text_equal(draft_setting(&d, "translation-of"), TEXT("a")));
    assert_true(text_equal(draft_setting(&d, "nothing"), TEXT("")));
    assert_int_equal(d.settings.count, 5);
    assert_int_equal(d.settings.at[1].line, 4);
    draft_release(&d);
    refuses("---\nslgu: a\n---\n# H\n", 2, 1, "'slgu' is not a setting", "did you mean 'slug'?");
    refuses("---\nslug: The_fire\n---\n# H\n", 2, 7, "not an article's slug", "did you mean 'the-fire'?");
    refuses("---\ndate: 2031-3-4\n---\n# H\n", 2, 7, "not a date", "2031-03-04");
    refuses("---\ndate: 2031\n---\n# H\n", 2, 7, "not a day", "");
    refuses("---\nlanguage: e\n---\n# H\n", 2, 11, "not a language tag", "");
    refuses("---\nslug:\n---\n# H\n", 2, 6, "without an article's slug", "colon");
    refuses("---\nslug: a\nslug: b\n---\n# H\n", 3, 1, "twice; first on line 2", "leave one out");
    refuses("---\nwords\n---\n# H\n", 2, 1, "no setting", "---");
}

static void bounds(void **state)
{
    (void)state;
    struct buffer large = {0};
    buffer_string(&large, "# H\n\n");
    for (unsigned i = 0; i <= LIMIT_DRAFT_BRACKETS; i++)
        buffer_string(&large, "[a] ");
    refuses(large.at, 1, 1, "LIMIT_DRAFT_BRACKETS", "several");
    while (large.length <= LIMIT_DRAFT)
        buffer_string(&large, "words and words and words ");
    refuses(large.at, 1, 1, "(LIMIT_DRAFT)", "several");
    refuses("# H\n\n\xff\n", 3, 1, "not valid UTF-8", "UTF-8");
    buffer_release(&large);
}

/* All at once, in the order of their places. */
static void all_faults(void **state)
{
    (void)state;
    reads("# H\n\nA [] [B] `c`.\n\n***\n\nD [e].\n",
          "headline\n 1:3 |H|\nparagraph\n 3:1 |A .|\nparagraph\n 7:1 |D.| [e]7:3\n"
          "d:3:3: empty brackets cite nothing; expected [CLAIM], [CLAIM VOICE] or [desk]; leave them out, or write \\[ "
          "and \\] for brackets of your own\n"
          "d:3:6: 'B' is not a claim's id; expected small letters a-z, digits, '.', '_' and '-'; did you mean 'b'? For "
          "brackets of your own write \\[ and \\]\n"
          "d:3:10: code stands in the draft; a page prints none; leave out the backticks, or write \\` for one\n"
          "d:5:1: a line across the page stands in the draft; a page prints none; leave it out, or write a heading\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_forms),
        cmocka_unit_test(looks),
        cmocka_unit_test(citations_go_with_their_blank),
        cmocka_unit_test(the_desk_marks),
        cmocka_unit_test(places),
        cmocka_unit_test(pictures),
        cmocka_unit_test(comments_never_show),
        cmocka_unit_test(sentences_of_english),
        cmocka_unit_test(sentences_of_other_languages),
        cmocka_unit_test(quotations),
        cmocka_unit_test(citations_that_are_none),
        cmocka_unit_test(what_a_page_has_no_form_for),
        cmocka_unit_test(settings),
        cmocka_unit_test(bounds),
        cmocka_unit_test(all_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
