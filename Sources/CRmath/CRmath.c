#include "CRmath.h"

// R's header declares some 150 functions with names as short as `qt` and `sign`: nobody else is to see them.
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

double canvass_student_quantile(double probability, double degrees_of_freedom) {
  return qt(probability, degrees_of_freedom, /* lower tail */ 1, /* logarithm */ 0);
}
