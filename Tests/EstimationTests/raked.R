# Prints the expected values of RakedScoresTests: R's `survey` 4.1.1, here with R 4.2.2.
#   Rscript raked.R FOLDER     (FOLDER holds reference.R and common.R of the reference data)
# Outside the base y is 0, not NA: a raked design keeps these respondents with weights of 0, and 0 times NA is NA.
setwd(commandArgs(trailingOnly = TRUE)[1])
source("reference.R")
source("common.R")
p <- list(
  frame = c(Constable = 3900, Sergeant = 820, Inspector = 260, Staff = 2420),
  areas = c(North = .34, South = .29, East = .2, West = .13, Headquarters = .04),
  area_frame = c(North = 2500, South = 2150, East = 1400, West = 950, Headquarters = 400),
  route = "Yes", items = c("tablet", "torch", "phone", "car"))
wave <- read.csv(
  "data/wave1.csv", colClasses = c(base_weight = "numeric"), na.strings = "", check.names = FALSE)
raked <- designs_of(wave, p, "raked")$raked
row <- function(question, rule, answer, group, y) {
  keep <- !is.na(y) & group$member
  if (!any(keep)) return(NULL)
  mean <- svymean(~.y, subset(update(raked, .y = ifelse(is.na(y), 0, y)), keep))
  data.frame(
    question = question, base_rule = rule, answer = answer, banner = group$banner, group = group$group,
    estimate = as.vector(coef(mean)), se = as.vector(SE(mean)), row.names = NULL)
}
questions <- questions_of(wave, p)
scales <- scales_of(wave)
rows <- list()
for (group in unlist(groups_of(wave, p), recursive = FALSE)) {
  for (q in questions) for (answer in names(q$answers)) {
    rows[[length(rows) + 1]] <- row(q$id, q$base_rule, answer, group, q$answers[[answer]])
  }
  for (name in names(scales)) rows[[length(rows) + 1]] <- row(name, "", "", group, scales[[name]])
}
print(do.call(rbind, rows), digits = 17)
