/* What else could answer some of it: see peers.h. */
#include "peers.h"

#include <igraph.h>
#undef VECTOR /* igraph has a macro of this name; ours is another */
#include "bearing/inside.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

/* Lists of numbers, end to end: those of `i` are members.at[starts.at[i]] up to starts.at[i + 1]. */
struct lists {
    VECTOR(uint32_t) starts;
    VECTOR(uint32_t) members;
};

struct peers {
    uint32_t voices, claims;
    struct lists lines;           /* firm ones, for: their voices, from the speaker to the ground */
    VECTOR(uint32_t) line_claim;  /* by line */
    struct lists infers;          /* their premises */
    VECTOR(uint32_t) infer_claim; /* by inference */
    VECTOR(uint32_t) reasoner;    /* by inference; GRAPH_NONE: the desk */
    struct lists by_claim;        /* by claim: its lines */
    struct lists concluded;       /* by claim: inferences that conclude it */
    struct lists used;            /* by claim: inferences that it is a premise of */
    VECTOR(uint32_t) busy;        /* by voice: lines it is on */
    VECTOR(unsigned char) dead;   /* by voice: nobody; there so that a pass has to look */
};

static void list_end(struct lists *l)
{
    vector_push(&l->starts, (uint32_t)l->members.count);
}

static void see_line(void *context, uint32_t claim, const struct line *line)
{
    struct peers *p = context;
    if (line->side != SIDE_FOR || !line->firm)
        return;
    for (size_t i = 0; i < line->count; i++)
        vector_push(&p->lines.members, line->voices[i]);
    list_end(&p->lines);
    vector_push(&p->line_claim, claim);
}

static void see_inference(struct peers *p, const struct bearing *b, const struct model_entry *e)
{
    uint32_t voice = model_field(e, FIELD_VOICE)->at;
    for (uint32_t i = 0; i < e->count; i++)
        if (e->fields[i].kind == FIELD_PREMISE)
            vector_push(&p->infers.members, e->fields[i].at);
    list_end(&p->infers);
    vector_push(&p->infer_claim, model_field(e, FIELD_CLAIM)->at);
    vector_push(&p->reasoner, voice == MODEL_DESK ? GRAPH_NONE : bearing_voice(b, voice));
}

/* Turns "by item: key" around: by key, its items. */
static void turn(struct lists *out, uint32_t keys, const uint32_t *key, size_t items)
{
    for (uint32_t i = 0; i < keys + 2; i++)
        vector_push(&out->starts, 0);
    for (size_t i = 0; i < items; i++)
        out->starts.at[key[i] + 2]++;
    for (uint32_t k = 0; k < keys; k++)
        out->starts.at[k + 2] += out->starts.at[k + 1];
    vector_reserve(&out->members, items + 1);
    for (size_t i = 0; i < items; i++)
        out->members.at[out->starts.at[key[i] + 1]++] = (uint32_t)i;
    out->members.count = items;
}

/* By claim, the inferences that use it: the same turn, of each premise's inference. */
static void turn_uses(struct peers *p)
{
    VECTOR(uint32_t) owner = {0};
    for (uint32_t i = 0; i + 1 < p->infers.starts.count; i++)
        for (uint32_t k = p->infers.starts.at[i]; k < p->infers.starts.at[i + 1]; k++)
            vector_push(&owner, i);
    turn(&p->used, p->claims, p->infers.members.at, p->infers.members.count);
    for (size_t i = 0; i < p->used.members.count; i++)
        p->used.members.at[i] = owner.at[p->used.members.at[i]];
    vector_release(&owner);
}

struct peers *peers_new(struct bearing *b)
{
    struct peers *p = memory_new(sizeof *p);
    const struct model *m = bearing_model(b);
    p->voices = graph_voices(bearing_graph(b));
    p->claims = graph_claims(bearing_graph(b));
    list_end(&p->lines);
    list_end(&p->infers);
    for (uint32_t n = 0; n < model_entries(m); n++) {
        struct model_entry e = model_entry(m, n);
        if (e.retracted || e.is_void)
            continue;
        if (e.verb == VERB_SAY) {
            struct statement s = statement_read(m, &e);
            statement_lines(b, &s, see_line, p);
        } else if (e.verb == VERB_INFER) {
            see_inference(p, b, &e);
        }
    }
    turn(&p->by_claim, p->claims, p->line_claim.at, p->line_claim.count);
    turn(&p->concluded, p->claims, p->infer_claim.at, p->infer_claim.count);
    turn_uses(p);
    for (uint32_t v = 0; v < p->voices; v++) {
        vector_push(&p->busy, 0);
        vector_push(&p->dead, 0);
    }
    for (size_t i = 0; i < p->lines.members.count; i++)
        p->busy.at[p->lines.members.at[i]]++;
    return p;
}

