/** Measures of small language models: how well they foretell and imitate, and how fast they are. */
@NullMarked
package org.avatarengine.slm;

import org.jspecify.annotations.NullMarked;
