/** What it takes to read an app's export: whom to ask, whom to tell, and JSON that may be large or hostile. */
@NullMarked
package org.avatarengine.source.apps.export;

import org.jspecify.annotations.NullMarked;
