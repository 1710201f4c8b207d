/* Eight threads and one engine over many files, for a while:
 *
 *     soak SECONDS THREADS < list of paths
 *
 * First every file is cleaned by one thread. Then all threads clean them in turn, each beginning elsewhere, until the
 * time is up and every file was cleaned by each of them at least once where SECONDS is 0. What a call gives must be
 * what the first one gave: status, bytes and report. Prints a line with the resident memory now and then, and ends
 * with 1 where anything differed or the memory grew.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0 */

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sanitize.h>

struct file {
    char *path;
    uint64_t expected;
};

static struct file *files;
static size_t count;
static sanitize_engine *engine;
static atomic_ulong cleaned, differing;
static double seconds;
static size_t threads;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double start;

/* FNV-1a, over which no two answers of a test are likely to meet. */
static uint64_t digest(uint64_t hash, const void *bytes, size_t length) {
    for (const uint8_t *at = bytes, *end = at + length; at < end; at++) {
        hash = (hash ^ *at) * 1099511628211u;
    }
    return hash;
}

static void *must(void *memory) {
    if (memory == NULL) {
        fputs("no memory\n", stderr);
        exit(2);
    }
    return memory;
}

/* The file's bytes. */
static uint8_t *load(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(2);
    }
    long end = ftell(file);
    rewind(file);
    uint8_t *bytes = must(malloc((size_t)end + 1));
    *length = fread(bytes, 1, (size_t)end, file);
    fclose(file);
    return bytes;
}

/* Cleans a file and takes the digest of everything the library says about it. */
static uint64_t clean(const char *path) {
    size_t length = 0;
    uint8_t *bytes = load(path, &length);
    const char *slash = strrchr(path, '/');
    sanitize_outcome *outcome = NULL;
    sanitize_status status = sanitize_buffer(engine, bytes, length, slash ? slash + 1 : path, NULL, &outcome);
    uint64_t hash = digest(14695981039346656037u, &status, sizeof status);
    size_t output_length = 0;
    const uint8_t *output = sanitize_outcome_bytes(outcome, &output_length);
    if ((output != NULL) != (status == SANITIZE_STATUS_OK)) {
        fprintf(stderr, "%s: bytes and status %d contradict each other\n", path, (int)status);
        exit(1);
    }
    hash = digest(hash, output, output_length);
    const char *report = sanitize_outcome_report_json(outcome);
    hash = digest(hash, report, strlen(report));
    for (size_t index = 0; index < sanitize_outcome_finding_count(outcome); index++) {
        sanitize_finding finding = {.size = sizeof finding};
        if (sanitize_outcome_finding(outcome, index, &finding) != SANITIZE_STATUS_OK) {
            fprintf(stderr, "%s: finding %zu: %s\n", path, index, sanitize_last_error());
            exit(1);
        }
        hash = digest(hash, finding.place, strlen(finding.place));
    }
    sanitize_outcome_free(outcome);
    free(bytes);
    return hash;
}

static void *work(void *first) {
    size_t offset = (size_t)(uintptr_t)first;
    for (size_t step = 0; seconds > 0 ? now() - start < seconds : step < count; step++) {
        const struct file *file = &files[(offset * count / threads + step) % count];
        if (clean(file->path) != file->expected) {
            fprintf(stderr, "%s: not as before\n", file->path);
            atomic_fetch_add(&differing, 1);
        }
        atomic_fetch_add(&cleaned, 1);
    }
    return NULL;
}

/* Resident memory in KiB. */
static double resident(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long total = 0, pages = 0;
    if (file != NULL) {
        if (fscanf(file, "%lu %lu", &total, &pages) != 2) {
            pages = 0;
        }
        fclose(file);
    }
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1024;
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median(const double *from, size_t length) {
    double *sorted = must(malloc((length + 1) * sizeof *sorted));
    memcpy(sorted, from, length * sizeof *sorted);
    qsort(sorted, length, sizeof *sorted, ascending);
    double middle = length ? sorted[length / 2] : 0;
    free(sorted);
    return middle;
}

static void read_list(void) {
    char *line = NULL;
    size_t room = 0, capacity = 0;
    for (ssize_t length; (length = getline(&line, &room, stdin)) > 0;) {
        line[strcspn(line, "\n")] = '\0';
        if (count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            files = must(realloc(files, capacity * sizeof *files));
        }
        files[count].path = must(malloc((size_t)length + 1));
        strcpy(files[count].path, line);
        count++;
    }
    free(line);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: soak SECONDS THREADS < list\n", stderr);
        return 2;
    }
    seconds = atof(argv[1]);
    threads = (size_t)atoi(argv[2]);
    read_list();
    sanitize_builder *builder = sanitize_builder_new();
    /* What depends on the clock is not the same twice. */
    sanitize_builder_limit(builder, "timeout-ms", 0);
    if (threads == 0 || count == 0 || sanitize_builder_build(builder, &engine) != SANITIZE_STATUS_OK) {
        fprintf(stderr, "%zu files, %zu threads: %s\n", count, threads, sanitize_last_error());
        return 2;
    }
    sanitize_builder_free(builder);

    start = now();
    for (size_t index = 0; index < count; index++) {
        files[index].expected = clean(files[index].path);
    }
    printf("one thread: %zu files in %.1f s, %.0f MiB resident\n", count, now() - start, resident() / 1024);
    fflush(stdout);

    start = now();
    pthread_t *workers = must(calloc(threads, sizeof *workers));
    for (size_t index = 0; index < threads; index++) {
        if (pthread_create(&workers[index], NULL, work, (void *)(uintptr_t)index) != 0) {
            fputs("no threads\n", stderr);
            return 2;
        }
    }
    /* A sample each quarter of a second, and a line each half minute. */
    size_t samples = 0, room = (size_t)(seconds * 4) + 16;
    double *sampled = must(calloc(room, sizeof *sampled));
    while (now() - start < seconds && samples < room) {
        sampled[samples++] = resident();
        if (samples % 120 == 0) {
            printf("%4.0f s: %lu cleaned, %.0f MiB resident\n", now() - start, atomic_load(&cleaned),
                   sampled[samples - 1] / 1024);
            fflush(stdout);
        }
        usleep(250000);
    }
    for (size_t index = 0; index < threads; index++) {
        pthread_join(workers[index], NULL);
    }
    double took = now() - start;

    /* The first quarter is for allocators and caches to fill. */
    double early = median(sampled + samples / 4, samples / 4);
    double late = median(sampled + samples * 3 / 4, samples - samples * 3 / 4);
    double growth = early > 0 ? (late / early - 1) * 100 : 0;
    printf("%zu threads: %lu cleaned in %.1f s, %lu differing; resident %.0f MiB in the second quarter, %.0f MiB in the "
           "last: %+.1f %%\n",
           threads, atomic_load(&cleaned), took, atomic_load(&differing), early / 1024, late / 1024, growth);
    sanitize_engine_free(engine);
    size_t left = sanitize_live_handles();
    if (left != 0) {
        printf("%zu handles were not freed\n", left);
    }
    for (size_t index = 0; index < count; index++) {
        free(files[index].path);
    }
    free(files);
    free(sampled);
    free(workers);
    return atomic_load(&differing) != 0 || left != 0 || (seconds >= 60 && growth > 5) ? 1 : 0;
}
