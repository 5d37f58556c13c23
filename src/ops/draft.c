/* A first draft: see draft.h; and the day as of which promises are looked at. */
#include "ops/draft.h"

#include "rules/hearing.h"

static bool is_day(const char *t)
{
    for (size_t i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? t[i] != '-' : t[i] < '0' || t[i] > '9')
            return false;
    int month = (t[5] - '0') * 10 + t[6] - '0', day = (t[8] - '0') * 10 + t[9] - '0';
    return !t[10] && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

int ops_day(const char *as_of, char day[DAY_ROOM], struct error *error)
{
    if (!as_of) {
        hearings_today(day);
        return 0;
    }
    if (!is_day(as_of)) {
        error_set(error, ERROR_USAGE, "'%s' is not a day", as_of);
        return error_mend(error, "write it as YYYY-MM-DD");
    }
    memcpy(day, as_of, 11);
    return 0;
}

int ops_draft(const struct opened *o, const char *as_of, struct buffer *out, struct first_draft *told,
              struct error *error)
{
    char day[DAY_ROOM];
    if (ops_day(as_of, day, error))
        return -1;
    gate_first_draft(o->bearing, text_of(day), out, told);
    return 0;
}
