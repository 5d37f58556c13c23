/* Secrets are found in every way in which they are planted, and ordinary articles are let pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate/secrets.h"
#include "gate/view.h"

#include "planted.h"

#include <stdio.h>
#include <stdlib.h>

/* Looks for one secret in one text. */
enum { NOT_FOUND, NEAR, FOUND };

static int look_for(enum secret_kind kind, const char *secret, const char *role, const char *text, enum secret_how *how)
{
    struct secrets *s = secrets_new();
    secret_finds finds = {0};
    int found = NOT_FOUND;
    secrets_add(s, kind, text_of(secret), 7);
    if (role)
        secrets_add_role(s, text_of(role), 7);
    secrets_ready(s);
    secrets_find(s, text_of(text), &finds);
    for (size_t i = 0; i < finds.count; i++) {
        int this = finds.at[i].near ? NEAR : FOUND;
        assert_int_equal(finds.at[i].owner, 7);
        assert_true(finds.at[i].start < finds.at[i].end && finds.at[i].end <= strlen(text));
        if (this > found) {
            found = this;
            *how = finds.at[i].how;
        }
    }
    vector_release(&finds);
    secrets_free(s);
    return found;
}

static const struct {
    enum secret_kind kind;
    const char *secret, *role, *text;
    enum secret_how how;
} given_away[] = {
    {SECRET_NAME, "Alisher Yakubov", NULL, "They met Alisher Yakubov there.", HOW_PLAIN},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Yakubov's house", HOW_CASE},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Говорили с Якубовым.", HOW_SCRIPT},
    {SECRET_NAME, "Якубов", NULL, "Говорили с Якубовым.", HOW_CASE},
    {SECRET_NAME, "Алишер Якубов", NULL, "у Якубовой", HOW_CASE},
    {SECRET_NAME, "Алишер Якубов", NULL, "Yoqubov Alisherning uyi", HOW_SCRIPT},
    {SECRET_NAME, "Alisher Karimovich Yakubov", NULL, "Alisher Karim o'g'li keldi", HOW_CASE},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Ёқубов Алишер келди", HOW_SCRIPT},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Pan Jakubow wrote", HOW_SPELLING},
    {SECRET_NAME, "Alisher Yakubov", NULL, "قال عليشير يعقوبوف", HOW_SCRIPT},
    {SECRET_NAME, "Alisher Yakubov", NULL, "אלישר יעקובוב אמר", HOW_SCRIPT},
    {SECRET_NAME, "Alisher Yakubov", "A nurse", "A.Y., nurse at the clinic", HOW_INITIALS},
    {SECRET_NAME, "Alisher Yakubov", "A nurse", "А. Я., медсестра", HOW_INITIALS},
    {SECRET_NAME, "Alisher Yakubov", "nurse", "Alisher Y., who was a nurse", HOW_PLAIN},
    {SECRET_NAME, "Alisher Yakubov", NULL, "vobukaY wrote", HOW_REVERSED},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Y a k u b o v", HOW_PIECES},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Y-a-k-u-b-o-v", HOW_PIECES},
    {SECRET_NAME, "Alisher Yakubov", NULL, "<b>Yak</b>ubov", HOW_PIECES},
    {SECRET_NAME, "Alisher Yakubov", NULL, "**Yak**ubov", HOW_PIECES},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Yak\u00adubov", HOW_INVISIBLE},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Yаkubоv", HOW_LOOKALIKE},
    {SECRET_NAME, "Alisher Yakubov", NULL, "by y4kub0v", HOW_LOOKALIKE},
    {SECRET_NAME, "Alisher Yakubov", NULL, "see WWFrdWJvdg== there", HOW_ENCODED},
    {SECRET_NAME, "Alisher Yakubov", NULL, "%59akubov", HOW_ENCODED},
    {SECRET_NAME, "Alisher Yakubov", NULL, "%2559akubov", HOW_ENCODED},
    {SECRET_NAME, "Alisher Yakubov", NULL, "#freeyakubov", HOW_PIECES},
    {SECRET_NAME, "Alisher Yakubov", NULL, "<img alt=\"Yakubov at home\">", HOW_PLAIN},
    {SECRET_NAME, "Alisher Yakubov", NULL, "<!-- Yakubov -->", HOW_PLAIN},
    {SECRET_NAME, "Alisher Yakubov", NULL, "Sasha Yakubov, as friends say", HOW_PLAIN},
    {SECRET_NAME, "Alexander Oddy", NULL, "Sasha O., Oddy's son", HOW_SPELLING},
    {SECRET_NAME, "Rose Young", NULL, "and then Rose Young came", HOW_PLAIN},
    {SECRET_NAME, "Edrin Vosk", NULL, "Пришёл Эдрин Воск", HOW_SCRIPT},
    {SECRET_NAME, "saltglass", NULL, "signed saltglass", HOW_PLAIN},
    {SECRET_NAME, "محمد المصري", NULL, "with Mohammed al-Masri", HOW_SCRIPT},
    {SECRET_NAME, "Ольга Кравченко", NULL, "with Ol'ha Kravchenko", HOW_SCRIPT},
    {SECRET_NAME, "A shift foreman at the mill", NULL, "said a shift foreman of the mill", HOW_PLAIN},
    {SECRET_NAME, "تيسا فالبيكين", "nurse", "ت. ف., a nurse", HOW_INITIALS}, /* whose letters have the codes of «была» */
    {SECRET_NAME, "Edrin Vosk", NULL, "<td>Vo</td><td>sk</td>", HOW_PIECES},
    {SECRET_NAME, "Edrin Vosk", NULL, "by \u2164osk", HOW_LOOKALIKE},
    {SECRET_CONTACT, "+998 (90) 123-45-67", NULL, "call 90.123.45.67", HOW_PLAIN},
    {SECRET_CONTACT, "+998 (90) 123-45-67", NULL, "call ٩٠ ١٢٣ ٤٥ ٦٧", HOW_PLAIN},
    {SECRET_CONTACT, "a.yakubov@mail.example", NULL, "A.Yakubov (at) mail dot example", HOW_PLAIN},
    {SECRET_CONTACT, "@saltglass99", NULL, "find saltglass99 there", HOW_PLAIN},
    {SECRET_CONTACT, "through the library, Thursdays", NULL, "met through the library on Thursday", HOW_CASE},
    {SECRET_DETAIL, "the linen room", NULL, "in two linen rooms", HOW_CASE},
    {SECRET_DETAIL, "signals", NULL, "he served in signals", HOW_PLAIN},
    {SECRET_DETAIL, "бельевая комната", NULL, "в бельевой комнате", HOW_CASE},
    {SECRET_DETAIL, "14 March 2031", NULL, "it was March 14th, 2031", HOW_SPELLING},
    {SECRET_DETAIL, "14 March 2031", NULL, "(14.03.2031)", HOW_SPELLING},
    {SECRET_DETAIL, "2031-03-14", NULL, "14 марта 2031 года", HOW_SPELLING},
    {SECRET_NAME, "David Cohen", NULL, "אמר דוד כהן", HOW_SCRIPT},
    {SECRET_NAME, "Botir Xo'jayev", NULL, "с Ходжаевым", HOW_SCRIPT},
    {SECRET_NAME, "Alisher Yakubov", NULL, "там был якубов", HOW_SCRIPT},
    {SECRET_FILE, "vault/interview-2.mp3", NULL, "the file interview-2.mp3", HOW_PLAIN},
    {SECRET_FILE, "IMG_20190314_1122.jpg", NULL, "img_20190314_1122", HOW_PLAIN},
};

