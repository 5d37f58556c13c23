/* What a text changed: see change.h. */
#include "ops/change.h"

#include "base/memory.h"

uint8_t *change_levels(const struct bearing *b)
{
    uint32_t claims = model_claims(bearing_model(b));
    uint8_t *levels = memory_array(claims, sizeof *levels);
    for (uint32_t c = 0; c < claims; c++)
        levels[c] = (uint8_t)standing_row(bearing_graph(b), c).level;
    return levels;
}

int change_measure(struct bearing *b, const volatile bool *stop, struct error *error)
{
    if (!bearing_update(b))
        standing_update(bearing_graph(b));
    else if (standing_measure(bearing_graph(b), stop))
        return error_set(error, ERROR_INTERRUPTED, "stopped; nothing was taken");
    return 0;
}

bool change_next(struct change_walk *w, struct change *out)
{
    while (w->claim < model_claims(bearing_model(w->bearing))) {
        uint32_t c = w->claim++;
        out->claim = c;
        out->is_new = c >= w->before_count;
        out->from = out->is_new ? LEVEL_UNHEARD : (enum level)w->before[c];
        out->to = standing_row(bearing_graph(w->bearing), c).level;
        if (out->is_new || out->from != out->to)
            return true;
    }
    return false;
}
