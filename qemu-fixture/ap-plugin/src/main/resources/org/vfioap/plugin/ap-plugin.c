/*
 * Gives a qemu-system-s390x without AP instructions the adapters of a machine: a plugin for TCG, QEMU 11.0 and newer.
 *
 *   cc -shared -fPIC -O2 ap-plugin.c -o ap-plugin.so
 *   qemu-system-s390x -cpu max -plugin ./ap-plugin.so,socket=PATH ...
 *
 * It knows how to find opcodes, registers and memory, and nothing of adapters: each instruction goes to the machine that
 * listens at PATH, and what comes back is applied. Each virtual CPU has a connection of its own, so none waits for
 * another. All numbers on the wire are big-endian.
 *
 *   hello    "VFAP", version (2 bytes), CPU (2)
 *   welcome  "VFAP", version (2), status (2: 0, or 1 if the version is refused),
 *            facility bits (32) that STFLE adds, length (2) and path of a page that counts changes
 *   request  instruction (1: PQAP 1, NQAP 2, DQAP 3), 3 unused, length of the message (4),
 *            general registers 0, 1, 2, the first pair and the second pair (7 x 8), message
 *   answer   done (1: 0 lets QEMU raise the operation exception), condition code (1), may be kept (1),
 *            changed registers (1: bit 0 is register 0), length to store (4), count of changes (8),
 *            the registers (7 x 8), where to store (8), what to store
 *
 * An answer that may be kept is kept until the count in the page differs from the one that came with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define PROTOCOL 1

/* What is used of QEMU's plugin interface, version 7, and of GLib, which QEMU has loaded. */
typedef struct {
  uint8_t *data;
  unsigned length;
} bytes;
typedef struct {
  char *data;
  unsigned length;
} array;
typedef struct {
  void *handle; /* 0 is a handle like any other */
  const char *name;
  const char *feature;
  bool is_readonly;
} register_description;
enum { READ_REGISTERS = 1, WRITE_REGISTERS = 2, WRITE_REGISTERS_AND_PC = 3 };
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void (*on_cpu)(unsigned cpu, void *data);

extern bytes *g_byte_array_new(void);
extern bytes *g_byte_array_append(bytes *, const uint8_t *, unsigned);
extern bytes *g_byte_array_set_size(bytes *, unsigned);
extern char *g_array_free(array *, int);
extern void qemu_plugin_register_vcpu_init_cb(uint64_t id, on_cpu, void *);
extern void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*)(struct qemu_plugin_tb *, void *), void *);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern size_t qemu_plugin_insn_data(const struct qemu_plugin_insn *, void *, size_t);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *, on_cpu, int flags, void *);
extern array *qemu_plugin_get_registers(void);
extern int qemu_plugin_read_register(void *handle, bytes *);
extern int qemu_plugin_write_register(void *handle, bytes *);
extern bool qemu_plugin_read_memory_vaddr(uint64_t, bytes *, size_t);
extern bool qemu_plugin_write_memory_vaddr(uint64_t, bytes *);
extern void qemu_plugin_set_pc(uint64_t); /* does not return */

EXPORT int qemu_plugin_version = 7;

enum { PQAP = 0xaf, NQAP = 0xad, DQAP = 0xae, STFLE = 0xb0 };
enum { REGISTERS = 7, LONGEST = 1 << 16, KEPT = 1024, CPUS = 512, SITES = 16, SECONDS = 20 };

/* An answer that may be kept. */
struct kept {
  uint64_t r0, r1, r2, changes;
  uint8_t condition, valid;
};

/* A virtual CPU: touched by its own thread only. */
struct cpu {
  void *general[16], *mask;
  int connection; /* -1 before the first use, -2 after the machine has gone */
  bytes *buffer;
  uint64_t list; /* where STFLE stores */
  struct kept kept[KEPT];
  uint8_t wire[REGISTERS * 8 + 24 + LONGEST];
};

/* Where an instruction is. */
struct site {
  uint64_t address;
  uint32_t code;
};

static struct cpu *cpus[CPUS];
static char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
static uint8_t facilities[32];
static const volatile uint64_t *changes;
static uint64_t behind[SITES]; /* where code goes on after an STFLE that ended a block */
static unsigned next_behind;
static volatile bool told;

