package org.vfioap.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which names the kernel may find without asking.
 *
 * <pre>
 * root ── above ── below
 *              └── name0, name1, …
 * </pre>
 */
final class PromisesTest {
  private static final int MANY = 300;

  private final NodeTable nodes = new NodeTable(new Folder());
  private final Promises promises = nodes.promises();
  private final NodeTable.Entry above = nodes.remember(nodes.entry(NodeTable.ROOT), "above");
  private final NodeTable.Entry below = nodes.remember(above, "below");

  private boolean promise(NodeTable.Entry entry, boolean isDirectory) {
    return promises.add(entry, isDirectory, promises.now());
  }

  private List<NodeTable.Entry> promiseFiles(NodeTable.Entry directory, int count) {
    List<NodeTable.Entry> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NodeTable.Entry file = nodes.remember(directory, "name" + i);
      promise(file, false);
      files.add(file);
    }
    return files;
  }

  @Test
  void takesBackTheNewestFirst() {
    assertThat(promise(above, true)).isTrue();
    assertThat(promise(below, true)).isTrue();

    assertThat(promises.takeAll()).containsExactly(below, above);
    assertThat(promises.isEmpty()).isTrue();
  }

  @Test
  void promisesNothingWhileSomethingChanges() {
    promises.beginChange();
    assertThat(promise(above, true)).isFalse();

    promises.endChange();
    assertThat(promise(above, true)).isTrue();
  }

  @Test
  void promisesNothingThatWasFoundBeforeAChange() {
    long before = promises.now();
    promises.beginChange();
    promises.endChange();

    assertThat(promises.add(above, true, before)).isFalse();
  }

  @Test
  void promisesNothingThatWasFoundBeforeItTookBackAll() {
    long before = promises.now();
    promises.takeAll();

    assertThat(promises.add(above, true, before)).isFalse();
  }

  @Test
  void promisesNoMoreThanItCanTakeBackSoon() {
    promiseFiles(above, Promises.MAX);

    assertThat(promise(below, true)).isFalse();
    assertThat(promise(nodes.remember(above, "name0"), false)).isTrue();
  }

  @Test
  void needsNoFilesOfWhatWasListed() {
    promise(above, true);
    promise(below, true);
    List<NodeTable.Entry> files = promiseFiles(above, MANY);

    promises.listed(above);

    assertThat(promises.takeUseless()).containsExactlyInAnyOrderElementsOf(files);
    assertThat(promises.takeUseless()).isEmpty();
  }

  @Test
  void needsNoDirectoryWhenAllBelowWereListed() {
    promise(above, true);
    promise(below, true);
    promiseFiles(below, MANY);
    promises.listed(above);

    promises.listed(below);

    assertThat(promises.takeUseless()).hasSize(MANY + 2).endsWith(below, above);
  }

  @Test
  void letsTheOldestGoWhenThereAreMany() {
    List<NodeTable.Entry> files = promiseFiles(above, Promises.MAX);

    assertThat(promises.takeUseless())
        .hasSizeLessThan(Promises.MAX)
        .startsWith(files.get(0), files.get(1));
  }

  @Test
  void takesBackEvenWhatItLetGo() {
    List<NodeTable.Entry> files = promiseFiles(above, MANY);
    promises.listed(above);
    promises.takeUseless();

    assertThat(promises.takeAll()).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void takesNothingBackThatTheKernelForgot() {
    promise(below, true);

    nodes.forget(below.number(), 1);

    assertThat(promises.isEmpty()).isTrue();
  }
}
