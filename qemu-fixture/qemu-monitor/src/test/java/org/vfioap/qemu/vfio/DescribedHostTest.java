package org.vfioap.qemu.vfio;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribedHostTest {
  private static final String FAULTS =
      "open_group, open_cdev, group_status, not_viable, open_container, api, no_iommu_model,"
          + " set_container, set_iommu, iommu_info, dma_map, get_device, open_iommu, bind_iommufd,"
          + " ioas_alloc, attach_iommufd, ioas_map, device_info, device_reset, irq_info, irq_info0,"
          + " irq_info1, irq_count, irq_count0, irq_count1, set_irqs, set_irqs0, set_irqs1,"
          + " clear_irqs, clear_irqs0, clear_irqs1";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'groups': [|'{'groups': [' is not JSON",
        "[]|[] is no object",
        "{'mdevs': 3}|3 is no list, as mdevs must be",
        "{'mdevs': ['/m']}|\"/m\" is no object with path and iommu_group",
        "{'groups': ['seven']}|'\"seven\"' is no number for a group; allowed: up to nine digits",
        "{'groups': [12345678901]}|'12345678901' is no number for a group; allowed: up to nine"
            + " digits",
        "{'faults': [5]}|5 is no string STEP[:ERRNO]",
        "{'faults': ['api:EBUSY']}|'EBUSY' is no number for an error; allowed: up to nine digits",
        "{'faults': ['open']}|'open' cannot fail; allowed: " + FAULTS
      })
  void saysWhatIsWrong(String description, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DescribedHost.parse(description))
        .withMessage(message);
  }
}
