import { moment } from './clock.js';
import { h, points, reconcile, setText } from './dom.js';
import { number } from './state.js';

const SHOWN = 40;
const MORE = 100;
const SOURCES = {
  beginning: 'nobody: everybody begins with it',
  probe: 'cold start, as a probe of what kind of learner this is',
  settled: 'cold start, as what suits this kind of learner',
  ensemble: 'the vote of the members',
};
export const MEMBERS = { linucb: 'LinUCB', thompson: 'Thompson sampling', actr: 'ACT-R', heuristic: 'Heuristic' };
const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percent = (share) => `${Math.round(share * 100)} %`;
const words = (name) => name.replaceAll('_', ' ');

/** A strategy in few words. */
export const strategyText = (strategy) => `${strategy.difficulty} · ${strategy.batch_size} at a time · ${percent(strategy.new_ratio)} new · `
  + `intervals × ${strategy.interval_scale.toFixed(2)} · ${['no hints', 'few hints', 'hints'][strategy.hint_level]}`;

const signed = (value) => `${value < 0 ? '−' : '+'}${points(Math.abs(value))}`;

/** What was served, the newest first; onChoose hears which is to be explained, null for always the newest. */
export function newDecisionList(onChoose) {
  const list = h('ol.steps');
  const more = h('button.plain.wide', { type: 'button', onclick: () => { most += MORE; draw(); } }, 'Show more');
  const element = h('div', {}, list, more);
  let most = SHOWN;
  let steps = [];
  let chosen = null;

  function newRow() {
    const part = {
      nr: h('span.nr'), word: h('bdi'), mark: h('span.mark'), reward: h('span.reward'), served: h('span.served'), limits: h('span.limits'),
    };
    const button = h('button.step', { type: 'button' },
      part.nr, h('span.asked', {}, part.mark, part.word), part.reward, h('span.served-line', {}, part.served, part.limits));
    const row = h('li', {}, button);
    button.addEventListener('click', () => onChoose(row.step));
    return Object.assign(row, { cells: part, button });
  }

  function updateRow(row, step) {
    row.button.setAttribute('aria-pressed', String(step === chosen));
    if (row.step === step) return;
    row.step = step;
    const part = row.cells;
    setText(part.nr, String(number(step)));
    setText(part.word, step.word_id);
    part.mark.className = `mark ${step.correct ? 'good' : 'bad'}`;
    part.mark.replaceChildren(step.correct ? '✓' : '✗', h('span.sr', {}, step.correct ? ' right: ' : ' wrong: '));
    setText(part.reward, step.reward == null ? '' : signed(step.reward));
    part.reward.title = 'Reward of the answer, from −1 to 1';
    setText(part.served, strategyText(step.strategy));
    setText(part.limits, step.guardrails.map(words).join(', '));
  }

  function draw() {
    reconcile(list, steps.slice(-most).reverse(), (step) => step.decision_id, newRow, updateRow);
    more.hidden = steps.length <= most;
  }

  return {
    element,
    show(next, step) {
      const moved = step !== chosen && step !== next.at(-1);
      steps = next;
      chosen = step;
      if (moved) most = Math.max(most, steps.length - steps.indexOf(step) + SHOWN / 2);
      draw();
      if (moved) reveal();
    },
  };

  /** Only the list is scrolled: whoever chose elsewhere looks there. */
  function reveal() {
    const row = list.querySelector('[aria-pressed=true]')?.parentElement;
    if (!row) return;
    const above = row.offsetTop; // in the list, which is positioned
    if (above < list.scrollTop || above + row.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = above - (list.clientHeight - row.offsetHeight) / 2;
    }
  }
}

/** Why one decision was made. */
export function newExplanation() {
  const part = {
    title: h('h2'), when: h('p.note'), why: h('p.why'), by: h('p.note'), served: h('dl.facts'), limits: h('div.chips'),
    votes: h('tbody'), none: h('p.note'), later: h('p.note'),
  };
  const table = h('table.votes', {},
    h('caption.sr', {}, 'Votes of the members'),
    h('thead', {}, h('tr', {}, ['Member', 'Action', 'Score', 'Confidence'].map((name) => h('th', { scope: 'col' }, name)))), part.votes);
  const element = h('section.panel.explanation', { 'aria-live': 'off' },
    part.title, part.when, part.why, part.served, part.limits, h('h3', {}, 'Who wanted what'), part.by, table, part.none, part.later);
  let shown = null;
  let actions = new Map();
  const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

  function show(step) {
    element.hidden = !step;
    if (!step || step === shown) return;
    shown = step;
    const { strategy } = step;
    setText(part.title, `After answer ${number(step)}`);
    part.when.replaceChildren(h('bdi', {}, step.word_id),
      ` was ${step.correct ? 'right' : 'wrong'} in ${seconds.format(step.response_time / 1000)} s, ${moment(step.decided_at)}`
      + (step.reward == null ? '' : `; reward ${signed(step.reward)}`));
    setText(part.why, step.explanation);
    part.served.replaceChildren(
      fact('Difficulty', strategy.difficulty), fact('Words at a time', String(strategy.batch_size)),
      fact('New words', percent(strategy.new_ratio)), fact('Review intervals', `× ${strategy.interval_scale.toFixed(2)}`),
      fact('Hints', ['none', 'few', 'many'][strategy.hint_level]),
      fact('Confidence', percent(step.confidence)));
    part.limits.replaceChildren(...step.guardrails.map((name) => h('span.limit', {}, `limited: ${words(name)}`)));
    const half = ['ensemble', 'settled'].includes(step.source) ? ' Served is half way there from what was served before.' : '';
    setText(part.by, `Action ${step.action}, chosen by ${SOURCES[step.source] ?? step.source}.${half}`);
    table.hidden = !step.members.length;
    part.none.hidden = Boolean(step.members.length);
    setText(part.none, 'The members vote once the learner is known.');
    part.votes.replaceChildren(...step.members.map((vote) => h('tr', { class: vote.action === step.action && 'agrees' },
      h('th', { scope: 'row' }, MEMBERS[vote.name] ?? vote.name,
        actions.has(vote.action) && h('span.more', {}, strategyText(actions.get(vote.action)))),
      h('td', {}, String(vote.action)), h('td', {}, points(vote.score)), h('td', {}, points(vote.confidence)))));
    part.later.hidden = step.later_reward == null;
    setText(part.later, 'This answer also settled what was served when the word came before: '
      + `it was ${step.later_reward > 0 ? 'recalled' : 'forgotten'}.`);
  }

  return {
    element,
    show,
    /** What the numbers of actions mean. */
    knows(known) {
      const first = !actions.size;
      actions = new Map(known.map((each) => [each.action, each.strategy]));
      const again = shown;
      if (first && again) {
        shown = null;
        show(again);
      }
    },
  };
}
