package org.avatarengine.source.apps;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.discord.Discord;
import org.avatarengine.source.apps.export.App;
import org.avatarengine.source.apps.export.Export;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.apps.google.GoogleChat;
import org.avatarengine.source.apps.google.Hangouts;
import org.avatarengine.source.apps.mail.Mbox;
import org.avatarengine.source.apps.meta.Meta;
import org.avatarengine.source.apps.signal.SignalDesktop;
import org.avatarengine.source.apps.slack.Slack;
import org.avatarengine.source.apps.sms.SmsBackup;
import org.avatarengine.source.apps.telegram.Telegram;
import org.avatarengine.source.apps.whatsapp.WhatsApp;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/** All supported kinds of export, those with the most reliable recognition first. */
public final class KnownApps {
    private static final List<App> ALL = List.of(
            SignalDesktop.APP,
            GoogleChat.APP,
            Hangouts.APP,
            Slack.APP,
            Discord.APP,
            Telegram.APP,
            Meta.APP,
            SmsBackup.APP,
            Mbox.APP,
            WhatsApp.APP);

    private KnownApps() {}

    /** The names of all kinds. */
    public static String names() {
        return ALL.stream().map(App::name).collect(Collectors.joining(", "));
    }

    /**
     * Opens an export by its content, regardless of its name.
     *
     * @param place a file, a folder or a zip
     * @return null when the kind is not supported
     * @throws SourceException when the kind is supported but the export cannot be read
     */
    public static @Nullable ExportSource open(Path place, ImportOptions asked)
            throws SourceException, InterruptedException {
        Archive archive = Archive.open(place);
        ExportSource opened = null;
        try {
            for (App app : ALL) {
                Export export = app.recognizer().recognize(archive, asked);
                if (export != null) {
                    ExportSource source = ExportSource.open(app.key(), app.name(), archive, asked.zone(), export);
                    source.requireOwner(asked);
                    opened = source;
                    return opened;
                }
            }
            return null;
        } catch (IOException e) {
            throw ExportSource.unreadable(archive, e);
        } finally {
            if (opened == null) {
                close(archive);
            }
        }
    }

    private static void close(Archive archive) throws SourceException {
        try {
            archive.close();
        } catch (IOException e) {
            throw new SourceException("Cannot close " + archive.place() + ": " + e.getMessage() + ".", e);
        }
    }
}
