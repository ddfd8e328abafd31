# An estimate from R through liblykta.so. The people are invented. usage: Rscript estimate_example.R liblykta.so
lykta <- dyn.load(commandArgs(trailingOnly = TRUE)[1])

# What lykta estimate --json prints, as text; R reads it with jsonlite, for one.
estimate <- function(table, method = "stepwise", replicates = 0, seed = 1, room = 1000000L) {
    found <- .C("foreign_estimate_into", table, method, as.double(replicates), as.double(seed), room,
                status = integer(1), json = strrep(" ", room))
    if (found$status != 0) stop(found$json)
    found$json
}

table <- paste0("police,shelter,health,count\n", "1,0,0,120\n", "0,1,0,90\n", "0,0,1,60\n", "1,1,0,20\n",
                "1,0,1,15\n", "0,1,1,10\n", "1,1,1,6\n")
# The first of its name: other models have a number each, further down.
number <- function(json, name) as.numeric(sub(paste0('(?s)^.*?"', name, '": ([0-9.]+).*$'), "\\1", json, perl = TRUE))
json <- estimate(table)
refused <- inherits(try(estimate(table, method = "guess"), silent = TRUE), "try-error") &&
    inherits(try(estimate(table, room = 100L), silent = TRUE), "try-error")
cat(sprintf("%.0f seen, about %.0f in all\n", number(json, "n"), number(json, "nhat")))
if (!refused) quit(status = 1)
