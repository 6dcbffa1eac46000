/**
 * Apple Messages: {@code chat.db} of macOS, {@code sms.db} of iOS, iOS backup folders, and their address books. {@code
 * docs/imessage.md} lists the data that is read.
 */
@NullMarked
package org.avatarengine.source.imessage;

import org.jspecify.annotations.NullMarked;
