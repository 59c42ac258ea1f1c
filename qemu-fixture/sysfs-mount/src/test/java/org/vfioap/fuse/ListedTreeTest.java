package org.vfioap.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs list a tree of 60 directories with 60 files each; skipped where nothing is mounted. */
@Timeout(60)
final class ListedTreeTest {
  private static final int SIDE = 60;

  /** What one notice forgets, and the directories of the tree. */
  private static final int FEW = 2 * 256;

  @TempDir private Path directory;
  private final Folder root = Folder.square(SIDE);
  private FuseMount mount;

  private record Tree(Directory root) implements FileTree {
    @Override
    public void afterChange() {}

    @Override
    public void afterWrite(Meanwhile meanwhile) {}

    @Override
    public void awaitChanges() {}
  }

  @BeforeEach
  void mount() {
    mount = mountOf(root, directory);
  }

  private static FuseMount mountOf(Directory root, Path directory) {
    try {
      return FuseMount.mount(new Tree(root), directory);
    } catch (MountException e) {
      return abort(e.getMessage());
    }
  }

  @AfterEach
  void unmount() {
    mount.close();
  }

  private String bash(String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  @Test
  void remembersFewOfTheFilesThatWereListed() throws Exception {
    assertThat(bash("ls -lR | grep -c file")).isEqualTo(SIDE * SIDE + "\n");
    assertThat(mount.knownNodes()).isLessThan(FEW);
  }

  @Test
  void remembersNoMoreAfterAnotherListing() throws Exception {
    bash("ls -lR; ls -lR; find . -ls");

    assertThat(mount.knownNodes()).isLessThan(FEW);
  }

  @Test
  void forgetsTheFilesOfADirectoryThatIsHeldOpen() throws Exception {
    for (int i = 0; i < 2 * Promises.MAX; i++) {
      root.with("many" + i, new Folder.EmptyFile());
    }

    bash("exec 3<.; ls -l");

    assertThat(mount.knownNodes()).isLessThan(Promises.MAX + FEW);
  }

  @Test
  void findsNothingThatWentAfterItWasListed() throws Exception {
    assertThat(bash("ls -lR | grep -c file")).isEqualTo(SIDE * SIDE + "\n");

    mount.change(() -> root.remove("folder7"));

    assertThat(bash("stat folder7/file7; stat folder7; ls -d folder[78]"))
        .contains("cannot statx 'folder7/file7': No such file or directory")
        .contains("cannot statx 'folder7': No such file or directory")
        .endsWith("folder8\n");
  }

  @Test
  void findsWhatCameAfterItWasListed() throws Exception {
    bash("ls -lR");

    mount.change(() -> root.with("later", new Folder.EmptyFile()));

    assertThat(bash("stat -c %s later")).isEqualTo("4096\n");
  }

  @Test
  void findsAnotherFileInThePlaceOfOneThatWasListed() throws Exception {
    bash("ls -lR");

    mount.change(() -> root.with("folder7", new Link("folder8")));

    assertThat(bash("readlink folder7; ls folder7 | wc -l")).isEqualTo("folder8\n" + SIDE + "\n");
  }
}
