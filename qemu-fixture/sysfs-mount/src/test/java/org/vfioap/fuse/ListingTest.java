package org.vfioap.fuse;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Listings that say what the entries are agree with what is said when they are looked up. */
final class ListingTest {
  private static final int LOOKUP = 1;
  private static final int INIT = 26;
  private static final int OPENDIR = 27;
  private static final int READDIR = 28;
  private static final int READDIRPLUS = 44;
  private static final int ENTRY = 128;
  private static final int FIXED = 24;

  /** Where nodeid, generation and valid times end. */
  private static final int ATTRIBUTES = 40;

  private static final int VALID_SECONDS = 16;
  private static final int FLAGS = 12;
  private static final int PLUS = 1 << 13;

  private final Folder root =
      new Folder()
          .with("directory", new Folder().with("inner", new Folder()))
          .with("file", new Folder.EmptyFile())
          .with("link", new Link("../elsewhere"));
  private final NodeTable nodes = new NodeTable(root);
  private final Dispatch dispatch = new Dispatch(nodes, new InFlight(), new NothingAround());
  private final ByteBuffer answer = ByteBuffer.allocate(1 << 18).order(ByteOrder.nativeOrder());

  private ByteBuffer ask(int opcode, ByteBuffer body) {
    ByteBuffer bytes = ByteBuffer.allocate(Request.HEADER + body.limit());
    bytes.order(ByteOrder.nativeOrder()).putInt(0, bytes.limit()).putInt(4, opcode);
    bytes.putLong(16, NodeTable.ROOT).put(Request.HEADER, body, 0, body.limit());
    assertThat(dispatch.answer(new Request(bytes), new Reply(answer))).isZero();
    return answer.slice(Reply.HEADER, answer.position() - Reply.HEADER).order(answer.order());
  }

  private static ByteBuffer body(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
  }

  private long open() {
    return ask(OPENDIR, body(8)).getLong(0);
  }

  /** Returns struct fuse_entry_out of each name. */
  private Map<String, ByteBuffer> list(long directory, int opcode, int details) {
    ByteBuffer list = ask(opcode, body(40).putLong(0, directory).putInt(16, 8192));
    Map<String, ByteBuffer> found = new LinkedHashMap<>();
    for (int at = 0; at < list.limit(); ) {
      int length = list.getInt(at + details + 16);
      byte[] name = new byte[length];
      list.get(at + details + FIXED, name);
      ByteBuffer entry = list.slice(at, details).order(list.order());
      found.put(new String(name, StandardCharsets.ISO_8859_1), entry);
      at += details + FIXED + (length + 7) / 8 * 8;
    }
    return found;
  }

  private Map<String, ByteBuffer> listWithDetails() {
    Map<String, ByteBuffer> copies = new LinkedHashMap<>();
    list(open(), READDIRPLUS, ENTRY)
        .forEach((name, entry) -> copies.put(name, body(ENTRY).put(entry).flip()));
    return copies;
  }

  private ByteBuffer listed(String name) {
    return requireNonNull(listWithDetails().get(name));
  }

  private ByteBuffer lookUp(String name) {
    return ask(LOOKUP, ByteBuffer.wrap((name + "\0").getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void agreesWithWhatIsLookedUp() {
    Map<String, ByteBuffer> listed = listWithDetails();

    assertThat(listed.keySet()).containsExactly(".", "..", "directory", "file", "link");
    for (String name : root.names()) {
      ByteBuffer entry = requireNonNull(listed.get(name));
      ByteBuffer found = lookUp(name);
      assertThat(entry.getLong(0)).isEqualTo(found.getLong(0));
      assertThat(entry.slice(ATTRIBUTES, ENTRY - ATTRIBUTES))
          .isEqualTo(found.slice(ATTRIBUTES, ENTRY - ATTRIBUTES));
    }
  }

  @Test
  void saysNothingOfTheDirectoryItself() {
    assertThat(listed(".").getLong(0)).isZero();
    assertThat(listed("..").getLong(0)).isZero();
  }

  @Test
  void namesTheSameWithAndWithoutDetails() {
    assertThat(list(open(), READDIR, 0).keySet()).isEqualTo(listWithDetails().keySet());
  }

  @Test
  void promisesNamesOnlyInListings() {
    assertThat(lookUp("file").getLong(VALID_SECONDS)).isZero();
    assertThat(listed("file").getLong(VALID_SECONDS)).isPositive();
  }

  @Test
  void promisesNothingWhileSomethingChanges() {
    nodes.promises().beginChange();

    assertThat(listed("file").getLong(VALID_SECONDS)).isZero();
  }

  @Test
  void leavesOutWhatIsGoneSinceTheReadingBegan() {
    long directory = open();
    ask(READDIRPLUS, body(40).putLong(0, directory).putInt(16, 0));
    root.remove("file");

    ByteBuffer rest = body(40).putLong(0, directory).putLong(8, 2).putInt(16, 8192);

    assertThat(new String(bytes(ask(READDIRPLUS, rest)), StandardCharsets.ISO_8859_1))
        .contains("directory", "link")
        .doesNotContain("file");
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.limit()];
    buffer.get(0, bytes);
    return bytes;
  }

  @Test
  void offersListingsWithDetailsOnlyToKernelsThatCanForgetThem() {
    assertThat(offered(44) & PLUS).isZero();
    assertThat(offered(45) & PLUS).isEqualTo(PLUS);
  }

  private int offered(int minor) {
    ByteBuffer body = body(64).putInt(0, 7).putInt(4, minor).putInt(FLAGS, -1);
    return ask(INIT, body).getInt(12);
  }
}
