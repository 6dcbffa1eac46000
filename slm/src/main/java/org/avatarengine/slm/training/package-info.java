/** Training a model of a person. */
@NullMarked
package org.avatarengine.slm.training;

import org.jspecify.annotations.NullMarked;