static void what_is_planted_is_found(void **state)
{
    unsigned missed = 0;
    (void)state;
    for (size_t i = 0; i < sizeof given_away / sizeof *given_away; i++) {
        enum secret_how how = HOW_COUNT;
        int found = look_for(given_away[i].kind, given_away[i].secret, given_away[i].role, given_away[i].text, &how);
        if (found != FOUND || how != given_away[i].how) {
            print_message("# '%s' in '%s': %s, %s\n", given_away[i].secret, given_away[i].text,
                          found == FOUND  ? "found"
                          : found == NEAR ? "near"
                                          : "not found",
                          secret_how_words(how));
            missed++;
        }
    }
    assert_int_equal(missed, 0);
}

/* What must not be refused, though it may be warned of. */
static const struct {
    enum secret_kind kind;
    const char *secret, *text;
} harmless[] = {
    {SECRET_NAME, "Rose Young", "a young rose; Rose water. Young people hope in May"},
    {SECRET_NAME, "Rose Young", "Rose said no. Young farmers agreed."},
    {SECRET_NAME, "Maria Golosova", "Maria Perrin came"},
    {SECRET_NAME, "Pablo Martin", "with Gomez Martinez"},
    {SECRET_NAME, "A shift foreman", "the foreman said; a night shift"},
    {SECRET_NAME, "The mother", "a mother and her child"},
    {SECRET_NAME, "Иван Марков", "Марк пришёл, иванова роща"},
    {SECRET_NAME, "كريم الحداد", "رجل كريم"},
    {SECRET_NAME, "Alisher Yakubov", "A.Y. and nobody else"},
    {SECRET_NAME, "Noel Ambrin", "in Leon it rained"},
    {SECRET_NAME, "Theodor Inam", "The odor in a mill"},
    {SECRET_DETAIL, "the linen room", "a room with linen curtains; the room"},
    {SECRET_DETAIL, "of the", "some of the others"},
    {SECRET_DETAIL, "14 March 2031", "on 15 March 2031; in March 2031; 14 people"},
    {SECRET_NAME, "Northern Light Holdings", "Holdings of land. Light from the north"},
    {SECRET_CONTACT, "+998 (90) 123-45-67", "1,234,567 people on 12.03.2031"},
    {SECRET_FILE, "interview-2.mp3", "in interview 2 he said; page-2.mp3"},
};

