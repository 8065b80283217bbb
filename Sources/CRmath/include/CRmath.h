#ifndef CANVASS_CRMATH_H
#define CANVASS_CRMATH_H

/// The value that Student's t, with so many degrees of freedom, stays below with the probability given.
double canvass_student_quantile(double probability, double degrees_of_freedom);

#endif
