// Which mutant is on, and which were reached: mutants of several modules share one switch.
#pragma once

extern int mutant_on;
extern unsigned char mutants_reached[];

/// Whether this mutant is on; that it was reached is noted.
static inline _Bool mutant_is_on(int number) {
  mutants_reached[number] = 1;
  return mutant_on == number;
}