static void lists_release(struct lists *l)
{
    vector_release(&l->starts);
    vector_release(&l->members);
}

void peers_free(struct peers *p)
{
    lists_release(&p->lines);
    lists_release(&p->infers);
    lists_release(&p->by_claim);
    lists_release(&p->concluded);
    lists_release(&p->used);
    vector_release(&p->line_claim);
    vector_release(&p->infer_claim);
    vector_release(&p->reasoner);
    vector_release(&p->busy);
    vector_release(&p->dead);
    free(p);
}

uint32_t peers_busy(const struct peers *p, uint32_t voice)
{
    return p->busy.at[voice];
}

struct span {
    const uint32_t *at, *end;
};

static struct span members(const struct lists *l, uint32_t i)
{
    return (struct span){l->members.at + l->starts.at[i], l->members.at + l->starts.at[i + 1]};
}

#define each(item, lists, i) (struct span item = members(lists, i); item.at < item.end; item.at++)

/* --- one linear pass --- */

uint32_t peers_pass(const struct peers *p)
{
    bool *stands = memory_array(p->claims + 1, sizeof *stands);
    uint32_t *missing = memory_array(p->infer_claim.count + 1, sizeof *missing), standing = 0;
    VECTOR(uint32_t) waiting = {0};
    for (uint32_t l = 0; l < p->line_claim.count; l++) {
        unsigned char dead = 0;
        for each (v, &p->lines, l)
            dead |= p->dead.at[*v.at];
        if (!dead && !stands[p->line_claim.at[l]]) {
            stands[p->line_claim.at[l]] = true;
            vector_push(&waiting, p->line_claim.at[l]);
        }
    }
    for (uint32_t i = 0; i < p->infer_claim.count; i++)
        missing[i] = p->infers.starts.at[i + 1] - p->infers.starts.at[i];
    for (; standing < waiting.count; standing++)
        for each (i, &p->used, waiting.at[standing]) {
            uint32_t infer = *i.at, claim = p->infer_claim.at[infer];
            if (--missing[infer] > 0 || stands[claim])
                continue;
            if (p->reasoner.at[infer] != GRAPH_NONE && p->dead.at[p->reasoner.at[infer]])
                continue;
            stands[claim] = true;
            vector_push(&waiting, claim);
        }
    vector_release(&waiting);
    free(stands);
    free(missing);
    return standing;
}

/* --- igraph --- */

/* One claim's own lines as a graph: 0 is the ground, 1 the claim, then its voices. */
struct drawing {
    uint32_t *local; /* by voice: its vertex, 0 where it has none yet */
    igraph_vector_int_t edges, dominators;
    igraph_integer_t vertices;
};

static igraph_integer_t vertex(struct drawing *d, uint32_t voice)
{
    if (!d->local[voice])
        d->local[voice] = (uint32_t)d->vertices++;
    return d->local[voice];
}

static void draw(const struct peers *p, uint32_t claim, struct drawing *d)
{
    igraph_vector_int_clear(&d->edges);
    d->vertices = 2;
    for each (line, &p->by_claim, claim) {
        igraph_integer_t to = 1;
        for each (voice, &p->lines, *line.at) {
            igraph_integer_t from = vertex(d, *voice.at);
            igraph_vector_int_push_back(&d->edges, from);
            igraph_vector_int_push_back(&d->edges, to);
            to = from;
        }
        igraph_vector_int_push_back(&d->edges, 0);
        igraph_vector_int_push_back(&d->edges, to);
    }
    for each (line, &p->by_claim, claim)
        for each (voice, &p->lines, *line.at)
            d->local[*voice.at] = 0;
}

/* The voices that dominate the claim: up the tree from it to the ground. */
static uint64_t dominators_of_claim(const struct drawing *d)
{
    uint64_t count = 0;
    for (igraph_integer_t v = igraph_vector_int_get(&d->dominators, 1); v > 0;
         v = igraph_vector_int_get(&d->dominators, v))
        count++;
    return count;
}

