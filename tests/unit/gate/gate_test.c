/* The gate: what it lets out, and what it refuses with which promise, at which line; and what the article then holds.
 */
#include "gate/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* A small case, with one of each kind of promise. */
static const char CASE[] =
    "case \"The mill\"\n"
    "voice mill \"The mill company\"\n"
    "voice owner \"The owner of the mill\"\n    of mill\n"
    "voice ana \"A clerk in the pay office\"\n    known-as \"Ana Lindqvist\"\n    contact \"ana.l@mail.example\"\n"
    "voice ben \"Ben Marrow\"\n"
    "voice carl \"Carl Ott\"\n"
    "voice dora \"A weaver from the third hall\"\n    known-as \"Dora Wesseling\"\n"
    "voice fred \"Fred Harkonnen\"\n"
    "voice cited \"A foreman of the night shift\"\n"
    "record talk audio \"A talk\"\n    from ana\n    file \"talks/ana-lindqvist.wav\"\n"
    "record open audio \"Ben on the steps\"\n    from ben\n    file \"steps.wav\"\n"
    "record gate image \"The gate\"\n    by ben\n    file \"DSC01234.jpg\"\n"
    "record memo document \"A memo\"\n    from ana\n"
    "record film video \"A film\"\n    by ben\n"
    "claim locked \"The doors of the hall were locked\"\n    accuses mill\n"
    "claim ordered \"The owner ordered the doors to be locked\"\n    accuses owner\n"
    "claim paid \"Wages were paid late for a year\"\n"
    "claim deaf \"Half of the weavers are deaf\"\n"
    "claim secret \"The night shift was doubled\"\n"
    "claim sold \"The mill was sold in secret\"\n    accuses mill\n"
    "say ben locked saw at open 00:12 \"I leaned on it. It did not give at all.\"\n"
    "say carl locked saw\n"
    "say ana locked saw at talk 02:10-02:45 \"He tried the doors himself, twice over\"\n"
    "say fred locked saw \"Not even the hinges moved on that door\"\n"
    "deny mill locked unstated \"Our doors are never locked.\"\n"
    "say ana ordered told-by cited did at talk 03:10 \"The owner wrote it on the board\"\n"
    "say ben paid saw\nsay carl paid saw\n"
    "say dora deaf did \"I have not heard the birds since the new looms came\"\n"
    "say ben deaf saw\n"
    "say fred secret saw\nsay ben secret saw\n"
    "say ben sold told-by cited saw\n"
    "terms mill on-record\n"
    "terms ana unattributed\n    as \"a former employee\"\n"
    "terms ben on-record\nterms carl on-record\nterms dora background\nterms fred off-record\n"
    "protect ana \"the ferry house\"\n"
    "ask mill locked\n    on 2031-04-01\nask owner ordered\n    on 2031-04-01\n";

struct gated {
    struct model *m;
    struct bearing *b;
    struct gate_answer answer;
};

static int ready(void *context, struct text id, struct media_ready *out, struct error *error)
{
    (void)context, (void)error;
    buffer_string(&out->bytes, "PIXELS");
    bool sound = text_equal(id, TEXT("open"));
    snprintf(out->mime, sizeof out->mime, "%s", sound ? "audio/mpeg" : "image/jpeg");
    out->width = out->height = sound ? 0 : 10;
    out->seconds = sound ? 3 : 0;
    return 0;
}

static void open_case(struct gated *g, const char *more)
{
    struct faults faults = {0};
    *g = (struct gated){.m = model_new()};
    const char *texts[] = {CASE, more};
    for (size_t i = 0; i < 2; i++)
        if (model_take(g->m, text_of(texts[i]), TAKE_LOG, &faults))
            fail_msg("%s", faults.at[0].what);
    faults_release(&faults);
    g->b = bearing_new(g->m);
    standing_measure(bearing_graph(g->b), NULL);
}

