package org.vfioap.translation.emulated;

import java.util.List;
import java.util.stream.Stream;
import org.vfioap.host.ApHost;

/**
 * All AP node devices of a host in a document that libvirt's test driver reads, {@code
 * test:///PATH}.
 *
 * <p>Source: src/test/test_driver.c of libvirt 9.0: the root is {@code node}, below it stand
 * devices; parents are names of other devices.
 */
public final class NodeDocument {
  private static final String COMPUTER =
      """
      <node>
        <device>
          <name>computer</name>
          <capability type='system'>
            <hardware>
              <vendor>IBM/S390</vendor>
              <uuid>00000000-0000-0000-0000-000000000000</uuid>
            </hardware>
            <firmware/>
          </capability>
        </device>
      """;

  private NodeDocument() {}

  /** Returns the document, indented by two. */
  public static String of(ApHost host) {
    EmulatedLibvirt libvirt = EmulatedLibvirt.on(host);
    StringBuilder text = new StringBuilder(COMPUTER);
    Stream.of("ap_card", "ap_queue", "ap_matrix", "mdev")
        .map(libvirt::nodeDevices)
        .flatMap(List::stream)
        .map(name -> libvirt.nodeDevice(name).print())
        .forEach(device -> text.append(device.strip().indent(2)));
    return text.append("</node>\n").toString();
  }
}
