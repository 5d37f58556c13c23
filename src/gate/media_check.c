/* Pictures and sounds: which records may go out at all, in which way, and with whose look at them.
 *
 * A protected voice's sound is never published; what it said may be, as a transcript. What bytes cannot show (what
 * stands in the background, a camera's noise, a voice, the mains' hum) a person must have looked at. */
#include "gate/inside.h"

#include <inttypes.h>

static bool is_kind(const struct checking *c, uint32_t record, const char *kind)
{
    return text_equal(model_attribute_text(c->m, SPACE_RECORD, record, FIELD_RECORD_KIND), text_of(kind));
}

static bool may_be_heard(const struct checking *c, uint32_t voice)
{
    return voice == MODEL_DESK || terms_name(c->gate->terms, voice);
}

static bool all_may_be_heard(const struct checking *c, uint32_t record)
{
    static const enum field_kind people[] = {FIELD_BY, FIELD_FROM};
    uint32_t count;
    for (size_t k = 0; k < 2; k++) {
        const struct field *f = model_attribute(c->m, SPACE_RECORD, record, people[k], &count);
        for (uint32_t i = 0; i < count; i++)
            if (!may_be_heard(c, f[i].at))
                return false;
    }
    const uint32_t *mentions = model_mentions(c->m, SPACE_RECORD, record, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        const struct field *voice = model_field(&e, FIELD_VOICE), *at = model_field(&e, FIELD_AT);
        bool speaks = voice && at && at->at == record && !e.is_void && e.verb != VERB_ASK;
        if (speaks && !may_be_heard(c, voice->at))
            return false;
    }
    return true;
}

/* Seconds of a locator "1:02:03" or "02:10-02:45"; ARTICLE_NONE where it is no time. */
static uint32_t second_of(struct text locator)
{
    uint64_t seconds = 0, part = 0;
    size_t i = 0, colons = 0;
    for (; i < locator.length && locator.at[i] != '-'; i++) {
        if (locator.at[i] == ':') {
            seconds = (seconds + part) * 60;
            part = 0;
            colons++;
        } else if (locator.at[i] >= '0' && locator.at[i] <= '9' && part < 100000) {
            part = part * 10 + (uint64_t)(locator.at[i] - '0');
        } else {
            return ARTICLE_NONE;
        }
    }
    seconds += part;
    return colons && seconds < ARTICLE_NONE ? (uint32_t)seconds : ARTICLE_NONE;
}

