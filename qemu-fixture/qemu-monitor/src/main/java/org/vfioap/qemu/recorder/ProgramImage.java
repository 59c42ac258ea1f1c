package org.vfioap.qemu.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a position-independent 64-bit ELF program: what its data holds after the relative
 * relocations, addressed as the linker laid it out.
 */
final class ProgramImage {
  private static final int SECTION_RELA = 4;
  private static final int SECTION_NOBITS = 8;
  private static final int X86_64_RELATIVE = 8;

  private final ByteBuffer file;
  private final List<Section> sections = new ArrayList<>();
  private final Map<Long, Long> pointers = new HashMap<>();

  private ProgramImage(ByteBuffer file) {
    this.file = file.order(ByteOrder.LITTLE_ENDIAN);
  }

  static ProgramImage read(Path program) throws IOException {
    ProgramImage image = new ProgramImage(ByteBuffer.wrap(Files.readAllBytes(program)));
    image.readSections();
    image.readRelocations();
    return image;
  }

  private void readSections() {
    int table = (int) file.getLong(0x28);
    int entry = file.getShort(0x3A);
    int count = file.getShort(0x3C);
    for (int i = 0; i < count; i++) {
      int at = table + i * entry;
      sections.add(
          new Section(
              file.getInt(at + 4),
              file.getLong(at + 0x10),
              (int) file.getLong(at + 0x18),
              (int) file.getLong(at + 0x20)));
    }
  }

  private void readRelocations() {
    for (Section section : sections) {
      if (section.type == SECTION_RELA) {
        for (int at = section.offset; at < section.offset + section.size; at += 24) {
          if ((int) file.getLong(at + 8) == X86_64_RELATIVE) {
            pointers.put(file.getLong(at), file.getLong(at + 16));
          }
        }
      }
    }
  }

  /** Returns the addresses of pointers to the text {@code name}. */
  List<Long> pointersTo(String name) {
    return pointers.entrySet().stream()
        .filter(entry -> text(entry.getValue()).equals(Optional.of(name)))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Returns the text that the pointer at {@code address} points to. */
  Optional<String> textAt(long address) {
    return Optional.ofNullable(pointers.get(address)).flatMap(this::text);
  }

  int byteAt(long address) {
    return file.get(offset(address)) & 0xFF;
  }

  int shortAt(long address) {
    return file.getShort(offset(address)) & 0xFFFF;
  }

  long longAt(long address) {
    return file.getLong(offset(address));
  }

  private Optional<String> text(long address) {
    int start = offset(address);
    if (start < 0) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (int at = start; file.get(at) != 0; at++) {
      text.append((char) (file.get(at) & 0xFF));
    }
    return Optional.of(text.toString());
  }

  private int offset(long address) {
    for (Section s : sections) {
      boolean loaded = s.type != SECTION_NOBITS && s.address != 0;
      if (loaded && address >= s.address && address < s.address + s.size) {
        return (int) (s.offset + address - s.address);
      }
    }
    return -1;
  }

  private record Section(int type, long address, int offset, int size) {}
}
