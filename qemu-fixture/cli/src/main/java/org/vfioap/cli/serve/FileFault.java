package org.vfioap.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import org.vfioap.files.FileOrders;
import org.vfioap.files.FileOrders.Moment;
import org.vfioap.kernel.Errno;

/**
 * What happens at the next file of a glob: {@code write} and {@code read} are refused or held up,
 * {@code before} and {@code after} a write another request is done.
 */
record FileFault(Request request, ServedFiles files, Consumer<ObjectNode> nested) {
  void order(String subject) {
    Moment moment =
        switch (subject) {
          case "read" -> Moment.READ;
          case "after" -> Moment.AFTER_WRITE;
          default -> Moment.BEFORE_WRITE;
        };
    boolean meanwhile = subject.equals("before") || subject.equals("after");
    Consumer<String> action = meanwhile ? then() : fault();
    try {
      files.orders().order(moment, request.text(subject), action);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + subject + "' is no glob: " + e.getDescription() + ": " + e.getPattern(), e);
    }
  }

  private Consumer<String> fault() {
    String fault = request.text("fault");
    return switch (fault) {
      case "refuse" -> FileOrders.refusing(errno());
      case "stall" -> this::stall;
      default ->
          throw new IllegalArgumentException(
              "unknown fault '" + fault + "' of a file; allowed: refuse, stall");
    };
  }

  private Errno errno() {
    String name = request.text("errno");
    return Arrays.stream(Errno.values())
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown errno '" + name + "'; allowed: " + Arrays.toString(Errno.values())));
  }

  private void stall(String path) {
    CountDownLatch latch = files.stall();
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      FileOrders.refusing(Errno.EINTR).accept(path);
    }
  }

  private Consumer<String> then() {
    JsonNode then = request.json().path("then");
    if (!(then instanceof ObjectNode object)) {
      throw new IllegalArgumentException("'then' is " + then + "; allowed: a request");
    }
    return path -> nested.accept(object);
  }
}
