/** A form that sends a code to a number or an address, and takes the code that arrived there. */
import { announce } from "./announce.ts";
import { solveCaptcha } from "./captcha.ts";
import { Refusal } from "./client.ts";
import { element } from "./dom.ts";
import { text } from "./language.ts";
import type { Text } from "./texts.ts";

interface CodeForm {
  /** The receiver of the code: a field, or a known value. */
  readonly receiver: Field | string;
  /** Also has a field for a new password. */
  readonly password?: true;
  readonly action: Text;
  /** Sends the code, with the pass token of a captcha that was solved for the receiver. */
  send(receiver: string, captchaToken: string): Promise<unknown>;
  /** Returns the text to show when it is done; nothing when the page shows it. */
  submit(values: Values): Promise<Text | undefined>;
}

interface Field {
  readonly label: Text;
  readonly type: "tel" | "email";
}

interface Values {
  readonly receiver: string;
  readonly code: string;
  readonly password: string;
}

export function codeForm({ receiver, password, action, send, submit }: CodeForm): HTMLFormElement {
  const to = typeof receiver === "string" ? undefined : input(receiver.type, receiver.type);
  const code = input("text", "one-time-code", { inputMode: "numeric" });
  const secret = password && input("password", "new-password");
  const says = element("p", { className: "says", role: "alert" });
  const sendButton = element("button", { type: "button", className: "quiet" }, text("sendCode"));
  const address = () => to?.value ?? String(receiver);

  sendButton.addEventListener("click", () =>
    attempt(says, sendButton, async () => {
      const captchaToken = await solveCaptcha(address());
      if (captchaToken === undefined) return undefined;
      await send(address(), captchaToken);
      code.focus();
      return "codeSent";
    }),
  );

  const submitButton = element("button", {}, text(action));
  const form = element("form", { noValidate: true });
  form.append(
    ...(to === undefined || typeof receiver === "string"
      ? [element("p", {}, text("codeGoesTo"))]
      : [labelled(receiver.label, to)]),
    sendButton,
    labelled("code", code),
    ...(secret === undefined ? [] : [labelled("newPassword", secret)]),
    submitButton,
    says,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(says, submitButton, async () => {
      const done = await submit({ receiver: address(), code: code.value, password: secret?.value ?? "" });
      form.reset();
      return done;
    });
  });
  return form;
}

/** Runs one action at a time and shows the result: on a refusal the API's own text. */
async function attempt(
  says: HTMLElement,
  button: HTMLButtonElement,
  work: () => Promise<Text | undefined>,
): Promise<void> {
  button.disabled = true;
  says.replaceChildren();
  announce(undefined);
  try {
    announce(await work());
  } catch (error) {
    says.append(error instanceof Refusal ? error.message : text("unreachable"));
  } finally {
    button.disabled = false;
  }
}

function input(type: string, autocomplete: AutoFill, more: Partial<HTMLInputElement> = {}): HTMLInputElement {
  return element("input", { type, autocomplete, ...more });
}

function labelled(label: Text, field: HTMLInputElement): HTMLElement {
  return element("label", {}, text(label), field);
}
