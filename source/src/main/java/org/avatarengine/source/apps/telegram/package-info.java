/** Telegram Desktop's export as JSON: https://core.telegram.org/import-export shows how it is made. */
@NullMarked
package org.avatarengine.source.apps.telegram;

import org.jspecify.annotations.NullMarked;
