package org.avatarengine.app.talk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.avatarengine.app.print.Display;
import org.avatarengine.app.services.InputException;
import org.avatarengine.app.services.Services;
import org.avatarengine.chat.Avatar;
import org.avatarengine.chat.Spoken;
import org.avatarengine.claude.ClaudeReplies;
import org.avatarengine.graph.DataVersion;
import org.avatarengine.graph.Graph;
import org.avatarengine.memory.RecallQuery;
import org.avatarengine.page.AvatarService;
import org.avatarengine.progress.Progress;
import org.avatarengine.reply.NearestReply;
import org.avatarengine.reply.ReplyModel;
import org.avatarengine.reply.Turn;
import org.avatarengine.server.Refusal;
import org.avatarengine.slm.model.LocalReplies;
import org.avatarengine.vectors.SentenceEncoder;
import org.jspecify.annotations.Nullable;

/** The avatars of a server. An avatar is prepared for its first message, and again when the data has changed. */
public final class AvatarPool implements AvatarService {
    private final Services services;
    private final Graph graph;
    private final SentenceEncoder encoder;
    private final Models models;
    private final AvatarSetting setting;
    private final Map<Pair, Avatar> avatars = new HashMap<>();
    private final Map<String, ReplyModel> opened = new HashMap<>();
    private long version = -1;

    public AvatarPool(Services services, Graph graph, SentenceEncoder encoder, Models models, AvatarSetting setting) {
        this.services = services;
        this.graph = graph;
        this.encoder = encoder;
        this.models = models;
        this.setting = setting;
    }

    @Override
    public List<String> models() {
        List<String> all = new ArrayList<>(List.of(setting.model(services), NearestReply.NAME));
        services.modelStore().all().forEach(card -> all.add(LocalReplies.PREFIX + card.name()));
        if (services.apiKey().find().isPresent()) {
            all.add(ClaudeReplies.NAME);
        }
        return all.stream().distinct().toList();
    }

    /** Prepares and answers for one caller at a time, because memory and models are shared. */
    @Override
    public synchronized Spoken answer(
            String person,
            String partner,
            @Nullable String model,
            List<Turn> turns,
            Progress ready,
            Consumer<String> heard)
            throws InterruptedException {
        String wanted = model == null ? setting.model(services) : model;
        if (!models().contains(wanted)) {
            throw Refusal.wrong(
                    "There is no model \"" + wanted + "\". Choose one of: " + String.join(", ", models()) + ".");
        }
        try {
            Pair pair = Pair.find(graph, person, partner, "--as");
            AvatarSetting.requireConsent(graph, pair.person());
            return avatar(pair, ready).answer(turns, model(wanted), heard);
        } catch (InputException e) {
            throw Refusal.wrong(String.valueOf(e.getMessage()));
        }
    }

    private Avatar avatar(Pair pair, Progress ready) throws InterruptedException {
        long now = DataVersion.of(graph);
        if (now != version) {
            avatars.clear();
            version = now;
        }
        Avatar avatar = avatars.get(pair);
        if (avatar == null) {
            RecallQuery limits =
                    new RecallQuery("", pair.person().id(), pair.partner().id(), setting.everything, null, null);
            avatar = AvatarSetting.avatar(services, Display.of(ready), graph, encoder, pair, limits);
            avatars.put(pair, avatar);
        }
        return avatar;
    }

    private ReplyModel model(String name) {
        ReplyModel model = opened.get(name);
        if (model == null) {
            model = models.open(name);
            opened.put(name, model);
        }
        return model;
    }
}
