/**
 * Chats exported by WhatsApp ("Export chat", on Android and iOS), as text or as a zip with media. WhatsApp documents how
 * to make them but not how they are written; what is read here is what its apps write in the languages of the tests.
 */
@NullMarked
package org.avatarengine.source.apps.whatsapp;

import org.jspecify.annotations.NullMarked;
