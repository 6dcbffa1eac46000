/**
 * The user's settings, in one file. Environment variables and command-line options override it. It never contains
 * secrets.
 */
@NullMarked
package org.avatarengine.config;

import org.jspecify.annotations.NullMarked;
