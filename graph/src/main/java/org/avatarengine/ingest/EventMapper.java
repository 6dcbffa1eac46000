package org.avatarengine.ingest;

import java.util.List;
import org.avatarengine.event.AppContent;
import org.avatarengine.event.Attachment;
import org.avatarengine.event.Body;
import org.avatarengine.event.Contact;
import org.avatarengine.event.Conversation;
import org.avatarengine.event.Event;
import org.avatarengine.event.GroupChange;
import org.avatarengine.event.Handle;
import org.avatarengine.event.Message;
import org.avatarengine.event.MessageKind;
import org.avatarengine.event.Reaction;
import org.avatarengine.event.TextRange;
import org.avatarengine.graph.Mutations;
import org.avatarengine.graph.NodeLabel;
import org.avatarengine.graph.Properties;
import org.avatarengine.graph.vocabulary.Labels;
import org.avatarengine.graph.vocabulary.RelationshipTypes;
import org.avatarengine.identity.HandleNormalizer;
import org.avatarengine.ownwords.OwnWords;
import org.jspecify.annotations.Nullable;

/** Maps events to nodes and links. {@code docs/graph.md} describes them. */
final class EventMapper {
    private final PersonDirectory people;
    private final ConversationDirectory conversations;
    private final Excluded excluded;
    private final HandleNormalizer normalizer;
    private final Mutations out;

    EventMapper(
            PersonDirectory people,
            ConversationDirectory conversations,
            Excluded excluded,
            HandleNormalizer normalizer,
            Mutations out) {
        this.people = people;
        this.conversations = conversations;
        this.excluded = excluded;
        this.normalizer = normalizer;
        this.out = out;
    }

    void map(Event event) {
        if (!excluded.includes(event)) {
            return;
        }
        switch (event) {
            case Contact contact -> people.learn(excluded.without(contact), out);
            case Conversation conversation -> conversation(conversations.resolve(conversation));
            case Message message -> message(message);
            case Reaction reaction -> reaction(reaction);
            case GroupChange change -> groupChange(change);
        }
    }

    private void conversation(Conversation conversation) {
        out.node(NodeLabel.CONVERSATION, conversation.group() ? Labels.GROUP_CHAT : null, conversation.id())
                .put("name", conversation.name())
                .put("service", conversation.service().name())
                .put("group", conversation.group())
                .put("aliases", conversation.aliases().isEmpty() ? null : conversation.aliases());
        people.owner(out);
        member(PersonDirectory.OWNER, conversation);
        for (Handle participant : conversation.participants()) {
            if (!excluded.contains(participant)) {
                member(people.personOf(participant, out), conversation);
            }
        }
    }

    private void member(String person, Conversation conversation) {
        out.link(NodeLabel.PERSON, person, RelationshipTypes.MEMBER_OF, NodeLabel.CONVERSATION, conversation.id());
    }

    private void message(Message message) {
        String id = message.id();
        Body body = message.body();
        OwnWords own = OwnWords.of(message);
        Properties node = out.node(NodeLabel.MESSAGE, id)
                .put("text", body.text().isEmpty() ? null : body.text())
                .put("kind", own.kind() == MessageKind.TYPED ? null : own.kind().name())
                .put("own", own.text().equals(body.text()) ? null : own.text())
                .put("sentAt", message.sentAt())
                .put("fromOwner", message.fromOwner())
                .put("service", message.service().name())
                .put("readAt", message.readAt())
                .put("deliveredAt", message.deliveredAt())
                .put("editedAt", message.editedAt())
                .put("deletedAt", message.deletedAt())
                .put("subject", message.subject())
                .put("effect", message.effect())
                .put("problem", body.problem())
                .put("recovered", body.origin() == Body.Origin.RECOVERED ? true : null)
                .put("unsentParts", message.unsentParts().isEmpty() ? null : message.unsentParts())
                .put("row", message.provenance().row());
        Handle sender = message.sender();
        if (sender != null) {
            node.put("handle", sender.value());
        }
        ranges(node, body.ranges());
        sent(sender, message.fromOwner(), NodeLabel.MESSAGE, id);
        for (String conversation : message.conversationIds()) {
            out.link(
                    NodeLabel.MESSAGE,
                    id,
                    RelationshipTypes.SENT_TO,
                    NodeLabel.CONVERSATION,
                    conversations.idOf(conversation));
        }
        Message.ReplyTo reply = message.replyTo();
        if (reply != null) {
            node.put("replyTo", reply.messageId()).put("replyToPart", reply.part());
            out.link(NodeLabel.MESSAGE, id, RelationshipTypes.REPLIES_TO, NodeLabel.MESSAGE, reply.messageId())
                    .put("part", reply.part());
        }
        for (TextRange range : body.ranges()) {
            String address = range.value();
            if (range.kind() == TextRange.Kind.MENTION && address != null && !address.isBlank()) {
                Handle mentioned = normalizer.normalize(address);
                if (!excluded.contains(mentioned)) {
                    out.link(
                            NodeLabel.MESSAGE,
                            id,
                            RelationshipTypes.MENTIONS,
                            NodeLabel.PERSON,
                            people.personOf(mentioned, out));
                }
            }
        }
        edits(message);
        message.attachments().forEach(attachment -> attachment(attachment, NodeLabel.MESSAGE, id));
        AppContent app = message.app();
        if (app != null) {
            app(app, id);
        }
    }

