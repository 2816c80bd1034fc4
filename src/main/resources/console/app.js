import { me, onMember, openAccount, openLogin, recall } from './account.js';
import { h } from './dom.js';
import { listView } from './list.js';
import { sessionView } from './session.js';

const main = document.getElementById('main');
let leave = () => {};

function nav() {
  const here = location.hash || '#/';
  const link = (to, text) => h('a', { href: to, 'aria-current': here === to && 'page' }, text);
  document.getElementById('nav').replaceChildren(...[
    link('#/', 'Sessions'),
    me() && link('#/orders', 'Orders'),
    me() && link('#/learner', 'Learning'),
    me()?.role === 'admin' && link('#/new', 'New'),
  ].filter(Boolean));
  document.getElementById('who').replaceChildren(me()
    ? h('button.plain.member', { type: 'button', onclick: openAccount, title: `${me().username}: your account` },
      h('span.sr', {}, 'Your account, '), h('bdi', {}, me().username))
    : h('button.plain', { type: 'button', onclick: () => openLogin() }, 'Log in'));
}

async function viewOf(hash) {
  const id = /^#\/s\/([\w-]+)$/.exec(hash)?.[1];
  if (id) return (root) => sessionView(root, id);
  const learner = /^#\/learner(?:\/([^/]+))?$/.exec(hash);
  if (learner) {
    const { learnerView } = await import('./learner.js');
    return (root) => learnerView(root, learner[1] === undefined ? null : decodeURIComponent(learner[1]));
  }
  if (hash === '#/orders') return (await import('./orders.js')).ordersView;
  if (hash === '#/new') return (await import('./admin.js')).newSessionView;
  return listView;
}

let visit = 0;
async function show() {
  const mine = ++visit;
  leave();
  leave = () => {};
  nav();
  const root = h('div.view');
  main.replaceChildren(root);
  scrollTo(0, 0);
  try {
    const view = await viewOf(location.hash);
    if (mine === visit) leave = view(root) ?? leave;
  } catch {
    root.append(h('p.empty', {}, 'This part of the page could not be loaded. Check your connection and reload.'));
  }
}

// The target of the skip link must not look like a route.
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
addEventListener('hashchange', () => {
  show();
  main.focus({ preventScroll: true });
});
onMember(nav);
show();
recall();
