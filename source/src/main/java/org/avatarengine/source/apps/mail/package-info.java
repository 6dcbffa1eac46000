/** Mail in the mbox format (RFC 4155), as written by Thunderbird, Apple Mail and Google Takeout. */
@NullMarked
package org.avatarengine.source.apps.mail;

import org.jspecify.annotations.NullMarked;
