/* Breaking a small claim: see small.h. */
#include "standing/small_inside.h"

#include <string.h>

struct small *small_new(void)
{
    return memory_new(sizeof(struct small));
}

void small_free(struct small *s)
{
    if (!s)
        return;
    vector_release(&s->forced);
    vector_release(&s->list);
    free(s);
}

/* A part of the question: lines to touch and inferences to break, with what was decided so far. Its arrays are in the
 * rooms. */
struct task {
    unitset *lines;
    uint8_t *infers;
    uint32_t line_count, infer_count;
    uint32_t cost;  /* of lines apart */
    unitset hit;    /* units that are wrong */
    unitset broken; /* claims that are broken, or will be */
};

static bool is_down(struct small *s, const struct task *t, uint32_t infer, unsigned nested);

/* Is every line of a claim touched, and every inference to it down? Too deep a nest ends the search. */
static bool is_free(struct small *s, const struct task *t, uint32_t claim, unsigned nested)
{
    const struct small_claim *c = &s->claim[claim];
    if (s->apart[claim])
        return false;
    for (uint32_t i = c->first_line; i < c->first_line + c->lines; i++)
        if (s->counts[i] && !(s->counts[i] & t->hit))
            return false;
    if (c->infers && !nested) {
        s->hitting.work = -1;
        return false;
    }
    s->hitting.work -= c->lines + 1;
    struct task assumed = *t;
    assumed.broken |= unitset_of(claim);
    for (uint32_t i = c->first_infer; i < c->first_infer + c->infers; i++)
        if (!is_down(s, &assumed, i, nested - 1))
            return false;
    return true;
}

static bool is_down(struct small *s, const struct task *t, uint32_t infer, unsigned nested)
{
    const struct small_infer *i = &s->infer[infer];
    if (s->down[infer] || s->seen->reasoner[infer] & t->hit)
        return true;
    for (uint32_t p = 0; p < i->count; p++)
        if (t->broken >> s->premise[i->first + p] & 1)
            return true;
    for (uint32_t p = 0; p < i->count; p++)
        if (is_free(s, t, s->premise[i->first + p], nested))
            return true;
    return false;
}

/* A task of its own with the same content and room to grow; false where there is none. */
static bool task_copy(struct small *s, const struct task *from, struct task *to)
{
    uint32_t lines = from->line_count + s->lines + s->infers, infers = from->infer_count + s->infers;
    if (s->room_used + lines > MOST_ROOM || s->infer_room_used + infers > MOST_ROOM) {
        s->hitting.work = -1;
        return false;
    }
    *to = *from;
    to->lines = s->room + s->room_used;
    to->infers = s->infer_room + s->infer_room_used;
    if (from->line_count)
        memcpy(to->lines, from->lines, from->line_count * sizeof *to->lines);
    if (from->infer_count)
        memcpy(to->infers, from->infers, from->infer_count);
    s->room_used += lines;
    s->infer_room_used += infers;
    return true;
}

/* Breaks a claim, too: its lines are to be touched, and the inferences to it to be broken. */
static void break_claim(const struct small *s, struct task *t, uint32_t claim)
{
    const struct small_claim *c = &s->claim[claim];
    if (t->broken >> claim & 1)
        return;
    t->broken |= unitset_of(claim);
    t->cost += s->apart[claim];
    for (uint32_t i = c->first_line; i < c->first_line + c->lines; i++)
        if (s->counts[i] && !(s->counts[i] & t->hit))
            t->lines[t->line_count++] = s->counts[i];
    for (uint32_t i = c->first_infer; i < c->first_infer + c->infers; i++)
        t->infers[t->infer_count++] = (uint8_t)i;
}

static uint32_t ways(const struct small *s, uint32_t infer)
{
    return s->infer[infer].count + (s->infer[infer].reasoner != NOBODY);
}

/* Takes one way to break an inference: the reasoner first where there is one, then the premises. A reasoner of several
 * units is a line to be touched. */
static void take_way(const struct small *s, struct task *t, uint32_t infer, uint32_t way)
{
    bool reasoned = s->infer[infer].reasoner != NOBODY;
    if (reasoned && way == 0)
        t->lines[t->line_count++] = s->seen->reasoner[infer];
    else
        break_claim(s, t, s->premise[s->infer[infer].first + way - reasoned]);
}

/* Takes the units that one line alone leaves no choice of; returns how many. */
static uint32_t take_forced(struct task *t)
{
    unitset forced = 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->line_count; i++)
        if (unitset_is_one(t->lines[i]))
            forced |= t->lines[i];
    forced &= ~t->hit;
    t->hit |= forced;
    for (uint32_t i = 0; i < t->line_count; i++)
        if (!(t->lines[i] & t->hit))
            t->lines[kept++] = t->lines[i];
    t->line_count = kept;
    return unitset_count(forced);
}

