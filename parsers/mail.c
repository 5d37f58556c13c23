/* Mail and mailboxes: who wrote to whom and when, the words, and what was attached: GMime.
 *
 * What is attached is handed over as files inside, a mail within a mail too. Of a mailbox each mail is. */
#include "parsers/parse.h"

#include "base/limits.h"

#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void mail_warm(void)
{
    g_mime_init();
}

/* ---- a mail ---- */

struct mail {
    struct report *report;
    unsigned depth;
    unsigned parts;
};

static void addresses(GMimeMessage *message, GMimeAddressType kind, const char *name, struct report *r)
{
    InternetAddressList *all = g_mime_message_get_addresses(message, kind);
    char *text = all ? internet_address_list_to_string(all, NULL, FALSE) : NULL;
    report_fact(r, name, text_of(text ? text : ""));
    g_free(text);
}

static void tell(GMimeMessage *message, struct report *r)
{
    static const struct {
        const char *header, *fact;
    } told[] = {{"Date", "sent-on"},
                {"X-Originating-IP", "sent-from"},
                {"X-Mailer", "made-with"},
                {"User-Agent", "made-with"},
                {"In-Reply-To", "answers"},
                {"Return-Path", "returns-to"},
                {"Delivered-To", "delivered-to"}};
    const char *subject = g_mime_message_get_subject(message), *id = g_mime_message_get_message_id(message);
    addresses(message, GMIME_ADDRESS_TYPE_FROM, "from", r);
    addresses(message, GMIME_ADDRESS_TYPE_SENDER, "sender", r);
    addresses(message, GMIME_ADDRESS_TYPE_REPLY_TO, "answer-to", r);
    addresses(message, GMIME_ADDRESS_TYPE_TO, "to", r);
    addresses(message, GMIME_ADDRESS_TYPE_CC, "copy-to", r);
    addresses(message, GMIME_ADDRESS_TYPE_BCC, "blind-copy-to", r);
    report_fact(r, "subject", text_of(subject ? subject : ""));
    report_fact(r, "message-id", text_of(id ? id : ""));
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const char *value = g_mime_object_get_header(GMIME_OBJECT(message), told[i].header);
        report_fact(r, told[i].fact, text_of(value ? value : ""));
    }
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (int i = 0; i < g_mime_header_list_get_count(headers) && i < 1000; i++) {
        GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);
        const char *value = g_mime_header_get_value(header);
        if (value && strcasecmp(g_mime_header_get_name(header), "Received") == 0)
            report_fact(r, "received", text_of(value));
    }
}

static GByteArray *content_of(GMimePart *part)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *to = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(to), FALSE);
    if (content)
        g_mime_data_wrapper_write_to_stream(content, to);
    g_object_unref(to);
    return bytes;
}

/* Words in the mail itself. */
static void put_words(GMimePart *part, bool html, struct report *r)
{
    GByteArray *bytes = content_of(part);
    struct text raw = {(const char *)bytes->data, bytes->len};
    const char *charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    struct buffer utf8 = {0};
    bool guessed = false;
    bool eight = charset && strncasecmp(charset, "utf", 3) != 0 && strcasecmp(charset, "us-ascii") != 0;
    if (raw.length && (!eight || !text_convert(raw, charset, &utf8)))
        text_decode(raw, &utf8, &guessed);
    if (guessed)
        report_note(r, PARSE_GUESSED);
    report_gap(r);
    if (html)
        html_text((struct text){utf8.at ? utf8.at : "", utf8.length}, r);
    else
        report_text(r, (struct text){utf8.at ? utf8.at : "", utf8.length});
    report_line(r);
    buffer_release(&utf8);
    g_byte_array_free(bytes, TRUE);
}

static void attach(struct text name, GByteArray *bytes, struct report *r)
{
    if (report_child(r, name))
        report_close(r, report_bytes(r, (struct text){(const char *)bytes->data, bytes->len}));
}

static void attach_part(GMimePart *part, struct report *r)
{
    const char *name = g_mime_part_get_filename(part);
    GByteArray *bytes = content_of(part);
    attach(text_of(name ? name : ""), bytes, r);
    g_byte_array_free(bytes, TRUE);
}

static void attach_mail(GMimeMessagePart *part, struct report *r)
{
    GMimeMessage *inner = g_mime_message_part_get_message(part);
    if (!inner)
        return;
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *to = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(to), FALSE);
    g_mime_object_write_to_stream(GMIME_OBJECT(inner), NULL, to);
    g_object_unref(to);
    attach(TEXT("mail.eml"), bytes, r);
    g_byte_array_free(bytes, TRUE);
}

static bool is_words(GMimeObject *part, const char *kind)
{
    GMimeContentType *type = g_mime_object_get_content_type(part);
    const char *how = g_mime_object_get_disposition(part);
    bool attached = how && strcasecmp(how, GMIME_DISPOSITION_ATTACHMENT) == 0;
    return !attached && GMIME_IS_PART(part) && g_mime_content_type_is_type(type, "text", kind);
}

static void read_part(struct mail *m, GMimeObject *part);

/* Of the ways in which a mail says the same the plainest is taken. */
static void read_alternatives(struct mail *m, GMimeMultipart *all)
{
    int count = g_mime_multipart_get_count(all), plain = -1;
    for (int i = 0; i < count && plain < 0; i++)
        if (is_words(g_mime_multipart_get_part(all, i), "plain"))
            plain = i;
    for (int i = 0; i < count; i++)
        if (plain < 0 || i == plain || !is_words(g_mime_multipart_get_part(all, i), "html"))
            read_part(m, g_mime_multipart_get_part(all, i));
}