static struct gate_request request_of(const struct gated *g, const char *draft)
{
    return (struct gate_request){.bearing = g->b,
                                 .source = text_of(draft),
                                 .slug = TEXT("mill"),
                                 .as_of = TEXT("2031-05-01"),
                                 .media = {ready, NULL}};
}

static void gate_it(struct gated *g, const char *more, const char *draft)
{
    open_case(g, more);
    struct gate_request request = request_of(g, draft);
    gate_article(&request, &g->answer);
}

static void close_it(struct gated *g)
{
    gate_answer_release(&g->answer);
    bearing_free(g->b);
    model_free(g->m);
}

/* "LINE CHECK WHAT" of each refusal, a line each; warnings with a ? before. */
static void tell(const struct gate_answer *a, struct buffer *out)
{
    buffer_string(out, "");
    for (size_t i = 0; i < a->refusals.count; i++) {
        const struct refusal *r = &a->refusals.at[i];
        buffer_format(out, "%s%u %s %.*s | %.*s | %.*s\n", r->warning ? "?" : "", r->line, gate_check_word(r->check),
                      TEXT_ARG(r->what), TEXT_ARG(r->mend), TEXT_ARG(r->sentence));
    }
}

static void expect_pass(const char *more, const char *draft)
{
    struct gated g;
    struct buffer told = {0};
    gate_it(&g, more, draft);
    tell(&g.answer, &told);
    if (g.answer.refused)
        fail_msg("refused:\n%s%s", draft, told.at);
    buffer_release(&told);
    close_it(&g);
}

/* Refused exactly once, with these beginnings and parts. */
static void expect_refusal(const char *more, const char *draft, const char *start, const char *part)
{
    struct gated g;
    struct buffer told = {0};
    gate_it(&g, more, draft);
    tell(&g.answer, &told);
    size_t refusals = 0;
    for (size_t i = 0; i < g.answer.refusals.count; i++)
        refusals += !g.answer.refusals.at[i].warning;
    const char *at = told.at ? strstr(told.at, start) : NULL;
    if (!g.answer.refused || refusals != 1 || !at || (at != told.at && at[-1] != '\n') || !strstr(at, part))
        fail_msg("wanted one refusal '%s' with '%s' of:\n%s\ngot %zu:\n%s", start, part, draft, refusals,
                 told.at ? told.at : "none");
    assert_null(g.answer.article.slug.at);
    buffer_release(&told);
    close_it(&g);
}

#define LOCKED "The doors of the hall were locked [locked]. The company denies it [locked mill]."

static void what_is_in_order_passes(void **state)
{
    (void)state;
    expect_pass("", "# The mill\n\n" LOCKED "\n");
    expect_pass("", "# The mill\n\n*What we know.*\n\nWages were late [paid].\n\n## Pay\n\n- Ben saw it [paid ben].\n");
    expect_pass("", "# The mill\n\nA former employee says that the owner had them locked [ordered ana].\n");
    expect_pass("", "# T\n\n[desk] We do not know more.\n");
    expect_pass("", "# T\n\nHalf of the weavers are deaf [deaf].\n"); /* rests on one in the background too */
}

static void standing_is_asked_for(void **state)
{
    (void)state;
    expect_refusal("", "# T\n\nThe owner had them locked [ordered].\n", "3 standing", "cautious >= 2");
    expect_refusal("", "# T\n\nWages were late.\n", "3 standing", "cites nothing");
    expect_refusal("", "# T\n\nWages were late [payd].\n", "3 standing", "did you mean 'paid'");
    expect_refusal("", "# T\n\nWages were late [paid bem].\n", "3 standing", "did you mean 'ben'");
    expect_refusal("", "# T\n\nWages were late, says the owner [paid mill].\n", "3 standing", "neither says");
    expect_refusal("", "# T\n\nIt was sold, says Ben [sold ben].\n", "3 standing", "asked");
    expect_refusal("", "# T\n\nThe doors of the hall were locked [locked].\n", "3 standing", "[locked mill]");
    /* Fred is off the record: the page must stand without him. */
    expect_refusal("", "# T\n\nThe night shift was doubled [secret].\n", "3 standing", "without what may not be told");
    expect_pass("say carl secret saw\n", "# T\n\nThe night shift was doubled [secret].\n");
}