static void put(uint8_t *to, uint64_t value, int length) {
  for (int i = 0; i < length; i++) to[i] = (uint8_t)(value >> 8 * (length - 1 - i));
}

static uint64_t take(const uint8_t *from, int length) {
  uint64_t value = 0;
  for (int i = 0; i < length; i++) value = value << 8 | from[i];
  return value;
}

static uint64_t get(struct cpu *cpu, void *handle) {
  g_byte_array_set_size(cpu->buffer, 0);
  qemu_plugin_read_register(handle, cpu->buffer);
  return take(cpu->buffer->data, (int)cpu->buffer->length);
}

static void set(struct cpu *cpu, void *handle, uint64_t value) {
  uint8_t text[8];
  put(text, value, 8);
  g_byte_array_set_size(cpu->buffer, 0);
  g_byte_array_append(cpu->buffer, text, 8);
  qemu_plugin_write_register(handle, cpu->buffer);
}

/* The condition code is in bits 18 and 19 of the program status word. */
static void set_condition(struct cpu *cpu, uint64_t condition) {
  set(cpu, cpu->mask, (get(cpu, cpu->mask) & ~(3ULL << 44)) | condition << 44);
}

static bool transfer(int connection, uint8_t *data, size_t length, bool out) {
  while (length > 0) {
    ssize_t n = out ? send(connection, data, length, MSG_NOSIGNAL) : recv(connection, data, length, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    data += n;
    length -= (size_t)n;
  }
  return true;
}

static void complain(const char *what) {
  if (!told) fprintf(stderr, "ap-plugin: %s\n", what);
  told = true;
}

/* Opens a connection and greets; returns -1 after a sentence if that fails. */
static int greet(unsigned number) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  struct timeval limit = {.tv_sec = SECONDS};
  uint8_t hello[8] = {'V', 'F', 'A', 'P'}, welcome[42];
  char file[4096] = {0};
  int connection = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  strcpy(address.sun_path, path);
  if (connection < 0 || connect(connection, (struct sockaddr *)&address, sizeof address) != 0) {
    if (!told) fprintf(stderr, "ap-plugin: no machine listens at %s: %s; start one with: vfioap boot\n", path, strerror(errno));
    told = true;
    if (connection >= 0) close(connection);
    return -1;
  }
  setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  put(hello + 4, PROTOCOL, 2);
  put(hello + 6, number, 2);
  if (!transfer(connection, hello, 8, true) || !transfer(connection, welcome, 8, false) || memcmp(welcome, hello, 4) != 0) {
    complain("what listens at the socket is no vfioap machine");
    close(connection);
    return -1;
  }
  if (take(welcome + 4, 2) != PROTOCOL || take(welcome + 6, 2) != 0) {
    fprintf(stderr, "ap-plugin: the plugin speaks version %d, the machine version %d; remove the plugin, it is built anew\n", PROTOCOL,
            (int)take(welcome + 4, 2));
    close(connection);
    return -1;
  }
  if (!transfer(connection, welcome + 8, 34, false) || take(welcome + 40, 2) >= sizeof file ||
      !transfer(connection, (uint8_t *)file, take(welcome + 40, 2), false)) {
    complain("the machine ended while it was greeted");
    close(connection);
    return -1;
  }
  if (!changes) {
    memcpy(facilities, welcome + 8, sizeof facilities);
    int page = open(file, O_RDONLY | O_CLOEXEC);
    void *mapped = page < 0 ? MAP_FAILED : mmap(NULL, 8, PROT_READ, MAP_SHARED, page, 0);
    if (page >= 0) close(page);
    if (mapped == MAP_FAILED) {
      fprintf(stderr, "ap-plugin: cannot map %s: %s\n", file, strerror(errno));
      close(connection);
      return -1;
    }
    changes = mapped;
  }
  return connection;
}

