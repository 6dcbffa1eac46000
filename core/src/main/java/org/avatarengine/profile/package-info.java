/** First profiles: who a person talks to, when, and how, computed from their messages in the graph. */
@NullMarked
package org.avatarengine.profile;

import org.jspecify.annotations.NullMarked;
