/** Slack's export of a workspace: https://slack.com/help/articles/220556107 describes the files. */
@NullMarked
package org.avatarengine.source.apps.slack;

import org.jspecify.annotations.NullMarked;
