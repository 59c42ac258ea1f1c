package org.vfioap.cli.running;

/** How a program ended and what it said. */
record ProgramRun(int status, String out, String err) {}