static void a_rule_that_asks_nobody_does_not_do_away_with_the_hearing(void **state)
{
    (void)state;
    const char *rules = "rule allege any >= 1\nrule print people >= 2\n";
    expect_refusal(rules, "# T\n\nIt was sold, says Ben [sold ben].\n", "3 standing", "was not asked");
    expect_pass("rule allege any >= 1\nask mill sold\n", "# T\n\nIt was sold, says Ben [sold ben].\n");
}

static void headlines_are_no_short_cut(void **state)
{
    (void)state;
    expect_refusal("", "# The owner ordered the doors locked\n\nSo says a former employee [ordered ana].\n",
                   "1 standing", "reads as if 'ordered'");
    expect_pass("", "# Had the owner ordered the doors locked?\n\nSo says a former employee [ordered ana].\n");
    expect_refusal("", "# The doors were shut [ordered]\n\nWages were late [paid].\n", "1 standing", "stated as fact");
}

static void terms_are_kept(void **state)
{
    (void)state;
    expect_refusal("", "# T\n\nOne more saw it [deaf dora].\n", "3 terms", "background");
    expect_refusal("", "# T\n\nOne more saw it [secret fred].\n", "3 terms", "off the record");
    expect_refusal("say cited paid saw\n", "# T\n\nOne more saw it [paid cited].\n", "3 terms", "nothing was agreed");
    expect_refusal("terms ben on-record\n    until 2031-06\n", "# T\n\nOne more saw it [paid ben].\n", "3 terms",
                   "held back until 2031-06");
    expect_refusal("terms ben on-record\n    only deaf\n", "# T\n\nOne more saw it [paid ben].\n", "3 terms",
                   "narrowed");
    expect_refusal("terms fred on-record\n", "# T\n\nOne more saw it [secret fred].\n", "3 terms", "loosen");
    expect_pass("terms fred on-record\n    at open 00:40\n", "# T\n\nFred Harkonnen saw it [secret fred].\n");
    expect_refusal("terms ana unattributed\n", "# T\n\nOne says so [ordered ana].\n", "3 terms", "description");
}

static void quoted_words_are_those_of_the_record(void **state)
{
    (void)state;
#define Q(words) "# T\n\n\"" words "\", says Ben [locked ben]. The company denies it [locked mill].\n"
    expect_pass("", Q("It did not give at all."));
    expect_pass("", Q("I leaned on it. It did not give at all."));
    expect_pass("", Q("it did not … at all"));
    expect_pass("", Q("\\[The door\\] did not give"));
    expect_refusal("", Q("It did not give at last"), "3 terms", "letter for letter");
    expect_refusal("", Q("It did not giv"), "3 terms", "letter for letter");
    expect_refusal("", Q("at all … I leaned"), "3 terms", "letter for letter");
    expect_refusal("", Q("He tried the doors himself"), "3 terms", "letter for letter");
    expect_pass("", "# T\n\n“He tried the doors himself”, says a former employee [locked ana]. No, says the company "
                    "[locked mill].\n");
    expect_pass("", "# T\n\n> I leaned on it. [locked ben]\n\nThe company denies it [locked mill].\n");
    expect_refusal("", "# T\n\n> I fell on it. [locked ben]\n\nThe company denies it [locked mill].\n", "3 terms",
                   "letter");
    expect_pass("", "# T\n\nThe \"doors of the hall\" were locked [locked]. The company denies it [locked mill].\n");
    /* words of a background voice, with and without marks */
    expect_refusal("", "# T\n\nHalf are deaf [deaf]. One has not heard the birds since the new looms came [deaf].\n",
                   "3 terms", "may not be quoted");
}

