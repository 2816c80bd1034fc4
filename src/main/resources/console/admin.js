import { me, onMember } from './account.js';
import { newKey, postSurely } from './api.js';
import { h } from './dom.js';
import { field, form } from './form.js';
import { linkTo } from './list.js';

/** A form for a new session; the server checks every value and its word is shown beside the field. */
export function newSessionView(root) {
  document.title = 'New session · Turnwise';
  const number = (name, label, value, step = 'any') =>
    field(name, label, { type: 'number', value, step, min: 0, required: true, inputmode: 'decimal' });
  const fields = [
    field('title', 'Title', { required: true, maxlength: 200, autocomplete: 'off' }),
    field('description', 'Description', { rows: 2 }),
    number('upset_price', 'Lowest price', '100.00', '0.01'),
    number('inventory', 'Inventory', 5, 1),
    field('starts_at', 'Starts (or now)', { type: 'datetime-local' }),
    number('minutes', 'Minutes', 10),
    number('alpha', 'α price', 1),
    number('beta', 'β early', 100),
    number('gamma', 'γ weight', 1),
    field('time_unit', 'Time counted in', {}, [['seconds', 'seconds'], ['milliseconds', 'milliseconds']]),
    field('rebid_rule', 'Bidding again', {},
      [['REPLACE', 'replaces, up or down'], ['RAISE_ONLY', 'above the own bid only'], ['BEAT_TOP', 'above the highest bid only']]),
    field('price_rule', 'Winners pay', {},
      [['UNIFORM_KTH', 'the last winning bid'], ['UNIFORM_NEXT', 'the first losing bid'], ['PAY_AS_BID', 'their own bid']]),
  ];
  const rule = (name, label, hint, step = 1) =>
    field(name, label, { type: 'number', step, min: 0, inputmode: 'decimal', placeholder: hint });
  const house = [
    rule('anti_snipe.window_seconds', 'Late bids: last seconds', 'never'),
    rule('anti_snipe.extend_seconds', 'move the end by seconds', 'not at all'),
    rule('anti_snipe.max_extensions', 'at most so many times', 'not once'),
    rule('reserve_price', 'Reserve (hidden)', 'none', '0.01'),
    rule('min_increment', 'Least increment', '0.01', '0.01'),
    rule('bids_per_second', 'Bids a second of a member', '10'),
    field('sealed', 'Sealed until the end', {}, [['', 'no'], ['true', 'yes']]),
  ];
  let key = newKey();
  let last = '';

  async function create(typed) {
    const { minutes, starts_at: start, description, title, time_unit: unit, rebid_rule: rebid, price_rule: price, sealed, ...numbers } = typed;
    const body = { title, time_unit: unit, rebid_rule: rebid, price_rule: price };
    if (description) body.description = description;
    if (sealed) body.sealed = true;
    for (const [name, text] of Object.entries(numbers)) {
      const [group, part] = name.split('.');
      if (text === '') continue; // a house rule left out
      if (part) body[group] = { ...body[group], [part]: Number(text) };
      else body[group] = Number(text);
    }
    const millis = Math.round(Number(minutes) * 60_000);
    if (start) {
      body.starts_at = new Date(start).toISOString();
      body.ends_at = new Date(Date.parse(start) + millis).toISOString();
    } else body.duration_seconds = Math.round(millis / 1000);
    if (JSON.stringify(body) !== last) key = newKey(); // the same form twice is the same session
    last = JSON.stringify(body);
    const session = await postSurely('api/admin/sessions', body, key, () => {});
    location.hash = linkTo(session.session_id);
  }

  const panel = form([...fields, ...house], 'Create session', create);
  const folded = h('div.stack.grid');
  house[0].element.before(h('details', {}, h('summary', {}, 'House rules'),
    h('p.note', {}, 'All optional. What is left empty leaves the plain game as it is.'), folded));
  folded.append(...house.map((one) => one.element));
  panel.classList.add('grid', 'panel');
  const refused = h('p.empty', {}, 'Only an admin can create sessions.');
  root.append(h('div.intro', {}, h('h1', {}, 'New session')), refused, panel);
  const allow = () => {
    panel.hidden = me()?.role !== 'admin';
    refused.hidden = !panel.hidden;
  };
  allow();
  return onMember(allow);
}
