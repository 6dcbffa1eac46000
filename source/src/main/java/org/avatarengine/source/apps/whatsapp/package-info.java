/**
 * Chats exported by WhatsApp ("Export chat", on Android and iOS), as text or as a zip file with media. WhatsApp
 * documents how to create them, but not their format. This package supports the format that its apps write in the
 * languages of the tests.
 */
@NullMarked
package org.avatarengine.source.apps.whatsapp;

import org.jspecify.annotations.NullMarked;