static void secrets_stay_in(void **state)
{
    (void)state;
    static const char *const drafts[] = {
        "# T\n\nWages were late, says Ana Lindqvist [paid].\n",
        "# T\n\nWages were late [paid]. Ask Dora Wesseling [desk].\n",
        "# T\n\nWages were late [paid]. We met in the ferry house [desk].\n",
        "# T\n\nWages were late [paid]. Write to ana.l@mail.example [desk].\n",
        "# T\n\nWages were late [paid]. Ask ana-lindqvist.wav [desk].\n",
        "# T\n\nWages were late [paid]. See [here](https://paper.example/ana-lindqvist) [desk].\n",
        "---\nbyline: Ana Lindqvist\n---\n\n# T\n\nWages were late [paid].\n",
        "---\nslug: ana-lindqvist\n---\n\n# T\n\nWages were late [paid].\n",
        "# Ana Lindqvist\n\nWages were late [paid].\n",
    };
    for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++) {
        struct gated g;
        struct buffer told = {0};
        gate_it(&g, "", drafts[i]);
        tell(&g.answer, &told);
        if (!g.answer.refused)
            fail_msg("let out:\n%s", drafts[i]);
        if (!strstr(told.at, "secrets"))
            fail_msg("refused for something else:\n%s%s", drafts[i], told.at);
        static const char *const secrets[] = {"Lindqvist", "lindqvist", "Wesseling", "ferry house", "mail.example"};
        for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++)
            if (strstr(told.at, secrets[k]))
                fail_msg("a refusal tells '%s':\n%s", secrets[k], told.at);
        buffer_release(&told);
        close_it(&g);
    }
}

static void the_claims_own_sentence_is_looked_at_too(void **state)
{
    (void)state;
    expect_refusal("claim paid2 \"Wages were paid at the ferry house\"\nsay ben paid2 saw\nsay carl paid2 saw\n",
                   "# T\n\nWages were late [paid2].\n", "3 secrets", "the claim's own sentence");
}

static void other_people_are_no_secrets(void **state)
{
    (void)state;
    expect_pass(
        "",
        "# The mill company\n\nWages were late, say Ben Marrow and Carl Ott [paid]. The owner of the mill, the clerk "
        "and a weaver were there, and Annika Lindholm [desk].\n");
}

static void a_narrow_description_is_a_warning(void **state)
{
    (void)state;
    struct gated g;
    struct buffer told = {0};
    gate_it(&g, "", "# T\n\nThe owner had them locked, says a former employee [ordered ana].\n");
    tell(&g.answer, &told);
    assert_false(g.answer.refused);
    assert_non_null(strstr(told.at, "?3 crowd"));
    buffer_release(&told);
    close_it(&g);
}

static void a_part_is_not_the_whole(void **state)
{
    (void)state;
    struct gated g;
    struct buffer told = {0};
    gate_it(&g, "voice gus \"Gus Pell\"\nterms gus on-record\nsay gus paid saw in part\n",
            "# T\n\nWages were late, says Gus Pell [paid gus].\n");
    tell(&g.answer, &told);
    assert_false(g.answer.refused);
    assert_non_null(strstr(told.at, "?3 standing 'gus' speaks of a part of 'paid' only"));
    buffer_release(&told);
    close_it(&g);
}

#define ATTESTED "attest background gate \"Ida\"\n    on 2031-04-30\nattest camera gate \"Ida\"\n    on 2031-04-30\n"
#define HEARD "attest voice open \"Ida\"\n    on 2031-04-30\nattest hum open \"Ida\"\n    on 2031-04-30\n"

