/* clingo as a peer: see peers.h. */
#include "peers_inside.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

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
