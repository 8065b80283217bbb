// The cross-tabulations of a file of responses, as a C program would make them over libcsv: what the same work takes without Swift.
// counts PLAN FILE: prints question, banner, answer, group and count (or weight), separated by tabs.
//
// PLAN has a line for each column that is read: its heading, its part (banner, question, option, weight) and its labels, separated by
// tabs. Any other text is no answer, or not stated.
#include <csv.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_COLUMNS = 1024, MOST_LABELS = 16, SLOTS = 256, HEADING = 256 };

struct label {
  char text[HEADING];
  size_t size;
  int code;
};

struct column {
  char heading[HEADING];
  char part;
  int labels;
  struct label label[MOST_LABELS];
  struct label *slot[SLOTS];
};

static struct column *planned[MOST_COLUMNS], *at[MOST_COLUMNS];
static int plan_count, banners[MOST_COLUMNS], banner_count, questions[MOST_COLUMNS], question_count;
static int position, header_read, is_weighted;
static int code[MOST_COLUMNS];
static double weight = 1;
// By question, banner, answer and group.
static long *counts;
static double *weights;

static unsigned hash(const char *text, size_t size) {
  uint64_t first = 0, last = 0;
  memcpy(&first, text, size < 8 ? size : 8);
  if (size > 8) memcpy(&last, text + size - 8, 8);
  return (unsigned)(((first ^ last * 0x9E3779B97F4A7C15u ^ size) * 0xD6E8FEB86659FD93u) >> 56);
}

static void read_plan(const char *path) {
  FILE *plan = fopen(path, "r");
  char line[1 << 14];
  if (!plan) exit(2);
  while (fgets(line, sizeof line, plan)) {
    struct column *column = calloc(1, sizeof *column);
    line[strcspn(line, "\n")] = 0;
    strcpy(column->heading, strtok(line, "\t"));
    column->part = *strtok(NULL, "\t");
    for (char *text; (text = strtok(NULL, "\t"));) {
      struct label *label = &column->label[column->labels];
      strcpy(label->text, text);
      label->size = strlen(text);
      label->code = column->labels++;
      unsigned slot = hash(label->text, label->size);
      while (column->slot[slot]) slot = (slot + 1) % SLOTS;
      column->slot[slot] = label;
    }
    if (column->part == 'b') banners[banner_count++] = plan_count;
    if (column->part == 'q' || column->part == 'o') questions[question_count++] = plan_count;
    if (column->part == 'w') is_weighted = 1;
    planned[plan_count++] = column;
  }
  fclose(plan);
  size_t size = (size_t)question_count * (size_t)banner_count * MOST_LABELS * MOST_LABELS;
  counts = calloc(size, sizeof *counts);
  if (is_weighted) weights = calloc(size, sizeof *weights);
}

static void cell_ended(void *cell, size_t size, void *data) {
  (void)data;
  if (position >= MOST_COLUMNS) exit(1);
  if (!header_read) {
    for (int index = 0; index < plan_count; index++)
      if (strlen(planned[index]->heading) == size && !memcmp(planned[index]->heading, cell, size)) at[position] = planned[index];
    position++;
    return;
  }
  struct column *column = at[position++];
  if (!column) return;
  if (column->part == 'w') {
    char text[64];
    memcpy(text, cell, size < 63 ? size : 63);
    text[size < 63 ? size : 63] = 0;
    weight = strtod(text, NULL);
    return;
  }
  unsigned slot = hash(cell, size);
  struct label *label;
  while ((label = column->slot[slot]) && (label->size != size || memcmp(label->text, cell, size)))
    slot = (slot + 1) % SLOTS;
  code[position - 1] = label ? label->code : column->labels;
}

static int place_of[MOST_COLUMNS];

static void record_ended(int terminator, void *data) {
  (void)terminator, (void)data;
  if (!header_read) {
    for (int index = 0; index < plan_count; index++)
      for (int place = 0; place < position; place++)
        if (at[place] == planned[index]) place_of[index] = place;
    header_read = 1;
  } else {
    size_t offset = 0;
    for (int question = 0; question < question_count; question++) {
      size_t answer = (size_t)code[place_of[questions[question]]] * MOST_LABELS;
      for (int banner = 0; banner < banner_count; banner++, offset += MOST_LABELS * MOST_LABELS) {
        size_t cell = offset + answer + (size_t)code[place_of[banners[banner]]];
        counts[cell]++;
        if (is_weighted) weights[cell] += weight;
      }
    }
  }
  position = 0;
}

int main(int argc, char **argv) {
  static char chunk[1 << 18];
  struct csv_parser parser;
  int file = argc == 3 ? open(argv[2], O_RDONLY) : -1;
  if (file < 0 || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) return 2;
  read_plan(argv[1]);
  for (ssize_t count; (count = read(file, chunk, sizeof chunk)) > 0;)
    if (csv_parse(&parser, chunk, (size_t)count, cell_ended, record_ended, NULL) != (size_t)count) return 1;
  if (csv_fini(&parser, cell_ended, record_ended, NULL) != 0) return 1;
  size_t cell = 0;
  for (int question = 0; question < question_count; question++)
    for (int banner = 0; banner < banner_count; banner++)
      for (int answer = 0; answer < MOST_LABELS; answer++)
        for (int group = 0; group < MOST_LABELS; group++, cell++) {
          struct column *rows = planned[questions[question]], *columns = planned[banners[banner]];
          // Of an option, who chose it.
          if (!counts[cell] || (rows->part == 'o' && answer == rows->labels)) continue;
          printf("%s\t%s\t%s\t%s\t", rows->heading, columns->heading, answer < rows->labels ? rows->label[answer].text : "",
                 group < columns->labels ? columns->label[group].text : "");
          if (is_weighted) printf("%.17g\n", weights[cell]);
          else printf("%ld\n", counts[cell]);
        }
  return 0;
}
