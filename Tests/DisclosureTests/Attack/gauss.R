#!/usr/bin/env Rscript
# Withholds a table of plain_survey.py the way GaussSuppression does, and prints how many cells as one line of JSON.
#
#   Rscript gauss.R SURVEY-FOLDER
#
# The same table as in tables.csv: areas by answers, with their bases and nets, for everyone and, where the survey has
# that pack, for staff. What the thresholds withhold by themselves is given to GaussSuppression as primary; the cells
# that it adds are the secondary ones. Cells of the banner `total` are published and not counted. With the package
# highs it also keeps an interval of minimum_cell for every primary cell.
suppressPackageStartupMessages(library(GaussSuppression))

folder <- commandArgs(trailingOnly = TRUE)[1]
definition <- readLines(file.path(folder, "survey.yaml"))
minimum_cell <- 5
minimum_base <- 10
data <- read.csv(file.path(folder, "w1", "responses.csv"), colClasses = "character")
data <- data[data$quality != "", ]
has_staff <- any(grepl("^  staff:", definition))
has_net <- any(grepl("nets:", definition))

# NA is in no group of a variable: so only staff, and only the answers of the net, become groups.
data$staff <- ifelse(data$role == "Staff", "Staff", NA)
data$net <- ifelse(data$quality %in% c("Very good", "Good"), "Any good", NA)

answers <- if (has_net) "(quality + net)" else "quality"
formula <- as.formula(paste0(
  "~ area * ", answers, if (has_staff) paste0(" + staff + staff:area + staff:", answers, " + staff:area:", answers) else ""))

# Small counts, everything in a group of few, and what leaves few of its base.
primary <- function(crossTable, freq, ...) {
  whole <- crossTable$quality == "Total" & (if (has_net) crossTable$net == "Total" else TRUE)
  place <- paste(crossTable$area, if (has_staff) crossTable$staff else "")
  base <- freq[whole][match(place, place[whole])]
  rest <- base - freq
  small <- function(n) n > 0 & n < minimum_cell
  total <- crossTable$area == "Total"
  ifelse(whole, small(freq), small(freq) | small(rest) | (base > 0 & base < minimum_base)) & !total
}

# The margins under `total` are published as they are, small or not.
forced <- function(crossTable, ...) crossTable$area == "Total"

lp <- if (requireNamespace("highs", quietly = TRUE)) list(lpPackage = "highs", rangeMin = minimum_cell) else list()
result <- do.call(GaussSuppressionFromData, c(
  list(
    data = data, formula = formula, preAggregate = TRUE, primary = primary, forced = forced,
    protectZeros = FALSE, secondaryZeros = TRUE, avoidHierarchical = TRUE, removeEmpty = FALSE,
    extend0 = FALSE, printInc = FALSE),
  lp))
cells <- result$area != "Total"
cat(sprintf(
  '{"primary": %d, "suppressed": %d}\n', sum(result$primary[cells], na.rm = TRUE), sum(result$suppressed[cells])))
