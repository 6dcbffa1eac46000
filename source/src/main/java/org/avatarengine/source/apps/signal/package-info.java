/** Signal: the chat history that Signal Desktop exports, and the encrypted backups of Signal for Android. */
@NullMarked
package org.avatarengine.source.apps.signal;

import org.jspecify.annotations.NullMarked;
