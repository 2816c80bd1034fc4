import { me, onMember } from './account.js';
import { bidPanel } from './bid.js';
import { get } from './api.js';
import { everyTick, moment, span, until } from './clock.js';
import { count, h, money, points, reconcile, say, setText } from './dom.js';
import { follow } from './feed.js';
import { newPage } from './layout.js';
import { startsIn } from './list.js';
import { operatorPanel } from './operator.js';
import { formula, houseRules, meaning, PRICE, REBID } from './rules.js';

const LIVE = ['open', 'paused'];
const PAUSED = 'Bidding is paused; the time left stands still.';
const ROWS = 10;
const STANDING_EVERY_MILLIS = 2_000;
const AFTER_END_EVERY_MILLIS = 2_000;
const RETRY_MILLIS = 3_000;
const URGENT_MILLIS = 30_000;
const ANNOUNCED = [60, 30, 10];
const WINNERS_SHOWN = 200;

/** One session, live. Whatever arrives last is shown; nothing is worked out from differences. */
export function sessionView(root, id) {
  const path = encodeURIComponent(id);
  const view = { session: null, board: null, standing: null, result: null };
  const page = newPage();
  const operator = operatorPanel(id, view, load);
  page.operator.replaceWith(operator.element);
  root.append(page.loading);
  document.title = 'Session · Turnwise';

  let gone = false;
  let heard = 0;
  let told = 0;
  let side = null;
  let sideOf = '';
  let unfollow = () => {};
  let standingTimer;
  let standingWanted = false;
  let askedAfterEnd = 0;
  let announced = Infinity;

  async function load() {
    const before = heard;
    try {
      const [session, board] = await Promise.all([
        get(`api/sessions/${path}`), get(`api/leaderboard/${path}?page=1&page_size=${ROWS}`)]);
      if (gone) return;
      const first = !view.session;
      if (before === heard || first) view.board = board;
      else if (LIVE.includes(session.state)) Object.assign(session, { state: view.session.state, ends_at: view.session.ends_at });
      // above: the feed has overtaken this answer
      view.session = session;
      if (session.state === 'settled') await loadResult();
      if (gone) return;
      if (first) open();
      draw();
      askStanding();
    } catch (failure) {
      if (!gone && !view.session) failed(failure);
    }
  }

  function failed(failure) {
    if (failure.status === 404) {
      page.loading.replaceChildren(h('h1', {}, 'No such session'), h('p', {}, 'The link may be mistyped. '),
        h('a', { href: '#/' }, 'All sessions'));
      return;
    }
    page.loading.textContent = `${failure.message}. Trying again…`;
    setTimeout(() => gone || load(), RETRY_MILLIS);
  }

  async function loadResult() {
    const result = await get(`api/results/${path}`).catch(() => null);
    if (result) view.result = result;
  }

  function open() {
    document.title = `${view.session.title} · Turnwise`;
    page.loading.replaceWith(page.element);
    if (!['settled', 'cancelled'].includes(view.session.state)) unfollow = follow(`api/sessions/${path}/events`, { onMessage, onState, onGap: load });
  }

  /** Own news count at once; the board shown may be older than they are. */
  function onMessage({ type, sequence, data }) {
    if (type === 'bid_accepted') {
      page.news.replaceChildren();
      setStanding({ neighbours: [], ...data, user_id: me()?.user_id, is_winner: data.is_winning });
      return;
    }
    if (type === 'outbid') {
      told = sequence;
      outbid(data);
      return;
    }
    const { state, ends_at: endsAt, ...board } = data;
    if (LIVE.includes(state) && endsAt) adopt(state, endsAt);
    if (type === 'leaderboard_update') {
      heard++;
      view.board = { ...view.board, sealed: false, ...board }; // who is sent a board may see it
      askStanding();
      if (view.standing?.is_winner) page.news.replaceChildren(); // it is no longer true
    } else {
      if (type === 'bid_retracted') {
        told = sequence;
        retracted(data);
      }
      load(); // whatever it is, the session itself says what it is now
    }
    draw();
  }

  /** What is heard last of state and end counts at once. */
  function adopt(state, endsAt) {
    const { session } = view;
    const moved = Date.parse(endsAt) - Date.parse(session.ends_at);
    if (session.state === 'scheduled') load();
    if (moved || state !== session.state) {
      heard++;
      announced = Infinity;
      if (state !== session.state) say(state === 'paused' ? PAUSED : 'Bidding is open.');
      else say(`The end has moved. Time left: ${span(until(endsAt))}`);
    }
    Object.assign(session, { state, ends_at: endsAt });
  }

  function tell(kind, title, detail) {
    page.news.replaceChildren(h(`div.answer.${kind}`, {}, h('strong', {}, title), h('span', {}, detail)));
  }

  function outbid({ rank, threshold_score: threshold, ...bid }) {
    setStanding({ neighbours: [], ...bid, rank, user_id: me()?.user_id, is_winner: false });
    side?.forget();
    tell('fair', 'You have been outbid', `Your rank is ${count(rank)}. The last winning place has ${points(threshold)} points.`);
  }

  function retracted({ reason }) {
    const { leaderboard } = view.board;
    view.board = { ...view.board, leaderboard: leaderboard.filter((row) => row.user_id !== me()?.user_id) };
    setStanding(null);
    side?.forget();
    tell('bad', 'Your bid was taken off the board', reason);
  }

  function onState(state) {
    page.feed.className = `feed ${state}`;
    setText(page.feed, { live: 'Live', connecting: 'Connecting…', waiting: 'Reconnecting…' }[state]);
  }

  /** Own rank: read off the board when it is there, else asked for, at most every two seconds. */
  function askStanding() {
    if (!me()) {
      setStanding(null);
      return;
    }
    const row = view.board.leaderboard.find((one) => one.user_id === me().user_id);
    if (row) setStanding({ ...row, neighbours: [] });
    else if (view.standing !== null) {
      if (standingTimer) standingWanted = true;
      else standingTimer = setTimeout(fetchStanding, STANDING_EVERY_MILLIS * Math.random());
    }
  }

  async function fetchStanding() {
    standingWanted = false;
    try {
      const standing = await get(`api/leaderboard/${path}/me`);
      if (!gone) setStanding(standing);
    } catch (failure) {
      if (failure.status === 404 && !gone) setStanding(null);
    }
    clearTimeout(standingTimer);
    standingTimer = gone ? null : setTimeout(() => {
      standingTimer = null;
      if (standingWanted) askStanding();
    }, STANDING_EVERY_MILLIS);
  }

  function setStanding(standing) {
    view.standing = standing;
    draw();
  }

  function draw() {
    const { session, board } = view;
    const shown = { inventory: session.inventory, member: me() };
    setText(page.title, session.title);
    setText(page.description, session.description ?? '');
    page.description.hidden = !session.description;
    page.hero.className = `hero ${session.state}`;
    setText(page.highest, money(board.highest_bid));
    setText(page.threshold, points(board.total_count >= session.inventory ? board.threshold_score : null));
    setText(page.bidders, count(board.total_count));
    page.told.forEach((figure) => (figure.hidden = Boolean(board.sealed)));
    setText(page.inventory, count(session.inventory));
    const settled = view.result !== null;
    const rows = settled ? view.result.winners.slice(0, WINNERS_SHOWN) : board.leaderboard;
    page.live.element.hidden = settled || !rows.length;
    page.won.element.hidden = !settled || !rows.length;
    (settled ? page.won : page.live).update(rows, shown);
    setText(page.boardTitle, settled ? 'Winners' : 'Board');
    setText(page.boardNote, boardNote(rows, settled));
    page.none.hidden = rows.length > 0;
    setText(page.none, nothingShown(settled));
    const onBoard = rows.some((row) => row.user_id === me()?.user_id);
    const around = onBoard ? [] : view.standing?.neighbours ?? [];
    page.aroundTitle.hidden = page.around.element.hidden = !around.length;
    page.around.update(withOwn(around, view.standing), shown);
    setText(page.formula, formula(session));
    setText(page.meaning, meaning(session, me()?.weight));
    setText(page.rebid, REBID[session.rebid_rule] ?? session.rebid_rule);
    setText(page.price, PRICE[session.price_rule] ?? session.price_rule);
    setText(page.upset, `${money(session.upset_price)} is the lowest price taken.`);
    reconcile(page.house, houseRules(session), ([name]) => name, ([name]) => h('div', {}, h('dt', {}, name), h('dd')),
      (fact, [, words]) => setText(fact.lastChild, words));
    setText(page.times, `${moment(session.starts_at)} to ${moment(session.ends_at)}`);
    drawSide();
    drawStanding();
    operator.update();
    tick();
  }

  function nothingShown(settled) {
    const { board, session } = view;
    if (board.sealed) return session.state === 'cancelled' ? 'Sealed: how others bid stays hidden.' : 'Sealed: how others bid is shown after the end';
    if (settled) return board.total_count ? 'No bid reached the reserve price, so nothing was sold.' : 'Nobody bid, so nothing was sold.';
    return session.state === 'cancelled' ? 'No bids were placed.' : 'No bids yet. The first one leads.';
  }

  function boardNote(rows, settled) {
    if (settled) return view.result.winners.length > rows.length ? `${count(rows.length)} of ${count(view.result.winners.length)}` : '';
    const places = view.session.inventory;
    return places === 1 ? 'First place wins' : `First ${count(places)} win`;
  }

  function drawSide() {
    const { session } = view;
    const kind = `${session.state} ${me()?.user_id ?? ''} ${view.result !== null}`;
    const endedHere = session.state === 'cancelled' || session.state === 'settled';
    if (kind === sideOf && !endedHere) {
      side?.update();
      return;
    }
    sideOf = kind;
    side = session.state === 'open' ? bidPanel(view, accepted) : null;
    page.side.replaceChildren(side?.element ?? outcome());
  }

  function accepted(bid) {
    if (gone || bid.sequence <= told) return; // whatever has been told since is newer
    page.news.replaceChildren();
    view.standing = { ...bid, user_id: me()?.user_id, is_winner: bid.is_winning };
    draw();
    clearTimeout(standingTimer);
    fetchStanding();
  }

  function outcome() {
    const { session, result, standing } = view;
    if (session.state === 'scheduled') return h('p.note', {}, `Bidding opens ${moment(session.starts_at)}. This page opens it by itself.`);
    if (session.state === 'paused') return h('p.note', {}, PAUSED);
    if (session.state === 'cancelled') return h('p.note', {}, 'This session was cancelled. Its bids have no effect.');
    const mine = result?.winners.find((row) => row.user_id === me()?.user_id);
    const price = result?.final_price ?? session.final_price;
    const common = price != null && h('p.pays', {}, h('span', {}, 'Final price'), h('strong', {}, money(price)));
    const words = mine ? ['good', `You won at ${money(mine.price)}`, `Rank ${count(mine.rank)}. Your order is in Orders.`]
      : standing?.rank <= session.inventory ? ['fair', 'You did not win', 'Your bid was below the reserve price.']
      : standing?.rank ? ['fair', 'You did not win', `Final rank ${count(standing.rank)} of ${count(view.board.total_count)}.`]
        : ['fair', 'This session is settled', me() ? 'You did not bid in it.' : 'Log in to see how you did.'];
    return h('div.bid', {}, h(`div.answer.${words[0]}`, {}, h('strong', {}, words[1]), h('span', {}, words[2])), common);
  }

  function drawStanding() {
    const { standing, session, board } = view;
    page.standing.hidden = !standing || !LIVE.includes(session.state);
    if (page.standing.hidden) return;
    page.standing.classList.toggle('wins', Boolean(standing.is_winner));
    page.rank.parentElement.hidden = standing.rank == null;
    setText(page.rank, count(standing.rank));
    setText(page.of, `of ${count(board.total_count)}`);
    setText(page.holds, standing.rank == null ? 'Your bid' : standing.is_winner ? 'Winning' : 'Not winning');
    setText(page.own, `${money(standing.price)}, score ${points(standing.score)}`);
  }

  function tick() {
    const { session } = view;
    if (!session) return;
    const left = until(session.ends_at);
    const running = session.state === 'open';
    const total = Date.parse(session.ends_at) - Date.parse(session.starts_at);
    page.hero.classList.toggle('urgent', running && left <= URGENT_MILLIS);
    setText(page.caption, running ? (left > 0 ? `Time left${extended(session)}` : 'Time is up') : session.state === 'scheduled' ? 'Starts' : 'State');
    setText(page.time, running ? (left > 0 ? span(left) : 'Closing…')
      : { scheduled: startsIn(session), paused: 'Paused', settled: 'Settled', cancelled: 'Cancelled' }[session.state]);
    page.elapsed.hidden = !running;
    page.elapsed.value = Math.min(1, Math.max(0, 1 - left / total));
    if (running) announce(Math.ceil(left / 1000));
    const due = (running && left < 0) || (session.state === 'scheduled' && until(session.starts_at) < 0);
    if (due && Date.now() - askedAfterEnd > AFTER_END_EVERY_MILLIS) {
      askedAfterEnd = Date.now();
      setTimeout(() => gone || load(), 500 + Math.random() * 1000);
    }
    if (['settled', 'cancelled'].includes(session.state)) {
      unfollow();
      unfollow = () => {};
      page.feed.hidden = true;
    }
  }

  function announce(seconds) {
    const mark = ANNOUNCED.filter((one) => seconds <= one).pop();
    if (mark && mark < announced && seconds > 0) {
      if (announced < Infinity || seconds === mark) say(`${seconds} seconds left`);
      announced = mark;
    }
  }

  load();
  const stopTicks = everyTick(tick);
  const stopMember = onMember(() => {
    if (!view.session) return;
    view.standing = undefined; // not known yet, unlike null: none
    if (view.session.sealed) load(); // admins see what others do not
    page.news.replaceChildren();
    askStanding();
    draw();
  });
  view.standing = undefined;
  return () => {
    gone = true;
    unfollow();
    stopTicks();
    stopMember();
    clearTimeout(standingTimer);
  };
}

const extended = ({ extensions }) => (extensions ? `, extended ${extensions === 1 ? 'once' : `${extensions} times`}` : '');

function withOwn(neighbours, standing) {
  if (!neighbours.length || neighbours.some((row) => row.user_id === standing.user_id)) return neighbours;
  return [...neighbours, { ...standing, username: me()?.username ?? '' }].sort((a, b) => a.rank - b.rank);
}
