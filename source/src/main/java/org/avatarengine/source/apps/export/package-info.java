/** Basics for reading exports of apps: options, listeners, and JSON that may be large or hostile. */
@NullMarked
package org.avatarengine.source.apps.export;

import org.jspecify.annotations.NullMarked;
