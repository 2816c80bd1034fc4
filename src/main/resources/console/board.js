import { count, h, money, points, reconcile, setText } from './dom.js';

/** The line below the last winning place; it keeps still while rows cross it. */
const CUT = { user_id: '' };

/** A ranking: rows keep their element by member, so that a new rank is seen as a movement. */
export function newBoard(label, lastColumn = 'Score') {
  const body = h('div', { role: 'rowgroup' });
  const head = (text) => h('span', { role: 'columnheader' }, text);
  const element = h('div.board', { role: 'table', 'aria-label': label },
    h('div', { role: 'rowgroup' },
      h('div.row.head', { role: 'row' }, head('Rank'), head('Bidder'), head('Bid'), head(lastColumn))),
    body);
  return {
    element,
    update(rows, { inventory, member }) {
      const lines = rows.flatMap((row, i) => (row.rank === inventory && i < rows.length - 1 ? [row, CUT] : [row]));
      reconcile(body, lines, (row) => row.user_id, newLine, (line, row) => row === CUT || updateRow(line, row, inventory, member), true);
      element.classList.toggle('long', rows.some((row) => row.score >= 100_000));
    },
  };
}

const newLine = (row) => (row === CUT ? h('div.cut', { 'aria-hidden': 'true' }) : newRow());

function newRow() {
  const cell = (kind, ...content) => h(`span.${kind}`, { role: 'cell' }, ...content);
  const name = h('bdi');
  const you = h('em', { hidden: true }, 'you');
  const won = h('span.sr', {}, ' in a winning place');
  const part = { rank: cell('rank'), price: cell('price'), score: cell('score') };
  return Object.assign(h('div.row', { role: 'row' }, part.rank, cell('name', name, you, won), part.price, part.score),
    { cells: { ...part, name, you, won } });
}

function updateRow(line, row, inventory, member) {
  const { rank, name, you, won, price, score } = line.cells;
  const mine = member?.user_id === row.user_id;
  const wins = row.is_winner ?? row.rank <= inventory;
  const bid = money(row.bid_price ?? row.price); // an order has both: what was bid and what is paid
  const raised = price.textContent && price.textContent !== bid;
  setText(rank, count(row.rank));
  setText(name, row.username);
  name.title = row.username;
  setText(price, bid);
  setText(score, row.bid_price == null ? points(row.score) : money(row.price));
  you.hidden = !mine;
  won.hidden = !wins;
  line.classList.toggle('mine', mine);
  line.classList.toggle('wins', wins);
  if (raised) {
    line.classList.remove('changed');
    void line.offsetWidth; // lets the highlight start anew
    line.classList.add('changed');
  }
}
