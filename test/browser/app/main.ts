/** Starts what the page talks to, then shows it. */
import { isMocked } from "./backend.ts";
import { element } from "./dom.ts";
import { page } from "./page.ts";

if (isMocked) await import("./mocks.ts");

let show = page;
const root = document.querySelector("#app") ?? document.body.appendChild(element("main"));
const render = () => root.replaceChildren(...show());

document.addEventListener("session", render);
render();

// A change to what the page shows leaves everything else as it is: who is signed in, and the mock.
import.meta.hot?.accept("./page.ts", (changed) => {
  show = (changed as typeof import("./page.ts") | undefined)?.page ?? show;
  render();
});
