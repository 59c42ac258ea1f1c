package org.vfioap.doctor;

import java.util.Optional;
import java.util.Set;

/**
 * A computer that lacks some files and programs of another: to see what becomes of a test there.
 *
 * @param other what it has else
 * @param lacking the files and programs
 */
public record LackingComputer(Computer other, Set<String> lacking) implements Computer {
  @Override
  public Optional<String> read(String file) {
    return lacking.contains(file) ? Optional.empty() : other.read(file);
  }

  @Override
  public boolean exists(String file) {
    return !lacking.contains(file) && other.exists(file);
  }

  @Override
  public boolean isUsable(String file) {
    return !lacking.contains(file) && other.isUsable(file);
  }

  @Override
  public Optional<String> program(String name) {
    return lacking.contains(name) ? Optional.empty() : other.program(name);
  }

  @Override
  public Optional<String> complaint(String... command) {
    return other.complaint(command);
  }

  @Override
  public boolean isRoot() {
    return other.isRoot();
  }
}
