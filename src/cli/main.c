/* xulp: the program.  Subcommands return an exit code and a sentence; it is
 * printed here, once. */
#include "cli/cli.h"
#include "cli/team.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct team *cli_team = NULL;

int main(int argc, char **argv)
{
    struct error error = {0};
    int code = cli_dispatch(argc, argv, &error);
    if (code != OK) {
        fflush(stdout);
        fprintf(stderr, "xulp: %s\n", error.text);
        return code;
    }
    if (ferror(stdout) || fclose(stdout) != 0) {
        fprintf(stderr, "xulp: standard output: cannot be written: %s\n", strerror(errno));
        return MACHINE_FAILED;
    }
    return OK;
}
