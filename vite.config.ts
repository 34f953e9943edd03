// Builds the page of `teemem serve` and `teemem report --html` into dist/view/web: one script, its workers inside, one style.
import { defineConfig } from "vite";

export default defineConfig({
  root: "src/view/web",
  // Addresses are relative: a prefix before the page does no harm.
  base: "./",
  publicDir: false,
  build: {
    outDir: "../../../dist/view/web",
    emptyOutDir: true,
    target: "es2022",
    // A report is one file, so nothing is split off or inlined as an address that it would have to ask for.
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 1_000_000,
    rolldownOptions: { output: { codeSplitting: false } },
  },
  worker: { format: "iife" },
});
