# The same estimate with R's glm(): forward choice of pairs by Poisson p-value, repeated in every bootstrap replicate.
# The baseline of the benchmark: what a careful analyst would write with what the field uses.
# usage: Rscript stepwise.R TABLE.csv REPLICATES
args <- commandArgs(trailingOnly = TRUE)
seen <- read.csv(args[1])
replicates <- as.integer(args[2])
lists <- ncol(seen) - 1

cells <- as.matrix(expand.grid(rep(list(0:1), lists)))[-1, ]
key <- function(rows) drop(rows %*% 2^(0:(lists - 1)))
y <- numeric(nrow(cells))
y[key(as.matrix(seen[, 1:lists]))] <- seen$count
pairs <- combn(lists, 2)

fit_model <- function(y, chosen) {
  both <- function(p) cells[, pairs[1, p]] * cells[, pairs[2, p]]
  empty <- Filter(function(p) sum(y * both(p)) == 0, chosen)
  keep <- rep(TRUE, nrow(cells))
  for (p in empty) keep <- keep & both(p) == 0
  x <- do.call(cbind, c(list(1, cells), lapply(setdiff(chosen, empty), both)))
  fit <- suppressWarnings(glm.fit(x[keep, , drop = FALSE], y[keep], family = poisson()))
  mean <- numeric(nrow(cells))
  mean[keep] <- fit$fitted.values
  list(nhat = sum(y) + exp(fit$coefficients[1]), mean = mean)
}

stepwise <- function(y, threshold = 0.02) {
  chosen <- integer(0)
  repeat {
    fit <- fit_model(y, chosen)
    left <- setdiff(seq_len(ncol(pairs)), chosen)
    if (length(left) == 0) return(fit$nhat)
    p <- sapply(left, function(i) {
      both <- cells[, pairs[1, i]] * cells[, pairs[2, i]]
      expected <- sum(fit$mean * both)
      found <- sum(y * both)
      min(ppois(found, expected), 1 - ppois(found - 1, expected))
    })
    if (min(p) >= threshold) return(fit$nhat)
    chosen <- c(chosen, left[which.min(p)])
  }
}

started <- proc.time()[["elapsed"]]
nhat <- stepwise(y)
point <- proc.time()[["elapsed"]] - started
set.seed(1)
started <- proc.time()[["elapsed"]]
for (i in seq_len(replicates)) stepwise(drop(rmultinom(1, sum(y), y / sum(y))))
cat(sprintf("%.6f %.4f %.6f\n", nhat, point, (proc.time()[["elapsed"]] - started) / max(replicates, 1)))
