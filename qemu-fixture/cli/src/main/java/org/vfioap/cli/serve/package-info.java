/**
 * Machines for tests in every language: JSON lines over standard input and output, or a socket.
 *
 * <p>Start with {@link org.vfioap.cli.serve.ServeCommand}, which listens, and {@link
 * org.vfioap.cli.serve.Session}, which knows the requests. docs/serve.md describes them.
 */
@NullMarked
package org.vfioap.cli.serve;

import org.jspecify.annotations.NullMarked;
