#!/usr/bin/env Rscript
# Withholds a table of plain_survey.py the way GaussSuppression does, and prints as one line of JSON how many cells and
# people that are.
#
#   Rscript gauss.R SURVEY-FOLDER
#
# The same cells as in tables.csv: areas by answers, with their sizes, bases and nets, for everyone and, where the survey
# has that pack, for staff. Who did not answer and who is not staff stand in the equations too, unpublished, as they
# follow by subtracting. What the thresholds withhold by themselves is given to GaussSuppression as primary; the cells
# that it adds are the secondary ones. Every primary cell is to keep an interval of minimum_cell, where one of the
# packages highs, Rglpk and lpSolve is there to look for it. Respondents who subtract themselves it does not know.
suppressPackageStartupMessages(library(GaussSuppression))

folder <- commandArgs(trailingOnly = TRUE)[1]
definition <- readLines(file.path(folder, "survey.yaml"))
minimum_cell <- 5
minimum_base <- 10
data <- read.csv(file.path(folder, "w1", "responses.csv"), colClasses = "character")
has_staff <- any(grepl("^  staff:", definition))
has_net <- any(grepl("nets:", definition))

# NA is in no group of a variable: so only those who answered are `answered`, only the answers of the net in `net`.
data$answered <- ifelse(data$quality == "", NA, "Answered")
data$quality <- ifelse(data$quality == "", "No answer", data$quality)
data$net <- ifelse(data$quality %in% c("Very good", "Good"), "Any good", NA)
answers <- paste0("(quality + answered", if (has_net) " + net", ")")
formula <- as.formula(paste("~ area *", answers, if (has_staff) "* role"))

is_hidden <- function(table) table$quality == "No answer" | (if (has_staff) table$role == "Officer" else FALSE)

# Small counts, everything of a group with few answers, and what leaves few of them.
primary <- function(crossTable, freq, ...) {
  size <- crossTable$quality == "Total" & crossTable$answered == "Total" & (if (has_net) crossTable$net == "Total" else TRUE)
  answered <- crossTable$answered == "Answered"
  place <- paste(crossTable$area, if (has_staff) crossTable$role)
  base <- freq[answered][match(place, place[answered])]
  small <- function(n) n > 0 & n < minimum_cell
  answer <- small(freq) | small(base - freq) | (base > 0 & base < minimum_base)
  ifelse(size | answered, small(freq), answer) & crossTable$quality != "No answer"
}

solvers <- Filter(function(name) requireNamespace(name, quietly = TRUE), c("highs", "Rglpk", "lpSolve"))
intervals <- if (length(solvers)) list(lpPackage = solvers[1], rangeMin = minimum_cell) else list()
table <- do.call(GaussSuppressionFromData, c(
  list(
    data = data, formula = formula, preAggregate = TRUE, extend0 = TRUE, primary = primary,
    hidden = function(crossTable, ...) is_hidden(crossTable), protectZeros = FALSE, secondaryZeros = TRUE,
    avoidHierarchical = TRUE, removeEmpty = FALSE, printInc = FALSE),
  intervals))
table <- table[!is_hidden(table), ]
cat(sprintf(
  '{"version": "%s", "primary": %d, "suppressed": %d, "people": %d}\n', packageVersion("GaussSuppression"),
  sum(table$primary, na.rm = TRUE), sum(table$suppressed), sum(table$freq[table$suppressed])))
