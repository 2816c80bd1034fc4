// Charts as SVG, drawn to the width that they have. Colours and fonts are the style sheet's.

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Like h() of dom.js, for SVG. */
export function s(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElementNS(NAMESPACE, name);
  if (classes.length) element.setAttribute('class', classes.join(' '));
  for (const [key, value] of Object.entries(props)) if (value != null) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** From values to places; where all values are one, to the middle. */
export function scale(from, to, low, high) {
  return (value) => (to === from ? (low + high) / 2 : low + ((value - from) / (to - from)) * (high - low));
}

/** The path through points [x, y]; one without y interrupts it, and one alone is a dot. */
export function pathOf(points) {
  let pen = 'M';
  let path = '';
  for (const [x, y] of points) {
    if (y == null) {
      pen = 'M';
    } else {
      path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}${pen === 'M' ? 'h.01' : ''}`;
      pen = 'L';
    }
  }
  return path;
}

const STEPS = [1, 2, 5];

/** Whole numbers between two values, not more than so many, at round distances. */
export function roundTicks(from, to, most) {
  let step = 1;
  for (let i = 0; (to - from) / step > most; i++) step = STEPS[(i + 1) % 3] * 10 ** Math.floor((i + 1) / 3);
  const ticks = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const TIME_STEPS = [1, 5, 15, 60, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200, 129_600, 525_600].map((minutes) => minutes * MINUTE);
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Times between two, not more than so many, with what to write at them; days begin where the reader is. */
export function timeTicks(from, to, most) {
  const step = TIME_STEPS.find((each) => (to - from) / each <= most) ?? TIME_STEPS.at(-1);
  const zone = new Date(from).getTimezoneOffset() * MINUTE;
  const ticks = [];
  for (let tick = Math.ceil((from - zone) / step) * step + zone; tick <= to; tick += step) {
    ticks.push({ at: tick, text: (step >= DAY ? date : clock).format(tick) });
  }
  return ticks;
}

/** Draws now, and again whenever the element gets another width. Returns what ends that. */
export function onWidth(element, draw) {
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const next = Math.round(entry.contentRect.width);
    if (next === width || !next) return;
    width = next;
    draw(width);
  });
  observer.observe(element);
  return () => observer.disconnect();
}

const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -Infinity, End: Infinity };

/**
 * Makes a chart one on which a place can be pointed at and chosen, by pointer, finger or keys; to a screen reader it is a slider.
 * count() says how many places there are, indexAt(x) which is nearest, at() which is chosen; onPoint hears the one pointed at, or null
 * when that ends, onChoose the one chosen.
 */
export function withCursor(svg, { label, count, indexAt, at, onPoint, onChoose }) {
  const place = (event) => indexAt(event.clientX - svg.getBoundingClientRect().left);
  svg.setAttribute('role', 'slider');
  svg.setAttribute('tabindex', '0');
  svg.setAttribute('aria-label', label);
  svg.addEventListener('pointermove', (event) => count() && onPoint(place(event)));
  svg.addEventListener('pointerleave', () => onPoint(null));
  svg.addEventListener('click', (event) => count() && onChoose(place(event)));
  svg.addEventListener('keydown', (event) => {
    const by = KEYS[event.key];
    if (!by || !count() || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChoose(Math.min(count() - 1, Math.max(0, at() + by)));
  });
}

/** What a screen reader says of the place chosen. */
export function tellCursor(svg, index, count, text) {
  svg.setAttribute('aria-valuemin', 1);
  svg.setAttribute('aria-valuemax', Math.max(1, count));
  svg.setAttribute('aria-valuenow', Math.max(1, index + 1));
  svg.setAttribute('aria-valuetext', text);
}

/** A value with how unsure it is, on a line from low to high: a dot, and one standard deviation to either side. */
export function dotOnLine(low, high, zero, value, deviation) {
  const x = scale(low, high, 0, 100);
  const held = (each) => Math.min(100, Math.max(0, x(each))).toFixed(2);
  const line = (kind, from, to) => s(`line.${kind}`, { x1: from, x2: to, y1: 8, y2: 8 });
  return s('svg.dots', { viewBox: '0 0 100 16', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('line.zero', { x1: held(zero), x2: held(zero), y1: 0, y2: 16 }),
    line('spread', held(value - deviation), held(value + deviation)),
    line('dot', held(value), held(value)));
}