struct peers_sums peers_igraph(const struct peers *p)
{
    struct peers_sums sums = {0};
    struct drawing d = {.local = memory_array(p->voices + 1, sizeof *d.local)};
    igraph_vector_int_init(&d.edges, 0);
    igraph_vector_int_init(&d.dominators, 0);
    for (uint32_t claim = 0; claim < p->claims; claim++) {
        if (p->by_claim.starts.at[claim] == p->by_claim.starts.at[claim + 1])
            continue;
        draw(p, claim, &d);
        igraph_t graph;
        igraph_integer_t cut;
        igraph_create(&graph, &d.edges, d.vertices, IGRAPH_DIRECTED);
        igraph_st_vertex_connectivity(&graph, &cut, 0, 1, IGRAPH_VCONN_NEI_ERROR);
        igraph_dominator_tree(&graph, 0, &d.dominators, NULL, NULL, IGRAPH_OUT);
        sums.claims++;
        sums.cut += (uint64_t)cut;
        sums.dominators += dominators_of_claim(&d);
        igraph_destroy(&graph);
    }
    igraph_vector_int_destroy(&d.edges);
    igraph_vector_int_destroy(&d.dominators);
    free(d.local);
    return sums;
}

/* --- clingo --- */

/* What is below a claim, on its way to being rules. */
struct program {
    const struct peers *peers;
    FILE *to;
    bool *below, *named; /* by claim, by voice */
    VECTOR(uint32_t) waiting;
};

static void need(struct program *r, uint32_t claim)
{
    if (!r->below[claim])
        vector_push(&r->waiting, claim);
    r->below[claim] = true;
}

/* A line stands while none of its voices is out. */
static void write_line(struct program *r, uint32_t claim, uint32_t line)
{
    const char *before = " :-";
    fprintf(r->to, "h(%u)", claim);
    for each (voice, &r->peers->lines, line) {
        fprintf(r->to, "%s not out(%u)", before, *voice.at);
        r->named[*voice.at] = true;
        before = ",";
    }
    fprintf(r->to, ".\n");
}

static void write_inference(struct program *r, uint32_t claim, uint32_t infer)
{
    const char *before = " :-";
    uint32_t reasoner = r->peers->reasoner.at[infer];
    fprintf(r->to, "h(%u)", claim);
    for each (premise, &r->peers->infers, infer) {
        fprintf(r->to, "%s h(%u)", before, *premise.at);
        need(r, *premise.at);
        before = ",";
    }
    if (reasoner != GRAPH_NONE) {
        fprintf(r->to, ", not out(%u)", reasoner);
        r->named[reasoner] = true;
    }
    fprintf(r->to, ".\n");
}

static void write_rules(const struct peers *p, uint32_t goal, FILE *to)
{
    struct program r = {.peers = p, .to = to};
    r.below = memory_array(p->claims, sizeof *r.below);
    r.named = memory_array(p->voices + 1, sizeof *r.named);
    need(&r, goal);
    for (size_t next = 0; next < r.waiting.count; next++) {
        uint32_t claim = r.waiting.at[next];
        for each (line, &p->by_claim, claim)
            write_line(&r, claim, *line.at);
        for each (infer, &p->concluded, claim)
            write_inference(&r, claim, *infer.at);
    }
    for (uint32_t v = 0; v < p->voices; v++)
        if (r.named[v])
            fprintf(to, "{out(%u)}.\n", v);
    fprintf(to, ":- h(%u).\n#minimize{1,V:out(V)}.\n", goal);
    vector_release(&r.waiting);
    free(r.below);
    free(r.named);
}

static int run_clingo(FILE *in, FILE *out)
{
    const char *const arguments[] = {"clingo", "--outf=1", "--quiet=1,1", "--time-limit=2", "--warn=none", NULL};
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fileno(in), 0);
    posix_spawn_file_actions_adddup2(&actions, fileno(out), 1);
    int failed = posix_spawnp(&child, "clingo", &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed || waitpid(child, &status, 0) != child ? -1 : 0;
}

int peers_clingo(const struct peers *p, uint32_t claim, uint32_t *people)
{
    FILE *in = tmpfile(), *out = tmpfile();
    int result = in && out ? 0 : -1;
    if (result == 0) {
        write_rules(p, claim, in);
        rewind(in); /* flushes, too */
        result = run_clingo(in, out);
        rewind(out);
    }
    bool finished = false;
    char line[4096];
    while (result == 0 && fgets(line, sizeof line, out)) {
        sscanf(line, "COST %u", people);
        finished |= strncmp(line, "OPTIMUM", 7) == 0;
    }
    if (in)
        fclose(in);
    if (out)
        fclose(out);
    return result ? -1 : finished ? 0 : 1;
}
