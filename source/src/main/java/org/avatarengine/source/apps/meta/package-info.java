/** Messenger, Facebook and Instagram: the JSON of Meta's "Download your information". */
@NullMarked
package org.avatarengine.source.apps.meta;

import org.jspecify.annotations.NullMarked;