static int by_second(const void *a, const void *b)
{
    const struct heard *x = a, *y = b;
    if (x->second != y->second)
        return x->second < y->second ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

void media_heard(const struct checking *c, uint32_t record, heard_list *out)
{
    uint32_t count;
    const uint32_t *mentions = model_mentions(c->m, SPACE_RECORD, record, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct model_entry e = model_entry(c->m, mentions[i]);
        const struct field *at = model_field(&e, FIELD_AT), *locator = model_field(&e, FIELD_LOCATOR);
        if ((e.verb != VERB_SAY && e.verb != VERB_DENY) || e.retracted || e.is_void || !at || at->at != record ||
            !locator || !model_field(&e, FIELD_WORDS))
            continue;
        uint32_t voice = model_field(&e, FIELD_VOICE)->at, claim = model_field(&e, FIELD_CLAIM)->at;
        if (voice == MODEL_DESK || terms_words(c->gate->terms, voice, claim))
            vector_push(out, (struct heard){mentions[i], second_of(model_field_text(c->m, locator))});
    }
    if (out->count)
        qsort(out->at, out->count, sizeof *out->at, by_second);
}

enum media_way media_way(struct checking *c, const struct draft_media *media, uint32_t *record)
{
    *record = model_find(c->m, SPACE_RECORD, media->record);
    if (*record == MODEL_NONE || !model_declared(c->m, SPACE_RECORD, *record))
        return MEDIA_REFUSED;
    if (is_kind(c, *record, "image"))
        return MEDIA_PICTURE;
    if (!is_kind(c, *record, "audio"))
        return MEDIA_REFUSED;
    return all_may_be_heard(c, *record) ? MEDIA_SOUND : MEDIA_TRANSCRIPT;
}

static void refuse_record(struct checking *c, const struct draft_media *media, uint32_t record, struct place place)
{
    if (record == MODEL_NONE || !model_declared(c->m, SPACE_RECORD, record)) {
        struct text nearest = model_nearest(c->m, SPACE_RECORD, media->record);
        refuse(c, CHECK_MEDIA, place, "there is no record '%.*s' in the case", TEXT_ARG(media->record));
        if (nearest.length)
            refuse_mend(c, "did you mean '%.*s'?", TEXT_ARG(nearest));
        else
            refuse_mend(c, "record it first: record %.*s image \"TITLE\", with its file", TEXT_ARG(media->record));
        return;
    }
    struct text kind = model_attribute_text(c->m, SPACE_RECORD, record, FIELD_RECORD_KIND);
    refuse(c, CHECK_MEDIA, place, "'%.*s' is of the kind '%.*s', which does not go out as it is",
           TEXT_ARG(media->record), TEXT_ARG(kind));
    if (text_equal(kind, TEXT("video")))
        refuse_mend(c, "take single pictures or the sound out of it, and record these as 'image' and 'audio'");
    else
        refuse_mend(c, "retype what it says: printers and scanners leave marks that lead back to a copy");
}

static void need_attestation(struct checking *c, const struct draft_media *media, const char *check, uint32_t record,
                             struct place place, const char *what)
{
    if (is_attested_record(c, check, record))
        return;
    refuse(c, CHECK_ATTESTATION, place, "nobody has attested of '%.*s' %s", TEXT_ARG(media->record), what);
    refuse_mend(c, "have somebody look, and record it: attest %s %.*s \"WHO\", with 'on DATE' under it", check,
                TEXT_ARG(media->record));
}

/* The error of whoever makes it ready names no file; it is told as it is. */
static void check_ready(struct checking *c, const struct draft_media *media, enum media_way way, struct place place)
{
    struct media_ready ready = {0};
    struct error error = {0};
    if (!c->request->media.ready) {
        refuse(c, CHECK_MEDIA, place, "pictures and sound cannot be made ready here");
        refuse_mend(c, "leave '%.*s' out", TEXT_ARG(media->record));
        return;
    }
    if (c->request->media.ready(c->request->media.context, media->record, &ready, &error)) {
        refuse(c, CHECK_MEDIA, place, "'%.*s' cannot be made ready: %s", TEXT_ARG(media->record), error.what);
        refuse_mend(c, "%s", *error.mend ? error.mend : "look at its file");
    } else if (strncmp(ready.mime, way == MEDIA_PICTURE ? "image/" : "audio/", 6) != 0) {
        refuse(c, CHECK_MEDIA, place, "the file of '%.*s' is no %s", TEXT_ARG(media->record),
               way == MEDIA_PICTURE ? "picture" : "sound");
        refuse_mend(c, "record it with its right kind");
    }
    buffer_release(&ready.bytes);
}

static void check_transcript(struct checking *c, const struct draft_media *media, uint32_t record, struct place place)
{
    heard_list heard = {0};
    media_heard(c, record, &heard);
    if (!heard.count) {
        refuse(c, CHECK_MEDIA, place,
               "somebody who must not be recognised is heard in '%.*s', and nothing that is said in it may be quoted",
               TEXT_ARG(media->record));
        refuse_mend(c, "leave it out");
    }
    vector_release(&heard);
}

static void check_one(struct checking *c, const struct draft_media *media)
{
    struct place place = {media->line, media->column, media->caption};
    uint32_t record;
    enum media_way way = media_way(c, media, &record);
    if (way == MEDIA_REFUSED) {
        refuse_record(c, media, record, place);
        return;
    }
    if (!media->alt.length && way == MEDIA_PICTURE) {
        refuse(c, CHECK_MEDIA, place, "there are no words for those who do not see the picture");
        refuse_mend(c, "say what is seen: ![WORDS](%.*s)", TEXT_ARG(media->record));
    }
    if (way == MEDIA_TRANSCRIPT) {
        check_transcript(c, media, record, place);
        return;
    }
    if (way == MEDIA_PICTURE) {
        need_attestation(c, media, "background", record, place,
                         "that nothing in the picture's background leads to a source");
        need_attestation(c, media, "camera", record, place,
                         "that no other picture from the same camera leads to a source");
    } else {
        need_attestation(c, media, "voice", record, place, "that nobody to be protected is heard in it");
        need_attestation(c, media, "hum", record, place,
                         "that its background noise does not tell when and where it was taken");
    }
    check_ready(c, media, way, place);
}

void check_media(struct checking *c)
{
    for (size_t i = 0; i < c->draft.media.count; i++)
        check_one(c, &c->draft.media.at[i]);
}
