package org.vfioap.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the QMP monitor of a virtual machine listens, as the arguments of its process say: {@code
 * -qmp unix:PATH}, or {@code -mon} with {@code mode=control} and a {@code -chardev socket} with a
 * path or with a descriptor that somebody else bound, as libvirt's is.
 */
final class QmpSocket {
  private final Path process;
  private final List<String> arguments;

  private QmpSocket(Path process, List<String> arguments) {
    this.process = process;
    this.arguments = arguments;
  }

  /** Returns the path as the process sees it; empty if there is none or the process has ended. */
  static Optional<String> of(long pid) {
    Path process = Path.of("/proc/" + pid);
    try {
      List<String> arguments = List.of(text(process.resolve("cmdline")).split("\0", -1));
      return new QmpSocket(process, arguments).find();
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private Optional<String> find() {
    return values("-qmp")
        .filter(value -> value.startsWith("unix:"))
        .map(value -> value.substring("unix:".length()).split(",", 2)[0])
        .map(this::absolute)
        .findFirst()
        .or(this::ofMonitor);
  }

  private Optional<String> ofMonitor() {
    return values("-mon")
        .filter(value -> key(value, "mode").filter("control"::equals).isPresent())
        .flatMap(value -> key(value, "chardev").stream())
        .flatMap(this::ofChardev)
        .findFirst();
  }

  private Stream<String> ofChardev(String id) {
    return values("-chardev")
        .filter(value -> value.startsWith("socket,"))
        .filter(value -> key(value, "id").filter(id::equals).isPresent())
        .flatMap(
            value ->
                key(value, "path")
                    .map(this::absolute)
                    .or(() -> key(value, "fd").flatMap(this::ofDescriptor))
                    .stream());
  }

  /** Returns what stands behind an option, as often as it is given. */
  private Stream<String> values(String option) {
    return IntStream.range(0, arguments.size() - 1)
        .filter(i -> arguments.get(i).equals(option))
        .mapToObj(i -> arguments.get(i + 1));
  }

  private static Optional<String> key(String value, String key) {
    return Stream.of(value.split(",", -1))
        .filter(part -> part.startsWith(key + "="))
        .map(part -> part.substring(key.length() + 1))
        .findFirst();
  }

  private String absolute(String path) {
    try {
      Path folder = Files.readSymbolicLink(process.resolve("cwd"));
      return path.startsWith("/") ? path : folder + "/" + path;
    } catch (IOException hidden) {
      return path;
    }
  }

  /** Linux net/unix/af_unix.c, unix_seq_show: inode, a blank, the path. */
  private Optional<String> ofDescriptor(String number) {
    try {
      String link = Files.readSymbolicLink(process.resolve("fd/" + number)).toString();
      String inode = link.replaceAll("\\D", "");
      return text(process.resolve("net/unix"))
          .lines()
          .map(line -> line.strip().split("\\s+", 8))
          .filter(fields -> fields.length == 8 && fields[6].equals(inode))
          .map(fields -> fields[7])
          .findFirst();
    } catch (IOException closed) {
      return Optional.empty();
    }
  }
}
