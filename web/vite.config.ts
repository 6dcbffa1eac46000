import preact from "@preact/preset-vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false })],
  build: {
    outDir: "target/classes/org/avatarengine/page",
    emptyOutDir: true,
    // The content security policy forbids inline scripts and images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 900,
  },
  worker: { format: "es" },
});