    /** Stores marked ranges as parallel lists, so that each list has one type. */
    private static void ranges(Properties node, List<TextRange> ranges) {
        if (ranges.isEmpty() || ranges.size() == 1 && ranges.getFirst().kind() == TextRange.Kind.PART) {
            return; // nearly every message
        }
        List<TextRange> shown = ranges.stream()
                .filter(range -> range.kind() != TextRange.Kind.PART || ranges.size() > 1)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        node.put("rangeStarts", shown.stream().map(TextRange::start).toList())
                .put("rangeEnds", shown.stream().map(TextRange::end).toList())
                .put("rangeKinds", shown.stream().map(r -> r.kind().name()).toList())
                .put(
                        "rangeValues",
                        shown.stream()
                                .map(r -> r.value() == null ? "" : r.value())
                                .toList());
    }

    private void sent(@Nullable Handle sender, boolean fromOwner, NodeLabel label, String id) {
        if (fromOwner) {
            people.owner(out);
            out.link(NodeLabel.PERSON, PersonDirectory.OWNER, RelationshipTypes.SENT, label, id);
        } else if (sender != null) {
            out.link(NodeLabel.PERSON, people.personOf(sender, out), RelationshipTypes.SENT, label, id);
        }
    }

    private void edits(Message message) {
        for (Message.Edit edit : message.edits()) {
            String id = message.id() + "#" + edit.part() + "." + edit.version();
            out.node(NodeLabel.EDIT, id)
                    .put("part", edit.part())
                    .put("version", edit.version())
                    .put("writtenAt", edit.writtenAt())
                    .put("text", edit.text());
            out.link(NodeLabel.MESSAGE, message.id(), RelationshipTypes.HAS_EDIT, NodeLabel.EDIT, id);
        }
    }

    private void attachment(Attachment attachment, NodeLabel of, String owner) {
        out.node(NodeLabel.ATTACHMENT, attachment.id())
                .put("name", attachment.name())
                .put("path", attachment.path())
                .put("mimeType", attachment.mimeType())
                .put("uti", attachment.uti())
                .put("bytes", attachment.bytes())
                .put("createdAt", attachment.createdAt())
                .put("sticker", attachment.sticker())
                .put("transcription", attachment.transcription())
                .put("missing", attachment.missing());
        out.link(of, owner, RelationshipTypes.HAS_ATTACHMENT, NodeLabel.ATTACHMENT, attachment.id());
    }

    private void app(AppContent app, String message) {
        Properties node = out.node(NodeLabel.APP_CONTENT, message)
                .put("kind", app.kind().name())
                .put("bundleId", app.bundleId())
                .put("appName", app.appName())
                .put("title", app.title())
                .put("subtitle", app.subtitle())
                .put("url", app.url())
                .put("amount", app.amount())
                .put("address", app.address())
                .put("album", app.album())
                .put("site", app.site())
                .put("strokes", app.strokes())
                .put("problem", app.problem());
        if (!app.options().isEmpty()) {
            node.put(
                            "optionIds",
                            app.options().stream().map(AppContent.Option::id).toList())
                    .put(
                            "optionTexts",
                            app.options().stream()
                                    .map(o -> o.text() == null ? "" : o.text())
                                    .toList())
                    .put(
                            "voters",
                            app.options().stream()
                                    .map(o -> o.voter() == null ? "" : o.voter())
                                    .toList());
        }
        out.link(NodeLabel.MESSAGE, message, RelationshipTypes.HAS_APP, NodeLabel.APP_CONTENT, message);
    }

    private void reaction(Reaction reaction) {
        Properties node = out.node(NodeLabel.REACTION, reaction.id())
                .put("kind", reaction.kind().name())
                .put("emoji", reaction.emoji())
                .put("removed", reaction.removed())
                .put("sentAt", reaction.sentAt())
                .put("fromOwner", reaction.fromOwner())
                .put("targetId", reaction.targetId())
                .put("targetPart", reaction.targetPart())
                .put("row", reaction.provenance().row());
        Handle sender = reaction.sender();
        if (sender != null) {
            node.put("handle", sender.value());
        }
        sent(sender, reaction.fromOwner(), NodeLabel.REACTION, reaction.id());
        out.link(
                NodeLabel.REACTION, reaction.id(), RelationshipTypes.REACTS_TO, NodeLabel.MESSAGE, reaction.targetId());
        reaction.attachments().forEach(sticker -> attachment(sticker, NodeLabel.REACTION, reaction.id()));
    }

    private void groupChange(GroupChange change) {
        out.node(NodeLabel.GROUP_CHANGE, change.id())
                .put("kind", change.kind().name())
                .put("title", change.title())
                .put("at", change.at())
                .put("row", change.provenance().row());
        Handle actor = change.actor();
        if (change.byOwner()) {
            people.owner(out);
            out.link(
                    NodeLabel.GROUP_CHANGE,
                    change.id(),
                    RelationshipTypes.MADE_BY,
                    NodeLabel.PERSON,
                    PersonDirectory.OWNER);
        } else if (actor != null) {
            out.link(
                    NodeLabel.GROUP_CHANGE,
                    change.id(),
                    RelationshipTypes.MADE_BY,
                    NodeLabel.PERSON,
                    people.personOf(actor, out));
        }
        Handle subject = change.subject();
        if (subject != null) {
            out.link(
                    NodeLabel.GROUP_CHANGE,
                    change.id(),
                    RelationshipTypes.CONCERNS,
                    NodeLabel.PERSON,
                    people.personOf(subject, out));
        }
        for (String conversation : change.conversationIds()) {
            out.link(
                    NodeLabel.GROUP_CHANGE,
                    change.id(),
                    RelationshipTypes.HAPPENED_IN,
                    NodeLabel.CONVERSATION,
                    conversations.idOf(conversation));
        }
    }
}
