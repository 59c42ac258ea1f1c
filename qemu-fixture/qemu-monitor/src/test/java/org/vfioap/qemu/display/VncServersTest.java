package org.vfioap.qemu.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vfioap.qemu.options.OptionString;
import org.vfioap.qemu.qapi.QemuError;

/** What {@code -vnc} does, as Debian's QEMU 7.2 was seen to answer. */
class VncServersTest {
  private final List<String> said = new ArrayList<>();
  private final VncServers servers =
      new VncServers(
          new VncServers.Surroundings(
              "secret0"::equals, "gpu0"::equals, "audio0"::equals, said::add));

  @TempDir private Path directory;

  @AfterEach
  void close() {
    servers.close();
  }

  private void open(String id, String options) throws QemuError {
    servers.open(id, OptionString.parse(options, "vnc"));
  }

  @Test
  void listensOnAFileThatGoesWithIt() throws QemuError {
    Path socket = directory.resolve("v");

    open("default", "unix:" + socket);

    assertThat(servers.summary().toString())
        .isEqualTo(
            "{\"enabled\": true, \"auth\": \"none\", \"family\": \"unix\", \"clients\": [],"
                + " \"service\": \""
                + socket
                + "\", \"host\": \"\"}");
    assertThat(socket).exists();
    servers.close();
    assertThat(Files.exists(socket)).isFalse();
  }

  @Test
  void listsTheLastServerFirst() throws QemuError {
    open("default", "none");
    open("vnc2", "unix:" + directory.resolve("v") + ",sasl=on");

    assertThat(servers.printed())
        .isEqualTo(
            "vnc2:\n  Server: :"
                + directory.resolve("v")
                + " (unix)\n    Auth: sasl (Sub: none)\n"
                + "default:\n  Auth: none (Sub: none)\n");
    assertThat(servers.summary().toString()).isEqualTo("{\"enabled\": false}");
  }

  @Test
  void refusesAPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> open("default", "127.0.0.1:" + (taken.getLocalPort() - 5900)))
          .hasMessageContaining("Failed to find an available port: Address already in use");
    }
  }

  @Test
  void takesTheNextPortWhereItMay() throws IOException, QemuError {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int display = taken.getLocalPort() - 5900;

      open("default", "127.0.0.1:" + display + ",to=" + (display + 50));

      assertThat(said).hasSize(1);
      assertThat(said.get(0)).startsWith("VNC server running on 127.0.0.1:");
      assertThat(said.get(0)).doesNotEndWith(":" + taken.getLocalPort());
    }
  }

  @Test
  void changesAPasswordOnlyWhereOneIsAskedFor() throws QemuError {
    open("default", "none");
    open("b", "none,password=on");

    servers.setPassword(Optional.of("b"));
    servers.expirePassword(Optional.empty());
    assertThatThrownBy(() -> servers.setPassword(Optional.empty()))
        .hasMessageContaining("Could not set password");
    assertThatThrownBy(() -> servers.setPassword(Optional.of("zz")))
        .hasMessageContaining("Could not set password");
  }

  @Test
  void refusesWhatCannotBe() {
    refuses("bogus", "no vnc port specified");
    refuses("127.0.0.1:abc", "can't convert to a number: abc");
    refuses("127.0.0.1:99999", "port 99999 out of range");
    refuses("127.0.0.1:71,to=3", "Failed to create a socket");
    refuses("unix:" + "x".repeat(120), "is too long");
    refuses("unix:v,websocket=unix:w", "UNIX sockets not supported with websock");
    refuses("none,share=bogus", "unknown vnc share= option");
    refuses("none,display=dd", "Device 'dd' not found");
    refuses("none,audiodev=x", "Audiodev 'x' not found");
    refuses("none,password-secret=s", "No secret with id 's'");
    refuses("none,tls-creds=x", "No TLS credentials with id 'x'");
    refuses("127.0.0.1:71,ipv6=off,ipv4=off", "Cannot disable IPv4 and IPv6 at same time");
    refuses(
        "127.0.0.1:71,ipv6=on,ipv4=off",
        "address resolution failed for 127.0.0.1:5971: Address family for hostname not supported");
  }

  private void refuses(String options, String text) {
    assertThatThrownBy(() -> open("default", options)).hasMessageContaining(text);
  }
}
