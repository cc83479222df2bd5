/* platform.md and platform.html: what this machine's maths change. */
#ifndef XULP_REPORT_PLATFORM_PAGE_H
#define XULP_REPORT_PLATFORM_PAGE_H

#include "sweep/platform.h"

/* share holds report/style.css and report/template.html. */
int platform_page_write(const struct platform_run *runs, size_t count, const char *directory,
                        const char *share, struct error *error);

#endif
