/** The user's settings: one file, which the environment and flags override. Never secrets. */
@NullMarked
package org.avatarengine.config;

import org.jspecify.annotations.NullMarked;