static void what_is_ordinary_passes(void **state)
{
    unsigned alarms = 0;
    (void)state;
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        enum secret_how how = HOW_COUNT;
        if (look_for(harmless[i].kind, harmless[i].secret, NULL, harmless[i].text, &how) == FOUND) {
            print_message("# '%s' is no '%s', %s\n", harmless[i].text, harmless[i].secret, secret_how_words(how));
            alarms++;
        }
    }
    assert_int_equal(alarms, 0);
}

/* A case with many invented names. */
struct many {
    struct secrets *secrets;
    struct invented *names;
    int *scripts;
    uint32_t count;
};

static void many_make(struct many *m, uint32_t count, uint64_t *state)
{
    static const int scripts[] = {IN_LATIN,    IN_LATIN,    IN_LATIN,  IN_CYRILLIC,
                                  IN_CYRILLIC, IN_CYRILLIC, IN_ARABIC, IN_HEBREW};
    struct buffer name = {0};
    *m = (struct many){secrets_new(), memory_array(count, sizeof *m->names), memory_array(count, sizeof *m->scripts),
                       count};
    for (uint32_t i = 0; i < count; i++) {
        invented_make(state, &m->names[i]);
        m->scripts[i] = scripts[i % 8];
        buffer_clear(&name);
        invented_full(&m->names[i], m->scripts[i], &name);
        secrets_add(m->secrets, SECRET_NAME, buffer_text(&name), i);
        secrets_add_role(m->secrets, TEXT("A nurse"), i);
    }
    secrets_ready(m->secrets);
    buffer_release(&name);
}

static void many_release(struct many *m)
{
    secrets_free(m->secrets);
    free(m->names);
    free(m->scripts);
}

/* How name `i` is found in a text: as the name of whoever has the same family name. */
static int look_among(const struct many *m, uint32_t i, struct text t)
{
    secret_finds finds = {0};
    int found = NOT_FOUND;
    secrets_find(m->secrets, t, &finds);
    for (size_t k = 0; k < finds.count; k++) {
        int this = finds.at[k].near ? NEAR : FOUND;
        if (this > found && strcmp(m->names[finds.at[k].owner].family[0], m->names[i].family[0]) == 0)
            found = this;
    }
    vector_release(&finds);
    return found;
}

static void count_planted(uint32_t names, unsigned cases, unsigned asked, double least, uint64_t seed)
{
    unsigned tried[WAY_COUNT] = {0}, found[WAY_COUNT] = {0}, near[WAY_COUNT] = {0}, poor = 0;
    struct buffer text = {0};
    for (unsigned c = 0; c < cases; c++) {
        struct many m;
        many_make(&m, names, &seed);
        for (unsigned k = 0; k < asked; k++)
            for (int way = 0; way < WAY_COUNT; way++) {
                uint32_t i = invented_draw(&seed, names);
                buffer_clear(&text);
                buffer_string(&text, "It was said that ");
                if (!planted_make((enum way)way, &m.names[i], m.scripts[i], &text))
                    continue;
                buffer_string(&text, ", and then nothing more.");
                int how = look_among(&m, i, buffer_text(&text));
                tried[way]++;
                found[way] += how == FOUND;
                near[way] += how == NEAR;
            }
        many_release(&m);
    }
    buffer_release(&text);
    print_message("# %u secrets: refused, warned of, tried\n", names);
    for (int way = 0; way < WAY_COUNT; way++) {
        print_message("#   %-32s %.3f %.3f %u\n", planted_words((enum way)way), (double)found[way] / tried[way],
                      (double)near[way] / tried[way], tried[way]);
        poor += (double)(found[way] + near[way]) < least * tried[way];
    }
    assert_int_equal(poor, 0);
}

