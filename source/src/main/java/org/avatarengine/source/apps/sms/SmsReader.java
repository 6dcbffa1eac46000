package org.avatarengine.source.apps.sms;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.avatarengine.event.Handle;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Service;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.source.SourceException;
import org.avatarengine.source.apps.export.ContentIds;
import org.avatarengine.source.apps.export.Draft;
import org.avatarengine.source.apps.export.ExportListener;
import org.avatarengine.source.apps.export.ImportOptions;
import org.avatarengine.source.archive.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file. Document types and entities are disabled, so that the file cannot refer to other files. The messages
 * have no identifiers; sender, time and content identify them.
 */
final class SmsReader {
    private static final String RECEIVED = "1";
    private static final String SENT = "2";
    private static final String DRAFT = "3";
    private static final String OUTBOX = "4";
    private static final String FAILED = "5";
    private static final String QUEUED = "6";
    private static final Set<String> OWN = Set.of(SENT, DRAFT, OUTBOX, FAILED, QUEUED);

    /** The state of a text whose delivery failed. */
    private static final String NOT_DELIVERED = "64";

    /** What a picture message is that its phone has received. */
    private static final String RETRIEVED = "132";

    private static final String FROM = "137";
    private static final String OWNER_TOKEN = "insert-address-token";

    private final Archive archive;
    private final Archive.Entry file;
    private final HandleNormalizer normalizer;
    private final ContentIds ids = new ContentIds("sms");
    private long row;

    SmsReader(Archive archive, Archive.Entry file, ImportOptions asked) {
        this.archive = archive;
        this.file = file;
        this.normalizer = asked.normalizer();
    }

