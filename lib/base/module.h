/* Parts of the program that most of its commands do without, and that would cost each start the loading of
 * their libraries: modules, loaded when they are needed. */
#ifndef LYKTA_BASE_MODULE_H
#define LYKTA_BASE_MODULE_H

#include "base/err.h"

/* Loads `name` (lykta-mail.so) from beside the running program, where it is built, else from the folder
 * `installed`, and stays loaded to the program's end. *module is for dlsym. SYSTEM when it cannot be loaded;
 * the message names the module and the system's reason. */
enum status module_open(const char *name, const char *installed, void **module, struct err *e) MUST_USE;

#endif
