/** What a person has chosen for the page: the language and the colours, remembered; and the control token, for this tab only. */

/** @typedef {"en" | "zh"} Language */
/** @typedef {"auto" | "light" | "dark"} Scheme */

const PREFIX = "ciam-testkit.inspector.";

/** @returns {Language} */
export function language() {
  const chosen = remembered("language") ?? navigator.language;
  return chosen.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** @returns {Scheme} */
export function scheme() {
  const chosen = remembered("scheme");
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

/** @param {string} chosen */
export function rememberLanguage(chosen) {
  remember("language", chosen);
}

/** @param {string} chosen */
export function rememberScheme(chosen) {
  remember("scheme", chosen);
  showScheme();
}

/** The style sheet does the rest; without a choice the system decides. */
export function showScheme() {
  document.documentElement.dataset["scheme"] = scheme();
}

export function controlToken() {
  return sessionStorage.getItem(`${PREFIX}token`) ?? "";
}

/** @param {string} token */
export function keepControlToken(token) {
  sessionStorage.setItem(`${PREFIX}token`, token);
}

/** @param {string} name */
function remembered(name) {
  return localStorage.getItem(PREFIX + name);
}

/**
 * @param {string} name
 * @param {string} value
 */
function remember(name, value) {
  localStorage.setItem(PREFIX + name, value);
}
