/** The page around a report. It loads nothing and runs only its own script. */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Markup, markup, trusted } from "../shared/markup.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import { both, words } from "./words.ts";

/** The policy blocks scripts and styles in text from a target, even if one got past the escaping. */
const policy = [
  "default-src 'none'",
  `style-src '${hash(style)}'`,
  `script-src '${hash(script)}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export function page(title: string, content: Markup): string {
  const { markup: text } = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="${policy}"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="referrer" content="no-referrer"/>
<link rel="icon" href="data:,"/>
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<header>
<h1>${both(words.report)}</h1>
<fieldset>
<legend>${both(words.language)}</legend>
<label lang="en"><input type="radio" name="language" id="language-en" autocomplete="off" checked=""/> English</label>
<label lang="zh-CN"><input type="radio" name="language" id="language-zh" autocomplete="off"/> 中文</label>
</fieldset>
</header>
<main>
${content}</main>
<script>${trusted(script)}</script>
</body>
</html>
`;
  return text;
}

function hash(text: string): string {
  return `sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}`;
}
