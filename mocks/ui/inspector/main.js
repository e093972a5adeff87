/** Starts the inspector. */
import { start } from "./app.js";
import { showScheme } from "./settings.js";

showScheme();
start(document.body);
