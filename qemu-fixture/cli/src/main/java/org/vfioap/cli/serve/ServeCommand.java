package org.vfioap.cli.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vfioap.cli.message.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves machines to tests in other languages. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    header = "Serves machines to tests in any language, over JSON lines.",
    description = {
      "Reads requests from standard input, an object a line, and answers on standard output. Each"
          + " test boots a machine of its own in milliseconds, without root, FUSE or namespaces."
          + " All machines end with the input.",
      "",
      "docs/serve.md describes the requests, docs/serve.schema.json is their schema."
    },
    footer = {
      "",
      "Example:",
      "  echo '{\"id\":1,\"do\":\"boot\"}' | vfioap serve",
      "  vfioap serve --socket /run/user/1000/vfioap.sock    a client per connection"
    })
public final class ServeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--socket",
      paramLabel = "FILE",
      description =
          "Listens on this Unix socket instead, for this user; each connection is a client.")
  private @Nullable Path socket;

  @Override
  public void run() {
    try {
      if (socket == null) {
        serve(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            spec.commandLine().getOut());
      } else {
        listen(socket);
      }
    } catch (IOException e) {
      throw new UserError("cannot serve: " + e.getMessage());
    }
  }

  private static String version() {
    return Objects.requireNonNullElse(
        ServeCommand.class.getPackage().getImplementationVersion(), "unknown");
  }

  private static void serve(BufferedReader in, Writer out) throws IOException {
    Session.serve(
        in,
        line -> {
          try {
            out.write(line + "\n");
            out.flush();
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        },
        version());
  }

  private void listen(Path path) throws IOException {
    Consumer<String> complain = text -> spec.commandLine().getErr().println("vfioap: " + text);
    try (SocketServer server = SocketServer.bind(path, version(), complain)) {
      path.toFile().deleteOnExit();
      server.run();
    }
  }
}
