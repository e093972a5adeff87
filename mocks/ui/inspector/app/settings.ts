/** The user's choices: language and theme are remembered, the control token is kept for this tab only. */
import { type Language, languageIn, preferredLanguage } from "../../i18n/language.ts";

export type Theme = "auto" | "light" | "dark";

const PREFIX = "ciam-testkit.inspector.";

export function language(): Language {
  const chosen = localStorage.getItem(`${PREFIX}language`);
  return chosen === null ? preferredLanguage() : languageIn(chosen);
}

export function rememberLanguage(chosen: string): void {
  localStorage.setItem(`${PREFIX}language`, chosen);
}

export function theme(): Theme {
  const chosen = localStorage.getItem(`${PREFIX}scheme`);
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

export function rememberTheme(chosen: string): void {
  localStorage.setItem(`${PREFIX}scheme`, chosen);
  applyTheme();
}

/** The style sheet does the rest. Without a choice the system decides. */
export function applyTheme(): void {
  document.documentElement.dataset["scheme"] = theme();
}

export function controlToken(): string | undefined {
  return sessionStorage.getItem(`${PREFIX}token`) ?? undefined;
}

export function keepControlToken(token: string): void {
  sessionStorage.setItem(`${PREFIX}token`, token);
}
