package org.vfioap.fuse;

import org.jspecify.annotations.Nullable;
import org.vfioap.kernel.KernelRefusal;

/** Finds the answer to each request, whatever its bytes are. */
final class Dispatch {
  /** The request is not to be answered at all. */
  static final int NO_REPLY = -1;

  private static final int EPERM = 1;
  private static final int EIO = 5;
  private static final int EACCES = 13;
  private static final int EINVAL = 22;
  private static final int EFBIG = 27;
  private static final int ENOSYS = 38;
  private static final int EPROTO = 71;
  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;
  private static final int MAJOR = 7;
  private static final int MINOR = 31;

  /** FUSE_BIG_WRITES, FUSE_PARALLEL_DIROPS and FUSE_MAX_PAGES. */
  private static final int FLAGS = 1 << 5 | 1 << 18 | 1 << 22;

  /** FUSE_DO_READDIRPLUS and FUSE_READDIRPLUS_AUTO. */
  private static final int PLUS = 1 << 13 | 1 << 14;

  /** Of Linux 6.18: what programs listed can be made forgotten. */
  private static final int MINOR_FOR_PLUS = 45;

  private final Lookups lookups;
  private final OpenFiles files;
  private final OpenDirectories directories;
  private final InFlight inFlight;
  private final Surroundings surroundings;
  private final Promises promises;

  Dispatch(NodeTable nodes, InFlight inFlight, Surroundings surroundings) {
    this.surroundings = surroundings;
    lookups = new Lookups(nodes);
    files = new OpenFiles(nodes);
    directories = new OpenDirectories(nodes, lookups, surroundings);
    promises = nodes.promises();
    this.inFlight = inFlight;
  }

  /** Writes the answer and returns 0, an errno, or {@link #NO_REPLY}. */
  int answer(Request request, Reply reply) {
    Opcode opcode = request.opcode();
    try {
      return opcode == null ? ENOSYS : answer(opcode, request, reply);
    } catch (KernelRefusal refusal) {
      return refused(opcode, refusal.errno().number());
    } catch (RuntimeException malformed) {
      return refused(opcode, EIO);
    }
  }

  /** What is forgotten is never answered, not even when it is not known. */
  private static int refused(@Nullable Opcode opcode, int errno) {
    return opcode == Opcode.FORGET || opcode == Opcode.BATCH_FORGET ? NO_REPLY : errno;
  }

  private int answer(Opcode opcode, Request request, Reply reply) {
    switch (opcode) {
      case LOOKUP -> lookups.lookup(request, reply);
      case GETATTR -> lookups.attributes(request, reply);
      case READLINK -> lookups.readLink(request, reply);
      case OPEN -> files.open(request, reply);
      case READ -> read(request, reply);
      case WRITE -> write(request, reply);
      case STATFS -> Lookups.statistics(reply);
      case RELEASE -> release(request);
      case OPENDIR -> directories.open(request, reply);
      case READDIR -> directories.read(request, reply);
      case READDIRPLUS -> directories.readPlus(request, reply);
      case RELEASEDIR -> directories.release(request);
      default -> {
        return rare(opcode, request, reply);
      }
    }
    return 0;
  }

  private int rare(Opcode opcode, Request request, Reply reply) {
    return switch (opcode) {
      case INIT -> init(request, reply);
      case FORGET -> silent(() -> lookups.forget(request));
      case BATCH_FORGET -> silent(() -> lookups.forgetAll(request));
      case INTERRUPT -> inFlight.interrupt(request.longAt(0)) ? NO_REPLY : LibC.EAGAIN;
      case SETATTR -> setAttributes(request, reply);
      case POLL -> done(() -> files.poll(request, reply));
      case CREATE -> EACCES;
      case MKNOD -> (request.intAt(0) & S_IFMT) == S_IFREG ? EACCES : EPERM;
      case SYMLINK, MKDIR, UNLINK, RMDIR, RENAME, LINK -> EPERM;
      // Flags were given, or it would be RENAME.
      case RENAME2, FSYNCDIR -> EINVAL;
      default -> 0;
    };
  }

  private int setAttributes(Request request, Reply reply) {
    if (ChangedAttributes.isTooLarge(request)) {
      return EFBIG;
    }
    lookups.setAttributes(request, reply);
    return 0;
  }

  private void read(Request request, Reply reply) {
    if (!files.letsReadersWait(request)) {
      files.read(request, reply);
      return;
    }
    long unique = request.unique();
    inFlight.begin(unique);
    try {
      files.read(request, reply);
    } finally {
      inFlight.end(unique);
    }
  }

  /** A store may wait for a guest, and then the kernel can interrupt it. */
  private void write(Request request, Reply reply) {
    long unique = request.unique();
    inFlight.begin(unique);
    promises.beginChange();
    try {
      surroundings.beforeWrite();
      Writer.of(request).run(() -> files.write(request, reply));
    } finally {
      inFlight.end(unique);
      surroundings.afterChange();
      promises.endChange();
      surroundings.afterWrite();
    }
  }

  private void release(Request request) {
    files.release(request);
    surroundings.afterChange();
  }

  private static int done(Runnable action) {
    action.run();
    return 0;
  }

  private static int silent(Runnable action) {
    action.run();
    return NO_REPLY;
  }

  private static int init(Request request, Reply reply) {
    if (request.intAt(0) < MAJOR) {
      return EPROTO;
    }
    int flags = request.intAt(4) < MINOR_FOR_PLUS ? FLAGS : FLAGS | PLUS;
    reply.put(MAJOR).put(MINOR).put(request.intAt(8)).put(flags & request.intAt(12));
    // No background limit of our own; writes as large as reads; times in nanoseconds.
    reply.put(0).put(OpenFiles.MAX_READ).put(1).put(OpenFiles.MAX_READ / 4096).zeros(32);
    return 0;
  }
}
