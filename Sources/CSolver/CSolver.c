#include "CSolver.h"

#include <glpk.h>
#include <setjmp.h>
#include <stdlib.h>

struct canvass_program {
  glp_prob *problem;
  int columns;
  int rows;
  // GLPK frees everything of a thread after a fault; programs of an earlier generation are gone with it.
  unsigned generation;
  int branch_only;
  // Nodes of the last search for whole numbers.
  int nodes;
  int *work_indices;
  double *work_values;
};

static _Thread_local unsigned generation = 0;
static _Thread_local unsigned alive = 0;

struct trap {
  jmp_buf place;
};

static void escape(void *info) { longjmp(((struct trap *)info)->place, 1); }

static void lose_environment(void) {
  glp_error_hook(NULL, NULL);
  glp_free_env();
  generation += 1;
  alive = 0;
}

#define GUARD(failure)                 \
  struct trap trap;                    \
  if (setjmp(trap.place)) {            \
    lose_environment();                \
    return failure;                    \
  }                                    \
  glp_error_hook(escape, &trap);

#define UNGUARD() glp_error_hook(NULL, NULL)

static int is_alive(const canvass_program *program) { return program->problem && program->generation == generation; }

// Bounds beyond this are none.
static const double unbounded = 1e17;

static void set_row(glp_prob *problem, int row, double lower, double upper) {
  if (lower == upper) {
    glp_set_row_bnds(problem, row, GLP_FX, lower, upper);
  } else if (lower <= -unbounded) {
    glp_set_row_bnds(problem, row, upper >= unbounded ? GLP_FR : GLP_UP, 0, upper);
  } else {
    glp_set_row_bnds(problem, row, upper >= unbounded ? GLP_LO : GLP_DB, lower, upper);
  }
}

static void set_column(glp_prob *problem, int column, double lower, double upper) {
  if (lower == upper) {
    glp_set_col_bnds(problem, column, GLP_FX, lower, upper);
  } else {
    glp_set_col_bnds(problem, column, upper >= unbounded ? GLP_LO : GLP_DB, lower, upper);
  }
}

canvass_program *canvass_program_new(int rows, int columns, const double *row_lower, const double *row_upper,
                                     const double *column_lower, const double *column_upper, const int *starts,
                                     const int *indices, const double *coefficients) {
  canvass_program *volatile program = calloc(1, sizeof(canvass_program));
  if (!program) return NULL;
  program->work_indices = malloc(sizeof(int) * (size_t)(columns + 1));
  program->work_values = malloc(sizeof(double) * (size_t)(columns + 1));
  if (!program->work_indices || !program->work_values) {
    free(program->work_indices);
    free(program->work_values);
    free(program);
    return NULL;
  }
  struct trap trap;
  if (setjmp(trap.place)) {
    lose_environment();
    free(program->work_indices);
    free(program->work_values);
    free(program);
    return NULL;
  }
  glp_error_hook(escape, &trap);
  glp_term_out(GLP_OFF);
  glp_prob *problem = glp_create_prob();
  program->problem = problem;
  program->rows = rows;
  program->columns = columns;
  program->generation = generation;
  // The last row is the one that demands can be put into.
  glp_add_rows(problem, rows + 1);
  if (columns > 0) glp_add_cols(problem, columns);
  for (int row = 0; row < rows; row++) {
    set_row(problem, row + 1, row_lower[row], row_upper[row]);
    int length = starts[row + 1] - starts[row];
    for (int item = 0; item < length; item++) {
      program->work_indices[item + 1] = indices[starts[row] + item] + 1;
      program->work_values[item + 1] = coefficients[starts[row] + item];
    }
    glp_set_mat_row(problem, row + 1, length, program->work_indices, program->work_values);
  }
  glp_set_row_bnds(problem, rows + 1, GLP_FR, 0, 0);
  for (int column = 0; column < columns; column++) {
    set_column(problem, column + 1, column_lower[column], column_upper[column]);
    glp_set_col_kind(problem, column + 1, GLP_IV);
  }
  glp_std_basis(problem);
  alive += 1;
  UNGUARD();
  return program;
}

