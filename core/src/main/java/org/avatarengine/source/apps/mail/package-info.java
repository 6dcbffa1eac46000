/** Mail in the mbox format (RFC 4155), as Thunderbird, Apple Mail and Google Takeout write it. */
@NullMarked
package org.avatarengine.source.apps.mail;

import org.jspecify.annotations.NullMarked;
