package org.vfioap.uevent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.kernel.Uevent;

/**
 * A request to this computer's kernel to broadcast an event.
 *
 * <p>Source: Linux lib/kobject_uevent.c, uevent_net_rcv_skb: a netlink header, then the strings of
 * the event, to which the kernel adds SEQNUM.
 */
final class KernelMessage {
  private static final int HEADER = 16;
  private static final short ANY_TYPE = 0x10;
  private static final short NLM_F_REQUEST = 1;

  private KernelMessage() {}

  static byte[] of(Uevent event) {
    List<String> strings = new ArrayList<>();
    strings.add(event.toString());
    strings.addAll(Audience.strings(event));
    byte[] body = (String.join("\0", strings) + "\0").getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(HEADER + body.length)
        .order(ByteOrder.nativeOrder())
        .putInt(HEADER + body.length)
        .putShort(ANY_TYPE)
        .putShort(NLM_F_REQUEST)
        .putLong(0)
        .put(body)
        .array();
  }
}