static void pictures_and_sound_need_eyes_and_ears(void **state)
{
    (void)state;
    const char *picture = "# T\n\n![A gate](gate)\n\nWages were late [paid].\n";
    expect_refusal("attest camera gate \"Ida\"\n    on 2031-04-30\n", picture, "3 attestation", "background");
    expect_refusal("attest background gate \"Ida\"\n    on 2031-04-30\n", picture, "3 attestation", "camera");
    expect_pass(ATTESTED, picture);
    expect_refusal(ATTESTED "retract 43\n", picture, "3 attestation", "background");
    expect_refusal("", "# T\n\n![A gate](gaet)\n\nWages were late [paid].\n", "3 media", "did you mean 'gate'");
    expect_refusal("", "# T\n\n![A memo](memo)\n\nWages were late [paid].\n", "3 media", "retype");
    expect_refusal("", "# T\n\n![A film](film)\n\nWages were late [paid].\n", "3 media", "video");
    expect_refusal("attest voice open \"Ida\"\n    on 2031-04-30\n", "# T\n\n![Ben](open)\n\nWages were late [paid].\n",
                   "3 attestation", "hum");
    expect_pass(HEARD, "# T\n\n![Ben](open)\n\nWages were late [paid].\n");
}

static void a_protected_voice_is_read_and_never_heard(void **state)
{
    (void)state;
    struct gated g;
    gate_it(&g, "", "# T\n\n![A talk](talk \"What she says\")\n\nWages were late [paid].\n");
    assert_false(g.answer.refused);
    assert_int_equal(g.answer.article.sounds.count, 1);
    const struct sound *s = &g.answer.article.sounds.at[0];
    assert_int_equal(s->bytes.length, 0);
    assert_int_equal(s->lines, 2);
    const struct transcript_line *line = &g.answer.article.transcript.at[s->first_line];
    assert_int_equal(line->second, 130);
    assert_true(text_equal(line->speaker, TEXT("a former employee")));
    assert_true(text_equal(line->words, TEXT("He tried the doors himself, twice over")));
    close_it(&g);
}

static void what_bytes_cannot_show_is_attested(void **state)
{
    (void)state;
    const char *more =
        "say ana paid saw at memo \"Nobody in the pay office was paid before the tenth of any month, and whoever "
        "asked was told that the bank had made a mistake again that would be put right\"\n";
    const char *draft =
        "# T\n\nWages were late [paid]. \"Nobody in the pay office was paid before the tenth\", says a former "
        "employee [paid ana].\n";
    const char *longer =
        "# T\n\n\"Nobody in the pay office was paid before the tenth of any month, and whoever asked was told "
        "that the bank had made a mistake again that would be put right\", says a former employee [paid ana].\n";
    expect_refusal(more, draft, "3 attestation", "attest wording mill");
    struct buffer with = {0};
    buffer_format(&with, "%sattest wording mill \"Ida\"\n    on 2031-04-30\n", more);
    expect_pass(with.at, draft);
    expect_refusal(with.at, longer, "3 attestation", "attest style mill");
    buffer_string(&with, "attest style mill \"Ida\"\n    on 2031-04-30\n");
    expect_pass(with.at, longer);
    buffer_release(&with);
}

static void two_articles_on_one_voice_are_a_jigsaw(void **state)
{
    (void)state;
    const char *other = "printed other \"# O\\n\\nA former employee says the owner had them locked [ordered "
                        "ana].\\n\"\n    on 2031-04-01\n";
    const char *draft = "# T\n\n" LOCKED "\n";
    struct buffer with = {0};
    expect_refusal(other, draft, "0 attestation", "attest jigsaw mill");
    buffer_format(&with, "%sattest jigsaw mill \"Ida\"\n    on 2031-04-30\n", other);
    expect_pass(with.at, draft);
    expect_pass(other, "# T\n\nWages were late [paid].\n");
    buffer_release(&with);
}

static void a_change_is_a_correction(void **state)
{
    (void)state;
    const char *out = "printed mill \"# T\\n\\nWages were late [paid].\\n\"\n    on 2031-04-20\n";
    struct gated g;
    expect_refusal(out, "# T\n\nWages were paid late [paid].\n", "0 draft", "is out already");
    gate_it(&g, out, "# T\n\nWages were late [paid].\n");
    assert_false(g.answer.refused);
    assert_true(text_equal(g.answer.article.published, TEXT("2031-04-20")));
    assert_int_equal(g.answer.article.changed.length, 0);
    gate_answer_release(&g.answer);
    struct gate_request request = request_of(&g, "# T\n\nWages were paid late [paid].\n");
    request.correction = TEXT("They were paid, if late.");
    gate_article(&request, &g.answer);
    assert_false(g.answer.refused);
    assert_true(text_equal(g.answer.article.published, TEXT("2031-04-20")));
    assert_true(text_equal(g.answer.article.changed, TEXT("2031-05-01")));
    assert_int_equal(g.answer.article.corrections.count, 1);
    close_it(&g);
}

