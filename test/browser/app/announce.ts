/** Shows what was done, in an element that stays while the rest of the page changes. */
import { element } from "./dom.ts";
import { text } from "./language.ts";
import type { Text } from "./texts.ts";

const place = document.querySelector("#done") ?? document.body.appendChild(element("p", { id: "done" }));

/** undefined removes the last text. */
export function announce(done: Text | undefined): void {
  place.replaceChildren(...(done === undefined ? [] : [text(done)]));
}
