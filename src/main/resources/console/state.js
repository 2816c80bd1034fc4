import { onWidth, pathOf, roundTicks, s, scale, tellCursor, withCursor } from './chart.js';
import { moment } from './clock.js';
import { h } from './dom.js';

const TRENDS = ['down', 'stuck', 'flat', 'up'];
const ROWS = [
  { name: 'Attention', low: 0, high: 1, ticks: [0, 1], lines: ['attention'] },
  { name: 'Fatigue', low: 0, high: 1, ticks: [0, 1], lines: ['fatigue'] },
  { name: 'Motivation', low: -1, high: 1, ticks: [-1, 0, 1], lines: ['motivation'] },
  { name: 'Cognition', low: 0, high: 1, ticks: [0, 1], lines: ['memory', 'speed', 'stability'] },
];
const ROW = 66;
const GAP = 30;
const STRIP = 26;
const LEFT = 46;
const RIGHT = 14;
const TOP = 34;
const NARROW = 480;
const BREAK_MILLIS = 30 * 60_000;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

const two = (value) => value.toFixed(2).replace('-', '−');

export const number = (step) => Number(step.decision_id.split('-')[1]);

/** What was believed of the learner after each answer; choosing an answer is choosing the decision that followed. */
export function newStateChart(onChoose) {
  const height = TOP + (ROWS.length + 1) * (ROW + GAP) - 12 + STRIP + 40;
  const svg = s('svg.chart', { height });
  const box = h('div.chart-box', { hidden: true }, svg);
  let steps = [];
  let chosen = -1;
  let pointed = null;
  let width = 0;
  let x = () => 0;
  let cursor;
  let values = [];

  function draw() {
    box.hidden = !steps.length;
    if (!width || !steps.length) return;
    svg.setAttribute('width', width);
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    const first = number(steps[0]);
    const last = number(steps.at(-1));
    x = scale(first, Math.max(last, first + 1), LEFT, width - RIGHT);
    values = [];
    const rows = ROWS.map((row, index) => drawRow(row, TOP + index * (ROW + GAP)));
    const below = TOP + ROWS.length * (ROW + GAP);
    const trend = drawTrend(below);
    const strip = drawAnswers(below + ROW + 18);
    const foot = below + ROW + 18 + STRIP;
    const axis = roundTicks(first, last, width / 90).map((tick) => s('g.axis', {},
      s('line', { x1: x(tick), x2: x(tick), y1: foot, y2: foot + 5 }),
      s('text', { x: x(tick), y: foot + 18, 'text-anchor': 'middle' }, String(tick))));
    const middle = (LEFT + width - RIGHT) / 2;
    const title = s('text.unit', { x: middle, y: foot + 34, 'text-anchor': 'middle' }, 'answers, in their order');
    cursor = s('line.cursor', { y1: TOP - 6, y2: foot });
    svg.replaceChildren(...drawBreaks(foot), ...rows, trend, strip, ...axis, title, cursor);
    point();
  }

  function drawRow(row, top) {
    const y = scale(row.low, row.high, top + ROW, top);
    const grid = row.ticks.map((tick) => s('g.axis', {},
      s('line.grid', { x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) }),
      s('text', { x: LEFT - 6, y: y(tick) + 4, 'text-anchor': 'end' }, String(tick))));
    const lines = row.lines.map((name, index) =>
      s(`path.line.line-${index}`, { d: pathOf(steps.map((step) => [x(number(step)), y(step.state[name])])) }));
    return s('g', {}, grid, lines, heading(row, top - 7));
  }

  /** The name of a row, and what its lines are where the cursor is. */
  function heading(row, y) {
    const only = row.lines.length === 1;
    const parts = row.lines.map((name, index) => {
      const value = s('tspan.value');
      values.push((step) => { value.textContent = two(step.state[name]); });
      const dx = index || width > NARROW ? 10 : 0;
      return only ? [value] : [s(`tspan.key.line-${index}`, { dx }, '━ '), s('tspan', {}, `${name} `), value];
    });
    return s('text.row-name', { x: LEFT, y }, (only || width > NARROW) && s('tspan.name', {}, `${row.name} `), parts.flat());
  }

  function drawTrend(top) {
    const y = scale(0, TRENDS.length - 1, top + ROW - 14, top);
    const value = s('tspan.value');
    values.push((step) => { value.textContent = step.state.trend; });
    const held = steps.flatMap((step, index) => {
      const level = y(TRENDS.indexOf(step.state.trend));
      const before = index && y(TRENDS.indexOf(steps[index - 1].state.trend));
      return before && before !== level ? [[x(number(step)), before], [x(number(step)), level]] : [[x(number(step)), level]];
    });
    return s('g', {},
      TRENDS.map((name, index) => s('g.axis', {},
        s('line.grid', { x1: LEFT, x2: width - RIGHT, y1: y(index), y2: y(index) }),
        s('text', { x: LEFT - 6, y: y(index) + 4, 'text-anchor': 'end' }, name))),
      s('path.line.line-0', { d: pathOf(held) }),
      s('text.row-name', { x: LEFT, y: top - 7 }, s('tspan.name', {}, 'Trend '), value));
  }

  /** A stroke up for each right answer, one down for each wrong one; a dot below where a guardrail changed what was served. */
  function drawAnswers(top) {
    const middle = top + 9;
    const strokes = (right) => steps.filter((step) => step.correct === right)
      .map((step) => `M${x(number(step)).toFixed(1)} ${middle}v${right ? -8 : 8}`).join('');
    const guarded = steps.filter((step) => step.guardrails.length)
      .map((step) => `M${x(number(step)).toFixed(1)} ${top + 23}h.01`).join('');
    return s('g', {},
      s('text.strip-name', { x: LEFT - 6, y: top + 5, 'text-anchor': 'end' }, 'right'),
      s('text.strip-name', { x: LEFT - 6, y: top + 16, 'text-anchor': 'end' }, 'wrong'),
      guarded && s('text.strip-name', { x: LEFT - 6, y: top + 27, 'text-anchor': 'end' }, 'limits'),
      s('path.right', { d: strokes(true) }), s('path.wrong', { d: strokes(false) }), s('path.guarded', { d: guarded }));
  }

  function drawBreaks(foot) {
    let free = 0; // where the next label may begin
    return steps.slice(1).flatMap((step, index) => {
      const at = Date.parse(step.decided_at);
      if (at - Date.parse(steps[index].decided_at) < BREAK_MILLIS) return [];
      const place = (x(number(steps[index])) + x(number(step))) / 2;
      const label = place >= free && place < width - 70;
      if (label) free = place + 60;
      return [s('g.break', {}, s('line', { x1: place, x2: place, y1: TOP - 18, y2: foot }),
        label && s('text', { x: place + 4, y: 10 }, day.format(at)))];
    });
  }

  const at = () => pointed ?? (chosen < 0 ? steps.length - 1 : chosen);

  function point() {
    const step = steps[at()];
    if (!step || !cursor) return;
    cursor.setAttribute('x1', x(number(step)));
    cursor.setAttribute('x2', x(number(step)));
    values.forEach((tell) => tell(step));
    const { state } = step;
    tellCursor(svg, at(), steps.length, `${number(step)}, ${moment(step.decided_at)}: `
      + `${step.word_id} ${step.correct ? 'right' : 'wrong'}; `
      + `attention ${two(state.attention)}, fatigue ${two(state.fatigue)}, motivation ${two(state.motivation)}, `
      + `memory ${two(state.memory)}, trend ${state.trend}`);
  }

  withCursor(svg, {
    label: 'Answer',
    count: () => steps.length,
    at: () => (chosen < 0 ? steps.length - 1 : chosen),
    indexAt: (place) => {
      let best = 0;
      steps.forEach((step, index) => {
        if (Math.abs(x(number(step)) - place) < Math.abs(x(number(steps[best])) - place)) best = index;
      });
      return best;
    },
    onPoint: (index) => { pointed = index; point(); },
    onChoose: (index) => onChoose(index),
  });
  const stop = onWidth(box, (next) => { width = next; draw(); });

  return {
    element: box,
    stop,
    show(next, index) {
      steps = next;
      chosen = index;
      if (pointed >= steps.length) pointed = null;
      draw();
    },
  };
}
