/* The order of all batches, the same from whichever copy; and which voices' keys are forgotten.
 *
 * Batches go by (time, device, sequence). A writer's clock is a hybrid logical one: later than all that it had
 * seen, so the order never puts a cause behind its effect; that is checked here. A forgetting covers
 * every key whose strings were written by somebody who had not seen it yet: who had, made a new one. */
#include "log/state.h"

#include <inttypes.h>
#include <stdlib.h>

struct rank {
    uint64_t time, sequence;
    const unsigned char *device;
    uint32_t batch;
};

static int by_rank(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    int order = memcmp(x->device, y->device, SEAL_PUBLIC);
    if (order)
        return order;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

static const struct batch *batch_at(const struct state *s, uint32_t chain, uint64_t sequence)
{
    const struct chain *c = &s->chains.at[chain];
    return sequence > 0 && sequence <= c->batches.count ? &s->batches.at[c->batches.at[sequence - 1]] : NULL;
}

/* Is all that a batch has seen here, and earlier than itself? */
static bool follows_its_causes(const struct state *s, const struct batch *b)
{
    const struct batch *own = batch_at(s, b->chain, b->sequence - 1);
    if (own && own->payload.time >= b->payload.time)
        return false;
    struct text heads = b->payload.heads;
    struct payload_head h;
    while (payload_next_head(&heads, &h)) {
        uint32_t chain = names_find(&s->devices, (struct text){(const char *)h.device, SEAL_PUBLIC});
        const struct batch *seen = chain == NAMES_NONE || chain == b->chain ? NULL : batch_at(s, chain, h.sequence);
        if (!seen || seen->payload.time >= b->payload.time)
            return false;
    }
    return true;
}

/* Salvage: what was said in the knowledge of something that is lost is left out with it. */
static void cut_what_lost_its_causes(struct state *s)
{
    bool again = true;
    while (again) {
        again = false;
        for (size_t i = 0; i < s->chains.count; i++) {
            struct chain *c = &s->chains.at[i];
            for (size_t j = 0; j < c->batches.count; j++) {
                if (follows_its_causes(s, &s->batches.at[c->batches.at[j]]))
                    continue;
                char name[17];
                state_device_name(c->device, name);
                buffer_format(&s->left_out, "device %s from batch %zu: it builds on batches that are lost\n", name,
                              j + 1);
                c->batches.count = j;
                again = true;
            }
        }
    }
}

static void sort_batches(struct state *s)
{
    VECTOR(struct rank) ranks = {0};
    for (size_t i = 0; i < s->chains.count; i++) {
        const struct chain *c = &s->chains.at[i];
        for (size_t j = 0; j < c->batches.count; j++) {
            const struct batch *b = &s->batches.at[c->batches.at[j]];
            vector_push(&ranks, (struct rank){b->payload.time, b->sequence, c->device, c->batches.at[j]});
        }
    }
    if (ranks.count)
        qsort(ranks.at, ranks.count, sizeof *ranks.at, by_rank);
    for (size_t i = 0; i < ranks.count; i++)
        state_show_batch(s, ranks.at[i].batch);
    vector_release(&ranks);
}

void state_show_batch(struct state *s, uint32_t index)
{
    struct batch *b = &s->batches.at[index];
    b->place = (uint32_t)s->order.count;
    b->first_entry = s->entries;
    s->entries += b->payload.entries;
    vector_push(&s->order, index);
    struct log_batch shown = {.time = b->payload.time >> 16,
                              .sequence = b->sequence,
                              .first_entry = b->first_entry,
                              .entries = b->payload.entries};
    state_device_name(s->chains.at[b->chain].device, shown.device);
    vector_push(&s->shown, shown);
}

static void gather_forgettings(struct state *s)
{
    for (size_t i = 0; i < s->order.count; i++) {
        struct text table = s->batches.at[s->order.at[i]].payload.forgets;
        struct payload_forget f;
        while (payload_next_forget(&table, &f)) {
            uint32_t number = state_voice(s, f.voice); /* may move the voices */
            struct voice *voice = &s->voices.at[number];
            vector_push(&s->forgettings, (struct forgetting){s->order.at[i], f.at, voice->forgets});
            voice->forgets = (uint32_t)s->forgettings.count - 1;
        }
    }
}

static bool is_forgotten(const struct state *s, uint32_t voice, uint32_t batch, uint32_t at)
{
    const struct batch *b = &s->batches.at[batch];
    for (uint32_t i = s->voices.at[voice].forgets; i != STATE_NONE; i = s->forgettings.at[i].next) {
        const struct forgetting *f = &s->forgettings.at[i];
        const struct batch *forgetter = &s->batches.at[f->batch];
        if (f->batch == batch ? at <= f->at : state_seen(s, b, forgetter->chain) < forgetter->sequence)
            return true;
    }
    return false;
}

static void assign_slots(struct state *s)
{
    for (size_t i = 0; i < s->order.count; i++) {
        struct text table = s->batches.at[s->order.at[i]].payload.strings;
        struct payload_string string;
        while (payload_next_string(&table, &string)) {
            uint32_t voice = state_voice(s, string.voice), slot = state_slot(s, string.slot);
            state_give_slot(s, slot, voice);
            if (is_forgotten(s, voice, s->order.at[i], string.at))
                s->slots.at[slot].condemned = true;
        }
    }
}

static int check_slots(struct state *s, struct store *store, struct error *error)
{
    for (uint32_t i = 0; i < s->slots.count; i++) {
        struct voice_slot *slot = &s->slots.at[i];
        if (slot->stored || slot->condemned || slot->voice == STATE_NONE)
            continue;
        struct text voice = names_text(&s->voice_ids, slot->voice);
        if (!s->salvage) {
            error_set(error, ERROR_DAMAGED,
                      "the case file is damaged: the key of voice '%.*s' is gone, and no entry forgets that voice",
                      TEXT_ARG(voice));
            error_where(error, "%s, among its keys", store_path(store));
            return error_mend(error, "take a copy or a backup of it; --salvage reads all the rest");
        }
        slot->lost = true;
        buffer_format(&s->left_out, "protected details of voice %.*s: their key is lost\n", TEXT_ARG(voice));
    }
    return 0;
}

int state_settle(struct state *s, struct store *store, struct error *error)
{
    if (s->salvage)
        cut_what_lost_its_causes(s);
    for (size_t i = 0; !s->salvage && i < s->batches.count; i++) {
        const struct batch *b = &s->batches.at[i];
        if (!follows_its_causes(s, b))
            return state_damaged(store, error, s->chains.at[b->chain].device, b->sequence,
                                 "a batch builds on batches that are not there");
    }
    sort_batches(s);
    gather_forgettings(s);
    assign_slots(s);
    return check_slots(s, store, error);
}
