/** Commands on local models: train, list, export, test and delete them. */
@NullMarked
package org.avatarengine.app.model;

import org.jspecify.annotations.NullMarked;
