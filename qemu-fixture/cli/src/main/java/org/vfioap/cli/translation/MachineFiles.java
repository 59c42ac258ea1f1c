package org.vfioap.cli.translation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vfioap.kernel.Errno;
import org.vfioap.kernel.KernelRefusal;
import org.vfioap.place.RunningMachine;
import org.vfioap.translation.files.HostFiles;

/**
 * The files of a running machine, as its own programs see them: the machine is asked for its /sys,
 * which the kernel shows to nobody outside but root; everything else is below the root of its first
 * process.
 */
final class MachineFiles implements HostFiles {
  private static final String SYS = "/sys";
  private static final String VFIO = "/dev/vfio/";

  private final RunningMachine machine;
  private final HostFiles others;
  private final ObjectMapper mapper = new ObjectMapper();

  MachineFiles(RunningMachine machine) {
    this.machine = machine;
    others = HostFiles.below(Path.of("/proc/" + machine.pid() + "/root"));
  }

  private static boolean isSys(String path) {
    return path.equals(SYS) || path.startsWith(SYS + "/");
  }

  private JsonNode ask(String question, String path) {
    List<String> lines = new ArrayList<>();
    machine.tell(List.of("sysfs", question, path), lines::add);
    JsonNode answer = parse(String.join("", lines));
    if (answer.has("errno")) {
      throw KernelRefusal.of(Errno.valueOf(answer.get("errno").asText()), path);
    }
    return answer;
  }

  private JsonNode parse(String line) {
    try {
      return mapper.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean exists(String path) {
    if (path.startsWith(VFIO)) {
      String number = path.substring(VFIO.length());
      return exists(
          number.equals("vfio") ? "/sys/devices/vfio_ap" : "/sys/kernel/iommu_groups/" + number);
    }
    return isSys(path) ? ask("exists", path).path("exists").asBoolean() : others.exists(path);
  }

  @Override
  public String read(String path) {
    return isSys(path) ? ask("read", path).path("text").asText() : others.read(path);
  }

  /** Nobody needs it: what is outside only looks. */
  @Override
  public void write(String path, String value) {
    throw KernelRefusal.of(Errno.EACCES, path);
  }

  @Override
  public List<String> list(String path) {
    if (!isSys(path)) {
      return others.list(path);
    }
    List<String> names = new ArrayList<>();
    ask("list", path).path("names").forEach(name -> names.add(name.asText()));
    return names;
  }

  @Override
  public String readLink(String path) {
    return isSys(path) ? ask("link", path).path("target").asText() : others.readLink(path);
  }
}
