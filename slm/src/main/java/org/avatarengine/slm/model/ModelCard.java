package org.avatarengine.slm.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.avatarengine.dataset.DataCard;
import org.avatarengine.slm.training.TrainingPlan;
import org.avatarengine.slm.training.TrainingReport;
import org.jspecify.annotations.Nullable;

/**
 * What a model is and where it comes from.
 *
 * @param person whose it is, by id; null when it is of everybody
 * @param personName what they are called in it
 * @param base the folder of the model that it began from; null when from nothing
 * @param parameters of the whole model
 * @param trained how many of them were changed
 * @param platform on which it was trained
 * @param until for each conversation, from when on nothing was learnt
 * @param canaries made-up secrets that were planted
 */
public record ModelCard(
        String name,
        @Nullable String person,
        @Nullable String personName,
        Method method,
        @Nullable String base,
        Instant made,
        long parameters,
        long trained,
        String platform,
        TrainingPlan plan,
        TrainingReport report,
        DataCard data,
        Map<String, Instant> until,
        List<String> canaries) {}
