/* Other programs, by posix_spawnp(3): standard input is empty, standard output
 * and error go into one pipe, and the start of what comes out of it is kept. */
#include "report/process.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What a program wrote, as one line. */
struct said {
    char text[700];
    size_t length;
};

static void keep(struct said *said, const char *text, size_t length)
{
    for (size_t i = 0; i < length && said->length < sizeof said->text - 1; i++) {
        char c = text[i];
        if ((unsigned char)c < ' ' || c == '\x7f')
            c = ' ';
        if (c != ' ' || (said->length > 0 && said->text[said->length - 1] != ' '))
            said->text[said->length++] = c;
    }
    said->text[said->length] = '\0';
}

static void listen_to(int pipe_end, struct said *said)
{
    char text[4096];
    ssize_t length;
    while ((length = read(pipe_end, text, sizeof text)) > 0 || (length < 0 && errno == EINTR))
        keep(said, text, length > 0 ? (size_t)length : 0);
    if (said->length > 0 && said->text[said->length - 1] == ' ')
        said->text[--said->length] = '\0';
}

/* Starts it; returns an errno. */
static int start(const char *const argv[], int out, pid_t *process)
{
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0)
        return failed;
    failed = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (failed == 0)
        failed = posix_spawn_file_actions_adddup2(&actions, out, 1);
    if (failed == 0)
        failed = posix_spawn_file_actions_adddup2(&actions, out, 2);
    if (failed == 0) /* posix_spawnp does not write to argv, though its type says so */
        failed =
            posix_spawnp(process, argv[0], &actions, NULL, (char *const *)(void *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static int judge(const char *program, int status, const struct said *said, struct error *error)
{
    const char *text = said->length > 0 ? said->text : "it did not say why";
    if (WIFSIGNALED(status))
        return error_set(error, MACHINE_FAILED, "%s: killed by signal %d: %s", program,
                         WTERMSIG(status), text);
    if (WEXITSTATUS(status) != 0)
        return error_set(error, MACHINE_FAILED, "%s: failed with exit code %d: %s", program,
                         WEXITSTATUS(status), text);
    return OK;
}

int process_run(const char *const argv[], const char *package, struct error *error)
{
    int ends[2], status;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(error, MACHINE_FAILED, "%s: cannot be run: %s", argv[0], strerror(errno));
    pid_t process;
    int failed = start(argv, ends[1], &process);
    close(ends[1]);
    if (failed != 0) {
        close(ends[0]);
        if (failed == ENOENT)
            return error_set(error, MACHINE_FAILED,
                             "%s: is not installed (Debian package %s: apt-get install %s)",
                             argv[0], package, package);
        return error_set(error, MACHINE_FAILED, "%s: cannot be run: %s", argv[0], strerror(failed));
    }
    struct said said = {0};
    listen_to(ends[0], &said);
    close(ends[0]);
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return error_set(error, MACHINE_FAILED, "%s: waitpid: %s", argv[0], strerror(errno));
    return judge(argv[0], status, &said, error);
}
