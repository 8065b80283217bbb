// Loaded before the C library by tests of faults: counts the calls that a command makes on files below one folder, and at one
// of them does what a broken machine would.
//
// FAULT_BELOW   the folder; calls on other files are neither counted nor touched
// FAULT_CALLS   `writes`: what changes a file or a folder; `reads`: what looks at one
// FAULT_AT      which call, from 1; 0 for none
// FAULT         kill, torn (half of a write, then kill), trap (a fault of the program's own), short (half of a write, then the disk
//               is full), quit (SIGQUIT), swap (FAULT_NEW takes the place of FAULT_OLD), overwrite (its bytes do), vanish (FAULT_OLD
//               goes), or an error's number
// FAULT_LASTS   `once`, `on`: every later call of the kind, too; `space`: those alone that need room
// FAULT_LOG     receives a line per call that was counted: its name, and its path where it has one
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *below, *fault, *lasts, *old_path, *new_path;
static int counts_reads, at, log_descriptor = -1;
static atomic_int calls;
static atomic_int failing;
// By descriptor: whether it is of a file below the folder, and of one that is written.
static char watched[1024];

__attribute__((constructor)) static void begin(void) {
  below = getenv("FAULT_BELOW");
  fault = getenv("FAULT");
  lasts = getenv("FAULT_LASTS");
  old_path = getenv("FAULT_OLD");
  new_path = getenv("FAULT_NEW");
  const char *kind = getenv("FAULT_CALLS"), *number = getenv("FAULT_AT"), *log = getenv("FAULT_LOG");
  counts_reads = kind && !strcmp(kind, "reads");
  at = number ? atoi(number) : 0;
  if (log) log_descriptor = (int)syscall(SYS_open, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  // What the command starts is left alone.
  unsetenv("LD_PRELOAD");
}

static int is_below(const char *path) { return below && path && !strncmp(path, below, strlen(below)); }
static int is_watched(int descriptor) { return descriptor >= 0 && descriptor < 1024 && watched[descriptor]; }

static void overwrite(void) {
  char buffer[1 << 16];
  int from = (int)syscall(SYS_open, new_path, O_RDONLY), to = (int)syscall(SYS_open, old_path, O_WRONLY | O_TRUNC);
  long count = syscall(SYS_read, from, buffer, sizeof buffer);
  syscall(SYS_write, to, buffer, count);
  syscall(SYS_close, from);
  syscall(SYS_close, to);
}

// Whether this call is to fail, with errno set. `half` tells a write to do half of its work first.
static int fails(const char *name, const char *path, int is_read, int needs_room, int *half) {
  if (is_read != counts_reads) return 0;
  int number = atomic_fetch_add(&calls, 1) + 1;
  if (log_descriptor >= 0) {
    char line[1024];
    int length = snprintf(line, sizeof line, "%s %s\n", name, path ? path : "");
    syscall(SYS_write, log_descriptor, line, length);
  }
  if (!fault || !at) return 0;
  if (number != at) {
    if (number < at || !atomic_load(&failing)) return 0;
    if (!strcmp(lasts, "space") && !needs_room) return 0;
    errno = atomic_load(&failing);
    return 1;
  }
  if (!strcmp(fault, "kill")) syscall(SYS_kill, getpid(), SIGKILL);
  if (!strcmp(fault, "trap")) raise(SIGTRAP);
  if (!strcmp(fault, "quit")) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    signal(SIGQUIT, SIG_DFL);
    raise(SIGQUIT);
  }
  if (!strcmp(fault, "vanish")) { syscall(SYS_unlink, old_path); return 0; }
  if (!strcmp(fault, "swap")) { syscall(SYS_rename, new_path, old_path); return 0; }
  if (!strcmp(fault, "overwrite")) { overwrite(); return 0; }
  if (!strcmp(fault, "torn") || !strcmp(fault, "short")) {
    if (half) *half = 1;
    else if (*fault == 't') syscall(SYS_kill, getpid(), SIGKILL);
    if (*fault == 's') atomic_store(&failing, ENOSPC);
    return 0;
  }
  if (lasts && strcmp(lasts, "once")) atomic_store(&failing, atoi(fault));
  if (lasts && !strcmp(lasts, "space") && !needs_room) return 0;
  errno = atoi(fault);
  return 1;
}

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name)