void canvass_program_free(canvass_program *program) {
  if (!program) return;
  if (is_alive(program)) {
    glp_delete_prob(program->problem);
    alive -= 1;
    if (alive == 0) glp_free_env();
  }
  free(program->work_indices);
  free(program->work_values);
  free(program);
}

int canvass_program_demand(canvass_program *program, int count, const int *indices, const double *coefficients,
                           double lower) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  for (int item = 0; item < count; item++) {
    program->work_indices[item + 1] = indices[item] + 1;
    program->work_values[item + 1] = coefficients[item];
  }
  glp_set_mat_row(program->problem, program->rows + 1, count, program->work_indices, program->work_values);
  glp_set_row_bnds(program->problem, program->rows + 1, GLP_LO, lower, 0);
  UNGUARD();
  return CANVASS_OPTIMAL;
}

int canvass_program_release(canvass_program *program) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  glp_set_mat_row(program->problem, program->rows + 1, 0, NULL, NULL);
  glp_set_row_bnds(program->problem, program->rows + 1, GLP_FR, 0, 0);
  UNGUARD();
  return CANVASS_OPTIMAL;
}

static void set_objective(canvass_program *program, int direction, int count, const int *indices,
                          const double *coefficients) {
  glp_prob *problem = program->problem;
  glp_set_obj_dir(problem, direction < 0 ? GLP_MIN : GLP_MAX);
  for (int column = 1; column <= program->columns; column++) {
    if (glp_get_obj_coef(problem, column) != 0) glp_set_obj_coef(problem, column, 0);
  }
  for (int item = 0; item < count; item++) glp_set_obj_coef(problem, indices[item] + 1, coefficients[item]);
}

// Primal simplex from the last basis; from scratch where that fails.
static int solve_relaxation(glp_prob *problem) {
  glp_smcp parameters;
  glp_init_smcp(&parameters);
  parameters.msg_lev = GLP_MSG_OFF;
  parameters.meth = GLP_PRIMAL;
  // A limit of work: beyond it nothing is known.
  parameters.it_lim = 2000000;
  int result = glp_simplex(problem, &parameters);
  if (result != 0 || glp_get_status(problem) == GLP_UNDEF) {
    glp_adv_basis(problem, 0);
    result = glp_simplex(problem, &parameters);
    if (result != 0) return CANVASS_FAILED;
  }
  switch (glp_get_status(problem)) {
    case GLP_OPT: return CANVASS_OPTIMAL;
    case GLP_NOFEAS: return CANVASS_INFEASIBLE;
    default: return CANVASS_FAILED;
  }
}

int canvass_program_bound(canvass_program *program, int direction, int count, const int *indices,
                          const double *coefficients, double *value, double *point) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  set_objective(program, direction, count, indices, coefficients);
  int status = solve_relaxation(program->problem);
  if (status == CANVASS_OPTIMAL) {
    *value = glp_get_obj_val(program->problem);
    for (int column = 0; column < program->columns; column++) {
      point[column] = glp_get_col_prim(program->problem, column + 1);
    }
  }
  UNGUARD();
  return status;
}

struct node_count {
  int nodes;
  int limit;
  int reached;
  // Any point will do: the first one ends the search.
  int any;
  // Nor does a better one matter that is better by no more than this.
  double gap;
  // Where that ended the search, what no point goes beyond.
  int close;
  double bound;
};

static void count_nodes(glp_tree *tree, void *info) {
  struct node_count *count = info;
  if (glp_ios_reason(tree) == GLP_ISELECT) {
    count->nodes += 1;
    if (count->nodes > count->limit) {
      count->reached = 1;
      glp_ios_terminate(tree);
    }
    glp_prob *problem = glp_ios_get_prob(tree);
    int best = glp_ios_best_node(tree);
    if (count->gap > 0 && best != 0 && glp_mip_status(problem) == GLP_FEAS) {
      count->bound = glp_ios_node_bound(tree, best);
      double gap = glp_mip_obj_val(problem) - count->bound;
      if (gap <= count->gap && -gap <= count->gap) {
        count->close = 1;
        glp_ios_terminate(tree);
      }
    }
  }
  if (count->any && glp_ios_reason(tree) == GLP_IBINGO) glp_ios_terminate(tree);
}

