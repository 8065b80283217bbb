// libcsv alone: parses a file, 256 KiB at a time, and counts cells and records. The least that any reader over libcsv can take.
// parse FILE
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static long cells, records;

static void cell_ended(void *cell, size_t size, void *data) {
  (void)cell, (void)size, (void)data;
  cells++;
}

static void record_ended(int terminator, void *data) {
  (void)terminator, (void)data;
  records++;
}

int main(int argc, char **argv) {
  static char chunk[1 << 18];
  struct csv_parser parser;
  int file = argc == 2 ? open(argv[1], O_RDONLY) : -1;
  if (file < 0 || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) return 2;
  for (ssize_t count; (count = read(file, chunk, sizeof chunk)) > 0;)
    if (csv_parse(&parser, chunk, (size_t)count, cell_ended, record_ended, NULL) != (size_t)count) return 1;
  if (csv_fini(&parser, cell_ended, record_ended, NULL) != 0) return 1;
  printf("%ld cells, %ld records\n", cells, records);
  return 0;
}
