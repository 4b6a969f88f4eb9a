// Serves bodies that exist already: the least that a scrape can cost.
//
// prebuilt CONTENT-TYPE TEXT-FILE GZIP-FILE: prints "port N", answers every request with the text, or with the gzip body where
// Accept-Encoding has "gzip", keeps connections, and ends with its standard input.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct answer {
    char head[512];
    size_t head_length;
    char *body;
    size_t body_length;
};

static struct answer text, compressed;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void load(struct answer *answer, const char *path, const char *type, const char *encoding) {
    FILE *file = fopen(path, "rb");
    struct stat facts;
    if (file == NULL || fstat(fileno(file), &facts) != 0) fail(path);
    answer->body_length = (size_t)facts.st_size;
    answer->body = malloc(answer->body_length);
    if (answer->body == NULL || fread(answer->body, 1, answer->body_length, file) != answer->body_length) fail(path);
    fclose(file);
    answer->head_length = (size_t)snprintf(
        answer->head, sizeof answer->head, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%sContent-Length: %zu\r\n\r\n", type,
        encoding, answer->body_length);
}

// Reads up to the empty line that ends a request; 0 when the client has left.
static int read_request(int client, char *request, size_t size) {
    size_t length = 0;
    while (length + 1 < size) {
        ssize_t count = read(client, request + length, size - 1 - length);
        if (count <= 0) return 0;
        length += (size_t)count;
        request[length] = 0;
        if (strstr(request, "\r\n\r\n") != NULL) return 1;
    }
    return 0;
}

static int accepts_gzip(const char *request) {
    const char *line = strcasestr(request, "\r\naccept-encoding:");
    if (line == NULL) return 0;
    const char *end = strstr(line + 2, "\r\n");
    const char *word = strcasestr(line, "gzip");
    return word != NULL && word < end;
}

static int write_all(int client, const char *bytes, size_t length, int flags) {
    while (length > 0) {
        ssize_t count = send(client, bytes, length, flags | MSG_NOSIGNAL);
        if (count <= 0) return 0;
        bytes += count;
        length -= (size_t)count;
    }
    return 1;
}

static void *serve(void *argument) {
    int client = (int)(long)argument;
    char request[8192];
    while (read_request(client, request, sizeof request)) {
        const struct answer *answer = accepts_gzip(request) ? &compressed : &text;
        if (!write_all(client, answer->head, answer->head_length, MSG_MORE)) break;
        if (!write_all(client, answer->body, answer->body_length, 0)) break;
    }
    close(client);
    return NULL;
}

static void *end_with_input(void *unused) {
    (void)unused;
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    exit(0);
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    load(&text, arguments[2], arguments[1], "");
    load(&compressed, arguments[3], arguments[1], "Content-Encoding: gzip\r\n");
    int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (server < 0 || bind(server, (struct sockaddr *)&address, length) != 0 || listen(server, 64) != 0 ||
        getsockname(server, (struct sockaddr *)&address, &length) != 0)
        fail("listen");
    pthread_t thread;
    if (pthread_create(&thread, NULL, end_with_input, NULL) != 0) fail("thread");
    printf("port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        int client = accept(server, NULL, NULL);
        if (client < 0) continue;
        setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (pthread_create(&thread, NULL, serve, (void *)(long)client) != 0) close(client);
        else pthread_detach(thread);
    }
}