// Looking ahead before every branch (Driebeek and Tomlin) takes longer than it saves where there are this many columns.
static const int columns_looked_ahead = 1000;

static void prepare_search(const canvass_program *program, glp_iocp *parameters, struct node_count *nodes) {
  glp_init_iocp(parameters);
  parameters->msg_lev = GLP_MSG_OFF;
  if (program->columns > columns_looked_ahead) parameters->br_tech = GLP_BR_MFV;
  parameters->cb_func = count_nodes;
  parameters->cb_info = nodes;
}

int canvass_program_bound_integer(canvass_program *program, int direction, int count, const int *indices,
                                  const double *coefficients, int node_limit, double gap, double *value,
                                  double *bound,
                                  double *point) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  set_objective(program, direction, count, indices, coefficients);
  int status = solve_relaxation(program->problem);
  if (status == CANVASS_OPTIMAL) {
    *bound = glp_get_obj_val(program->problem);
    struct node_count nodes = {.limit = node_limit, .gap = gap};
    glp_iocp parameters;
    prepare_search(program, &parameters, &nodes);
    parameters.gmi_cuts = program->branch_only ? GLP_OFF : GLP_ON;
    int result = glp_intopt(program->problem, &parameters);
    program->nodes = nodes.nodes;
    int found = glp_mip_status(program->problem);
    if (result != 0 && result != GLP_ESTOP) {
      status = CANVASS_FAILED;
    } else if (found == GLP_NOFEAS) {
      status = nodes.reached ? CANVASS_FAILED : CANVASS_INFEASIBLE;
    } else if (found == GLP_OPT || found == GLP_FEAS) {
      *value = glp_mip_obj_val(program->problem);
      if (nodes.close) *bound = nodes.bound;
      if (found == GLP_OPT && !nodes.reached) *bound = *value;
      for (int column = 0; column < program->columns; column++) {
        point[column] = glp_mip_col_val(program->problem, column + 1);
      }
      status = nodes.reached || found == GLP_FEAS ? CANVASS_LIMIT : CANVASS_OPTIMAL;
    } else {
      status = CANVASS_FAILED;
    }
  }
  UNGUARD();
  return status;
}

int canvass_program_any(canvass_program *program, int node_limit, double *point) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  set_objective(program, 1, 0, NULL, NULL);
  int status = solve_relaxation(program->problem);
  if (status == CANVASS_OPTIMAL) {
    struct node_count nodes = {.limit = node_limit, .any = 1};
    glp_iocp parameters;
    prepare_search(program, &parameters, &nodes);
    // Down one branch to its end before the next.
    parameters.bt_tech = GLP_BT_DFS;
    int result = glp_intopt(program->problem, &parameters);
    program->nodes = nodes.nodes;
    int found = glp_mip_status(program->problem);
    if (result != 0 && result != GLP_ESTOP) {
      status = CANVASS_FAILED;
    } else if (found == GLP_OPT || found == GLP_FEAS) {
      for (int column = 0; column < program->columns; column++) {
        point[column] = glp_mip_col_val(program->problem, column + 1);
      }
    } else {
      status = found == GLP_NOFEAS && !nodes.reached ? CANVASS_INFEASIBLE : CANVASS_FAILED;
    }
  }
  UNGUARD();
  return status;
}

int canvass_program_set_row(canvass_program *program, int row, double lower, double upper) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  set_row(program->problem, row + 1, lower, upper);
  UNGUARD();
  return CANVASS_OPTIMAL;
}

int canvass_program_set_column(canvass_program *program, int column, double lower, double upper) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  set_column(program->problem, column + 1, lower, upper);
  UNGUARD();
  return CANVASS_OPTIMAL;
}

int canvass_program_nodes(const canvass_program *program) { return program->nodes; }

void canvass_program_branch_only(canvass_program *program) { program->branch_only = 1; }

int canvass_program_multipliers(canvass_program *program, double *rows) {
  if (!is_alive(program)) return CANVASS_FAILED;
  GUARD(CANVASS_FAILED)
  for (int row = 0; row < program->rows; row++) rows[row] = glp_get_row_dual(program->problem, row + 1);
  UNGUARD();
  return CANVASS_OPTIMAL;
}

const char *canvass_solver_version(void) { return glp_version(); }