static void each_way_of_planting_is_found_in_a_small_case(void **state)
{
    (void)state;
    count_planted(12, 10, 12, 0.97, 1);
}

static void each_way_of_planting_is_found_among_a_thousand(void **state)
{
    (void)state;
    count_planted(1000, 1, 60, 0.93, 2);
}

static void articles_about_others_pass_with_a_thousand_secrets(void **state)
{
    uint64_t seed = 3;
    unsigned alarms = 0, warnings = 0, read = 0;
    (void)state;
    for (unsigned c = 0; c < 4; c++) {
        struct many m;
        many_make(&m, 1000, &seed);
        for (size_t a = 0; invented_articles[a]; a++, read++) {
            secret_finds finds = {0};
            secrets_find(m.secrets, text_of(invented_articles[a]), &finds);
            for (size_t i = 0; i < finds.count; i++) {
                alarms += !finds.at[i].near;
                warnings += finds.at[i].near;
            }
            vector_release(&finds);
        }
        many_release(&m);
    }
    print_message("# %u articles: %u refusals, %u warnings\n", read, alarms, warnings);
    assert_int_equal(alarms, 0);
    assert_true(warnings < read);
}

static unsigned count_in_bytes(const struct secrets *s, struct text bytes)
{
    secret_finds finds = {0};
    secrets_find_in_bytes(s, bytes, &finds);
    unsigned count = 0;
    for (size_t i = 0; i < finds.count; i++) {
        assert_true(finds.at[i].start < finds.at[i].end && finds.at[i].end <= bytes.length);
        count += !finds.at[i].near;
    }
    vector_release(&finds);
    return count;
}

static void bytes_that_are_no_text_are_searched_too(void **state)
{
    enum { SIZE = 1 << 20 };
    static const char utf16[] = "E\0d\0r\0i\0n\0 \0V\0o\0s\0k\0";
    uint64_t seed = 4;
    struct many m;
    char *bytes = memory_new(SIZE);
    (void)state;
    many_make(&m, 1000, &seed);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)invented_draw(&seed, 256);
    assert_int_equal(count_in_bytes(m.secrets, (struct text){bytes, SIZE}), 0);
    many_release(&m);

    struct secrets *s = secrets_new();
    secrets_add(s, SECRET_NAME, TEXT("Edrin Vosk"), 1);
    secrets_ready(s);
    assert_int_equal(count_in_bytes(s, (struct text){bytes, SIZE}), 0);
    memcpy(bytes + 5000, "\0Copyright Edrin Vosk\0", 22);
    assert_true(count_in_bytes(s, (struct text){bytes, SIZE}) > 0);
    memset(bytes + 5000, 1, 22);
    memcpy(bytes + 70001, utf16, sizeof utf16 - 1);
    assert_true(count_in_bytes(s, (struct text){bytes, SIZE}) > 0);
    secrets_free(s);
    free(bytes);
}

static void a_page_is_searched_in_all_its_parts(void **state)
{
    static const char *const pages[] = {
        "<!doctype html><title>Vosk</title>",
        "<meta content='of Vosk'>",
        "<p id=vosk>",
        "<script type=x>{\"n\":\"V\\u006fsk\"}</script>",
        "<style>/* Vosk */</style>",
        "<a href='data:text/plain;base64,Vm9zaw=='>",
        "<p>V<!-- x -->osk",
        "<img src=a/vosk.jpg>",
    };
    struct secrets *s = secrets_new();
    (void)state;
    secrets_add(s, SECRET_NAME, TEXT("Edrin Vosk"), 1);
    secrets_ready(s);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (!count_in_bytes(s, text_of(pages[i])))
            print_message("# nothing in page %zu\n", i);
        assert_true(count_in_bytes(s, text_of(pages[i])) > 0);
    }
    secrets_free(s);
}

