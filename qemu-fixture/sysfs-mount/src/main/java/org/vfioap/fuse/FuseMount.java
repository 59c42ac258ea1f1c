package org.vfioap.fuse;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A tree of files, mounted on a directory of this computer for real programs.
 *
 * <p>It speaks the kernel's FUSE protocol on /dev/fuse. Root, also of a user namespace ({@code
 * unshare -Urm}), mounts it for everybody; any other user through fusermount3 for himself. Every
 * file belongs to the user who mounted it. A thread of this process that uses a file below the
 * mount waits for another of its threads; a node must not.
 */
public final class FuseMount implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2000;

  private final int device;
  private final Path directory;
  private final InFlight inFlight = new InFlight();
  private final FuseConnection connection;
  private final Announcer announcer;
  private final NodeTable nodes;
  private final Promises promises;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FuseMount(FileTree tree, Path directory, int device) {
    this.device = device;
    this.directory = directory;
    nodes = new NodeTable(tree.root());
    promises = nodes.promises();
    announcer = new Announcer(new Notices(device), nodes, tree::awaitChanges);
    Around around = new Around(tree, new Notices(device));
    connection = new FuseConnection(device, new Dispatch(nodes, inFlight, around));
  }

  /**
   * Mounts a tree; programs see its files when this returns.
   *
   * @param tree what the directory then contains
   * @param directory the absolute path of an existing directory; what a process that is gone left
   *     mounted there is unmounted first
   * @throws MountException if this computer refuses
   */
  public static FuseMount mount(FileTree tree, Path directory) {
    int device = Mounter.mount(directory);
    FuseMount mount = new FuseMount(tree, directory, device);
    mount.connection.start();
    mount.announcer.start();
    OpenMounts.add(directory);
    return mount;
  }

  /** What this mount does around answers. */
  private final class Around implements Surroundings {
    private final FileTree tree;
    private final Notices notices;

    Around(FileTree tree, Notices notices) {
      this.tree = tree;
      this.notices = notices;
    }

    @Override
    public void beforeWrite() {
      takeBack();
    }

    @Override
    public void afterChange() {
      tree.afterChange();
      settle();
    }

    @Override
    public void afterWrite() {
      tree.afterWrite(connection);
    }

    @Override
    public void useless(List<NodeTable.Entry> entries) {
      notices.useless(entries);
    }
  }

  /** Waits until the kernel asks for everything that it was promised. */
  private void takeBack() {
    if (!promises.isEmpty()) {
      announcer.takeBack();
      settle();
    }
  }

  /**
   * Does something that no program asked for and that may make files come or go; meanwhile programs
   * find nothing without asking.
   */
  public void change(Runnable action) {
    promises.beginChange();
    try {
      takeBack();
      action.run();
      settle();
    } finally {
      promises.endChange();
    }
  }

  /** Returns the directory that it is mounted on. */
  public Path directory() {
    return directory;
  }

  /**
   * Tells that the calling thread is about to wait, perhaps long; if it answers a program,
   * everybody else is served by another thread meanwhile.
   */
  public void beginsToWait() {
    announcer.tellSoon();
    connection.beginsToWait();
  }

  /**
   * Tells that the calling thread has to wait until another one has finished, briefly; otherwise as
   * {@link #beginsToWait}.
   */
  public void findsLockTaken() {
    connection.findsLockTaken();
  }

  /**
   * Tells that something may have come or gone. Programs know it soon; a program whose write or
   * close made it go knows it before the call returns.
   */
  public void announce() {
    announcer.request();
    // A write or close settles at its end.
    if (!connection.isChanging()) {
      announcer.tellSoon();
    }
  }

  /** Returns when programs know what was announced so far. */
  public void settle() {
    if (announcer.isBehind()) {
      announcer.tell(connection::beginsToWait);
    }
  }

  /** Returns how many nodes the kernel remembers. */
  int knownNodes() {
    return nodes.size();
  }

  /** Waits until it is unmounted, by whomever. */
  public void awaitEnd() throws InterruptedException {
    connection.awaitEnd();
  }

  /**
   * Unmounts what a process mounted on a directory, even one that is gone.
   *
   * @param directory an absolute path
   * @return whether there was anything of this kind
   */
  public static boolean unmount(Path directory) {
    boolean mounted = Mounter.isMounted(directory);
    if (mounted) {
      Mounter.unmount(directory);
    }
    return mounted;
  }

  /**
   * Unmounts, also under programs that still use files: they get errors from then on. The end of
   * the JVM does it too, unless it is killed at once.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    inFlight.interruptAll();
    announcer.close();
    Mounter.unmount(directory);
    OpenMounts.remove(directory);
    try {
      connection.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LibC.close(device);
  }
}
