/**
 * What the adapters answer to requests: clear-key RSA, questions about themselves.
 *
 * <p>Start with {@link org.vfioap.card.Firmware}. It is a test double: no secure key is ever
 * computed, and nothing here is cryptography to rely on.
 */
@NullMarked
package org.vfioap.card;

import org.jspecify.annotations.NullMarked;