/* Drops inferences that are down, and takes the one way of those that have no other; true where that added anything. */
static bool take_only_ways(struct small *s, struct task *t)
{
    bool added = false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < t->infer_count; i++) {
        uint32_t infer = t->infers[i];
        if (is_down(s, t, infer, MOST_NESTED))
            continue;
        if (ways(s, infer) > 1) {
            t->infers[kept++] = (uint8_t)infer;
            continue;
        }
        take_way(s, t, infer, 0);
        added = true;
    }
    t->infer_count = kept;
    return added;
}

/* Moves into `part` all that hangs together with the first inference of `t`. */
static void split(const struct small *s, struct task *t, struct task *part)
{
    unitset span = s->infer_span[t->infers[0]] & ~t->hit;
    unitset apart = s->infer_apart[t->infers[0]];
    uint32_t lines = 0, infers = 1;
    for (bool grew = true; grew;) {
        grew = false;
        for (uint32_t i = lines; i < t->line_count; i++) {
            unitset line = t->lines[i];
            if (!(line & span))
                continue;
            t->lines[i] = t->lines[lines];
            t->lines[lines++] = line;
            span |= line;
            grew = true;
        }
        for (uint32_t i = infers; i < t->infer_count; i++) {
            uint8_t infer = t->infers[i];
            if (!(s->infer_span[infer] & ~t->hit & span) && !(s->infer_apart[infer] & apart))
                continue;
            t->infers[i] = t->infers[infers];
            t->infers[infers++] = infer;
            span |= s->infer_span[infer] & ~t->hit;
            apart |= s->infer_apart[infer];
            grew = true;
        }
    }
    *part = *t;
    part->line_count = lines;
    part->infer_count = infers;
    t->lines += lines;
    t->line_count -= lines;
    t->infers += infers;
    t->infer_count -= infers;
}

static uint32_t fewest_lines(struct small *s, const struct task *t, uint32_t floor, uint32_t limit)
{
    struct task copy;
    size_t room = s->room_used, infer_room = s->infer_room_used;
    if (!t->line_count || !task_copy(s, t, &copy))
        return 0;
    uint32_t found = hitting_fewest(&s->hitting, copy.lines, copy.line_count, floor, limit);
    s->room_used = room;
    s->infer_room_used = infer_room;
    return found;
}

static uint32_t break_all(struct small *s, struct task *t, uint32_t floor, uint32_t limit);

/* A part with inferences: tries each way to break the last of them. */
static uint32_t branch(struct small *s, const struct task *t, uint32_t floor, uint32_t limit)
{
    uint32_t least = fewest_lines(s, t, 0, limit), infer = t->infers[t->infer_count - 1];
    least = least ? least : 1; /* none of its inferences is down */
    least = least < floor ? floor : least;
    for (uint32_t way = 0; way < ways(s, infer) && least < limit && s->hitting.work >= 0; way++) {
        size_t room = s->room_used, infer_room = s->infer_room_used;
        struct task next;
        if (!task_copy(s, t, &next))
            return limit;
        next.infer_count--;
        take_way(s, &next, infer, way);
        uint32_t found = break_all(s, &next, least, limit);
        limit = found < limit ? found : limit;
        s->room_used = room;
        s->infer_room_used = infer_room;
    }
    return limit;
}

/* The fewest further units that do what is to be done; `limit` where it is that or more. Uses up the task. Never
 * below `floor`, as its caller knows. */
static uint32_t break_all(struct small *s, struct task *t, uint32_t floor, uint32_t limit)
{
    uint32_t taken = 0;
    do {
        s->hitting.work -= t->line_count + 4 * t->infer_count + 1;
        taken += t->cost + take_forced(t);
        t->cost = 0;
    } while (take_only_ways(s, t));
    while (t->infer_count && taken < limit && s->hitting.work >= 0) {
        struct task part;
        split(s, t, &part);
        bool last = !t->infer_count && !t->line_count;
        taken += branch(s, &part, last && floor > taken ? floor - taken : 0, limit - taken);
    }
    if (taken >= limit || s->hitting.work < 0)
        return limit;
    taken += hitting_fewest(&s->hitting, t->lines, t->line_count, floor > taken ? floor - taken : 0, limit - taken);
    return taken;
}

bool small_fewest(struct graph *g, enum measure m, struct interval known, uint32_t *size)
{
    struct small *s = g->scratch->small;
    enum unit_kind kind = measure_units(m);
    struct view *v = kind == UNIT_VOICE ? &s->voice_view : &s->unit_view;
    struct task task = {.lines = s->room, .infers = s->infer_room};
    if (!s->loaded || !((kind == UNIT_VOICE && v->made) || small_view(g, s, kind, v)))
        return false;
    small_see(g, s, v, measure_lines(m));
    for (uint32_t i = 0; i < v->further_count; i++)
        task.lines[task.line_count++] = v->further[i];
    s->hitting.used = 0;
    s->hitting.work = MOST_STEPS;
    s->room_used = task.line_count + s->lines + s->infers;
    s->infer_room_used = s->infers;
    break_claim(s, &task, 0);
    uint32_t base = v->base, limit = known.high > base ? known.high - base : 0;
    *size = base + break_all(s, &task, known.low > base ? known.low - base : 0, limit);
    return s->hitting.work >= 0;
}
