import { newBoard } from './board.js';
import { h } from './dom.js';

/** The parts of a session's page, empty: what stands where. session.js fills them. */
export function newPage() {
  const part = {
    loading: h('p.empty', { role: 'status' }, 'Loading the session…'),
    title: h('h1'), description: h('p.description'), feed: h('span.feed', { role: 'status' }),
    caption: h('span.caption'), time: h('div.time', { role: 'timer' }), elapsed: h('progress', { max: 1, 'aria-hidden': 'true' }),
    highest: h('dd'), threshold: h('dd'), bidders: h('dd'), inventory: h('dd'),
    side: h('div'), rank: h('b'), of: h('span'), holds: h('strong'), own: h('span'),
    boardTitle: h('h2'), boardNote: h('span.tag'), none: h('p.empty'), live: newBoard('Board'), won: newBoard('Winners', 'Pays'),
    aroundTitle: h('h2', {}, 'Around you'), around: newBoard('Around you'),
    formula: h('code'), meaning: h('p.note'), rebid: h('dd'), price: h('dd'), upset: h('dd'), times: h('dd'),
    house: h('dl.facts'), news: h('div.side-news', { role: 'status', 'aria-live': 'polite' }), operator: h('div'),
  };
  const figure = (name, value) => h('div', {}, h('dt', {}, name), value);
  part.told = [figure('Highest bid', part.highest), figure('Score to win', part.threshold), figure('Bidders', part.bidders)];
  part.hero = h('section.hero', { 'aria-label': 'Now' },
    h('div.clock', {}, part.caption, part.time, part.elapsed),
    h('dl.figures', {}, part.told, figure('Inventory', part.inventory)));
  part.standing = h('div.standing', { hidden: true },
    h('div.place', {}, part.rank, part.of), h('div', {}, part.holds, part.own));
  part.element = h('article.session', {},
    h('div.crumb', {}, h('a', { href: '#/' }, '← Sessions'), part.feed),
    h('header', {}, part.title, part.description),
    part.hero,
    h('aside', {}, h('section.panel', { 'aria-label': 'Your bid' }, part.standing, part.news, part.side), part.operator),
    h('div.main', {},
      h('section.panel', {}, h('div.panel-head', {}, part.boardTitle, part.boardNote), part.none, part.live.element, part.won.element,
        part.aroundTitle, part.around.element),
      h('section.panel.terms', {}, h('h2', {}, 'How it is decided'), h('p.formula', {}, part.formula), part.meaning,
        h('dl.facts', {}, figure('Bidding again', part.rebid), figure('Winners pay', part.price),
          figure('Lowest price', part.upset), figure('Runs', part.times)), part.house)));
  return part;
}
