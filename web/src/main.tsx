import { lazy, Suspense } from "preact/compat";
import { render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Link, Route, Switch, useLocation } from "wouter-preact";
import { locked, problem, unlock } from "./api";
import { follow, running } from "./jobs";
import { focusNextTitle, Head } from "./parts/basics";
import { Evidence } from "./parts/evidence";
import { type Theme, theme } from "./settings";
import "./theme.css";
import { Overview } from "./views/overview";

const People = lazy(() => import("./views/people"));
const Person = lazy(() => import("./views/person"));
const Network = lazy(() => import("./views/network"));
const Search = lazy(() => import("./views/search"));
const Conversation = lazy(() => import("./views/conversation"));
const Chat = lazy(() => import("./views/chat"));
const Duplicates = lazy(() => import("./views/duplicates"));
const Jobs = lazy(() => import("./views/jobs"));
const Recordings = lazy(() => import("./views/recordings"));
const Recording = lazy(() => import("./views/recording"));
const Usage = lazy(() => import("./views/usage"));
const Settings = lazy(() => import("./views/settings"));

const VIEWS: [string, string][] = [
  ["/", "Overview"],
  ["/p/people", "People"],
  ["/p/network", "Network"],
  ["/p/search", "Search"],
  ["/p/chat", "Chat"],
  ["/p/recordings", "Recordings"],
  ["/p/duplicates", "Duplicates"],
  ["/p/jobs", "Jobs"],
  ["/p/usage", "Claude usage"],
  ["/p/settings", "Settings"],
];

function Side() {
  const [path] = useLocation();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  return (
    <header class="side" data-open={open}>
      <div class="brand">
        <img src="/icon.svg" alt="" width="28" height="28" />
        Avatar Engine
        <button class="menu" aria-expanded={open} aria-controls="views" onClick={() => setOpen(!open)}>
          Menu
        </button>
      </div>
      <nav id="views" aria-label="Views">
        <ul>
          {VIEWS.map(([to, name]) => (
            <li key={to}>
              <Link href={to} aria-current={path === to ? "page" : undefined}>
                {name}
                {to === "/p/jobs" && running.value.length > 0 && <span class="chip">{running.value.length}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div class="foot">
        <label>
          Theme
          <select value={theme.value} onChange={(e) => (theme.value = e.currentTarget.value as Theme)}>
            <option value="system">System</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
        <span>All data is stored on this computer.</span>
      </div>
    </header>
  );
}

/** Tells the title of the next view to take the focus, so that screen readers and keyboard users start there. */
function useFocusOnTitle() {
  const [path] = useLocation();
  const first = useRef(true);
  // A layout effect runs before the effect by which the new title takes the focus.
  useLayoutEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, 0);
    focusNextTitle();
  }, [path]);
}

function App() {
  useFocusOnTitle();
  if (locked.value) return <Locked />;
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Side />
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<div class="wait" style={{ height: "60vh" }} aria-busy="true" />}>
          <Switch>
            <Route path="/" component={Overview} />
            <Route path="/p/people" component={People} />
            <Route path="/p/person" component={Person} />
            <Route path="/p/network" component={Network} />
            <Route path="/p/search" component={Search} />
            <Route path="/p/conversation" component={Conversation} />
            <Route path="/p/chat" component={Chat} />
            <Route path="/p/duplicates" component={Duplicates} />
            <Route path="/p/jobs" component={Jobs} />
            <Route path="/p/recordings" component={Recordings} />
            <Route path="/p/recording" component={Recording} />
            <Route path="/p/usage" component={Usage} />
            <Route path="/p/settings" component={Settings} />
            <Route>
              <Head title="Page not found" />
              <Link href="/">Go to the overview</Link>
            </Route>
          </Switch>
        </Suspense>
      </main>
      <Evidence />
      <Problem />
    </div>
  );
}

function Problem() {
  if (!problem.value) return null;
  return (
    <div class="card toast" role="alert">
      <div class="row between">
        <span class="bad">{problem.value}</span>
        <button onClick={() => (problem.value = "")}>Close</button>
      </div>
    </div>
  );
}

function Locked() {
  const [given, setGiven] = useState("");
  return (
    <main class="stack" style={{ margin: "12vh auto", maxWidth: "520px" }}>
      <h1>Token required</h1>
      <p>
        Open the address that <code>avatar serve</code> printed, or paste the token from that address. Without the token
        the page shows no data.
      </p>
      <form
        class="row"
        onSubmit={(e) => {
          e.preventDefault();
          unlock(given.replace(/^.*token=/, ""));
        }}
      >
        <label class="wide">
          Token
          <input type="password" autocomplete="off" value={given} onInput={(e) => setGiven(e.currentTarget.value)} />
        </label>
        <button class="main">Open</button>
      </form>
    </main>
  );
}

render(<App />, document.getElementById("app")!);
void follow();
