package org.vfioap.qemu.block;

import java.util.Optional;
import org.vfioap.qemu.json.JsonObject;
import org.vfioap.qemu.qapi.QemuError;

/** All or a part of another node as it is. Source: block/raw-format.c of QEMU 7.2. */
record RawImage(BlockNode file, long offset, Optional<Long> length) implements NodeImage {
  private static final long WHOLE = -1;

  /**
   * Makes one.
   *
   * @throws QemuError if the part is not within the node below
   */
  static RawImage of(BlockNode file, JsonObject options) throws QemuError {
    long offset = NullImage.number(options, "offset", 0);
    long size = NullImage.number(options, "size", WHOLE);
    long there = file.image().size();
    QemuError.require(
        offset >= 0 && offset <= there,
        "Offset ("
            + offset
            + ") cannot be greater than size of the containing file ("
            + there
            + ")");
    if (size == WHOLE) {
      return new RawImage(file, offset, Optional.empty());
    }
    QemuError.require(
        size <= there - offset,
        "The sum of offset ("
            + offset
            + ") and size ("
            + size
            + ") has to be smaller or equal to the  actual size of the containing file ("
            + there
            + ")");
    QemuError.require(size % SECTOR == 0, "Specified size is not multiple of " + SECTOR);
    return new RawImage(file, offset, Optional.of(size));
  }

  private boolean isPart() {
    return offset != 0 || length.isPresent();
  }

  @Override
  public String driver() {
    return "raw";
  }

  @Override
  public long size() {
    return length.orElseGet(() -> NodeImage.sectors(file.image().size() - offset));
  }

  @Override
  public long allocated() {
    return file.image().allocated();
  }

  @Override
  public Optional<String> filename() {
    return isPart() ? Optional.empty() : file.image().filename();
  }

  @Override
  public JsonObject identity() {
    JsonObject identity = JsonObject.of("driver", driver());
    if (offset != 0) {
      identity.with("offset", offset);
    }
    length.ifPresent(size -> identity.with("size", size));
    return identity.with("file", file.image().identity());
  }

  @Override
  public void describe(JsonObject image) {
    JsonObject below = JsonObject.empty();
    file.image().describe(below);
    below.get("dirty-flag").ifPresent(dirty -> image.with("dirty-flag", dirty));
  }

  /** A part must keep its end. */
  @Override
  public BlockUse below(BlockUse use, int wanted, int shared, boolean writes) {
    return use.with(wanted, isPart() ? shared & ~Permissions.RESIZE : shared);
  }

  @Override
  public void resize(long size) throws QemuError {
    QemuError.require(length.isEmpty(), "Cannot resize fixed-size raw disks");
    file.image().resize(size + offset);
  }
}
