import { me, openLogin } from './account.js';
import { newKey, postSurely } from './api.js';
import { timeOfDay } from './clock.js';
import { count, h, money, points, reconcile, setText } from './dom.js';
import { showProblem } from './form.js';
import { foresee, parsePrice, suggestions } from './rules.js';

/** Bids on their way, by session: a page that is left and opened again sends no second one and shows what becomes of the first. */
const underway = new Set();
const panels = new Map();

/** So long after an answer the same price again is taken as the second half of a double click. */
const DOUBLE_CLICK_MILLIS = 600;
let answered = { at: 0 };

const draftKey = (id) => `turnwise.draft.${id}`;
const unsureKey = (id) => `turnwise.unsure.${id}`;

/** The panel to bid with. `view` is what the session's page knows: session, board, standing. */
export function bidPanel(view, onAccepted) {
  const id = view.session.session_id;
  const store = sessionStorage;
  const price = h('input', {
    id: 'price', name: 'price', inputmode: 'decimal', autocomplete: 'off', enterkeyhint: 'send', maxlength: 20,
    'aria-describedby': 'foresight', value: store.getItem(draftKey(id)) ?? '', oninput: typed,
  });
  const proxy = view.session.rebid_rule === 'BEAT_TOP';
  const max = h('input', {
    id: 'max', name: 'max_price', inputmode: 'decimal', autocomplete: 'off', enterkeyhint: 'send', maxlength: 20,
    'aria-describedby': 'max-note', oninput: typed,
  });
  let proposed = '';
  const chips = h('div.chips');
  const foresight = h('p.note', { id: 'foresight' });
  const send = h('button.primary.big', { type: 'submit' }, 'Place bid');
  const answer = h('div.answer', { role: 'status', hidden: true });
  const element = h('form.bid', { onsubmit: submit, novalidate: true },
    h('label', { for: 'price' }, 'Your price'), h('div.price-line', {}, price, send), chips,
    proxy && h('label', { for: 'max' }, 'Up to (maximum, optional)'), proxy && max,
    proxy && h('p.note', { id: 'max-note' },
      'The session bids for you: the least that keeps you on top, never more than this. The price may then be left empty.'),
    foresight, answer);

  function typed({ target } = {}) {
    if (target === max && max.value && price.value === proposed) price.value = ''; // nobody has typed that price
    store.setItem(draftKey(id), price.value);
    price.removeAttribute('aria-invalid');
    max.removeAttribute('aria-invalid');
    update();
  }

  function fill(amount) {
    price.value = amount.toFixed(2);
    typed();
  }

  function update() {
    const weight = me()?.weight;
    const offered = suggestions(view, weight ?? 1);
    if (!price.value && !max.value && document.activeElement !== price && offered.length) {
      price.value = proposed = offered[0].price.toFixed(2);
    }
    price.placeholder = max.value ? 'the least' : '';
    reconcile(chips, offered, (one) => one.label,
      (one) => h('button.chip', { type: 'button', onclick: (event) => fill(event.currentTarget.price) }, h('span', {}, one.label), h('b')),
      (chip, one) => {
        chip.price = one.price;
        setText(chip.lastChild, money(one.price));
      });
    price.classList.toggle('full', price.value.length > 8);
    const amount = parsePrice(price.value);
    const limit = parsePrice(max.value);
    setText(send, !me() ? 'Log in to bid' : amount || (limit && !price.value) ? `Bid ${inWords({ price: amount, max_price: limit })}` : 'Place bid');
    setText(foresight, !amount || !me() ? '' : amount === view.standing?.price ? 'This is the price you have bid.'
      : outlook(foresee(view, amount, weight)));
    send.setAttribute('aria-busy', String(underway.has(id)));
  }

  const outlook = ({ score, rank, wins }) => (wins === undefined ? `Now about ${points(score)} points.`
    : `Now about ${points(score)} points: ${rank ? `rank ${rank}` : 'below the rows shown'}, ${wins ? 'a winning place' : 'not a winning place'}.`);

  function submit(event) {
    event.preventDefault();
    if (underway.has(id)) return;
    if (!me()) {
      openLogin('Log in to place your bid. Your price stays here.');
      return;
    }
    const offer = {};
    for (const input of [price, max]) {
      if (!input.value && (input === max || max.value)) continue; // one of the two is enough
      const amount = parsePrice(input.value);
      if (!amount) {
        input.setAttribute('aria-invalid', 'true');
        input.focus();
        tell('bad', 'This is not a price', 'Use digits and at most two decimals, for example 1250.50.');
        return;
      }
      offer[input.name] = amount;
    }
    if (answered.id === id && isSame(answered.offer, offer) && Date.now() - answered.at < DOUBLE_CLICK_MILLIS) return;
    // A bid whose outcome is unknown is asked about under its own key; another price is another bid.
    const unsure = JSON.parse(store.getItem(unsureKey(id)));
    place(id, offer, unsure && isSame(unsure.offer, offer) ? unsure.key : newKey());
  }

  function refuse(problem) {
    answer.hidden = false;
    showProblem(answer, problem);
    const named = problem.errors.find((one) => one.field === 'price' || one.field === 'max_price');
    if (named) answer.append(h('span', {}, named.detail));
    if (problem.pauseMillis) answer.append(h('span', {}, `Try again in ${Math.ceil(problem.pauseMillis / 1000)} s.`));
    (price.value ? price : max).setAttribute('aria-invalid', String(problem.status === 422));
  }

  function doubt(offer) {
    tell('bad', `No answer about your bid of ${inWords(offer)}`,
      'It may or may not have been taken. Ask again: the same bid is never counted twice.');
    answer.append(h('button.plain', { type: 'button', onclick: () => again(offer) }, 'Ask again'));
  }

  function again(offer) {
    price.value = offer.price?.toFixed(2) ?? '';
    max.value = offer.max_price?.toFixed(2) ?? '';
    typed();
    element.requestSubmit();
  }

  function tell(kind, title, detail) {
    answer.hidden = false;
    answer.className = `answer ${kind}`;
    answer.replaceChildren(h('strong', {}, title), detail ? h('span', {}, detail) : '');
  }

  function accepted(bid) {
    max.value = '';
    tell(bid.is_winning || bid.rank == null ? 'good' : 'fair',
      bid.rank == null ? 'Accepted' : `Accepted: rank ${count(bid.rank)}, ${bid.is_winning ? 'winning' : 'not winning yet'}`,
      `${money(bid.price)} at ${timeOfDay(bid.accepted_at)}, score ${points(bid.score)}`);
    onAccepted(bid);
  }

  /** Takes away an older answer that is no longer true. */
  function forget() {
    if (!underway.has(id)) answer.hidden = true;
  }

  panels.set(id, { accepted, doubt, refuse, tell, update });
  update();
  if (underway.has(id)) tell('wait', 'Your bid is on its way…');
  else if (store.getItem(unsureKey(id))) doubt(JSON.parse(store.getItem(unsureKey(id))).offer);
  return { element, forget, update };
}

const isSame = (one, other) => one.price === other.price && one.max_price === other.max_price;

const inWords = ({ price, max_price: max }) =>
  [price && money(price), max && `up to ${money(max)}`].filter(Boolean).join(', ');

async function place(id, offer, key) {
  const panel = () => panels.get(id);
  underway.add(id);
  sessionStorage.setItem(unsureKey(id), JSON.stringify({ offer, key }));
  panel().tell('wait', `Sending ${inWords(offer)}…`);
  panel().update();
  try {
    const bid = await postSurely('api/bid', { session_id: id, ...offer }, key, ({ failure, pause, attempt, attempts }) =>
      panel().tell('wait', `${failure.message}. Your bid is kept.`,
        `Sending the same bid again in ${Math.ceil(pause / 1000)} s, attempt ${attempt} of ${attempts}. It counts once.`));
    sessionStorage.removeItem(unsureKey(id));
    sessionStorage.removeItem(draftKey(id));
    panel().accepted(bid);
  } catch (failure) {
    if (failure.unknown) panel().doubt(offer);
    else {
      sessionStorage.removeItem(unsureKey(id));
      panel().refuse(failure);
    }
  } finally {
    underway.delete(id);
    answered = { id, offer, at: Date.now() };
    panel().update();
  }
}
