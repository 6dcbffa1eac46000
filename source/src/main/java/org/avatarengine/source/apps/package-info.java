/**
 * Exports of messaging apps. Each app has code that recognizes and reads its exports. Everything else, such as batches
 * and continuing an interrupted import, is shared.
 */
@NullMarked
package org.avatarengine.source.apps;

import org.jspecify.annotations.NullMarked;
