package org.avatarengine.page;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.avatarengine.config.Config;
import org.avatarengine.server.Api;

/** Shows and changes the settings. */
final class SettingsView {
    /** All settings and the file that stores them. */
    record Settings(String file, List<Set> settings) {}

    /**
     * A setting.
     *
     * @param origin where the value comes from; a value from the environment cannot be changed here
     */
    record Set(String key, String value, String byDefault, String meaning, Config.Origin origin) {}

    /** A setting with its new value. */
    record Change(String key, String value) {}

    private final Path file;
    private final Map<String, String> environment;

    SettingsView(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
    }

    void endpoints(Api api) {
        api.get("/api/settings", "All settings").answers(Settings.class, call -> all());
        api.post("/api/settings", "Changes a setting").body(Change.class).answers(Settings.class, call -> {
            Change change = call.body(Change.class);
            Config.set(file, change.key, change.value);
            return all();
        });
    }

    private Settings all() {
        return new Settings(
                file.toString(),
                Config.load(file, environment).values().stream()
                        .map(v -> new Set(
                                v.setting().key(),
                                v.value(),
                                v.setting().byDefault(),
                                v.setting().meaning(),
                                v.origin()))
                        .toList());
    }
}
