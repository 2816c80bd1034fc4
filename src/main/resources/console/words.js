import { onWidth, pathOf, s, scale, tellCursor, timeTicks, withCursor } from './chart.js';
import { moment, now, span } from './clock.js';
import { count, h, reconcile, setText } from './dom.js';

const HEIGHT = 260;
const NARROW = 480;
const LEFT = 46;
const RIGHT = 14;
const TOP = 28;
const BOTTOM = 34;
const percent = (share) => `${Math.round(share * 100)} %`;

const due = (word) => Date.parse(word.next_review_at) - now();
const dueText = (millis) => (millis > 0 ? `in ${span(millis)}` : `due for ${span(-millis)}`);

/** Words in the order of their next reviews; onChoose hears whose curve is wanted. */
export function newWordList(onChoose) {
  const list = h('ol.words');
  const note = h('p.note');
  const element = h('section.panel', {}, h('h2', {}, 'Words to review'), note, list);

  function newRow() {
    const part = { word: h('bdi'), when: h('span.when'), recall: h('span.recall'), status: h('span.more') };
    const button = h('button.word', { type: 'button' }, part.word, part.recall, part.status, part.when);
    const row = h('li', {}, button);
    button.addEventListener('click', () => onChoose(row.dataset.key));
    return Object.assign(row, { cells: part, button });
  }

  return {
    element,
    show(page, chosen) {
      setText(note, `${count(page.due)} of ${count(page.count)} words are due`
        + (page.count > page.words.length ? `; these are the first ${page.words.length}.` : '.'));
      reconcile(list, page.words, (word) => word.word_id, newRow, (row, word) => {
        const left = due(word);
        row.button.setAttribute('aria-pressed', String(word.word_id === chosen));
        row.classList.toggle('due', left <= 0);
        setText(row.cells.word, word.word_id);
        setText(row.cells.recall, `recall ${percent(word.recall)}`);
        setText(row.cells.status, `${word.status}, ${count(word.reviews)} ${word.reviews === 1 ? 'review' : 'reviews'}`);
        setText(row.cells.when, dueText(left));
      });
    },
  };
}

/** How one word was recalled over time and will be, as ACT-R predicts it and as the schedule takes it. */
export function newForgettingChart() {
  const svg = s('svg.chart', { height: HEIGHT });
  const box = h('div.chart-box', {}, svg);
  const title = h('h2', {}, 'Forgetting');
  const told = h('p.note', {}, 'Choose a word to see how it is forgotten.');
  const legend = h('p.legend', {}, h('span.key.line-0', {}, '━'), ' ACT-R, which predicts and votes ', h('span.key.line-1', {}, '┅'),
    ' exponential, which schedules ', h('span.key.good', {}, '●'), ' right ', h('span.key.bad', {}, '○'), ' wrong');
  const element = h('section.panel', {}, title, told, box, legend);
  let word = null;
  let width = 0;
  let x = () => 0;
  let y = () => 0;
  let pointed = null;
  let chosen = null;
  let cursor;
  let value;

  function draw() {
    legend.hidden = box.hidden = !word;
    if (!word || !width) return;
    svg.setAttribute('width', width);
    svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
    const { curve } = word;
    x = scale(curve[0].time, curve.at(-1).time, LEFT, width - RIGHT);
    y = scale(0, 1, HEIGHT - BOTTOM, TOP);
    const line = (name) => pathOf(curve.map((each) => [x(each.time), each[name] == null ? null : y(each[name])]));
    cursor = s('line.cursor', { y1: TOP, y2: HEIGHT - BOTTOM });
    value = s('text.row-name', { x: width > NARROW ? LEFT : 0, y: 14 });
    svg.replaceChildren(
      ...[0, 0.5, 1].map((tick) => s('g.axis', {},
        s('line.grid', { x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) }),
        s('text', { x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, percent(tick)))),
      ...timeTicks(curve[0].time, curve.at(-1).time, width / 80).map(({ at, text }) => s('g.axis', {},
        s('line', { x1: x(at), x2: x(at), y1: HEIGHT - BOTTOM, y2: HEIGHT - BOTTOM + 5 }),
        s('text', { x: x(at), y: HEIGHT - BOTTOM + 18, 'text-anchor': 'middle' }, text))),
      mark('now', Date.parse(word.now), 'now', HEIGHT - BOTTOM - 6),
      mark('next', Date.parse(word.word.next_review_at), 'next review', TOP + 10),
      s('path.line.line-1.dashed', { d: line('exponential') }), s('path.line.line-0', { d: line('actr') }),
      ...word.reviews.map((each) => s(`circle.review.${each.correct ? 'good' : 'bad'}`,
        { cx: x(Date.parse(each.at)), cy: y(each.correct ? 1 : 0), r: 4 })),
      value, cursor);
    point();
  }

  function mark(kind, at, text, height) {
    const left = x(at) > width - 90;
    return s(`g.mark-line.${kind}`, {}, s('line', { x1: x(at), x2: x(at), y1: TOP, y2: HEIGHT - BOTTOM }),
      s('text', { x: x(at) + (left ? -4 : 4), y: height, 'text-anchor': left ? 'end' : 'start' }, text));
  }

  const at = () => pointed ?? chosen ?? nowIndex();
  const nowIndex = () => Math.max(0, word.curve.findLastIndex((each) => each.time <= Date.parse(word.now)));

  function point() {
    const each = word?.curve[at()];
    if (!each || !cursor) return;
    cursor.setAttribute('x1', x(each.time));
    cursor.setAttribute('x2', x(each.time));
    const text = `${moment(each.time)}: ACT-R ${percent(each.actr)}`
      + (each.exponential == null ? '' : `, exponential ${percent(each.exponential)}`);
    value.textContent = text;
    tellCursor(svg, at(), word.curve.length, text);
  }

  withCursor(svg, {
    label: 'Recall over time',
    count: () => word?.curve.length ?? 0,
    at: () => chosen ?? nowIndex(),
    indexAt: (place) => {
      let best = 0;
      word.curve.forEach((each, index) => {
        if (Math.abs(x(each.time) - place) <= Math.abs(x(word.curve[best].time) - place)) best = index;
      });
      return best;
    },
    onPoint: (index) => { pointed = index; point(); },
    onChoose: (index) => { chosen = index; point(); },
  });
  const stop = onWidth(box, (next) => { width = next; draw(); }); // hidden it has no width, shown it gets one

  return {
    element,
    stop,
    show(next) {
      if (next?.word.word_id !== word?.word.word_id) chosen = pointed = null;
      word = next && { ...next, curve: next.curve.map((each) => ({ ...each, time: Date.parse(each.at) })) };
      if (pointed >= (word?.curve.length ?? 0)) pointed = null;
      if (chosen >= (word?.curve.length ?? 0)) chosen = null;
      title.replaceChildren('Forgetting', ...(word ? [' of ', h('bdi', {}, word.word.word_id)] : []));
      setText(told, word
        ? `${word.word.status}, ${count(word.word.reviews)} reviews, stability ${word.word.stability_days.toFixed(1)} days, `
          + `recall now ${percent(word.word.recall)}, next review ${moment(word.word.next_review_at)}.`
        : 'Choose a word to see how it is forgotten.');
      draw();
    },
  };
}
