package org.vfioap.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The entries of a directory, as they were when it was opened. */
final class NameStream implements DirectoryStream<Path> {
  private final MachinePath directory;
  private final List<String> names;
  private final Filter<? super Path> filter;
  private boolean iterated;
  private volatile boolean closed;

  NameStream(MachinePath directory, List<String> names, Filter<? super Path> filter) {
    this.directory = directory;
    this.names = names;
    this.filter = filter;
  }

  @Override
  public Iterator<Path> iterator() {
    if (closed) {
      throw new IllegalStateException("Directory stream is closed");
    }
    if (iterated) {
      throw new IllegalStateException("Iterator already obtained");
    }
    iterated = true;
    return names.stream()
        .takeWhile(name -> !closed)
        .<Path>map(directory::resolve)
        .filter(this::accepts)
        .iterator();
  }

  private boolean accepts(Path path) {
    try {
      return filter.accept(path);
    } catch (IOException refused) {
      throw new DirectoryIteratorException(refused);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
