import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Link } from "wouter-preact";
import type { Loaded } from "../use";

let focusAwaited = false;

/** The next view whose title appears gives the focus to it, however long its code and its data take to load. */
export function focusNextTitle() {
  focusAwaited = true;
}

export function Head({
  title,
  about,
  children,
}: {
  title: string;
  about?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!focusAwaited) return;
    focusAwaited = false;
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${title} · Avatar Engine`;
  }, [title]);
  return (
    <div class="head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {about && <div class="quiet">{about}</div>}
      </div>
      <div class="row">{children}</div>
    </div>
  );
}

/** Shows loaded data; a placeholder of the same height until then; the reason if loading failed. */
export function Shown<T>({
  of,
  height = 240,
  children,
}: {
  of: Loaded<T>;
  height?: number;
  children: (data: T) => ComponentChildren;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.failed)
    return (
      <p class="card bad" role="alert">
        {of.failed}
      </p>
    );
  return <div class="wait" style={{ height: `${height}px` }} aria-busy="true" aria-label="Loading" />;
}

export function Card({
  title,
  children,
  class: name = "",
  aside,
}: {
  title?: string;
  children: ComponentChildren;
  class?: string;
  aside?: ComponentChildren;
}) {
  return (
    <section class={`card ${name}`}>
      {title && (
        <div class="row between">
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

export function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div class="card figure w3">
      <b>{value}</b>
      <span class="quiet">{name}</span>
    </div>
  );
}

export const personPath = (id: string) => `/p/person?id=${encodeURIComponent(id)}`;
export const conversationPath = (id: string, around?: string) =>
  `/p/conversation?id=${encodeURIComponent(id)}${around ? `&around=${encodeURIComponent(around)}` : ""}`;
export const recordingPath = (id: string, second?: number) =>
  `/p/recording?id=${encodeURIComponent(id)}${second === undefined ? "" : `&at=${second.toFixed(1)}`}`;

export const PersonLink = ({ id, name }: { id: string; name: string }) => <Link href={personPath(id)}>{name}</Link>;

export function Bar({ share, label }: { share: number; label?: string }) {
  return (
    <div class="bar" role={label ? "img" : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <i style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </div>
  );
}

/** A native dialog, because the browser traps the focus in it and closes it on Escape. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog
      ref={box}
      onClose={close}
      aria-label={title}
      onClick={(e) => e.target === box.current && box.current?.close()}
    >
      <div class="row between">
        <h2>{title}</h2>
        <button onClick={() => box.current?.close()}>Close</button>
      </div>
      {children}
    </dialog>
  );
}

/** A text with the given words highlighted. */
export function Marked({ text, words }: { text: string; words: string[] }) {
  if (!words.length) return <>{text}</>;
  const pattern = new RegExp(
    `(${words
      .map((w) => w.replace(/[^\p{L}\p{N}]/gu, ""))
      .filter(Boolean)
      .join("|")})`,
    "giu",
  );
  return <>{text.split(pattern).map((part, i) => (i % 2 ? <mark key={i}>{part}</mark> : part))}</>;
}
