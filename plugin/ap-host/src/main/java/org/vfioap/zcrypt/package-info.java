/**
 * The zcrypt device nodes: a container gets a node whose masks say which adapters, domains and
 * requests it may use. Follows drivers/s390/crypto/zcrypt_api.c.
 *
 * <p>Start with {@link org.vfioap.zcrypt.ZcryptFiles}, the directories below /sys, and {@code
 * ZcryptNodes}, which makes and destroys the nodes.
 */
@NullMarked
package org.vfioap.zcrypt;

import org.jspecify.annotations.NullMarked;
