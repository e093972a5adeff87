/** A strict reader of XML 1.0, so that everything it reads is well-formed. Knows elements, text and the five entities. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
}

const token = /<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
/** A search for one character: a match of the whole text can overflow the stack of the regular expression. */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The root element; throws with the position of the first mistake. */
export function parseXml(text: string): XmlElement {
  expectCharacters(text);
  const document: OpenElement = { name: "", attributes: {}, children: [] };
  const open = [document];
  token.lastIndex = text.match(/^<(?:\?xml|!doctype html)[^>]*>/)?.[0].length ?? 0;
  while (token.lastIndex < text.length) {
    const place = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`no XML at ${place}: ${JSON.stringify(text.slice(place, place + 60))}`);
    read(match, open);
  }
  return rootOf(document, open);
}

function expectCharacters(text: string): void {
  if (forbidden.test(text)) throw new Error("a character that XML 1.0 does not allow");
}

function read([, closed, opened, attributes = "", empty, text]: RegExpExecArray, open: OpenElement[]): void {
  const parent = open.at(-1);
  if (parent === undefined) throw new Error("an end too many");
  if (text !== undefined) parent.children.push(decoded(text));
  if (closed !== undefined) close(closed, open);
  if (opened === undefined) return;
  const element = { name: opened, attributes: attributesOf(attributes), children: [] };
  parent.children.push(element);
  if (empty === "") open.push(element);
}

function close(name: string, open: OpenElement[]): void {
  const element = open.pop();
  if (element?.name !== name) throw new Error(`</${name}> ends <${element?.name}>`);
}

function rootOf({ children }: XmlElement, open: readonly XmlElement[]): XmlElement {
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> has no end`);
  const [root, ...more] = children.filter((child) => typeof child !== "string" || child.trim() !== "");
  if (root === undefined || typeof root === "string" || more.length > 0) throw new Error("one root and nothing else");
  return root;
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (name in attributes) throw new Error(`${name} twice`);
    attributes[name] = decoded(value.replace(/[\n\t]/g, " "));
  }
  return attributes;
}

function decoded(text: string): string {
  if (text.includes("]]>")) throw new Error("]]> in text");
  return text.replace(/&(?:#(\d+)|(\w+))?(;?)/g, (whole, code?: string, name?: string, end?: string) => {
    const value = code === undefined ? named[name ?? ""] : String.fromCodePoint(Number(code));
    if (value === undefined || end !== ";") throw new Error(`${whole} is not an entity`);
    expectCharacters(value);
    return value;
  });
}

/** All descendants with that name, in document order. */
export function elements(root: XmlElement, name = /./): XmlElement[] {
  const below = root.children.filter((child) => typeof child !== "string").flatMap((child) => elements(child, name));
  return name.test(root.name) ? [root, ...below] : below;
}

export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}
