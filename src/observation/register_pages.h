/* The register. */
#ifndef LYKTA_OBSERVATION_REGISTER_PAGES_H
#define LYKTA_OBSERVATION_REGISTER_PAGES_H

#include "base/err.h"

struct request;
struct response;

enum status register_show(const struct request *r, struct response *out, struct err *e);
enum status register_download(const struct request *r, struct response *out, struct err *e);
enum status register_package_download(const struct request *r, struct response *out, struct err *e);

#endif
