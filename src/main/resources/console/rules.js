import { now } from './clock.js';
import { count, money } from './dom.js';

/** How a session decides, in words and in numbers. The server alone counts; what is computed here are suggestions. */
export const REBID = {
  REPLACE: 'A new bid replaces your earlier one, whether higher or lower, and takes the time it arrives.',
  RAISE_ONLY: 'A new bid must be higher than your own last one.',
  BEAT_TOP: 'Every bid must be higher than the highest bid so far.',
};

export const PRICE = {
  UNIFORM_KTH: 'All winners pay the same: the price of the last winning bid.',
  UNIFORM_NEXT: 'All winners pay the same: the price of the first bid that did not win.',
  PAY_AS_BID: 'Every winner pays their own bid.',
};

/** What an auction house has added to the plain game, as pairs of a name and a sentence. */
export function houseRules(session) {
  const { anti_snipe: late, bids_per_second: pace } = session;
  const times = (n) => (n === 1 ? 'once' : `${count(n)} times`);
  return [
    late && ['Late bids', `A bid in the last ${count(late.window_seconds)} s that changes who wins moves the end by ` +
      `${count(late.extend_seconds)} s, at most ${times(late.max_extensions)}. ` +
      (session.extensions ? `Moved ${times(session.extensions)} so far.` : 'Not moved so far.')],
    session.sealed && ['Sealed', 'Ranks and the bids of others are shown after the end.'],
    session.rebid_rule === 'BEAT_TOP' && ['Least increment', `${money(session.min_increment)} above the top is the least a bid must be.`],
    pace != null && ['Pace', pace ? `At most ${count(pace)} ${pace === 1 ? 'bid' : 'bids'} a second of one member.` : 'As many bids as you like.'],
    session.reserve_price != null && ['Reserve', `${money(session.reserve_price)}: a winner below it gets no order. Only admins see this.`],
  ].filter(Boolean);
}

const unit = (session) => (session.time_unit === 'milliseconds' ? 'milliseconds' : 'seconds');

export const formula = (session) =>
  `${count(session.alpha)} × price + ${count(session.beta)} ÷ (${unit(session)} since start + 1) + ` +
  `${count(session.gamma)} × member weight`;

export function meaning(session, weight) {
  const yours = weight == null ? '' : `, yours is ${count(weight)}`;
  return `α ${count(session.alpha)} counts the price, β ${count(session.beta)} rewards bidding early, ` +
    `γ ${count(session.gamma)} counts your member weight${yours}. Highest score first; equal scores: the earlier bid first.`;
}

function bonus(session, weight, inMillis) {
  const elapsed = Math.max(0, now() + inMillis - Date.parse(session.starts_at));
  const t = unit(session) === 'milliseconds' ? elapsed : elapsed / 1000;
  return session.beta / (t + 1) + session.gamma * weight;
}

/** The rank a price would have now, as far as the board shown can tell; of a sealed one only the score. */
export function foresee({ session, board, standing }, price, weight) {
  const score = session.alpha * price + bonus(session, weight, 0);
  if (board.sealed) return { score };
  const others = board.leaderboard.filter((row) => row.user_id !== standing?.user_id);
  const rank = others.filter((row) => row.score >= score).length + 1;
  const hidden = board.total_count > board.leaderboard.length && rank > others.length;
  const wins = session.inventory <= 10 || !hidden
    ? !hidden && rank <= session.inventory
    : board.threshold_score == null || score > board.threshold_score;
  return { score, rank: hidden ? null : rank, wins };
}

/** Prices worth proposing: to open, to win, to lead. Each leaves five seconds to decide. */
export function suggestions({ session, board, standing }, weight) {
  const rows = board.leaderboard;
  const floor = Math.max(
    session.upset_price,
    session.rebid_rule === 'BEAT_TOP' && board.highest_bid != null ? board.highest_bid + session.min_increment : 0,
    session.rebid_rule === 'RAISE_ONLY' && standing ? standing.price + 0.01 : 0,
  );
  const above = (score) => {
    const price = (score - bonus(session, weight, 5000)) / session.alpha;
    return Math.max(floor, Math.floor(price * 100 + 1 + 1e-6) / 100);
  };
  if (board.sealed) return standing ? [] : [{ label: 'Lowest price', price: floor }];
  const found = [];
  const full = board.total_count >= session.inventory && board.threshold_score != null;
  if (!full && !standing) found.push({ label: 'Take a place', price: floor });
  if (session.alpha > 0) {
    if (full && !standing?.is_winner) found.push({ label: 'Win a place', price: above(board.threshold_score) });
    if (rows.length && standing?.rank !== 1) found.push({ label: 'Lead', price: above(rows[0].score) });
  }
  return found.filter((one, i) => Number.isFinite(one.price) && (i === 0 || one.price !== found[0].price));
}

/** A typed price as a number, or null: at most two decimals, point or comma, nothing that could be read in two ways. */
export function parsePrice(text) {
  const tidy = text.replace(/[\s']/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,2})?$/.test(tidy) && Number(tidy) > 0 ? Number(tidy) : null;
}
