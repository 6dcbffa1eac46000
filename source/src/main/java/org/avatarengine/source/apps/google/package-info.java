/** Google Takeout: Google Chat, and Hangouts before it. */
@NullMarked
package org.avatarengine.source.apps.google;

import org.jspecify.annotations.NullMarked;
