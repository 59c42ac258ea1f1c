package org.vfioap.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.vfioap.cli.serve.ServeClient.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the socket, and machines that other programs see. */
@Timeout(60)
@SuppressWarnings("try") // A server is there while its clients ask.
final class SocketServerTest {
  @TempDir private Path directory;

  static Runnable running(SocketServer server) {
    return () -> {
      try {
        server.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static SocketServer start(Path socket) throws IOException {
    SocketServer server = SocketServer.bind(socket, "test", complaint -> {});
    Thread thread = new Thread(running(server), "server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static ServeClient greeted(Path socket) throws IOException {
    ServeClient client = new ServeClient(socket);
    assertThat(client.receive().path("protocol").asInt()).isEqualTo(Session.PROTOCOL);
    return client;
  }

  @Test
  void eachConnectionHasItsOwnMachines() throws Exception {
    Path socket = directory.resolve("s");
    try (SocketServer server = start(socket);
        ServeClient one = greeted(socket);
        ServeClient two = greeted(socket)) {
      assertThat(Files.getPosixFilePermissions(socket))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      one.ask(request("boot"));
      assertThatExceptionOfType(Door.Refused.class)
          .isThrownBy(() -> two.ask(request("dump")))
          .withMessage("there is no machine ''; running: none");
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void awaitIsAnsweredWhileTheServerWaitsForRequests() throws Exception {
    Path socket = directory.resolve("s");
    try (SocketServer server = start(socket);
        ServeClient client = greeted(socket)) {
      client.ask(request("boot"));
      client.send(
          request("await")
              .put("id", "later")
              .put("log", "nothing")
              .put("ms", 1)
              .put("async", true)
              .toString());

      JsonNode answer = client.receive();
      assertThat(answer.path("id").asText()).isEqualTo("later");
      assertThat(answer.path("error").path("timeout").asBoolean()).isTrue();
    }
  }

  @Test
  void awaitNoticesWhatAnotherRequestDoes() throws Exception {
    Path socket = directory.resolve("s");
    try (SocketServer server = start(socket);
        ServeClient client = greeted(socket)) {
      client.ask(request("boot"));
      client.send(
          request("await")
              .put("id", "later")
              .put("queue", "09.0004")
              .put("async", true)
              .toString());
      client.send(
          request("fault").put("id", "now").put("arrive", 9).put("type", "CEX8").toString());

      String ids = client.receive().path("id").asText() + client.receive().path("id").asText();
      assertThat(ids).contains("later").contains("now");
    }
  }

  @Test
  void socketThatNobodyServesIsReplaced() throws Exception {
    Path socket = directory.resolve("s");
    SocketServer first = start(socket);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start(socket))
        .withMessage(socket + ": another program listens there; choose another path");
    Files.move(socket, directory.resolve("kept"));
    first.close();
    Files.move(directory.resolve("kept"), socket);

    start(socket).close();
    assertThat(socket).doesNotExist();
  }

  @Test
  void fileIsNotReplaced() throws Exception {
    Path file = Files.createFile(directory.resolve("f"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start(file))
        .withMessageContaining("is no socket");
    assertThat(file).exists();
  }

  @Test
  void mountedMachineIsThereForOtherPrograms() throws Exception {
    Path socket = directory.resolve("s");
    try (SocketServer server = start(socket);
        ServeClient client = greeted(socket)) {
      JsonNode booted;
      try {
        booted = client.ask(request("boot").put("mount", true));
      } catch (Door.Refused refused) {
        assumeTrue(false, "this computer does not let this user mount: " + refused.getMessage());
        return;
      }
      Path sys = Path.of(booted.path("sys").asText());
      Files.writeString(sys.resolve("bus/ap/apmask"), "-5\n");
      client.ask(request("await").put("queue", "05.0004").put("driver", "vfio_ap"));
      client.ask(request("fault").put("arrive", 9).put("type", "CEX8"));
      assertThat(sys.resolve("devices/ap/card09/09.0004")).isDirectory();
      assertThat(client.ask(request("stop")).path("leaks")).isEmpty();
      assertThat(sys).doesNotExist();
    }
  }
}