static void what_is_allowed_is_only_warned_of(void **state)
{
    struct secrets *s = secrets_new();
    secret_finds finds = {0};
    (void)state;
    secrets_add(s, SECRET_NAME, TEXT("Edrin Vosk"), 1);
    secrets_allow(s, TEXT("Tessa Vosk"));
    secrets_ready(s);
    secrets_find(s, TEXT("There Vosk's house stood"), &finds);
    assert_int_equal(finds.count, 1);
    assert_true(finds.at[0].near);
    secrets_find(s, TEXT("There Edrin Vosk stood"), &finds);
    assert_int_equal(finds.count, 2);
    assert_false(finds.at[1].near);
    vector_release(&finds);
    secrets_free(s);
}

static void signs_that_are_not_seen_are_told(void **state)
{
    size_t at = 0;
    uint32_t c = 0;
    (void)state;
    assert_true(secrets_hidden_sign(TEXT("ab\u200bc"), &at, &c));
    assert_int_equal(at, 2);
    assert_int_equal(c, 0x200b);
    assert_true(secrets_hidden_sign(TEXT("a\u202eb"), &at, &c));
    assert_true(secrets_hidden_sign(TEXT("a\U000e0041b"), &at, &c));
    assert_true(secrets_hidden_sign(TEXT("a\ue000b"), &at, &c));
    assert_true(secrets_hidden_sign(TEXT("a\u200cb"), &at, &c));
    assert_false(secrets_hidden_sign(TEXT("می\u200cخواهم"), &at, &c)); /* Persian is written so */
    assert_false(secrets_hidden_sign(TEXT("plain, Якубов – „ok“"), &at, &c));
}

/* Names as they are met: those of the folder beside the source, where it is there. */
static void names_of_another_script_are_found(void **state)
{
    static const char *const folders[] = {"../shared/names/", "../../shared/names/", SOURCE "/../shared/names/"};
    static const struct {
        const char *file;
        double least;
    } sets[] = {{"russian_16.tsv", 0.75}, {"arabic_16.tsv", 0.7}, {"hebrew_16.tsv", 0.7}};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        FILE *f = NULL;
        char path[4096], line[512];
        for (size_t i = 0; !f && i < 3; i++) {
            snprintf(path, sizeof path, "%s%s", folders[i], sets[k].file);
            f = fopen(path, "r");
        }
        if (!f) {
            print_message("# skipped: there is no folder ../shared/names beside the source\n");
            skip();
            return;
        }
        unsigned tried = 0, found = 0;
        while (fgets(line, sizeof line, f) && tried < 1500) {
            char *tab = strchr(line, '\t'), *end = tab ? strchr(tab + 1, '\t') : NULL;
            if (!end)
                continue;
            *tab = *end = '\0';
            char other[512] = "so ";
            size_t n = 3;
            for (char *at = tab + 1; *at; at++)
                if (*at != ' ')
                    other[n++] = *at;
            snprintf(other + n, sizeof other - n, "@"); /* an address: small letters are no sign of a common word */
            enum secret_how how;
            tried++;
            line[0] = (char)(line[0] >= 'a' && line[0] <= 'z' ? line[0] - 32 : line[0]);
            found += look_for(SECRET_NAME, line, NULL, other, &how) != NOT_FOUND;
        }
        fclose(f);
        print_message("# %s: %.3f of %u found\n", sets[k].file, (double)found / tried, tried);
        assert_true((double)found >= sets[k].least * tried);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_planted_is_found),
        cmocka_unit_test(what_is_ordinary_passes),
        cmocka_unit_test(each_way_of_planting_is_found_in_a_small_case),
        cmocka_unit_test(each_way_of_planting_is_found_among_a_thousand),
        cmocka_unit_test(articles_about_others_pass_with_a_thousand_secrets),
        cmocka_unit_test(bytes_that_are_no_text_are_searched_too),
        cmocka_unit_test(a_page_is_searched_in_all_its_parts),
        cmocka_unit_test(what_is_allowed_is_only_warned_of),
        cmocka_unit_test(signs_that_are_not_seen_are_told),
        cmocka_unit_test(names_of_another_script_are_found),
    };
    return cmocka_run_group_tests_name("secrets", tests, NULL, NULL);
}
