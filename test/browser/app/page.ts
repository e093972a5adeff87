/** The visible page: the login, or the forms for the signed-in account. */
import { changeEmail } from "./change-email.ts";
import { changeMobile } from "./change-mobile.ts";
import { changePassword } from "./change-password.ts";
import { element } from "./dom.ts";
import { forgottenPassword } from "./forgotten-password.ts";
import { languageChoice, text } from "./language.ts";
import { session, setSession } from "./session.ts";
import { signIn } from "./sign-in.ts";
import type { Text } from "./texts.ts";

export function page(): HTMLElement[] {
  const header = element("header", {}, element("h1", {}, text("title")), languageChoice());
  const who = session();
  if (who === undefined)
    return [header, section("signIn", signIn(), true), section("forgotPassword", forgottenPassword())];
  const signOut = element("button", { type: "button", className: "quiet", onclick: () => setSession(undefined) });
  signOut.append(text("signOut"));
  return [
    header,
    element(
      "p",
      { className: "who" },
      element("span", {}, text("signedInAs"), " ", element("b", {}, who.mobile)),
      signOut,
    ),
    section("changeMobile", changeMobile()),
    section("changeEmail", changeEmail()),
    section("changePassword", changePassword(who)),
  ];
}

function section(title: Text, form: HTMLFormElement, open = false): HTMLElement {
  const heading = element("summary", {}, element("h2", {}, text(title)));
  return element("details", { open, name: "section" }, heading, form);
}
