package org.vfioap.qemu.block;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** The format qcow2, of which only the header is read. Source: block/qcow2.c of QEMU 7.2. */
final class Qcow2Image implements NodeImage {
  private static final int HEADER = 112;
  private static final int MAGIC = 0x514649FB;
  private static final int OLD_HEADER = 72;
  private static final int SIZE_AT = 24;
  private static final int SMALLEST_CLUSTER = 9;
  private static final int LARGEST_CLUSTER = 21;
  private static final int USUAL_REFCOUNT = 4;

  private final BlockNode file;
  private final ByteBuffer header;
  private long size;

  private Qcow2Image(BlockNode file, ByteBuffer header) {
    this.file = file;
    this.header = header;
    this.size = header.getLong(SIZE_AT);
  }

  /**
   * Reads the header.
   *
   * @throws QemuError if it is none, or one of a version that nobody knows
   */
  static Qcow2Image of(BlockNode file) throws QemuError {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (file.source() instanceof FileImage source) {
      header.put(source.start(HEADER)).clear();
    }
    QemuError.require(header.getInt(0) == MAGIC, "Image is not in qcow2 format");
    int version = header.getInt(4);
    QemuError.require(
        version == 2 || version == 3,
        "Unsupported qcow2 version " + Integer.toUnsignedString(version));
    int cluster = header.getInt(20);
    QemuError.require(
        cluster >= SMALLEST_CLUSTER && cluster <= LARGEST_CLUSTER,
        "Unsupported cluster size: 2^" + cluster);
    return new Qcow2Image(file, header);
  }

  private boolean isOld() {
    return header.getInt(4) == 2;
  }

  private boolean isSet(int at, int bit) {
    return !isOld() && (header.getLong(at) >>> bit & 1) != 0;
  }

  @Override
  public String driver() {
    return "qcow2";
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long allocated() {
    return file.image().allocated();
  }

  @Override
  public Optional<String> filename() {
    return file.image().filename();
  }

  @Override
  public JsonObject identity() {
    return JsonObject.of("driver", driver()).with("file", file.image().identity());
  }

  @Override
  public void describe(JsonObject image) {
    image.with("cluster-size", 1L << header.getInt(20));
    image.with("dirty-flag", isSet(OLD_HEADER, 0));
    JsonObject data = JsonObject.of("compat", isOld() ? "0.10" : "1.1");
    boolean zstd = isSet(OLD_HEADER, 3) && header.get(104) == 1;
    data.with("compression-type", zstd ? "zstd" : "zlib");
    data.with("refcount-bits", 1 << (isOld() ? USUAL_REFCOUNT : header.getInt(96)));
    if (!isOld()) {
      data.with("lazy-refcounts", isSet(80, 0));
      data.with("corrupt", isSet(OLD_HEADER, 1));
      data.with("extended-l2", isSet(OLD_HEADER, 4));
    }
    image.with("format-specific", JsonObject.of("type", driver()).with("data", data));
  }

  /** A format keeps tables of its own in the file, even if the guest does not write. */
  @Override
  public BlockUse below(BlockUse use, int wanted, int shared, boolean writes) {
    int own = Permissions.READ | (writes ? Permissions.WRITE | Permissions.RESIZE : 0);
    return use.with(wanted | own, shared & ~(Permissions.WRITE | Permissions.RESIZE));
  }

  /** A larger image needs a larger table of tables, which is not made here. */
  @Override
  public void resize(long wanted) throws QemuError {
    QemuError.require(wanted % SECTOR == 0, "The new size must be a multiple of 512");
    int cluster = header.getInt(20);
    long most = (long) header.getInt(36) << (2 * cluster - 3);
    QemuError.require(
        wanted <= most,
        "the emulator cannot enlarge the tables of this image: allowed are sizes up to "
            + most
            + "; use qemu-img resize");
    if (file.source() instanceof FileImage source) {
      source.write(wanted, SIZE_AT);
    }
    size = wanted;
  }
}