static void how_we_know_tells_what_may_be_told(void **state)
{
    (void)state;
    struct gated g;
    gate_it(&g, "", "# T\n\n" LOCKED " \"I leaned on it\", says Ben [locked ben].\n\nMany are deaf [deaf].\n");
    assert_false(g.answer.refused);
    const struct article *a = &g.answer.article;
    assert_int_equal(a->findings.count, 2);
    const struct finding *f = &a->findings.at[0];
    assert_int_equal(f->form, FINDING_FACT);
    assert_int_equal(f->level, FINDING_BORNE_OUT);
    assert_int_equal(f->people_low, 3); /* Ben, Carl, Ana; not Fred, who is off the record */
    assert_int_equal(f->bearers, 3);
    assert_int_equal(f->more_bearers, 0);
    assert_true(text_equal(a->bearers.at[0].who, TEXT("Ben Marrow")));
    assert_true(text_equal(a->bearers.at[0].words, TEXT("I leaned on it")));
    assert_true(text_equal(a->bearers.at[2].who, TEXT("a former employee")));
    assert_int_equal(f->denials, 1);
    assert_true(text_equal(a->denials.at[0].words, TEXT("Our doors are never locked.")));
    assert_int_equal(f->hearings, 1);
    assert_true(text_equal(a->hearings.at[0].on, TEXT("2031-04-01")));
    f = &a->findings.at[1];
    assert_int_equal(f->bearers, 1); /* Ben; Dora is background */
    assert_int_equal(f->more_bearers, 1);
    close_it(&g);
}

static void subjects_may_be_named_and_deny(void **state)
{
    (void)state;
    const char *more = "voice town \"The town council\"\nvoice clerk \"The town clerk\"\n    of town\n"
                       "voice mayor \"Hob Tansley\"\nclaim hid \"The council hid a report\"\n    accuses town, mayor\n"
                       "say ben hid saw\nsay carl hid saw\ndeny town hid unstated\ndeny mayor hid unstated \"Never.\"\n"
                       "ask town hid\nask mayor hid\n";
    expect_pass(
        more,
        "# T\n\nThe town council hid a report [hid]. The council denies it [hid town], and so does Hob Tansley [hid "
        "mayor].\n");
    expect_refusal(more, "# T\n\nThe council hid a report [hid]. \"Never\", says Hob Tansley [hid mayor].\n", "3 terms",
                   "nothing was agreed");
}

/* The whole of it on a site: no byte tells, and the twin's is the same. */
static void the_site_is_the_twins(void **state)
{
    (void)state;
    struct gated g;
    struct site site = {0};
    struct site_options options = {TEXT("The Paper"), TEXT("https://paper.example/"), true};
    open_case(&g, ATTESTED);
    struct gate_request request = request_of(
        &g, "# T\n\n" LOCKED "\n\n![A gate](gate \"Shut\")\n\n![A talk](talk)\n\nA former employee says the owner had "
            "them locked [ordered ana].\n");
    gate_articles(&request, 1, &g.answer);
    assert_false(g.answer.refused);
    gate_make(&g.answer, 1, &options, &site);
    struct gate_answer whole = {0};
    gate_site(&request, 1, &site, &options, &whole);
    if (whole.refused)
        fail_msg("%.*s", TEXT_ARG(whole.refusals.at[0].what));
    /* One byte of a secret in it is seen by both. */
    for (size_t i = 0; i < site.files.count; i++)
        if (strstr(site.files.at[i].name, "index.html"))
            buffer_string(&site.files.at[i].bytes, "<!-- Ana Lindqvist -->");
    gate_site(&request, 1, &site, &options, &whole);
    bool secrets = false, swap = false;
    for (size_t i = 0; i < whole.refusals.count; i++) {
        secrets |= whole.refusals.at[i].check == CHECK_SECRETS;
        swap |= whole.refusals.at[i].check == CHECK_SWAP;
    }
    assert_true(secrets);
    assert_true(swap);
    gate_answer_release(&whole);
    site_release(&site);
    close_it(&g);
}

