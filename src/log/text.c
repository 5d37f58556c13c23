/* The entries in order, as one text: protected strings put back, entry numbers made to fit the merged order. */
#include "log/inner.h"

#include "seal/seal.h"

#include <stdlib.h>

struct splicing {
    struct log *log;
    const struct batch *batch;
    struct buffer *out;
    struct secret *voice_key;
    uint32_t key_of; /* the slot whose key that is */
    uint32_t *seen;  /* entries seen by the batch's writer, up to each place in the order; NULL until needed */
};

int log_voice_key(const struct log *log, uint32_t slot, struct secret *voice_key, struct error *error)
{
    const struct voice_slot *s = &log->state.slots.at[slot];
    if (slot_voice_open((struct text){(const char *)s->wrapped, SLOT_VOICE_BODY}, log->key, log->state.case_id,
                        names_text(&log->state.slot_ids, slot), voice_key) == 0)
        return 0;
    error_set(error, ERROR_DAMAGED, "the case file is damaged: the key of voice '%.*s' is not as it was written",
              TEXT_ARG(names_text(&log->state.voice_ids, s->voice)));
    error_where(error, "%s, among its keys", store_path(log->store));
    return error_mend(error, "take a copy or a backup of it; --salvage reads all the rest");
}

void log_string_context(const struct log *log, struct text slot_id, struct buffer *out)
{
    buffer_string(out, "bearout string 1");
    buffer_add(out, log->state.case_id, SEAL_PUBLIC);
    buffer_text_add(out, slot_id);
}

static int splice_string(struct splicing *s, const struct payload_string *string, struct error *error)
{
    const struct state *state = &s->log->state;
    uint32_t slot = names_find(&state->slot_ids, string->slot);
    if (state->slots.at[slot].condemned || state->slots.at[slot].lost) {
        buffer_string(s->out, "forgotten");
        return 0;
    }
    if (s->key_of != slot && log_voice_key(s->log, slot, s->voice_key, error) < 0)
        return -1;
    s->key_of = slot;
    size_t length = string->sealed.length - SEAL_OVERHEAD;
    struct buffer beside = {0};
    log_string_context(s->log, string->slot, &beside);
    buffer_char(s->out, '"');
    buffer_reserve(s->out, length + 1);
    int result = seal_open(s->voice_key, buffer_text(&beside), string->sealed, s->out->at + s->out->length);
    buffer_release(&beside);
    if (result < 0)
        return state_damaged(s->log->store, error, state->chains.at[s->batch->chain].device, s->batch->sequence,
                             "a protected string cannot be opened with its key");
    s->out->length += length;
    buffer_char(s->out, '"');
    return 0;
}

/* How many entries the batch's writer had seen when it reached each place in the order. */
static void count_seen(struct splicing *s)
{
    const struct state *state = &s->log->state;
    s->seen = memory_array((size_t)s->batch->place + 1, sizeof *s->seen);
    for (uint32_t place = 0; place < s->batch->place; place++) {
        const struct batch *b = &state->batches.at[state->order.at[place]];
        bool saw = b->sequence <= state_seen(state, s->batch, b->chain);
        s->seen[place + 1] = s->seen[place] + (saw ? b->payload.entries : 0);
    }
}

/* The number in the merged order of what was entry `number` to the batch's writer; 0 where it was none. */
static uint64_t merged_number(struct splicing *s, uint64_t number)
{
    const struct state *state = &s->log->state;
    if (!s->seen)
        count_seen(s);
    uint32_t all = s->seen[s->batch->place];
    if (number > all)
        return number - all <= s->batch->payload.entries ? s->batch->first_entry + (number - all) : 0;
    uint32_t low = 0, high = s->batch->place; /* seen[low] < number <= seen[high] */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (s->seen[middle] < number)
            low = middle;
        else
            high = middle;
    }
    return state->batches.at[state->order.at[low]].first_entry + (number - s->seen[low]);
}

static int splice_batch(struct splicing *s, struct error *error)
{
    struct text text = s->batch->payload.text, strings = s->batch->payload.strings,
                retracts = s->batch->payload.retracts;
    struct payload_string string;
    struct payload_retract retract;
    bool has_string = payload_next_string(&strings, &string), has_retract = payload_next_retract(&retracts, &retract);
    size_t at = 0;
    while (has_string || has_retract) {
        bool take_string = has_string && (!has_retract || string.at <= retract.at);
        size_t next = take_string ? string.at : retract.at;
        buffer_add(s->out, text.at + at, next > at ? next - at : 0);
        at = next > at ? next : at;
        if (take_string) {
            if (splice_string(s, &string, error) < 0)
                return -1;
            has_string = payload_next_string(&strings, &string);
            continue;
        }
        uint64_t number = merged_number(s, retract.number);
        if (!number)
            return state_damaged(s->log->store, error, s->log->state.chains.at[s->batch->chain].device,
                                 s->batch->sequence, "it retracts an entry that its writer cannot have seen");
        buffer_number(s->out, number);
        at += retract.length;
        has_retract = payload_next_retract(&retracts, &retract);
    }
    buffer_add(s->out, text.at + at, text.length - at);
    return 0;
}

/* A state that a failed write left half way is loaded anew first. */
static int make_current(struct log *log, struct error *error)
{
    if (!log->stale)
        return 0;
    if (log->mode == LOG_SHARED && !log->held)
        return log_refresh(log, error);
    return log_begin(log, error);
}

int log_text(struct log *log, struct buffer *out, struct error *error)
{
    return log_text_from(log, 0, out, error);
}

int log_text_from(struct log *log, size_t first, struct buffer *out, struct error *error)
{
    if (make_current(log, error) < 0)
        return -1;
    struct splicing s = {.log = log, .out = out, .voice_key = secret_new(SEAL_KEY), .key_of = STATE_NONE};
    size_t start = out->length;
    int result = 0;
    buffer_reserve(out, first ? 1 : log->state.bytes + 1);
    buffer_add(out, "", 0); /* ends it, where there is nothing to add */
    for (size_t i = first; result == 0 && i < log->state.order.count; i++) {
        s.batch = &log->state.batches.at[log->state.order.at[i]];
        if (s.batch->payload.strings.length || s.batch->payload.retracts.length)
            result = splice_batch(&s, error);
        else
            buffer_text_add(out, s.batch->payload.text);
        free(s.seen);
        s.seen = NULL;
    }
    secret_free(s.voice_key);
    if (result < 0) {
        seal_wipe(out->at + start, out->length - start);
        out->length = start;
    }
    return result;
}
