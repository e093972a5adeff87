/** The script of the page: choice of language, and copying. The page works without it. It contains no report data. */

export const script = `
const english = document.getElementById("language-en");
const chinese = document.getElementById("language-zh");
if (navigator.language.toLowerCase().startsWith("zh")) chinese.checked = true;
function followLanguage() {
  document.documentElement.lang = chinese.checked ? "zh-CN" : "en";
}
english.addEventListener("change", followLanguage);
chinese.addEventListener("change", followLanguage);
followLanguage();

async function copy(button) {
  const text = button.parentElement.querySelector("pre");
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    // A page that did not come over https must not reach the clipboard otherwise.
    getSelection().selectAllChildren(text);
    document.execCommand("copy");
  }
  for (const other of document.querySelectorAll("button.copied")) other.classList.remove("copied");
  button.classList.add("copied");
}
for (const button of document.querySelectorAll("button")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
`;