static void translations_know_each_other(void **state)
{
    (void)state;
    struct gated g;
    struct gate_answer answers[2];
    open_case(&g, "");
    struct gate_request requests[2] = {
        request_of(&g, "---\nslug: en\n---\n\n# Pay\n\nWages were late [paid].\n"),
        request_of(&g,
                   "---\nslug: de\nlanguage: de\ntranslation-of: en\n---\n\n# Lohn\n\nDer Lohn kam spät [paid].\n")};
    gate_articles(requests, 2, answers);
    assert_false(answers[0].refused);
    assert_false(answers[1].refused);
    assert_int_equal(answers[0].article.translations.count, 1);
    assert_true(text_equal(answers[0].article.translations.at[0].headline, TEXT("Lohn")));
    gate_answer_release(&answers[0]);
    gate_answer_release(&answers[1]);
    requests[1].source = requests[0].source;
    gate_articles(requests, 2, answers);
    assert_true(answers[1].refused);
    gate_answer_release(&answers[0]);
    gate_answer_release(&answers[1]);
    close_it(&g);
}

static void nonsense_is_refused_in_peace(void **state)
{
    (void)state;
    static const char bytes[] = "\x89PNG\r\n\x1a\n\x01\x02\xff\xfe";
    struct gated g;
    gate_it(&g, "", "");
    gate_answer_release(&g.answer);
    struct gate_request request = request_of(&g, "");
    request.source = (struct text){bytes, sizeof bytes};
    gate_article(&request, &g.answer);
    assert_true(g.answer.refused);
    gate_answer_release(&g.answer);
    struct buffer deep = {0};
    buffer_string(&deep, "# T\n\n");
    for (int i = 0; i < 20000; i++)
        buffer_string(&deep, "> ");
    buffer_string(&deep, "deep");
    for (int i = 0; i < 20000; i++)
        buffer_string(&deep, "[paid](((***");
    request.source = buffer_text(&deep);
    gate_article(&request, &g.answer);
    assert_true(g.answer.refused);
    buffer_release(&deep);
    close_it(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_order_passes),
        cmocka_unit_test(standing_is_asked_for),
        cmocka_unit_test(a_rule_that_asks_nobody_does_not_do_away_with_the_hearing),
        cmocka_unit_test(headlines_are_no_short_cut),
        cmocka_unit_test(terms_are_kept),
        cmocka_unit_test(quoted_words_are_those_of_the_record),
        cmocka_unit_test(secrets_stay_in),
        cmocka_unit_test(the_claims_own_sentence_is_looked_at_too),
        cmocka_unit_test(other_people_are_no_secrets),
        cmocka_unit_test(a_narrow_description_is_a_warning),
        cmocka_unit_test(a_part_is_not_the_whole),
        cmocka_unit_test(pictures_and_sound_need_eyes_and_ears),
        cmocka_unit_test(a_protected_voice_is_read_and_never_heard),
        cmocka_unit_test(what_bytes_cannot_show_is_attested),
        cmocka_unit_test(two_articles_on_one_voice_are_a_jigsaw),
        cmocka_unit_test(a_change_is_a_correction),
        cmocka_unit_test(how_we_know_tells_what_may_be_told),
        cmocka_unit_test(subjects_may_be_named_and_deny),
        cmocka_unit_test(the_site_is_the_twins),
        cmocka_unit_test(translations_know_each_other),
        cmocka_unit_test(nonsense_is_refused_in_peace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
