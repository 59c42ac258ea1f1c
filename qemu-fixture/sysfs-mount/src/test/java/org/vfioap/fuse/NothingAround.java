package org.vfioap.fuse;

import java.util.List;

/** Answers stand for themselves. */
final class NothingAround implements Surroundings {
  @Override
  public void beforeWrite() {}

  @Override
  public void afterChange() {}

  @Override
  public void afterWrite() {}

  @Override
  public void useless(List<NodeTable.Entry> entries) {}
}
