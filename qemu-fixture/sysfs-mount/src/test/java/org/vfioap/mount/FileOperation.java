package org.vfioap.mount;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that java.nio.file can do to files, by name, on the files of preset document. */
@SuppressWarnings("StreamResourceLeak") // names and text close them
interface FileOperation {
  String UUID = "62177883-f1bb-47f0-914d-32a22e3a8804";

  /** Does it below a directory that stands for /sys, and returns what came of it. */
  Object on(Path sys) throws Exception;

  /** Returns all operations, in an order in which each finds what the ones before left. */
  static Map<String, FileOperation> all() {
    Map<String, FileOperation> all = new LinkedHashMap<>();
    reading(all);
    writing(all);
    refused(all);
    attributes(all);
    paths(all);
    channels(all);
    return all;
  }

  private static Path card(Path sys) {
    return sys.resolve("bus/ap/devices/card05");
  }

  private static Path mask(Path sys) {
    return sys.resolve("bus/ap/apmask");
  }

  private static void reading(Map<String, FileOperation> all) {
    all.put("readString", sys -> Files.readString(mask(sys)));
    all.put("readAllLines", sys -> Files.readAllLines(sys.resolve("bus/ap/bindings")));
    all.put("readAllBytes", sys -> Arrays.toString(Files.readAllBytes(mask(sys))));
    all.put("lines", sys -> text(Files.lines(mask(sys))));
    all.put("newBufferedReader", FileOperation::buffered);
    all.put("newInputStream", FileOperation::streamed);
    all.put("list", sys -> names(sys, Files.list(card(sys))));
    all.put("list of a link", sys -> names(sys, Files.list(sys.resolve("bus/ap/devices"))));
    all.put("walk", sys -> names(sys, Files.walk(sys)));
    all.put("walk of links", sys -> names(sys, Files.walk(sys.resolve("bus/ap"), 3)));
    all.put("find", sys -> names(sys, Files.find(sys, 9, (p, a) -> p.endsWith("hwtype"))));
    all.put("newDirectoryStream", sys -> globbed(card(sys), "*type"));
    all.put("newDirectoryStream of both", sys -> globbed(card(sys), "{hw,raw_hw}type"));
    all.put("newDirectoryStream of sets", sys -> globbed(card(sys), "[!a-m]*"));
    all.put("a directory as a file", sys -> Files.readString(card(sys)));
    all.put("a file as a directory", sys -> names(sys, Files.list(mask(sys))));
    all.put("below a file", sys -> Files.readString(mask(sys).resolve("x")));
    all.put("a file that is not there", sys -> Files.readString(sys.resolve("none")));
    all.put("a directory that is not there", sys -> names(sys, Files.list(sys.resolve("none"))));
    all.put("a file for writers only", sys -> Files.readString(create(sys)));
    all.put("mismatch", sys -> Files.mismatch(mask(sys), sys.resolve("bus/ap/aqmask")));
  }