static int opened(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...)) {
  int writes = (flags & (O_CREAT | O_TRUNC)) || (flags & O_ACCMODE) != O_RDONLY;
  if (is_below(path) && fails(writes ? "create" : "open", path, !writes, writes, NULL)) return -1;
  int descriptor = real(path, flags, mode);
  if (descriptor >= 0 && descriptor < 1024) watched[descriptor] = is_below(path);
  return descriptor;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  REAL(int, open, const char *, int, ...);
  return opened(path, flags, mode, real);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  REAL(int, open64, const char *, int, ...);
  return opened(path, flags, mode, real);
}

int close(int descriptor) {
  REAL(int, close, int);
  if (descriptor >= 0 && descriptor < 1024) watched[descriptor] = 0;
  return real(descriptor);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(ssize_t, write, int, const void *, size_t);
  int half = 0;
  if (is_watched(descriptor) && fails("write", NULL, 0, 1, &half)) return -1;
  if (!half) return real(descriptor, bytes, count);
  ssize_t written = real(descriptor, bytes, count / 2);
  if (*fault == 't') syscall(SYS_kill, getpid(), SIGKILL);
  return written;
}

ssize_t read(int descriptor, void *bytes, size_t count) {
  REAL(ssize_t, read, int, void *, size_t);
  return is_watched(descriptor) && fails("read", NULL, 1, 0, NULL) ? -1 : real(descriptor, bytes, count);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t from) {
  REAL(ssize_t, pread, int, void *, size_t, off_t);
  return is_watched(descriptor) && fails("read", NULL, 1, 0, NULL) ? -1 : real(descriptor, bytes, count, from);
}

int fsync(int descriptor) {
  REAL(int, fsync, int);
  return is_watched(descriptor) && fails("fsync", NULL, 0, 0, NULL) ? -1 : real(descriptor);
}

int flock(int descriptor, int operation) {
  REAL(int, flock, int, int);
  return is_watched(descriptor) && fails("flock", NULL, 0, 0, NULL) ? -1 : real(descriptor, operation);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  return is_below(path) && fails("mkdir", path, 0, 1, NULL) ? -1 : real(path, mode);
}

int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  return is_below(path) && fails("rmdir", path, 0, 0, NULL) ? -1 : real(path);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  return is_below(path) && fails("unlink", path, 0, 0, NULL) ? -1 : real(path);
}

int rename(const char *path, const char *other) {
  REAL(int, rename, const char *, const char *);
  return is_below(other) && fails("rename", other, 0, 0, NULL) ? -1 : real(path, other);
}

int renameat2(int folder, const char *path, int other_folder, const char *other, unsigned flags) {
  REAL(int, renameat2, int, const char *, int, const char *, unsigned);
  return is_below(other) && fails("exchange", other, 0, 0, NULL) ? -1 : real(folder, path, other_folder, other, flags);
}

int stat(const char *path, struct stat *status) {
  REAL(int, stat, const char *, struct stat *);
  return is_below(path) && fails("stat", path, 1, 0, NULL) ? -1 : real(path, status);
}

int lstat(const char *path, struct stat *status) {
  REAL(int, lstat, const char *, struct stat *);
  return is_below(path) && fails("lstat", path, 1, 0, NULL) ? -1 : real(path, status);
}

int fstat(int descriptor, struct stat *status) {
  REAL(int, fstat, int, struct stat *);
  return is_watched(descriptor) && fails("fstat", NULL, 1, 0, NULL) ? -1 : real(descriptor, status);
}

DIR *opendir(const char *path) {
  REAL(DIR *, opendir, const char *);
  return is_below(path) && fails("opendir", path, 1, 0, NULL) ? NULL : real(path);
}

struct dirent *readdir(DIR *folder) {
  REAL(struct dirent *, readdir, DIR *);
  return fails("readdir", NULL, 1, 0, NULL) ? NULL : real(folder);
}
