// Building and updating the page. Data reaches it only as text nodes and attributes, never as markup.

/** h('p.note', { id: 'x', onclick: f }, 'text', child, null) */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(' ');
  for (const [key, value] of Object.entries(props)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Makes the children of a parent match the items, keeping elements by key; with `moves` they glide to their new places. */
export function reconcile(parent, items, keyOf, create, update, moves = false) {
  const keys = new Set(items.map((item) => String(keyOf(item))));
  const kept = new Map();
  const before = new Map();
  for (const child of [...parent.children]) {
    if (moves) before.set(child, child.getBoundingClientRect().top);
    if (keys.has(child.dataset.key)) kept.set(child.dataset.key, child);
    else child.remove();
  }
  items.forEach((item, index) => {
    const key = String(keyOf(item));
    const element = kept.get(key) ?? create(item);
    element.dataset.key = key;
    update(element, item);
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
  });
  if (moves && !still.matches && before.size) glide(parent, before);
}

function glide(parent, before) {
  const rows = [...parent.children];
  rows.forEach((row) => row.getAnimations().forEach((animation) => animation.cancel()));
  const shifts = rows.map((row) => before.get(row) - row.getBoundingClientRect().top);
  rows.forEach((row, index) => {
    const timing = { duration: 420, easing: 'cubic-bezier(.2,.8,.2,1)' };
    const shift = shifts[index];
    if (Number.isNaN(shift)) row.animate([{ opacity: 0 }, { opacity: 1 }], timing);
    else if (shift) row.animate([{ transform: `translateY(${shift}px)` }, { transform: 'none' }], timing);
  });
}

const two = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const three = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });
export const money = (amount) => (amount == null ? '–' : two.format(amount));
export const points = (score) => (score == null ? '–' : three.format(score));
export const count = (number) => (number == null ? '–' : plain.format(number));

/** Tells a screen reader what a sighted user sees change. */
export function say(text) {
  document.getElementById('say').textContent = text;
}
