/** Starts the inspector. */
import { start } from "./app.ts";
import { applyTheme } from "./settings.ts";

applyTheme();
start(document.body);
