package org.avatarengine.slm.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.avatarengine.dataset.DataCard;
import org.avatarengine.slm.training.TrainingPlan;
import org.avatarengine.slm.training.TrainingReport;
import org.jspecify.annotations.Nullable;

/**
 * The description of a model and its origin.
 *
 * @param person the id of the person it imitates; null for the shared model
 * @param personName the person's name in the training data
 * @param base the folder of its base model; null when it was trained from scratch
 * @param parameters the number of weights
 * @param trained the number of weights that were trained
 * @param platform the platform it was trained on
 * @param until for each conversation, the time from which on messages were held out
 * @param canaries the random secrets that were planted
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