static void find_registers(unsigned number, void *unused) {
  (void)unused;
  struct cpu *cpu = number < CPUS ? calloc(1, sizeof *cpu) : NULL;
  if (!cpu) {
    complain("too many CPUs, or no memory: AP instructions of this one stay unknown");
    return;
  }
  cpu->connection = -1;
  cpu->buffer = g_byte_array_new();
  array *all = qemu_plugin_get_registers();
  for (unsigned i = 0; i < all->length; i++) {
    register_description *each = (register_description *)all->data + i;
    int n;
    char more;
    if (sscanf(each->name, "r%d%c", &n, &more) == 1 && n >= 0 && n < 16) cpu->general[n] = each->handle;
    if (strcmp(each->name, "pswm") == 0) cpu->mask = each->handle;
  }
  g_array_free(all, 1);
  cpus[number] = cpu;
}

/* What a processor answers whose machine has gone: no adapters any more. */
static void answer_nothing(struct cpu *cpu, uint8_t opcode, uint64_t r0) {
  bool query = opcode == PQAP && (r0 >> 24 & 0xff) == 4;
  if (query) {
    uint8_t nothing[128] = {0};
    uint64_t where = get(cpu, cpu->general[2]);
    g_byte_array_set_size(cpu->buffer, 0);
    g_byte_array_append(cpu->buffer, nothing, sizeof nothing);
    qemu_plugin_write_memory_vaddr(where, cpu->buffer);
  }
  set(cpu, cpu->general[1], query ? 0 : 0x00010000);
  set_condition(cpu, query ? 0 : 3);
}

/* Sends a request and applies the answer. */
enum outcome { DONE, UNKNOWN, GONE };
static enum outcome ask(struct cpu *cpu, uint8_t opcode, const uint64_t *in, const int *places, struct kept *slot) {
  uint8_t *wire = cpu->wire;
  uint64_t length = opcode == NQAP ? in[6] : 0;
  memset(wire, 0, 8);
  wire[0] = opcode == PQAP ? 1 : opcode == NQAP ? 2 : 3;
  if (length > LONGEST) length = 0; /* longer than any adapter takes: the registers tell */
  put(wire + 4, length, 4);
  for (int i = 0; i < REGISTERS; i++) put(wire + 8 + 8 * i, in[i], 8);
  if (length > 0) {
    g_byte_array_set_size(cpu->buffer, 0);
    if (!qemu_plugin_read_memory_vaddr(in[5], cpu->buffer, length)) return UNKNOWN;
    memcpy(wire + 64, cpu->buffer->data, length);
  }
  if (!transfer(cpu->connection, wire, 64 + length, true) || !transfer(cpu->connection, wire, 80, false)) return GONE;
  uint64_t stored = take(wire + 4, 4);
  if (stored > LONGEST || !transfer(cpu->connection, wire + 80, stored, false)) return GONE;
  if (!wire[0]) return UNKNOWN;
  if (stored > 0) {
    g_byte_array_set_size(cpu->buffer, 0);
    g_byte_array_append(cpu->buffer, wire + 80, (unsigned)stored);
    if (!qemu_plugin_write_memory_vaddr(take(wire + 72, 8), cpu->buffer)) return UNKNOWN;
  }
  for (int i = 0; i < REGISTERS; i++)
    if (wire[3] & 1 << i) set(cpu, cpu->general[places[i]], take(wire + 16 + 8 * i, 8));
  set_condition(cpu, wire[1] & 3);
  if (wire[2])
    *slot = (struct kept){in[0], take(wire + 24, 8), take(wire + 32, 8), take(wire + 8, 8), wire[1] & 3, wire[3] & 4 ? 2 : 1};
  return DONE;
}

