import { me, onMember } from './account.js';
import { bidPanel } from './bid.js';
import { get, newKey, postSurely } from './api.js';
import { everyTick, moment, span, until } from './clock.js';
import { count, h, money, points, say, setText } from './dom.js';
import { follow } from './feed.js';
import { showProblem, sureButton } from './form.js';
import { newPage } from './layout.js';
import { startsIn } from './list.js';
import { formula, meaning, PRICE, REBID } from './rules.js';

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
  root.append(page.loading);
  document.title = 'Session · Turnwise';

  let gone = false;
  let heard = 0;
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
      view.session = session;
      if (before === heard || first) view.board = board; // the feed may have overtaken this answer
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
    if (!['settled', 'cancelled'].includes(view.session.state)) unfollow = follow(id, { onMessage, onState, onGap: load });
  }

  function onMessage({ type, data }) {
    if (type !== 'leaderboard_update') {
      load(); // settled, cancelled or news of a kind unknown here: the session itself says what it is now
      return;
    }
    heard++;
    const { ends_at: endsAt, ...board } = data;
    view.board = { ...view.board, ...board };
    if (endsAt) view.session.ends_at = endsAt;
    if (view.session.state === 'scheduled') load();
    draw();
    askStanding();
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
    const lost = view.standing?.is_winner && standing && !standing.is_winner;
    view.standing = standing;
    if (lost && view.session.state === 'open') {
      say(`You are no longer in a winning place. Your rank is ${standing.rank}.`);
      side?.overtaken(standing.rank);
    }
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
    setText(page.inventory, count(session.inventory));
    const settled = view.result !== null;
    const rows = settled ? view.result.winners.slice(0, WINNERS_SHOWN) : board.leaderboard;
    page.live.element.hidden = settled || !rows.length;
    page.won.element.hidden = !settled || !rows.length;
    (settled ? page.won : page.live).update(rows, shown);
    setText(page.boardTitle, settled ? 'Winners' : 'Board');
    setText(page.boardNote, boardNote(rows, settled));
    page.none.hidden = rows.length > 0;
    setText(page.none, settled ? 'Nobody bid, so nothing was sold.' : session.state === 'cancelled'
      ? 'No bids were placed.' : 'No bids yet. The first one leads.');
    const onBoard = rows.some((row) => row.user_id === me()?.user_id);
    const around = onBoard ? [] : view.standing?.neighbours ?? [];
    page.aroundTitle.hidden = page.around.element.hidden = !around.length;
    page.around.update(withOwn(around, view.standing), shown);
    setText(page.formula, formula(session));
    setText(page.meaning, meaning(session, me()?.weight));
    setText(page.rebid, REBID[session.rebid_rule] ?? session.rebid_rule);
    setText(page.price, PRICE[session.price_rule] ?? session.price_rule);
    setText(page.upset, `${money(session.upset_price)} is the lowest price taken.`);
    setText(page.times, `${moment(session.starts_at)} to ${moment(session.ends_at)}`);
    drawSide();
    drawStanding();
    drawOperator();
    tick();
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
    if (gone) return;
    view.standing = { ...bid, user_id: me()?.user_id, is_winner: bid.is_winning };
    draw();
    clearTimeout(standingTimer);
    fetchStanding();
  }

  function outcome() {
    const { session, result, standing } = view;
    if (session.state === 'scheduled') return h('p.note', {}, `Bidding opens ${moment(session.starts_at)}. This page opens it by itself.`);
    if (session.state === 'cancelled') return h('p.note', {}, 'This session was cancelled. Its bids have no effect.');
    const mine = result?.winners.find((row) => row.user_id === me()?.user_id);
    const price = result?.final_price ?? session.final_price;
    const common = price != null && h('p.pays', {}, h('span', {}, 'Final price'), h('strong', {}, money(price)));
    const words = mine ? ['good', `You won at ${money(mine.order_price)}`, `Rank ${count(mine.rank)}. Your order is in Orders.`]
      : standing ? ['fair', 'You did not win', `Final rank ${count(standing.rank)} of ${count(view.board.total_count)}.`]
        : ['fair', 'This session is settled', me() ? 'You did not bid in it.' : 'Log in to see how you did.'];
    return h('div.bid', {}, h(`div.answer.${words[0]}`, {}, h('strong', {}, words[1]), h('span', {}, words[2])), common);
  }

  function drawStanding() {
    const { standing, session, board } = view;
    page.standing.hidden = !standing || session.state !== 'open';
    if (page.standing.hidden) return;
    page.standing.classList.toggle('wins', Boolean(standing.is_winner));
    setText(page.rank, count(standing.rank));
    setText(page.of, `of ${count(board.total_count)}`);
    setText(page.holds, standing.is_winner ? 'Winning' : 'Not winning');
    setText(page.own, `${money(standing.price)}, score ${points(standing.score)}`);
  }

  function drawOperator() {
    const { state } = view.session;
    page.operator.hidden = me()?.role !== 'admin' || !['open', 'scheduled'].includes(state);
    page.close.hidden = state !== 'open';
  }

  async function operate(verb) {
    page.operated.hidden = true;
    try {
      await postSurely(`api/admin/sessions/${path}/${verb}`, undefined, newKey(), () => {});
      await load();
    } catch (problem) {
      page.operated.hidden = false;
      showProblem(page.operated, problem);
    }
  }
  page.close.replaceChildren(sureButton('Close now', () => operate('close')));
  page.cancel.replaceChildren(sureButton('Cancel session', () => operate('cancel')));

  function tick() {
    const { session } = view;
    if (!session) return;
    const left = until(session.ends_at);
    const running = session.state === 'open';
    const total = Date.parse(session.ends_at) - Date.parse(session.starts_at);
    page.hero.classList.toggle('urgent', running && left <= URGENT_MILLIS);
    setText(page.caption, running ? (left > 0 ? 'Time left' : 'Time is up') : session.state === 'scheduled' ? 'Starts' : 'State');
    setText(page.time, running ? (left > 0 ? span(left) : 'Closing…')
      : { scheduled: startsIn(session), settled: 'Settled', cancelled: 'Cancelled' }[session.state]);
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

function withOwn(neighbours, standing) {
  if (!neighbours.length || neighbours.some((row) => row.user_id === standing.user_id)) return neighbours;
  return [...neighbours, { ...standing, username: me()?.username ?? '' }].sort((a, b) => a.rank - b.rank);
}
