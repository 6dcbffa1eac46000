/** What commands share: their global options, the stores they work with, and where they run. */
@NullMarked
package org.avatarengine.app.services;

import org.jspecify.annotations.NullMarked;