static void execute(unsigned number, void *data) {
  struct site *site = data;
  struct cpu *cpu = number < CPUS ? cpus[number] : NULL;
  if (!cpu) return;
  uint8_t opcode = site->code >> 16 & 0xff;
  uint64_t in[REGISTERS] = {get(cpu, cpu->general[0])};
  struct kept *slot = &cpu->kept[(in[0] ^ in[0] >> 8) % KEPT];
  if (opcode == PQAP && slot->valid && slot->r0 == in[0] && changes && slot->changes == __atomic_load_n(changes, __ATOMIC_ACQUIRE)) {
    set(cpu, cpu->general[1], slot->r1);
    if (slot->valid == 2) set(cpu, cpu->general[2], slot->r2);
    set_condition(cpu, slot->condition);
    qemu_plugin_set_pc(site->address + 4);
  }
  int first = site->code >> 4 & 15, second = site->code & 15;
  int places[REGISTERS] = {0, 1, 2, first, (first + 1) & 15, second, (second + 1) & 15};
  for (int i = 1; i < (opcode == PQAP ? 3 : REGISTERS); i++) in[i] = get(cpu, cpu->general[places[i]]);
  if (cpu->connection == -1) cpu->connection = greet(number);
  enum outcome outcome = cpu->connection < 0 ? GONE : ask(cpu, opcode, in, places, slot);
  if (outcome == UNKNOWN) return; /* QEMU does not know the instruction either */
  if (outcome == GONE) {
    if (cpu->connection >= 0) close(cpu->connection);
    cpu->connection = -2;
    complain("the machine has ended; its adapters are gone, Linux goes on without them");
    answer_nothing(cpu, opcode, in[0]);
  }
  qemu_plugin_set_pc(site->address + 4);
}

/* STFLE runs as it is; the instruction behind it first adds the facilities of the machine. */
static void remember_list(unsigned number, void *data) {
  struct site *site = data;
  struct cpu *cpu = number < CPUS ? cpus[number] : NULL;
  int base = site->code >> 12 & 15;
  if (cpu) cpu->list = (base ? get(cpu, cpu->general[base]) : 0) + (site->code & 0xfff);
}

static void add_facilities(unsigned number, void *unused) {
  (void)unused;
  struct cpu *cpu = number < CPUS ? cpus[number] : NULL;
  if (!cpu || !cpu->list) return;
  uint64_t words = (get(cpu, cpu->general[0]) & 0xff) + 1;
  g_byte_array_set_size(cpu->buffer, 0);
  if (qemu_plugin_read_memory_vaddr(cpu->list, cpu->buffer, 8 * (words < 4 ? words : 4))) {
    for (unsigned i = 0; i < cpu->buffer->length; i++) cpu->buffer->data[i] |= facilities[i];
    qemu_plugin_write_memory_vaddr(cpu->list, cpu->buffer);
  }
  cpu->list = 0;
}

static bool is_behind(uint64_t address) {
  for (int i = 0; i < SITES; i++)
    if (behind[i] == address && address) return true;
  return false;
}

static void translate(struct qemu_plugin_tb *block, void *unused) {
  (void)unused;
  size_t count = qemu_plugin_tb_n_insns(block);
  bool follows = is_behind(qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(block, 0)));
  for (size_t i = 0; i < count; i++) {
    struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
    uint8_t code[6] = {0};
    if (follows) qemu_plugin_register_vcpu_insn_exec_cb(instruction, add_facilities, WRITE_REGISTERS, NULL);
    follows = false;
    if (qemu_plugin_insn_data(instruction, code, 6) != 4 || code[0] != 0xb2) continue;
    bool known = code[1] == PQAP || code[1] == NQAP || code[1] == DQAP;
    if (!known && code[1] != STFLE) continue;
    /* Blocks are translated again and again, so such few sites live as long as QEMU does. */
    struct site *site = malloc(sizeof *site);
    if (!site) continue;
    *site = (struct site){qemu_plugin_insn_vaddr(instruction), (uint32_t)take(code, 4)};
    qemu_plugin_register_vcpu_insn_exec_cb(instruction, known ? execute : remember_list,
                                           known ? WRITE_REGISTERS_AND_PC : WRITE_REGISTERS, site);
    follows = !known;
    if (follows && i + 1 == count) behind[next_behind++ % SITES] = site->address + 4;
  }
}

EXPORT int qemu_plugin_install(uint64_t id, const void *info, int argc, char **argv) {
  (void)info;
  for (int i = 0; i < argc; i++)
    if (strncmp(argv[i], "socket=", 7) == 0 && strlen(argv[i] + 7) < sizeof path) strcpy(path, argv[i] + 7);
  if (!*path) {
    fprintf(stderr, "ap-plugin: say where the machine listens: -plugin FILE,socket=PATH, at most %zu characters\n", sizeof path - 1);
    return -1;
  }
  int connection = greet(0xffff);
  if (connection < 0) return -1;
  close(connection);
  qemu_plugin_register_vcpu_init_cb(id, find_registers, NULL);
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate, NULL);
  return 0;
}
