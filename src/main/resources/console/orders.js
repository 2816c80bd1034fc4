import { me, onMember, openLogin } from './account.js';
import { get } from './api.js';
import { moment } from './clock.js';
import { count, h, money } from './dom.js';
import { linkTo } from './list.js';

/** What the member has won. */
export function ordersView(root) {
  document.title = 'Your orders · Turnwise';
  const place = h('div', { 'aria-live': 'polite' });
  root.append(h('div.intro', {}, h('h1', {}, 'Your orders'), h('p', {}, 'What you have won, and at which price.')), place);

  async function load() {
    if (!me()) {
      place.replaceChildren(h('p.empty', {}, 'Log in to see your orders. ',
        h('button.primary', { type: 'button', onclick: () => openLogin() }, 'Log in')));
      return;
    }
    try {
      const { orders } = await get('api/orders');
      place.replaceChildren(orders.length
        ? h('ul.orders', {}, orders.map(line))
        : h('p.empty', {}, 'No orders yet. When a session you bid in is settled and you have won, it appears here.'));
    } catch (failure) {
      place.replaceChildren(h('p.answer.bad', {}, h('strong', {}, failure.message), h('span', {}, failure.detail)));
    }
  }

  load();
  return onMember(load);
}

function line(order) {
  return h('li.card', {},
    h('h3', {}, h('a', { href: linkTo(order.session_id), title: order.title }, order.title)),
    h('p.note', {}, `Place ${count(order.rank)}, bid ${money(order.bid_price)}, settled ${moment(order.settled_at)}`),
    h('p.pays', {}, h('span', {}, 'You pay'), h('strong', {}, money(order.price))));
}
