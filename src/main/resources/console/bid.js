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
  const chips = h('div.chips');
  const foresight = h('p.note', { id: 'foresight' });
  const send = h('button.primary.big', { type: 'submit' }, 'Place bid');
  const answer = h('div.answer', { role: 'status', hidden: true });
  const element = h('form.bid', { onsubmit: submit, novalidate: true },
    h('label', { for: 'price' }, 'Your price'), h('div.price-line', {}, price, send), chips, foresight, answer);

  function typed() {
    store.setItem(draftKey(id), price.value);
    price.removeAttribute('aria-invalid');
    update();
  }

  function fill(amount) {
    price.value = amount.toFixed(2);
    typed();
  }

  function update() {
    const weight = me()?.weight;
    const offered = suggestions(view, weight ?? 1);
    if (!price.value && document.activeElement !== price && offered.length) {
      price.value = offered[0].price.toFixed(2);
    }
    reconcile(chips, offered, (one) => one.label,
      (one) => h('button.chip', { type: 'button', onclick: (event) => fill(event.currentTarget.price) }, h('span', {}, one.label), h('b')),
      (chip, one) => {
        chip.price = one.price;
        setText(chip.lastChild, money(one.price));
      });
    price.classList.toggle('full', price.value.length > 8);
    const amount = parsePrice(price.value);
    setText(send, !me() ? 'Log in to bid' : amount ? `Bid ${money(amount)}` : 'Place bid');
    setText(foresight, !amount || !me() ? '' : amount === view.standing?.price ? 'This is the price you have bid.'
      : outlook(foresee(view, amount, weight)));
    send.setAttribute('aria-busy', String(underway.has(id)));
  }

  const outlook = ({ score, rank, wins }) =>
    `Now about ${points(score)} points: ${rank ? `rank ${rank}` : 'below the rows shown'}, ${wins ? 'a winning place' : 'not a winning place'}.`;

  function submit(event) {
    event.preventDefault();
    if (underway.has(id)) return;
    if (!me()) {
      openLogin('Log in to place your bid. Your price stays here.');
      return;
    }
    const amount = parsePrice(price.value);
    if (!amount) {
      price.setAttribute('aria-invalid', 'true');
      price.focus();
      tell('bad', 'This is not a price', 'Use digits and at most two decimals, for example 1250.50.');
      return;
    }
    if (answered.id === id && answered.amount === amount && Date.now() - answered.at < DOUBLE_CLICK_MILLIS) return;
    // A bid whose outcome is unknown is asked about under its own key; another price is another bid.
    const unsure = JSON.parse(store.getItem(unsureKey(id)));
    place(id, amount, unsure?.price === amount ? unsure.key : newKey());
  }

  function refuse(problem) {
    answer.hidden = false;
    showProblem(answer, problem);
    const named = problem.errors.find((one) => one.field === 'price');
    if (named) answer.append(h('span', {}, named.detail));
    if (problem.pauseMillis) answer.append(h('span', {}, `Try again in ${Math.ceil(problem.pauseMillis / 1000)} s.`));
    price.setAttribute('aria-invalid', String(problem.status === 422));
  }

  function doubt(amount) {
    tell('bad', `No answer about your bid of ${money(amount)}`,
      'It may or may not have been taken. Ask again: the same bid is never counted twice.');
    answer.append(h('button.plain', { type: 'button', onclick: () => { fill(amount); element.requestSubmit(); } }, 'Ask again'));
  }

  function tell(kind, title, detail) {
    answer.hidden = false;
    answer.className = `answer ${kind}`;
    answer.replaceChildren(h('strong', {}, title), detail ? h('span', {}, detail) : '');
  }

  function accepted(bid) {
    tell(bid.is_winning ? 'good' : 'fair',
      `Accepted: rank ${count(bid.rank)}, ${bid.is_winning ? 'winning' : 'not winning yet'}`,
      `${money(bid.price)} at ${timeOfDay(bid.accepted_at)}, score ${points(bid.score)}`);
    onAccepted(bid);
  }

  /** Replaces an older answer that is no longer true. */
  function overtaken(rank) {
    if (!underway.has(id)) tell('fair', `Overtaken: now rank ${count(rank)}`, 'A higher price can win a place again.');
  }

  panels.set(id, { accepted, doubt, refuse, tell, update });
  update();
  if (underway.has(id)) tell('wait', 'Your bid is on its way…');
  else if (store.getItem(unsureKey(id))) doubt(JSON.parse(store.getItem(unsureKey(id))).price);
  return { element, overtaken, update };
}

async function place(id, amount, key) {
  const panel = () => panels.get(id);
  underway.add(id);
  sessionStorage.setItem(unsureKey(id), JSON.stringify({ price: amount, key }));
  panel().tell('wait', `Sending ${money(amount)}…`);
  panel().update();
  try {
    const bid = await postSurely('api/bid', { session_id: id, price: amount }, key, ({ failure, pause, attempt, attempts }) =>
      panel().tell('wait', `${failure.message}. Your bid is kept.`,
        `Sending the same bid again in ${Math.ceil(pause / 1000)} s, attempt ${attempt} of ${attempts}. It counts once.`));
    sessionStorage.removeItem(unsureKey(id));
    sessionStorage.removeItem(draftKey(id));
    panel().accepted(bid);
  } catch (failure) {
    if (failure.unknown) panel().doubt(amount);
    else {
      sessionStorage.removeItem(unsureKey(id));
      panel().refuse(failure);
    }
  } finally {
    underway.delete(id);
    answered = { id, amount, at: Date.now() };
    panel().update();
  }
}
