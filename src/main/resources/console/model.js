import { dotOnLine } from './chart.js';
import { MEMBERS, strategyText } from './decisions.js';
import { count, h, points, setText } from './dom.js';

const CLASSES = {
  error: ['few errors', 'some errors', 'many errors'], rt: ['quick', 'slower', 'slow'], time: ['night', 'morning', 'afternoon', 'evening'],
};

/** What has been learned of what suits the learner: a row for each weight, with how unsure it is. */
export function newModel() {
  const weights = newTable('Weights of LinUCB', ['Feature', '', 'Weight']);
  const actions = newTable('Success of actions', ['Action', '', 'Success'], 'table.measures.long-terms');
  const members = newTable('Trust in the members', ['Member', '', 'Trust']);
  const note = { weights: h('p.note'), actions: h('p.note'), members: h('p.note'), untried: h('p.note') };
  const panel = (title, told, table, rest) => h('section.panel', {}, h('h2', {}, title), told, table.element, rest);
  const element = h('div.model', {},
    panel('What counts (LinUCB)', note.weights, weights),
    h('div.stack', {},
      panel('Who is listened to', note.members, members),
      panel('What succeeds (Thompson sampling)', note.actions, actions, note.untried)));

  function show(model) {
    const { features } = model.linucb;
    const most = Math.max(0.1, ...features.map((each) => Math.min(1.5, Math.abs(each.weight) + each.uncertainty)));
    setText(note.weights, 'What each number adds to the reward expected; the bar is one standard deviation to either side, '
      + `from −${points(most)} to ${points(most)}. ${count(model.update_count)} updates.`);
    weights.show(features.map((each) => ({
      name: each.name.replace('*', ' × '), chart: dotOnLine(-most, most, 0, each.weight, each.uncertainty),
      value: points(each.weight).replace('-', '−'), more: `± ${points(each.uncertainty)}`,
    })));
    const [error, rt, time] = model.thompson.bucket.split('_');
    const where = `${CLASSES.error[error]}, ${CLASSES.rt[rt]}, ${CLASSES.time[time]}`;
    setText(note.actions, `Share of successes where the learner is now (${where}), `
      + 'from 0 to 1, with one standard deviation. The most often tried first.');
    const tried = model.thompson.actions.filter((each) => each.outcomes > 0)
      .sort((a, b) => b.outcomes - a.outcomes || a.action - b.action);
    actions.show(tried.map((each) => ({
      name: `Action ${each.action}, tried ${count(Math.round(each.outcomes))} ×`, title: strategyText(each.strategy),
      chart: dotOnLine(0, 1, 0.5, each.mean, each.deviation), value: points(each.mean), more: `± ${points(each.deviation)}`,
    })));
    const untried = model.thompson.actions.find((each) => each.outcomes === 0);
    setText(note.untried, untried
      ? `${count(model.thompson.actions.length - tried.length)} actions have not been tried: `
        + `${points(untried.mean)} ± ${points(untried.deviation)} each.`
      : '');
    setText(note.members, `How the members share all trust, after ${count(model.ensemble.updates)} updates. `
      + `The average reward, which is all that the heuristic learns, is ${points(model.heuristic.average_reward)}.`);
    members.show(model.ensemble.members.map((each) => ({
      name: MEMBERS[each.name] ?? each.name,
      chart: h('progress', { max: 1, value: each.weight, 'aria-hidden': 'true' }),
      value: `${Math.round(each.weight * 100)} %`, more: '',
    })));
  }

  return { element, show };
}

function newTable(caption, columns, kind = 'table.measures') {
  const body = h('tbody');
  const element = h(kind, {}, h('caption.sr', {}, caption),
    h('colgroup', {}, h('col.terms'), h('col'), h('col.values')),
    h('thead', {}, h('tr', {}, columns.map((name) => h('th', { scope: 'col' }, name)))), body);
  return {
    element,
    show(rows) {
      body.replaceChildren(...rows.map((row) => h('tr', {},
        h('th', { scope: 'row' }, h('span.term', {}, row.name), row.title && h('span.more', {}, row.title)),
        h('td.graph', {}, row.chart),
        h('td', {}, row.value, ' ', h('span.more', {}, row.more)))));
    },
  };
}
