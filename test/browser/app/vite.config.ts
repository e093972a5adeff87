/** `npx vite test/browser/app` shows the page. In a project of its own it needs no configuration. */
import { defineConfig } from "vite";
import { kit } from "../contract-page/kit.ts";

export default defineConfig({ plugins: [kit()] });
