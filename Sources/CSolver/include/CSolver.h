// Linear and integer programs over whole-number tables, solved by GLPK.
//
// GLPK ends the process when it finds a fault of its own or runs out of memory. Here such an end becomes a status:
// whoever asked must then treat the question as unanswered. A program belongs to the thread that made it.
#ifndef CANVASS_SOLVER_H
#define CANVASS_SOLVER_H

typedef struct canvass_program canvass_program;

enum canvass_status {
  CANVASS_OPTIMAL = 0,
  CANVASS_INFEASIBLE = 1,
  /// A limit of work was reached: what is given is what had been found so far.
  CANVASS_LIMIT = 2,
  /// The solver failed, or found nothing before its limit.
  CANVASS_FAILED = 3
};

/// Makes a program: `rows` constraints given row by row (the columns and coefficients of row i are at
/// `starts[i]` to `starts[i + 1] - 1`) and columns with bounds. NULL where GLPK fails.
canvass_program *canvass_program_new(int rows, int columns, const double *row_lower, const double *row_upper,
                                     const double *column_lower, const double *column_upper, const int *starts,
                                     const int *indices, const double *coefficients);
void canvass_program_free(canvass_program *program);

/// Demands that a form is at least `lower`, beside all rows; replaces what was demanded before.
int canvass_program_demand(canvass_program *program, int count, const int *indices, const double *coefficients,
                           double lower);
/// Demands nothing any more.
int canvass_program_release(canvass_program *program);

/// The largest value of a form (the smallest, where `direction` is negative), with a point that has it.
int canvass_program_bound(canvass_program *program, int direction, int count, const int *indices,
                          const double *coefficients, double *value, double *point);
/// The same over whole numbers, with at most `node_limit` nodes of branch and cut. `bound` is what no point exceeds. The search ends,
/// too, where no point is better by more than `gap`; the status is then CANVASS_LIMIT.
int canvass_program_bound_integer(canvass_program *program, int direction, int count, const int *indices,
                                  const double *coefficients, int node_limit, double gap, double *value,
                                  double *bound,
                                  double *point);

/// Any point of whole numbers: branches depth first, at most `node_limit` nodes.
int canvass_program_any(canvass_program *program, int node_limit, double *point);

/// Sets the bounds of a row or column, counted from 0. Bounds of 1e17 and beyond are none.
int canvass_program_set_row(canvass_program *program, int row, double lower, double upper);
int canvass_program_set_column(canvass_program *program, int column, double lower, double upper);

/// Branches without cuts from now on: faster where there are many small programs.
void canvass_program_branch_only(canvass_program *program);

/// Nodes of branch and cut that the last search for whole numbers had.
int canvass_program_nodes(const canvass_program *program);

/// The multiplier of each row at the point that `canvass_program_bound` found last.
int canvass_program_multipliers(canvass_program *program, double *rows);

/// The version of GLPK, for reports.
const char *canvass_solver_version(void);

#endif
