package org.vfioap.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A guest with an mdev has a disk out of a pool of the machine's libvirtd, as virt-install does.
 */
final class StoragePoolIT extends WithLibvirt {
  private static final String POOL =
      """
      virsh -q pool-define-as images dir --target $PWD/images >/dev/null
      virsh -q pool-build images
      virsh -q pool-start images
      virsh -q vol-create-as images disk 10M --format raw
      mdev $G1 5 4
      disk="<disk type='volume'><source pool='images' volume='disk'/><target dev='vda' bus='virtio'/></disk>"
      domain guest "$disk$(cat $G1.xml)"
      """;

  private static final String NO_POOL =
      """
      virsh -q pool-destroy images
      virsh -q pool-delete images
      virsh -q pool-undefine images
      """;

  @ParameterizedTest
  @MethodSource("callers")
  void volumeGoesWithItsGuest(Caller caller) {
    String out =
        virsh(
            caller,
            POOL,
            """
            ls images
            virsh -q start guest && held $G1
            virsh -q domblklist guest | tr -s ' '
            virsh -q destroy guest
            virsh -q undefine guest --remove-all-storage
            echo left: $(ls images)
            """,
            NO_POOL);

    assertThat(out.replaceAll("\n+", "\n")).isEqualTo("disk\nheld\n vda disk\nleft:\n");
  }

  @ParameterizedTest
  @MethodSource("callers")
  void guestDoesNotStartWithoutItsPool(Caller caller) {
    String out = virsh(caller, POOL, "virsh -q pool-destroy images; virsh -q start guest", NO_POOL);

    assertThat(out).contains("storage pool 'images' containing volume 'disk' is not active");
  }
}
