#include "CRmath.h"

// R's header declares some 150 functions with names as short as `qt` and `sign`: nobody else is to see them.
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

double canvass_student_quantile(double probability, double degrees_of_freedom) {
  return qt(probability, degrees_of_freedom, /* lower tail */ 1, /* logarithm */ 0);
}

double canvass_student_upper_tail(double value, double degrees_of_freedom) {
  return pt(value, degrees_of_freedom, /* lower tail */ 0, /* logarithm */ 0);
}

double canvass_normal_quantile(double probability) {
  return qnorm(probability, /* mean */ 0, /* standard deviation */ 1, /* lower tail */ 1, /* logarithm */ 0);
}

double canvass_normal_upper_tail(double value) {
  return pnorm(value, /* mean */ 0, /* standard deviation */ 1, /* lower tail */ 0, /* logarithm */ 0);
}

double canvass_chi_squared_upper_tail(double value, double degrees_of_freedom) {
  return pchisq(value, degrees_of_freedom, /* lower tail */ 0, /* logarithm */ 0);
}

double canvass_f_quantile(double probability, double numerator_degrees, double denominator_degrees) {
  return qf(probability, numerator_degrees, denominator_degrees, /* lower tail */ 1, /* logarithm */ 0);
}

double canvass_f_upper_tail(double value, double numerator_degrees, double denominator_degrees) {
  return pf(value, numerator_degrees, denominator_degrees, /* lower tail */ 0, /* logarithm */ 0);
}

double canvass_beta_quantile(double probability, double first_shape, double second_shape) {
  return qbeta(probability, first_shape, second_shape, /* lower tail */ 1, /* logarithm */ 0);
}

const char *canvass_rmath_version(void) {
  return R_VERSION_STRING;
}
