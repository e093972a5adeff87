/** Says what was done, in a place that stays while the rest of the page changes. */
import { element } from "./dom.ts";
import { text } from "./language.ts";
import type { Text } from "./texts.ts";

const place = document.querySelector("#done") ?? document.body.appendChild(element("p", { id: "done" }));

/** undefined takes the last one away. */
export function announce(done: Text | undefined): void {
  place.replaceChildren(...(done === undefined ? [] : [text(done)]));
}
