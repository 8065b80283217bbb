#ifndef CANVASS_CRMATH_H
#define CANVASS_CRMATH_H

/// The value that Student's t, with so many degrees of freedom, stays below with the probability given.
double canvass_student_quantile(double probability, double degrees_of_freedom);

/// The probability that Student's t, with so many degrees of freedom, exceeds a value.
double canvass_student_upper_tail(double value, double degrees_of_freedom);

/// The value that a standard normal number stays below with the probability given.
double canvass_normal_quantile(double probability);

/// The probability that a standard normal number exceeds a value.
double canvass_normal_upper_tail(double value);

/// The probability that chi-squared, with so many degrees of freedom, exceeds a value.
double canvass_chi_squared_upper_tail(double value, double degrees_of_freedom);

/// The value that F, with so many degrees of freedom above and below, stays below with the probability given.
double canvass_f_quantile(double probability, double numerator_degrees, double denominator_degrees);

/// The probability that F, with so many degrees of freedom above and below, exceeds a value.
double canvass_f_upper_tail(double value, double numerator_degrees, double denominator_degrees);

/// The value that a beta distribution of two shapes stays below with the probability given.
double canvass_beta_quantile(double probability, double first_shape, double second_shape);

/// The version of the header that this was built with.
const char *canvass_rmath_version(void);

#endif