    void tell(ExportListener listener) throws SourceException, IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        try (Reader in =
                new SurrogateReader(new InputStreamReader(archive.open(file), StandardCharsets.UTF_8.newDecoder()))) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "sms" -> sms(xml, listener);
                        case "mms" -> mms(xml, listener);
                        default -> {} // the root, and unknown elements of later versions
                    }
                }
            }
            xml.close();
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException io) {
                throw io;
            }
            throw new SourceException(
                    archive.where(file) + ", line " + e.getLocation().getLineNumber()
                            + ": this is not valid XML. Create the backup again, or copy it again.",
                    e);
        }
    }

    private static @Nullable String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null || value.equals("null") ? null : value;
    }

    private Instant date(XMLStreamReader xml) throws SourceException {
        String date = attribute(xml, "date");
        try {
            return Instant.ofEpochMilli(Long.parseLong(String.valueOf(date)));
        } catch (NumberFormatException | DateTimeException e) {
            throw new SourceException(
                    archive.where(file) + ", message " + row + " (line "
                            + xml.getLocation().getLineNumber() + "): field \"date\" is not a time.",
                    e);
        }
    }

    private void sms(XMLStreamReader xml, ExportListener listener) throws SourceException {
        row++;
        String type = attribute(xml, "type");
        String address = attribute(xml, "address");
        if (address == null || address.isBlank()) {
            return; // a draft to nobody
        }
        Handle partner = normalizer.normalize(address);
        String conversation = conversation(List.of(partner), listener, Service.SMS);
        listener.account(partner, contact(xml), List.of(), false);
        Instant at = date(xml);
        String body = attribute(xml, "body");
        boolean received = type == null || !OWN.contains(type);
        boolean failed = !received && NOT_DELIVERED.equals(attribute(xml, "status"));
        listener.event(new Draft(ids.of(ContentIds.address(address), at, type + body), conversation, Service.SMS)
                .from(received ? partner : null)
                .sentAt(at)
                .subject(attribute(xml, "subject"))
                .text(body)
                .kind(failed ? MessageKind.FAILED : kind(type))
                .message(listener.at(row)));
    }

    /** What is in the outbox is still to be sent; drafts and failed messages were never delivered. */
    private static MessageKind kind(@Nullable String box) {
        return switch (String.valueOf(box)) {
            case DRAFT, FAILED -> MessageKind.FAILED;
            case OUTBOX, QUEUED -> MessageKind.SCHEDULED;
            default -> MessageKind.TYPED;
        };
    }

    private static @Nullable String contact(XMLStreamReader xml) {
        String name = attribute(xml, "contact_name");
        return name == null || name.isBlank() || name.equals("(Unknown)") ? null : name;
    }

    private String conversation(List<Handle> partners, ExportListener listener, Service service) {
        Map<String, Handle> sorted = new TreeMap<>();
        partners.forEach(partner -> sorted.put(partner.value(), partner));
        String id = "sms:" + String.join(",", sorted.keySet());
        listener.conversation(id, null, service, sorted.size() > 1, List.copyOf(sorted.values()));
        return id;
    }

    /** Reads a message of several parts. */
    private void mms(XMLStreamReader xml, ExportListener listener) throws SourceException, XMLStreamException {
        row++;
        String box = attribute(xml, "msg_box");
        boolean retrieved = RECEIVED.equals(box) || RETRIEVED.equals(attribute(xml, "m_type"));
        boolean own = box != null && OWN.contains(box);
        Instant at = date(xml);
        String address = attribute(xml, "address");
        String name = contact(xml);
        String subject = attribute(xml, "sub");
        List<String[]> files = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String from = null;
        while (!(xml.next() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals("mms"))) {
            if (!xml.isStartElement()) {
                continue;
            }
            if (xml.getLocalName().equals("part")) {
                String type = String.valueOf(attribute(xml, "ct"));
                String part = attribute(xml, "text");
                if (type.equals("text/plain") && part != null) {
                    text.append(text.isEmpty() ? "" : "\n").append(part);
                } else if (!type.equals("application/smil")) {
                    String file = attribute(xml, "name");
                    files.add(new String[] {file != null ? file : attribute(xml, "cl"), type});
                }
            } else if (xml.getLocalName().equals("addr") && FROM.equals(attribute(xml, "type"))) {
                from = attribute(xml, "address");
            }
        }
        if (address == null || address.isBlank()) {
            return;
        }
        boolean sent = own || !retrieved && OWNER_TOKEN.equals(from);
        List<String> addresses = Stream.of(address.split("~"))
                .filter(one -> !one.isBlank() && !one.equals(OWNER_TOKEN))
                .toList();
        List<Handle> partners = addresses.stream().map(normalizer::normalize).toList();
        Handle sender = sent ? null : sender(from, partners);
        introduce(partners, name, listener);
        String conversation = conversation(partners, listener, Service.MMS);
        String who = addresses.stream().map(ContentIds::address).sorted().collect(Collectors.joining(","));
        Draft message = new Draft(
                        ids.of(who, at, sender == null ? "" : ContentIds.address(sender.raw()), text),
                        conversation,
                        Service.MMS)
                .from(sender)
                .sentAt(at)
                .subject(subject)
                .text(text.toString())
                .kind(kind(box));
        files.forEach(file -> message.attach(file[0], null, file[1], null));
        listener.event(message.message(listener.at(row)));
    }

    private Handle sender(@Nullable String from, List<Handle> partners) {
        if (from != null && !from.isBlank() && !from.equals(OWNER_TOKEN)) {
            return normalizer.normalize(from);
        }
        return partners.isEmpty() ? ImportOptions.account("sms", "unknown") : partners.getFirst();
    }

    /** The names of several people are in the order of their numbers. */
    private static void introduce(List<Handle> partners, @Nullable String names, ExportListener listener) {
        String[] each = names == null ? new String[0] : names.split(", ");
        for (int i = 0; i < partners.size(); i++) {
            boolean known = partners.size() == each.length && !each[i].isBlank() && !each[i].equals("(Unknown)");
            listener.account(partners.get(i), known ? each[i] : null, List.of(), false);
        }
    }
}
