/** The slider captcha: a picture with a gap and the piece that fills it. Works by mouse, touch and arrow keys. */
import { answered, api, caller, Refusal } from "./client.ts";
import { element } from "./dom.ts";
import { text } from "./language.ts";

/** A pass token for a code to this number or address; undefined when the person cancels. */
export function solveCaptcha(sender: string): Promise<string | undefined> {
  const puzzle = puzzleView();
  const says = element("p", { className: "says", role: "alert" });
  const answer = element("fieldset", {}, puzzle.view, says, element("button", {}, text("confirm")));
  const cancel = element("button", { type: "button", className: "quiet" }, text("cancel"));
  const form = element("form", {}, answer, cancel);
  const dialog = element("dialog", {}, element("h2", {}, text("captcha")), form);
  document.body.append(dialog);
  dialog.showModal();

  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      dialog.remove();
      settle();
    };
    /** Prevents a solution before the captcha is loaded, and a second one. */
    async function once(work: () => Promise<void>): Promise<void> {
      answer.disabled = true;
      await work().catch((error: unknown) => end(() => reject(error)));
      answer.disabled = false;
      puzzle.focus();
    }
    async function judge(): Promise<void> {
      try {
        const token = await puzzle.verify(sender);
        end(() => resolve(token));
      } catch (error) {
        // A captcha takes one solution: after a wrong one a new captcha is needed.
        if (!(error instanceof Refusal)) throw error;
        await puzzle.load();
        says.textContent = error.message;
      }
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      says.replaceChildren();
      once(judge);
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => end(() => resolve(undefined)));
    once(puzzle.load);
  });
}

function puzzleView() {
  const background = element("img", { alt: "" });
  const piece = element("img", { alt: "", className: "piece", draggable: false });
  const picture = element("div", { className: "picture" }, background, piece);
  const slider = element("input", { type: "range", min: "0", step: "1", value: "0" });
  let token = "";

  const place = () => {
    piece.style.left = `${(100 * slider.valueAsNumber) / background.naturalWidth}%`;
  };
  slider.addEventListener("input", place);
  onDrag(piece, () => {
    const from = slider.valueAsNumber;
    return (pixels) => {
      slider.valueAsNumber = from + (pixels * background.naturalWidth) / background.clientWidth;
      place();
    };
  });

  return {
    view: element("label", {}, picture, text("movePiece"), slider),

    focus: () => slider.focus(),

    /** Loads another captcha. */
    async load(): Promise<void> {
      const captcha = await answered(api.GET("/api/v2/sdk/captcha", { params: { header: caller() } }));
      token = captcha?.token ?? "";
      background.src = `data:image/png;base64,${captcha?.originalImageBase64}`;
      piece.src = `data:image/png;base64,${captcha?.jigsawImageBase64}`;
      await Promise.all([background.decode(), piece.decode()]);
      slider.max = String(background.naturalWidth - piece.naturalWidth);
      slider.value = "0";
      piece.style.width = `${(100 * piece.naturalWidth) / background.naturalWidth}%`;
      place();
    },

    /** The pass token, if the piece is in the right place. */
    async verify(sender: string): Promise<string | undefined> {
      const point_json = JSON.stringify({ x: slider.valueAsNumber, y: 5 });
      const call = { params: { header: caller() }, body: { token, point_json, sender } };
      return (await answered(api.POST("/api/v2/sdk/captcha/verify", call)))?.captcha_token;
    },
  };
}

/** `begin` runs when a pointer takes the handle; its result receives the distance from there. */
function onDrag(handle: HTMLElement, begin: () => (pixels: number) => void): void {
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const move = begin();
    const follow = ({ clientX }: PointerEvent) => move(clientX - event.clientX);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", follow), {
      once: true,
    });
  });
}
