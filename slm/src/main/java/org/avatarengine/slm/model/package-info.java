/** Models of people: made, kept, spoken with, and examined. */
@NullMarked
package org.avatarengine.slm.model;

import org.jspecify.annotations.NullMarked;
