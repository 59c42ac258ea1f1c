package org.vfioap.fuse;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A tree of files, mounted on a directory of this computer for real programs.
 *
 * <p>It speaks the kernel's FUSE protocol on /dev/fuse and needs the right to mount: root, or a
 * user namespace ({@code unshare -Urm}). Every file belongs to the user who mounted it. A thread of
 * this process that uses a file below the mount waits for another of its threads; a node must not.
 */
public final class FuseMount implements AutoCloseable {
  private static final String DEVICE = "/dev/fuse";
  private static final long PATIENCE_MILLIS = 2000;

  private final int device;
  private final Path directory;
  private final InFlight inFlight = new InFlight();
  private final FuseConnection connection;
  private final Announcer announcer;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FuseMount(FileTree tree, Path directory, int device) {
    this.device = device;
    this.directory = directory;
    NodeTable nodes = new NodeTable(tree.root());
    announcer = new Announcer(device, nodes, tree::awaitChanges);
    connection = new FuseConnection(device, new Dispatch(nodes, inFlight, () -> afterChange(tree)));
  }

  /**
   * Mounts a tree; programs see its files when this returns.
   *
   * @param tree what the directory then contains
   * @param directory an existing directory
   * @throws MountException if this computer refuses
   */
  public static FuseMount mount(FileTree tree, Path directory) {
    int device = LibC.open(DEVICE, LibC.O_RDWR | LibC.O_CLOEXEC);
    if (device < 0) {
      throw new MountException(
          "cannot open "
              + DEVICE
              + ": "
              + LibC.text(LibC.errno())
              + "; load the module fuse, and let your user read and write the device");
    }
    String options =
        String.format(
            "fd=%d,rootmode=40000,user_id=%d,group_id=%d,allow_other,default_permissions",
            device, LibC.getuid(), LibC.getgid());
    int flags = LibC.MS_NOSUID | LibC.MS_NODEV;
    if (LibC.mount("vfioap", directory.toString(), "fuse.vfioap", flags, options) != 0) {
      String reason = LibC.text(LibC.errno());
      LibC.close(device);
      throw new MountException(
          "cannot mount on " + directory + ": " + reason + "; run as root or in: unshare -Urm");
    }
    FuseMount mount = new FuseMount(tree, directory, device);
    mount.connection.start();
    mount.announcer.start();
    return mount;
  }

  private void afterChange(FileTree tree) {
    tree.afterChange();
    settle();
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
   * Tells that lasting directories may have come or gone. Programs know it soon; a program whose
   * write or close made them go knows it before the call returns.
   */
  public void announce() {
    announcer.request();
  }

  /** Waits until programs know what was announced so far. */
  public void settle() {
    if (announcer.isBehind()) {
      beginsToWait();
      try {
        announcer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Unmounts, also under programs that still use files: they get errors from then on. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    inFlight.interruptAll();
    announcer.close();
    String target = directory.toString();
    if (LibC.umount2(target, LibC.MNT_FORCE | LibC.MNT_DETACH) != 0) {
      LibC.umount2(target, LibC.MNT_DETACH);
    }
    try {
      connection.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LibC.close(device);
  }
}
