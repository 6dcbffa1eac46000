import { useState } from "preact/hooks";
import { type Form, get, post } from "../api";
import { Card, Head, Shown } from "../parts/basics";
import { tell, useLoad } from "../use";

export default function Settings() {
  const settings = useLoad("settings", () => get("/api/settings"));
  return (
    <>
      <Head
        title="Settings"
        about={settings.data && `Stored in ${settings.data.file}. Do not put API keys in this file.`}
      />
      <Shown of={settings} height={700}>
        {(s) => (
          <Card>
            <ul class="plain">
              {s.settings.map((one) => (
                <li key={one.key}>
                  <Setting one={one} saved={settings.set} />
                </li>
              ))}
            </ul>
          </Card>
        )}
      </Shown>
    </>
  );
}

function Setting({ one, saved }: { one: Form["SettingsSet"]; saved: (all: Form["SettingsSettings"]) => void }) {
  const [value, setValue] = useState(one.value);
  const fixed = one.origin === "ENVIRONMENT";
  return (
    <form
      class="row between"
      onSubmit={(e) => {
        e.preventDefault();
        post("/api/settings", { key: one.key, value }).then(saved, tell);
      }}
    >
      <div style={{ flex: "1 1 320px" }}>
        <label for={one.key}>
          <code>{one.key}</code> {one.meaning}
        </label>
        {fixed && <div class="quiet small">Set by an environment variable. Change it there.</div>}
      </div>
      <input
        id={one.key}
        value={value}
        disabled={fixed}
        placeholder={one.byDefault || "none"}
        onInput={(e) => setValue(e.currentTarget.value)}
      />
      <button disabled={fixed || value === one.value} aria-label={`Save ${one.key}`}>
        Save
      </button>
    </form>
  );
}
