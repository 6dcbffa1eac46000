/** Training, storage, inference and testing of models of people. */
@NullMarked
package org.avatarengine.slm.model;

import org.jspecify.annotations.NullMarked;
