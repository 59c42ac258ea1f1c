package org.vfioap.translation.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vfioap.mdev.CpuFeature;
import org.vfioap.xml.cpu.Cpu;
import org.vfioap.xml.document.XmlDocument;
import org.vfioap.xml.verdict.LibvirtRefusal;

/** A CPU in libvirt and after {@code -cpu}. */
class CpuOptionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<CpuFeature> ALL = EnumSet.allOf(CpuFeature.class);

  static Stream<JsonNode> started() throws IOException {
    return Files.readAllLines(Path.of("../../testdata/libvirt/cpu.jsonl")).stream()
        .map(CpuOptionTest::parse)
        .filter(each -> each.has("argument") || each.has("refusedAtStart"));
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cpu cpu(String text) {
    return Cpu.parse(XmlDocument.parse(text, "cpu.xml"));
  }

  @ParameterizedTest
  @MethodSource("started")
  void isWhatLibvirtGaveQemu(JsonNode recorded) throws IOException {
    Cpu cpu = cpu(recorded.get("xml").asText());
    if (recorded.has("argument")) {
      assertThat(CpuOption.of(cpu, hostModel())).hasToString(recorded.get("argument").asText());
      return;
    }
    String refused = recorded.get("refusedAtStart").asText();
    boolean byTheListOfModels = refused.contains("cannot translate CPU model");
    LibvirtRefusal ours = catchThrowableOfType(LibvirtRefusal.class, () -> CpuOption.of(cpu));
    assertThat(ours == null ? "" : ours.libvirtText()).isEqualTo(byTheListOfModels ? "" : refused);
  }

  /** The model of the host that the cases were recorded on. */
  private static CpuOption hostModel() throws IOException {
    String argument =
        started()
            .filter(each -> each.get("xml").asText().startsWith("<cpu mode='host-model'"))
            .filter(each -> !each.get("xml").asText().contains("<feature"))
            .map(each -> each.get("argument").asText())
            .findFirst()
            .orElseThrow();
    return CpuOption.parse(argument);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"host,ap=on,apqci=on,apft=on,apqi=on\"",
        "\"z13,ap=on,apft=off\"",
        "max",
        "\"gen15a-base,ap=on\"",
        "\"HOST-MODEL,ap=off\""
      })
  void comesBackFromXml(String option) {
    assertThat(CpuOption.of(CpuOption.parse(option).toCpu())).hasToString(option);
  }

  @Test
  void refusesWhatQemuDoesNotRead() {
    assertThatThrownBy(() -> CpuOption.parse("host,+ap"))
        .hasMessage("Expected key=value format, found +ap.");
    assertThatThrownBy(() -> CpuOption.parse("host,ap=On"))
        .hasMessage("Parameter 'ap' expects 'on' or 'off'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "z14,ap=yes        | z14,ap=on",
        "z14,ap=y,apft=n   | z14,ap=on,apft=off",
        "z14,ap=true,      | z14,ap=on",
        "z14,,ap=no,,      | z14,ap=off",
        "z14,ap=on,ap=false | z14,ap=off"
      })
  void readsSwitchesAsQemuDoes(String option, String same) {
    assertThat(CpuOption.parse(option)).hasToString(same);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host               | ap: given: AP instructions",
        "host,ap=off        | ap: not given: ap=off is written",
        "host,ap=off        | apqci: given: warning: 'apqci' requires 'ap'.",
        "z14                | ap: not given: no named model has it by default: write ap=on",
        "z14,apqi=on        | apqi: given: warning: 'apqi' requires 'ap'.",
        "z196.2-base,ap=on  | ap: QEMU does not start: Feature 'ap' is not available for CPU model"
            + " 'z196.2-base', it was introduced with later models.",
        "z14,ap=on,apft=off | apft: not given: apft=off is written"
      })
  void saysWhyAFeatureIsGivenOrNot(String option, String expected) {
    assertThat(ApFeatureAdvice.of(CpuOption.parse(option), ALL))
        .anySatisfy(advice -> assertThat(advice.toString()).startsWith(expected));
  }

  @ParameterizedTest
  @CsvSource({"AP,AP instructions", "APQCI,facility 12", "APFT,facility 15", "APQI,facility 65"})
  void saysWhatTheHostLacks(CpuFeature missing, String why) {
    Set<CpuFeature> rest = EnumSet.complementOf(EnumSet.of(missing));
    String option = "z14," + missing.label() + "=on";

    assertThat(advice(option, rest, missing).fatal()).isTrue();
    assertThat(advice(option, rest, missing).reason()).contains(missing.label(), why);
    assertThat(advice("host", rest, missing).reason()).isEqualTo("the host does not have it");
  }

  private static ApFeatureAdvice advice(String option, Set<CpuFeature> host, CpuFeature feature) {
    return ApFeatureAdvice.of(CpuOption.parse(option), host).stream()
        .filter(each -> each.feature() == feature)
        .findFirst()
        .orElseThrow();
  }
}
