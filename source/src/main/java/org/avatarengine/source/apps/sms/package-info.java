/** SMS Backup & Restore for Android: https://www.synctech.com.au/sms-backup-restore/fields-in-xml-backup-files/ describes the fields. */
@NullMarked
package org.avatarengine.source.apps.sms;

import org.jspecify.annotations.NullMarked;
