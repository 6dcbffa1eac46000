package org.avatarengine.source.apps;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of each kind, from the tests of that kind. */
final class Samples {
    private Samples() {}

    /** @param me the value for {@code --me}, or null */
    record Sample(String name, String content, @Nullable String me) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Sample> all() {
        return List.of(
                new Sample("WhatsApp Chat with Anna Lee.txt", WhatsAppTest.ANDROID, null),
                new Sample(
                        "WhatsApp Chat - Runners.txt",
                        Golden.text("whatsapp/ios-group-poll-edit-document-and-paste.txt"),
                        "Ida"),
                new Sample("telegram/result.json", TelegramTest.ACCOUNT, null),
                new Sample("club.json", TelegramContentTest.RICH, "user7"),
                new Sample("discord.json", DiscordTest.CHANNEL, null),
                new Sample("forwards.json", DiscordContentTest.RICH, "sam"),
                new Sample("bob.json", MetaContentTest.RICH, "Ann Lee"),
                new Sample("inbox/jose/message_1.json", MetaTest.broken(MetaTest.NEWEST), "Sam"),
                new Sample("sms.xml", SmsBackupTest.BACKUP, null),
                new Sample("Hangouts.json", GoogleTest.HANGOUTS, null),
                new Sample("main.jsonl", SignalDesktopTest.HISTORY, null),
                new Sample("one.eml", MailFilesTest.SAMPLE, null),
                new Sample("all.mbox", MboxTest.MAILS, null));
    }
}
