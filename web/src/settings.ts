import { effect, signal } from "@preact/signals";

const KEPT = "avatar-theme";

export type Theme = "system" | "light" | "dark";

/** How the page looks: as the system does, or as the user wants. */
export const theme = signal<Theme>((localStorage.getItem(KEPT) as Theme | null) ?? "system");

effect(() => {
  localStorage.setItem(KEPT, theme.value);
  if (theme.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme.value;
});
