import { effect, signal } from "@preact/signals";

const KEPT = "avatar-theme";

export type Theme = "system" | "light" | "dark";

/** The color theme: the system's, or the one the user chose. */
export const theme = signal<Theme>((localStorage.getItem(KEPT) as Theme | null) ?? "system");

effect(() => {
  localStorage.setItem(KEPT, theme.value);
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