  private static Object buffered(Path sys) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(mask(sys))) {
      return reader.readLine();
    }
  }

  private static Object streamed(Path sys) throws IOException {
    try (InputStream in = Files.newInputStream(mask(sys))) {
      return in.read() + " " + Arrays.toString(in.readNBytes(3)) + " " + in.available();
    }
  }

  private static String text(Stream<?> stream) {
    try (stream) {
      return stream.map(String::valueOf).collect(Collectors.joining("\n"));
    }
  }

  private static String names(Path sys, Stream<Path> stream) {
    try (stream) {
      return new TreeSet<>(stream.map(p -> sys.relativize(p).toString()).toList()).toString();
    }
  }

  private static Object globbed(Path directory, String glob) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
      TreeSet<String> found = new TreeSet<>();
      stream.forEach(each -> found.add(String.valueOf(each.getFileName())));
      return found;
    }
  }

  private static Path create(Path sys) {
    return sys.resolve("devices/vfio_ap/matrix/mdev_supported_types/vfio_ap-passthrough/create");
  }

  private static Path mdev(Path sys) {
    return sys.resolve("devices/vfio_ap/matrix/" + UUID);
  }

  private static Object written(Path file, String text, StandardOpenOption... options)
      throws IOException {
    Files.writeString(file, text, options);
    return Files.exists(file);
  }

  private static void writing(Map<String, FileOperation> all) {
    all.put("writeString", sys -> written(mask(sys), "-5\n"));
    all.put("what was written", sys -> Files.readString(mask(sys)));
    all.put("writeString WRITE", sys -> written(mask(sys), "-6", StandardOpenOption.WRITE));
    all.put("writeString APPEND", sys -> written(mask(sys), "+6", StandardOpenOption.APPEND));
    all.put("create an mdev", sys -> written(create(sys), UUID + "\n"));
    all.put("it is there", sys -> names(sys, Files.list(mdev(sys))));
    all.put("create it twice", sys -> written(create(sys), UUID));
    all.put("newBufferedWriter", FileOperation::bufferedWrite);
    all.put("newOutputStream", FileOperation::streamedWrite);
    all.put(
        "write of bytes", sys -> Files.write(mdev(sys).resolve("assign_domain"), new byte[] {52}));
    all.put("the matrix", sys -> Files.readString(mdev(sys).resolve("matrix")));
    all.put("a number that is none", sys -> written(mdev(sys).resolve("assign_domain"), "x"));
    all.put("a domain that is none", sys -> written(mdev(sys).resolve("assign_domain"), "256"));
    all.put("a reserved adapter", sys -> written(mdev(sys).resolve("assign_adapter"), "6"));
    all.put("an empty write", sys -> written(mdev(sys).resolve("assign_adapter"), ""));
    all.put("remove the mdev", sys -> written(mdev(sys).resolve("remove"), "1"));
    all.put("it is gone", sys -> Files.exists(mdev(sys)));
  }

  private static Object bufferedWrite(Path sys) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(mdev(sys).resolve("assign_adapter"))) {
      writer.write("5");
      writer.newLine();
    }
    return "written";
  }

  private static Object streamedWrite(Path sys) throws IOException {
    try (OutputStream out = Files.newOutputStream(mdev(sys).resolve("assign_control_domain"))) {
      out.write(new byte[] {'4', '\n'});
    }
    return "written";
  }

  private static void refused(Map<String, FileOperation> all) {
    Path none = Path.of("bus/ap/none");
    all.put("a new file", sys -> written(sys.resolve(none.toString()), "x"));
    all.put("createFile", sys -> Files.createFile(sys.resolve(none.toString())));
    all.put("createFile of one", sys -> Files.createFile(mask(sys)));
    all.put("a new file nowhere", sys -> written(sys.resolve("none/none"), "x"));
    all.put(
        "a file without CREATE",
        sys -> written(sys.resolve("none"), "x", StandardOpenOption.WRITE));
    all.put("a file for readers only", sys -> written(card(sys).resolve("hwtype"), "x"));
    all.put("a directory", sys -> written(card(sys), "x", StandardOpenOption.WRITE));
    all.put("createDirectory", sys -> Files.createDirectory(sys.resolve("none")));
    all.put("createDirectory of one", sys -> Files.createDirectory(card(sys)));
    all.put(
        "createDirectories of one", sys -> card(sys).equals(Files.createDirectories(card(sys))));
    all.put("createLink", sys -> Files.createLink(sys.resolve("none"), mask(sys)));
    all.put("createSymbolicLink", sys -> Files.createSymbolicLink(sys.resolve("none"), mask(sys)));
    all.put("delete", sys -> deleted(mask(sys)));
    all.put("delete of nothing", sys -> deleted(sys.resolve("none")));
    all.put("deleteIfExists", sys -> Files.deleteIfExists(sys.resolve("none")));
    all.put("delete of a directory", sys -> deleted(card(sys)));
    all.put("copy", sys -> Files.copy(mask(sys), sys.resolve("none")));
    all.put("copy to one", sys -> Files.copy(mask(sys), sys.resolve("bus/ap/aqmask")));
    all.put("copy of nothing", sys -> Files.copy(sys.resolve("none"), sys.resolve("other")));
    all.put("move of nothing", sys -> Files.move(sys.resolve("none"), sys.resolve("other")));
    all.put("copy out", FileOperation::copiedOut);
    all.put(
        "READ and APPEND",
        sys -> Files.newByteChannel(mask(sys), StandardOpenOption.READ, StandardOpenOption.APPEND));
  }

  private static Object deleted(Path path) throws IOException {
    Files.delete(path);
    return "deleted";
  }

  private static Object copiedOut(Path sys) throws IOException {
    Path target = Files.createTempFile("copy", "");
    try {
      Files.copy(mask(sys), target, StandardCopyOption.REPLACE_EXISTING);
      return Files.readString(target);
    } finally {
      Files.delete(target);
    }
  }

  private static void attributes(Map<String, FileOperation> all) {
    all.put("size", sys -> Files.size(mask(sys)));
    all.put("size of a link", sys -> basic(sys.resolve("bus/ap/devices/card05")).size());
    all.put("kinds", sys -> kinds(mask(sys)) + kinds(card(sys)) + kinds(sys));
    all.put(
        "isReadable",
        sys -> Files.isReadable(mask(sys)) + " " + Files.isReadable(sys.resolve("none")));
    all.put("isExecutable", sys -> Files.isExecutable(mask(sys)) + " " + Files.isExecutable(sys));
    all.put("isHidden", sys -> Files.isHidden(mask(sys)));
    all.put(
        "permissions",
        sys -> PosixFilePermissions.toString(Files.getPosixFilePermissions(mask(sys))));
    all.put("permissions of many", FileOperation::permissions);
    all.put("unix:nlink", sys -> Files.getAttribute(sys.resolve("bus/ap"), "unix:nlink"));
    all.put("unix:mode", sys -> Files.getAttribute(create(sys), "unix:mode"));
    all.put("posix:*", sys -> new TreeSet<>(Files.readAttributes(mask(sys), "posix:*").keySet()));
    all.put("an unknown attribute", sys -> Files.getAttribute(mask(sys), "unix:none"));
    all.put("an unknown view", sys -> Files.getAttribute(mask(sys), "none:hidden"));
    all.put(
        "a view",
        sys -> Files.getFileAttributeView(mask(sys), PosixFileAttributeView.class).name());
    all.put("isSameFile", sys -> Files.isSameFile(card(sys), sys.resolve("devices/ap/card05")));
    all.put(
        "isSymbolicLink", sys -> Files.isSymbolicLink(card(sys)) + " " + Files.isSymbolicLink(sys));
    all.put("attributes of nothing", sys -> Files.size(sys.resolve("none")));
  }

  private static BasicFileAttributes basic(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String kinds(Path path) throws IOException {
    BasicFileAttributes basic = basic(path);
    return " "
        + basic.isRegularFile()
        + basic.isDirectory()
        + basic.isSymbolicLink()
        + basic.isOther();
  }

  private static Object permissions(Path sys) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(sys)) {
      for (Path each : files.sorted().toList()) {
        String name = sys.relativize(each).toString();
        Object mode = Files.getAttribute(each, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        all.append(name).append(' ').append(mode).append('\n');
      }
    }
    return all;
  }

  private static void paths(Map<String, FileOperation> all) {
    all.put("readSymbolicLink", sys -> Files.readSymbolicLink(card(sys)).toString());
    all.put("readSymbolicLink of a file", sys -> Files.readSymbolicLink(mask(sys)));
    all.put("readSymbolicLink of nothing", sys -> Files.readSymbolicLink(sys.resolve("none")));
    all.put("toRealPath", sys -> sys.toRealPath().relativize(card(sys).toRealPath()).toString());
    all.put(
        "toRealPath of a link",
        sys ->
            sys.toRealPath()
                .relativize(card(sys).toRealPath(LinkOption.NOFOLLOW_LINKS))
                .toString());
    all.put("toRealPath of nothing", sys -> sys.resolve("none").toRealPath());
    all.put("up from a link", sys -> Files.readString(card(sys).resolve("../../../bus/ap/apmask")));
    all.put("a step up", sys -> names(sys, Files.list(card(sys).resolve(".."))));
    all.put(
        "path matcher",
        sys -> sys.getFileSystem().getPathMatcher("glob:**/ap*").matches(mask(sys)));
    all.put("path arithmetic", FileOperation::arithmetic);
  }

  private static Object arithmetic(Path sys) {
    Path path = sys.getFileSystem().getPath("a//b/./../c/");
    return path
        + " "
        + path.normalize()
        + " "
        + path.getFileName()
        + " "
        + path.getParent()
        + " "
        + path.getNameCount()
        + " "
        + path.subpath(1, 3)
        + " "
        + path.startsWith("a/b")
        + " "
        + path.endsWith("c")
        + " "
        + path.resolveSibling("d")
        + " "
        + path.getRoot()
        + " "
        + sys.resolve("x").relativize(sys.resolve("y/z"))
        + " "
        + path.resolve("").equals(path);
  }

  private static void channels(Map<String, FileOperation> all) {
    all.put("seek and read again", FileOperation::seek);
    all.put("read from the middle", FileOperation::middle);
    all.put("an open file sees changes from its beginning on", FileOperation::again);
    all.put(
        "write to a reader",
        sys -> with(sys, c -> c.write(ByteBuffer.allocate(1)), StandardOpenOption.READ));
    all.put(
        "read of a writer",
        sys -> with(sys, c -> c.read(ByteBuffer.allocate(1)), StandardOpenOption.WRITE));
    all.put("truncate", sys -> with(sys, c -> c.truncate(0).size(), StandardOpenOption.WRITE));
    all.put("size of a channel", sys -> with(sys, c -> c.size(), StandardOpenOption.READ));
    all.put(
        "a long write",
        sys ->
            with(
                sys,
                c -> c.write(ByteBuffer.wrap("-5".repeat(3000).getBytes(StandardCharsets.UTF_8))),
                StandardOpenOption.WRITE));
    all.put(
        "a refused write",
        sys ->
            with(
                sys,
                c -> c.write(ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8))),
                StandardOpenOption.WRITE));
    all.put("FileChannel.open", FileOperation::fileChannel);
    all.put("read of a closed channel", FileOperation::closed);
  }

  /** What is done to a channel. */
  interface Call {
    Object on(SeekableByteChannel channel) throws IOException;
  }

  private static Object with(Path sys, Call call, StandardOpenOption option) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(mask(sys), option)) {
      return call.on(channel);
    }
  }

  private static String read(SeekableByteChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    int read = channel.read(buffer);
    return read + ":" + new String(buffer.array(), 0, Math.max(0, read), StandardCharsets.UTF_8);
  }

  private static Object seek(Path sys) throws IOException {
    return with(
        sys,
        channel -> {
          String first = read(channel, 4) + read(channel, 4);
          return first + read(channel.position(0), 100) + read(channel, 9) + channel.position();
        },
        StandardOpenOption.READ);
  }

  private static Object middle(Path sys) throws IOException {
    return with(
        sys,
        channel -> read(channel.position(6), 5) + read(channel.position(500), 5),
        StandardOpenOption.READ);
  }

  private static Object again(Path sys) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(mask(sys))) {
      String before = read(channel, 100);
      Files.writeString(mask(sys), "+5");
      return before + read(channel, 100) + read(channel.position(0), 100);
    }
  }

  private static Object fileChannel(Path sys) throws IOException {
    try (FileChannel channel =
        FileChannel.open(mask(sys), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(5);
      int read = channel.read(buffer, 2);
      int written =
          channel.write(
                      new ByteBuffer[] {
                        ByteBuffer.wrap("-".getBytes(StandardCharsets.UTF_8)),
                        ByteBuffer.wrap("5".getBytes(StandardCharsets.UTF_8))
                      })
                  > 0
              ? 2
              : 0;
      return read
          + new String(buffer.array(), StandardCharsets.UTF_8)
          + written
          + channel.position()
          + Files.readString(mask(sys));
    }
  }

  private static Object closed(Path sys) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(mask(sys));
    channel.close();
    return channel.read(ByteBuffer.allocate(1));
  }
}
