/** Makes elements. What comes from a request or an account becomes text, and never markup: there is no other way here. */

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {string | number | boolean | undefined | null | ((event: Event) => unknown)} Prop */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Readonly<Record<string, Prop>>} [props] Functions listen (`onclick`); all else are attributes, and false leaves one out.
 * @param {...(Child | readonly Child[])} children Texts stay texts.
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, props = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(key.replace(/^on/, ""), value);
    else if (value !== undefined && value !== null && value !== false) {
      made.setAttribute(key, value === true ? "" : String(value));
    }
  }
  made.append(...children.flat().filter(isShown).map(asNode));
  return made;
}

/**
 * @param {Child} child
 * @returns {child is Node | string | number}
 */
function isShown(child) {
  return child !== null && child !== undefined && child !== false;
}

/** @param {Node | string | number} child */
function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

/**
 * Sets a text that changes often; untouched where it is the same, so that nothing is drawn for nothing.
 * @param {Element} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Draws at most once for each picture that the screen shows, however often it is asked to.
 * @param {() => void} draw
 */
export function inNextFrame(draw) {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}

/** @typedef {{ readonly item: unknown, readonly made: HTMLElement }} Shown */

/** @type {WeakMap<Element, Map<string, Shown>>} */
const shown = new WeakMap();

/**
 * Brings the children of a list in line with the items. What has not changed keeps its element, and with it focus and what is
 * open; where the element with the focus is made anew or goes, the focus stays as near as can be.
 * @template Item
 * @param {HTMLElement} list
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => HTMLElement} make
 */
export function showList(list, items, keyOf, make) {
  const before = shown.get(list) ?? new Map();
  const after = new Map();
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  for (const item of items) {
    const key = keyOf(item);
    const known = before.get(key);
    after.set(key, isSame(known, item) ? known : { item, made: make(item) });
  }
  shown.set(list, after);
  place(
    list,
    [...after.values()].map(({ made }) => made),
  );
  if (focused !== null && !list.contains(focused)) focusLike(focused, list);
}

/**
 * Moves only what is not in its place: an element that is moved loses the focus.
 * @param {HTMLElement} list
 * @param {readonly HTMLElement[]} wanted
 */
function place(list, wanted) {
  /** @type {Set<Element>} */
  const kept = new Set(wanted);
  for (const child of [...list.children]) if (!kept.has(child)) child.remove();
  let next = list.firstElementChild;
  for (const made of wanted) {
    if (made !== next) list.insertBefore(made, next);
    else next = made.nextElementSibling;
  }
}

/**
 * @param {Shown | undefined} known
 * @param {unknown} item
 * @returns {known is Shown}
 */
function isSame(known, item) {
  return known !== undefined && (known.item === item || JSON.stringify(known.item) === JSON.stringify(item));
}

/**
 * @param {Element} gone
 * @param {HTMLElement} list
 */
function focusLike(gone, list) {
  const name = gone.getAttribute("data-focus");
  const twin = name === null ? null : list.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (twin instanceof HTMLElement) twin.focus();
  else {
    list.tabIndex = -1;
    list.focus();
  }
}
