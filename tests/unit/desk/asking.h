/* For the tests of the desk's views: a case opened from a text, asked without a server; every answer is read by a JSON
 * reader before anything is looked for in it. */
#ifndef TESTS_DESK_ASKING_H
#define TESTS_DESK_ASKING_H

#include "base/file.h"
#include "base/memory.h"
#include "desk/view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

struct asked {
    struct opened o;
    struct views *views;
    enum words_language language; /* in which it is asked */
    struct buffer out;
    struct error error;
    json_t *answer; /* the newest */
};

static inline void asked_measure(struct asked *a)
{
    bearing_free(a->o.bearing);
    a->o.bearing = bearing_new(a->o.model);
    assert_int_equal(standing_measure(bearing_graph(a->o.bearing), NULL), 0);
}

static inline void asked_take(struct asked *a, const char *text, enum take take)
{
    if (model_take(a->o.model, text_of(text), take, &a->o.faults)) {
        struct buffer lines = {0};
        faults_print(&a->o.faults, "test", &lines);
        fail_msg("%s", lines.at);
    }
}

static inline void asked_open(struct asked *a, const char *text)
{
    *a = (struct asked){.o = {.name = "test", .model = model_new()}, .views = views_new()};
    asked_take(a, text, TAKE_TEXT);
    asked_measure(a);
}

/* Takes more, as the desk does: the graph grows where it can. */
static inline void asked_more(struct asked *a, const char *text)
{
    asked_take(a, text, TAKE_LOG);
    if (bearing_update(a->o.bearing))
        assert_int_equal(standing_measure(bearing_graph(a->o.bearing), NULL), 0);
    else
        standing_update(bearing_graph(a->o.bearing));
}

static inline void asked_close(struct asked *a)
{
    json_decref(a->answer);
    buffer_release(&a->out);
    views_free(a->views);
    opened_close(&a->o);
}

static const char *harbour; /* the example, from harbour_run() on */

static inline struct asked *open_harbour(void)
{
    struct asked *a = memory_new(sizeof *a);
    asked_open(a, harbour);
    return a;
}

static inline void close_asked(struct asked *a)
{
    asked_close(a);
    free(a);
}

/* What a test program of views ends with: reads the example from the folder of the source, its argument, and runs. */
static inline int harbour_run(int count, char **arguments, int (*run)(void))
{
    struct buffer path = {0}, text = {0};
    buffer_format(&path, "%s/examples/harbour.bo", count > 1 ? arguments[1] : ".");
    int result = file_read(path.at, 1 << 20, &text, NULL);
    harbour = text.at;
    result = result ? 1 : run();
    buffer_release(&path);
    buffer_release(&text);
    return result;
}

/* Asks "/api/claims?q=a&limit=3", its values as they are. 0 or -1 as the view says. */
static inline int ask(struct asked *a, const char *address)
{
    struct view_parameter parameters[8];
    struct view_request q = {.views = a->views,
                             .o = &a->o,
                             .now = {1, model_entries(a->o.model)},
                             .today = TEXT("2022-06-01"),
                             .language = a->language,
                             .parameters = parameters};
    const char *at = strchrnul(address, '?');
    const struct view_path *path = view_find((struct text){address, (size_t)(at - address)});
    assert_non_null(path);
    while (*at) {
        const char *name = at + 1, *value = strchrnul(name, '='), *end = strchrnul(name, '&');
        value = value > end ? end : value;
        parameters[q.parameter_count++] = (struct view_parameter){
            {name, (size_t)(value - name)}, {value + (value < end), (size_t)(end - value - (value < end))}};
        at = end;
    }
    buffer_clear(&a->out);
    buffer_reserve(&a->out, 1);
    a->error = (struct error){0};
    int result = view_answer(path, &q, &a->out, &a->error);
    json_decref(a->answer);
    a->answer = NULL;
    if (result) {
        assert_int_equal(a->out.length, 0);
        assert_true(a->error.what[0]);
        return result;
    }
    json_error_t fault;
    a->answer = json_loadb(a->out.at, a->out.length, 0, &fault);
    if (!a->answer)
        fail_msg("%s: %s at byte %d\n%s", address, fault.text, fault.position, a->out.at);
    return 0;
}

/* The value at a path of members and places: "claims.0.id". NULL where there is none. */
static inline json_t *value_at(const struct asked *a, const char *path)
{
    json_t *value = a->answer;
    while (*path && value) {
        char part[64];
        const char *end = strchrnul(path, '.');
        snprintf(part, sizeof part, "%.*s", (int)(end - path), path);
        value = json_is_array(value) ? json_array_get(value, strtoul(part, NULL, 10)) : json_object_get(value, part);
        path = *end ? end + 1 : end;
    }
    return value;
}

static inline const char *string_at(const struct asked *a, const char *path)
{
    const char *s = json_string_value(value_at(a, path));
    return s ? s : "(none)";
}

static inline long long number_at(const struct asked *a, const char *path)
{
    json_t *value = value_at(a, path);
    return json_is_integer(value) ? json_integer_value(value) : -1;
}

static inline size_t length_at(const struct asked *a, const char *path)
{
    assert_true(json_is_array(value_at(a, path)));
    return json_array_size(value_at(a, path));
}

#endif
