import { get } from './api.js';
import { everyTick, moment, span, until } from './clock.js';
import { count, h, money, reconcile, setText } from './dom.js';

const ACTIVE_EVERY_MILLIS = 5_000;
const ALL_EVERY_MILLIS = 30_000;

const GROUPS = [
  { states: ['open', 'paused'], name: 'Running', order: (a, b) => Date.parse(a.ends_at) - Date.parse(b.ends_at) },
  { states: ['scheduled'], name: 'Scheduled', order: (a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) },
  { states: ['settled'], name: 'Settled', order: (a, b) => Date.parse(b.ends_at) - Date.parse(a.ends_at) },
  { states: ['cancelled'], name: 'Cancelled', order: (a, b) => Date.parse(b.ends_at) - Date.parse(a.ends_at) },
];

export const linkTo = (id) => `#/s/${encodeURIComponent(id)}`;

/** All sessions, the running ones first. */
export function listView(root) {
  document.title = 'Sessions · Turnwise';
  const known = new Map();
  let next = null;
  let gone = false;

  const note = h('p.empty', { role: 'status' }, 'Loading sessions…');
  const more = h('button.plain', { type: 'button', hidden: true, onclick: () => load(next) }, 'Show more');
  const groups = GROUPS.map((group) => {
    const cards = h('ul.cards');
    const number = h('span.number');
    const element = h('section', { hidden: true }, h('h2', {}, group.name, ' ', number), cards);
    return { ...group, cards, number, element };
  });
  root.append(
    h('div.intro', {}, h('h1', {}, 'Sessions'), h('p', {}, 'Every bid is stored before it is acknowledged, every board ranked exactly.')),
    note, ...groups.map((group) => group.element), more);

  function draw() {
    for (const group of groups) {
      const sessions = [...known.values()].filter((session) => group.states.includes(session.state)).sort(group.order);
      group.element.hidden = !sessions.length;
      setText(group.number, String(sessions.length));
      reconcile(group.cards, sessions, (session) => session.session_id, newCard, updateCard);
    }
    note.hidden = known.size > 0;
    if (!known.size) setText(note, 'No sessions yet. When one is scheduled, it appears here.');
    more.hidden = !next;
  }

  async function load(after) {
    try {
      const first = after == null;
      const page = await get(`api/sessions?limit=100${first ? '' : `&after=${encodeURIComponent(after)}`}`);
      keep(page);
      if (!first || next === null) next = page.next_after ?? null;
      if (first) await active();
      else draw();
    } catch (failure) {
      failed(failure);
    }
  }

  async function active() {
    const page = await get('api/sessions/active');
    const ids = new Set(page.sessions.map((session) => session.session_id));
    const ended = [...known.values()].some((session) => GROUPS[0].states.includes(session.state) && !ids.has(session.session_id));
    keep(page);
    if (gone) return;
    draw();
    if (ended) keep(await get('api/sessions?limit=100'));
    if (ended && !gone) draw();
  }

  const keep = ({ sessions }) => sessions.forEach((session) => known.set(session.session_id, session));

  function failed(failure) {
    if (known.size) return; // what is shown stays; the next round tries again
    note.hidden = false;
    setText(note, `${failure.message}. Trying again…`);
  }

  const whenSeen = (action) => () => document.visibilityState === 'visible' && action();
  load();
  const timers = [
    setInterval(whenSeen(() => (known.size ? active().catch(failed) : load())), ACTIVE_EVERY_MILLIS),
    setInterval(whenSeen(() => load()), ALL_EVERY_MILLIS),
  ];
  const stopTicks = everyTick(() => groups.forEach(({ cards }) => [...cards.children].forEach(tickCard)));
  return () => {
    gone = true;
    timers.forEach(clearInterval);
    stopTicks();
  };
}

function newCard({ session_id: id }) {
  const part = {
    title: h('a', { href: linkTo(id) }),
    time: h('span.left'),
    elapsed: h('progress', { max: 1, 'aria-hidden': 'true' }),
    highest: h('dd'),
    bidders: h('dd'),
    inventory: h('dd'),
    top: h('dt'),
  };
  const figure = (name, value) => h('div', {}, typeof name === 'string' ? h('dt', {}, name) : name, value);
  const card = h('li.card', {},
    h('div.card-head', {}, h('h3', {}, part.title), part.time),
    part.elapsed,
    h('dl.figures', {}, figure(part.top, part.highest), figure('Bidders', part.bidders), figure('Inventory', part.inventory)));
  return Object.assign(card, { cells: part });
}

function updateCard(card, session) {
  card.session = session;
  card.className = `card ${session.state}`;
  const { title, highest, bidders, inventory, top } = card.cells;
  setText(title, session.title);
  title.title = session.title;
  const bid = session.highest_bid != null;
  setText(top, session.final_price != null ? 'Final price' : bid ? 'Highest bid' : 'Lowest price');
  setText(highest, money(session.final_price ?? session.highest_bid ?? session.upset_price));
  setText(bidders, session.total_count == null ? 'Sealed' : count(session.total_count));
  setText(inventory, count(session.inventory));
  tickCard(card);
}

function tickCard(card) {
  const { session, cells: part } = card;
  const left = until(session.ends_at);
  const running = session.state === 'open';
  const total = Date.parse(session.ends_at) - Date.parse(session.starts_at);
  part.elapsed.hidden = !running;
  part.elapsed.value = Math.min(1, Math.max(0, 1 - left / total));
  card.classList.toggle('urgent', running && left <= 30_000);
  setText(part.time, running ? (left > 0 ? span(left) : 'Closing…')
    : session.state === 'scheduled' ? startsIn(session)
      : { paused: 'Paused', cancelled: 'Cancelled' }[session.state] ?? moment(session.ends_at));
}

export function startsIn(session) {
  const wait = until(session.starts_at);
  return wait > 0 ? `in ${span(wait)}` : 'Opening…';
}
