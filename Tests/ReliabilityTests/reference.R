# Prints the expected values of PackageValuesTests: irrCAC 1.4 for R in full precision, here with R 4.2.2.
#   git clone https://github.com/kgwet/irrCAC   (commit 7fb7509)
#   Rscript reference.R irrCAC/R [codings.csv]
# The package rounds what it prints, and counts codes with dplyr: both are taken out here, nothing else.
arguments <- commandArgs(trailingOnly = TRUE)
for (name in c("weights.gen.r", "agree.coeff2.r", "agree.coeff3.raw.r")) {
  lines <- readLines(file.path(arguments[1], name), warn = FALSE)
  lines <- gsub("dplyr::summarise\\(.*", "NULL", lines)
  lines <- gsub("colnames\\(obs.count\\) <- cnames", "NULL", lines)
  source(textConnection(lines), local = FALSE)
}
round <- function(x, ...) x

# A table of two coders as one row per unit.
expand <- function(table) {
  rows <- NULL
  for (k in seq_len(nrow(table))) for (l in seq_len(ncol(table)))
    rows <- rbind(rows, matrix(rep(c(k, l), table[k, l]), ncol = 2, byrow = TRUE))
  rows
}
distribution <- function(table) t(apply(table, 1, function(row) rep(seq_along(row), row)))

number <- function(x) sprintf("%.15g", x)
interval <- function(text) {
  limits <- as.numeric(strsplit(gsub("[()]", "", text), ",")[[1]])
  sprintf("%s ... %s", number(limits[1]), number(limits[2]))
}
say <- function(what, value, se, conf)
  cat(sprintf("  %-6s %s  se %s  %s\n", what, number(value), number(se), interval(conf)))
report <- function(name, ratings) {
  cat(name, "\n")
  pa <- pa.coeff.raw(ratings)$est
  say("pa", pa$coeff.val, pa$coeff.se, pa$conf.int)
  ac1 <- gwet.ac1.raw(ratings)$est
  say("ac1", ac1$coeff.val, ac1$coeff.se, ac1$conf.int)
  alpha <- krippen.alpha.raw(ratings)$est
  say("alpha", alpha$coeff.val, alpha$coeff.se, alpha$conf.int)
  if (ncol(ratings) == 2) {
    both <- ratings[!is.na(ratings[, 1]) & !is.na(ratings[, 2]), ]
    levels <- sort(unique(na.omit(as.vector(as.matrix(both)))))
    kappa <- kappa2.table(unclass(table(factor(both[, 1], levels), factor(both[, 2], levels))))
    say("kappa", kappa$coeff.val, kappa$coeff.se, kappa$coeff.ci)
  }
}

square <- function(...) { x <- c(...); matrix(x, nrow = sqrt(length(x)), byrow = TRUE) }
four <- matrix(c(1,1,NA,1, 2,2,3,2, 3,3,3,3, 3,3,3,3, 2,2,2,2, 1,2,3,4, 4,4,4,4, 1,1,2,1, 2,2,2,2, NA,5,5,5,
  NA,NA,1,1, NA,NA,3,NA), ncol = 4, byrow = TRUE)
six <- matrix(c(0,0,0,6,0, 0,3,0,0,3, 0,1,4,0,1, 0,0,0,0,6, 0,3,0,3,0, 2,0,4,0,0, 0,0,4,0,2, 2,0,3,1,0,
  2,0,0,4,0, 0,0,0,0,6, 1,0,0,5,0, 1,1,0,4,0, 0,3,3,0,0, 1,0,0,5,0, 0,2,0,3,1), ncol = 5, byrow = TRUE)
frame <- function(m) { m <- as.data.frame(m); names(m) <- paste0("c", seq_along(m)); m }
report("four coders", frame(four))
report("four coders, coded at least twice", frame(four[1:11, ]))
report("abstractors", frame(expand(square(13,0,0, 0,20,7, 0,4,56))))
report("six coders", frame(distribution(six)))
report("skin condition", frame(expand(square(10,4,1,0, 5,10,12,2, 2,4,12,5, 0,2,6,13))))
report("statpsych 31 12 4 58", frame(expand(square(31,12,4,58))))
report("paradox balanced", frame(expand(square(40,9,6,45))))
report("paradox skewed", frame(expand(square(80,10,5,5))))
report("grant applications", frame(expand(square(20,5,10,15))))
report("Ben and Gerry", frame(cbind(c(1,1,2,2,4,3,3,3,5,4,4,1), c(2,1,2,2,2,3,3,3,5,4,4,4))))
report("95 4 1 0", frame(expand(square(95,4,1,0))))

if (length(arguments) > 1) {
  codings <- read.csv(arguments[2], colClasses = "character")
  units <- sort(unique(codings$comment))
  for (theme in c("systems", "kit", "skills", "morale")) {
    ratings <- sapply(c("A", "B"), function(coder) {
      mine <- codings[codings$coder == coder, ]
      ifelse(units %in% mine$comment, as.numeric(units %in% mine$comment[mine$theme == theme]), NA)
    })
    cat("by A and by B, rows and columns no, yes, not coded:\n")
    print(unclass(table(ratings[, 1], ratings[, 2], useNA = "always")))
    report(theme, frame(ratings))
  }
}
cat("t quantiles 0.975, df 1 2 9 99 1e6:", number(qt(0.975, c(1, 2, 9, 99, 1e6))), "\n")
