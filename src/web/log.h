/* The log: one line an event on standard error, "level=info event=request route=/plan status=200 …". It names
 * routes, never paths; no address, name or form value. What must be provable is in the audit chain instead.
 */
#ifndef LYKTA_WEB_LOG_H
#define LYKTA_WEB_LOG_H

/* Writes the line in one piece, cut at 1000 bytes, control characters as spaces. The caller gives no line
 * end. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
