/** Where tests run real programs: namespaces of their own. Start with {@link Namespace}. */
@org.jspecify.annotations.NullMarked
package org.vfioap.lab;
