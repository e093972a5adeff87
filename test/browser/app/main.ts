/** Starts the back end of the page, then shows the page. */
import { isMocked } from "./backend.ts";
import { element } from "./dom.ts";
import { page } from "./page.ts";

if (isMocked) await import("./mocks.ts");

let show = page;
const root = document.querySelector("#app") ?? document.body.appendChild(element("main"));
const render = () => root.replaceChildren(...show());

document.addEventListener("session", render);
render();

// A hot update of the view keeps everything else: the login and the mock.
import.meta.hot?.accept("./page.ts", (changed) => {
  show = (changed as typeof import("./page.ts") | undefined)?.page ?? show;
  render();
});
