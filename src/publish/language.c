/* What is known of languages as such: direction, and the name in the language itself. */
#include "publish/words.h"

/* Languages written from right to left unless their tag says another script. */
static const char *const rtl_languages[] = {"ar",  "arc", "azb", "bal", "bqi", "ckb", "dv",  "fa",  "glk", "he", "iw",
                                            "khw", "ks",  "lrc", "mzn", "nqo", "pnb", "prs", "ps",  "rhg", "sd", "sdh",
                                            "skr", "syr", "ug",  "ur",  "yi",  "apc", "arz", "acm", "ajp"};
static const char *const rtl_scripts[] = {"arab", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "mand", "samr"};

static const char *const names[][2] = {
    {"ar", "العربية"},   {"be", "Беларуская"}, {"de", "Deutsch"},      {"en", "English"},       {"es", "Español"},
    {"fa", "فارسی"},     {"fr", "Français"},   {"he", "עברית"},        {"hy", "Հայերեն"},       {"it", "Italiano"},
    {"ka", "ქართული"},   {"kk", "Қазақша"},    {"ky", "Кыргызча"},     {"pl", "Polski"},        {"pt", "Português"},
    {"ru", "Русский"},   {"tg", "Тоҷикӣ"},     {"tr", "Türkçe"},       {"uk", "Українська"},    {"ur", "اردو"},
    {"uz", "Oʻzbekcha"}, {"zh", "中文"},       {"uz-Cyrl", "Ўзбекча"}, {"zh-Hant", "繁體中文"}, {"zh-Hans", "简体中文"},
};

/* The subtag of four letters behind the language, or "". */
static struct text script_of(struct text tag)
{
    for (size_t i = 0; i < tag.length; i++) {
        if (tag.at[i] != '-')
            continue;
        size_t end = i + 1;
        while (end < tag.length && tag.at[end] != '-')
            end++;
        if (end - i == 5)
            return (struct text){tag.at + i + 1, 4};
    }
    return TEXT("");
}

static bool one_of(const char *const *list, size_t count, struct text tag)
{
    for (size_t i = 0; i < count; i++)
        if (words_match(list[i], tag))
            return true;
    return false;
}

bool language_is_rtl(struct text tag)
{
    struct text script = script_of(tag);
    if (script.length)
        return one_of(rtl_scripts, sizeof rtl_scripts / sizeof *rtl_scripts, script);
    return one_of(rtl_languages, sizeof rtl_languages / sizeof *rtl_languages, tag);
}

const char *language_name(struct text tag)
{
    const char *best = "";
    size_t longest = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (words_match(names[i][0], tag) && strlen(names[i][0]) > longest) {
            best = names[i][1];
            longest = strlen(names[i][0]);
        }
    return best;
}
