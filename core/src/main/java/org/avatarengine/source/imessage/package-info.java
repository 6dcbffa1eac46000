/**
 * Apple Messages: {@code chat.db} of macOS, {@code sms.db} of iOS, iOS backup folders, and the address books beside
 * them. {@code docs/imessage.md} lists what is read and from where.
 */
@NullMarked
package org.avatarengine.source.imessage;

import org.jspecify.annotations.NullMarked;
