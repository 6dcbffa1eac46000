package org.avatarengine.source.apps.whatsapp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** Recognizes exported chats. An archive may contain several. */
public final class WhatsApp {
    private static final int LOOK = 16 << 10;

    /** A kind of export. */
    public static final App APP = new App("whatsapp", "WhatsApp chat", WhatsApp::recognize);

    private WhatsApp() {}

    private static @Nullable Export recognize(Archive archive, ImportOptions asked)
            throws SourceException, IOException {
        List<Chat> chats = new ArrayList<>();
        for (Archive.Entry entry : archive.beginning(file -> file.endsWith(".txt"), LOOK, WhatsApp::looksLikeChat)) {
            chats.add(Survey.of(archive, entry, asked));
        }
        if (!chats.isEmpty() && chats.stream().allMatch(Chat::isOnlyByThePartner)) {
            asked.ownerIsSettled();
        }
        return chats.isEmpty() ? null : new Chats(archive, chats, asked);
    }

    private static boolean looksLikeChat(String head) {
        return head.lines().map(Header::of).anyMatch(h -> h != null && Sender.of(h.rest()) != null);
    }

    /** All chats of an archive. */
    private record Chats(Archive archive, List<Chat> chats, ImportOptions asked) implements Export {
        @Override
        public void tell(ExportListener listener) throws SourceException, IOException {
            for (Chat chat : chats) {
                new ChatReader(archive, chat, asked).tell(listener);
            }
        }

        @Override
        public @Nullable String remark() {
            return chats.stream()
                    .map(chat -> chat.dates().toString())
                    .distinct()
                    .collect(Collectors.joining("; "));
        }
    }
}