static void read_multipart(struct mail *m, GMimeMultipart *all)
{
    if (g_mime_content_type_is_type(g_mime_object_get_content_type(GMIME_OBJECT(all)), "multipart", "alternative")) {
        read_alternatives(m, all);
        return;
    }
    if (GMIME_IS_MULTIPART_ENCRYPTED(all))
        report_note(m->report, PARSE_LOCKED);
    for (int i = 0; i < g_mime_multipart_get_count(all); i++)
        read_part(m, g_mime_multipart_get_part(all, i));
}

static void read_part(struct mail *m, GMimeObject *part)
{
    if (m->depth >= LIMIT_PARSE_NESTING || m->parts++ > LIMIT_PARSE_CHILDREN) {
        report_note(m->report, PARSE_DEEP);
        return;
    }
    m->depth++;
    if (GMIME_IS_MULTIPART(part))
        read_multipart(m, GMIME_MULTIPART(part));
    else if (GMIME_IS_MESSAGE_PART(part))
        attach_mail(GMIME_MESSAGE_PART(part), m->report);
    else if (is_words(part, "plain"))
        put_words(GMIME_PART(part), false, m->report);
    else if (is_words(part, "html"))
        put_words(GMIME_PART(part), true, m->report);
    else if (GMIME_IS_PART(part))
        attach_part(GMIME_PART(part), m->report);
    m->depth--;
}

void mail_read(struct source *s, struct report *r)
{
    struct text all;
    struct mail m = {.report = r};
    if (!source_all(s, r, &all))
        return;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(all.at, all.length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message) {
        tell(message, r);
        if (g_mime_message_get_mime_part(message))
            read_part(&m, g_mime_message_get_mime_part(message));
        g_object_unref(message);
    } else
        report_note(r, PARSE_BROKEN);
    g_object_unref(parser);
    g_object_unref(stream);
}

/* ---- a mailbox ---- */

/* Lines, however long they are, in pieces. */
struct lines {
    struct source *source;
    char bytes[64 << 10];
    size_t at, length;
};

static bool next_piece(struct lines *l, struct text *out)
{
    if (l->at == l->length) {
        l->at = 0;
        l->length = source_read(l->source, l->bytes, sizeof l->bytes);
    } else if (l->length == sizeof l->bytes && !memchr(l->bytes + l->at, '\n', l->length - l->at) && l->at) {
        memmove(l->bytes, l->bytes + l->at, l->length - l->at);
        l->length -= l->at;
        l->at = 0;
        l->length += source_read(l->source, l->bytes + l->length, sizeof l->bytes - l->length);
    }
    const char *end = l->at < l->length ? memchr(l->bytes + l->at, '\n', l->length - l->at) : NULL;
    *out = (struct text){l->bytes + l->at, (end ? (size_t)(end + 1 - l->bytes) : l->length) - l->at};
    l->at += out->length;
    return out->length > 0;
}

/* "From " at the beginning, or after an empty line. */
void mbox_read(struct source *s, struct report *r)
{
    struct lines *l = calloc(1, sizeof *l);
    struct text piece;
    char name[32];
    bool after_gap = true, at_start = true, open = false, fine = true;
    l->source = s;
    source_move(s, 0);
    for (unsigned number = 1; fine && next_piece(l, &piece);) {
        bool begins = at_start && after_gap && text_starts(piece, TEXT("From "));
        bool quoted = at_start && text_starts(piece, TEXT(">From "));
        if (begins) {
            if (open)
                report_close(r, true);
            snprintf(name, sizeof name, "%u.eml", number++);
            open = fine = report_child(r, text_of(name));
        } else if (open) {
            fine = report_bytes(r, (struct text){piece.at + quoted, piece.length - quoted});
        }
        at_start = piece.at[piece.length - 1] == '\n';
        after_gap = at_start && (text_equal(piece, TEXT("\n")) || text_equal(piece, TEXT("\r\n")));
    }
    if (open)
        report_close(r, fine);
    free(l);
}

/* ---- by how they begin ---- */

/* A header's name and its colon at the front of a line. */
static size_t header(struct text t)
{
    size_t i = 0;
    while (i < t.length && i < 78 && t.at[i] > ' ' && t.at[i] < 127 && t.at[i] != ':')
        i++;
    return i && i < t.length && t.at[i] == ':' ? i : 0;
}

/* Three headers, of which two are a mail's own. */
bool mail_begins(struct text start)
{
    static const char *const own[] = {"from",       "to",           "date",          "subject",      "received",
                                      "message-id", "mime-version", "return-path",   "delivered-to", "content-type",
                                      "reply-to",   "cc",           "dkim-signature"};
    unsigned known = 0, lines = 0;
    while (start.length && lines < 60) {
        const char *end = memchr(start.at, '\n', start.length);
        size_t length = end ? (size_t)(end - start.at) : start.length, name = header((struct text){start.at, length});
        if (!name && (length < 2 || !lines || (start.at[0] != ' ' && start.at[0] != '\t')))
            break;
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            known += name == strlen(own[i]) && strncasecmp(start.at, own[i], name) == 0;
        lines += name > 0;
        if (!end)
            break;
        start = (struct text){end + 1, start.length - length - 1};
    }
    return known >= 2 && lines >= 3;
}

bool mbox_begins(struct text start)
{
    const char *end = start.length ? memchr(start.at, '\n', start.length) : NULL;
    if (!end || !text_starts(start, TEXT("From ")))
        return false;
    size_t length = (size_t)(end + 1 - start.at);
    return header((struct text){end + 1, start.length - length}) > 0;
}
