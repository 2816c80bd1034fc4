import { me, onMember, openLogin } from './account.js';
import { get, hasToken } from './api.js';
import { strategyText, newDecisionList, newExplanation } from './decisions.js';
import { count, h, setText } from './dom.js';
import { follow } from './feed.js';
import { field, form } from './form.js';
import { newModel } from './model.js';
import { newStateChart, number } from './state.js';
import { newForgettingChart, newWordList } from './words.js';

const STEPS_MAX = 600;
const READ_EVERY_MILLIS = 1000;
const READ_AGAIN_MILLIS = 30_000;
const WAIT_MILLIS = 3000;
const WORDS = 50;
const FEEDS = { connecting: 'Connecting…', live: 'Live', waiting: 'Reconnecting…' };
const PHASES = { classify: 'Getting to know', explore: 'Trying out', normal: 'Known' };
const TYPES = { fast: 'fast learner', stable: 'steady learner', cautious: 'cautious learner' };

/** One learner, live: what is believed, what was served and why, what was learned, which words are due; `who` is null for one's own. */
export function learnerView(root, who) {
  document.title = `${who ?? 'Learning'} · Turnwise`;
  const whose = who === null ? '' : `user_id=${encodeURIComponent(who)}`;
  const of = (path) => `api/amas/${path}${whose && (path.includes('?') ? '&' : '?')}${whose}`;
  const page = newPage(who, choose, chooseWord);
  const told = { steps: [], step: null, words: null, word: null, wordChosen: false };
  let gone = false;
  let unfollow = null;
  let timer;
  let frame = 0;
  root.append(page.element);

  async function begin() {
    clearTimeout(timer);
    if (gone || unfollow) return;
    if (!hasToken()) {
      page.tell(`Log in to see how ${who === null ? 'you learn' : 'others learn'}`, 'What was served, why, and what was learned from it.',
        h('button.primary', { type: 'button', onclick: () => openLogin() }, 'Log in'));
      return;
    }
    try {
      const model = await get(of('model'));
      if (gone || unfollow) return;
      if (!model.initialized) {
        page.tell('Nothing has been answered yet', `This page begins by itself with the first answer of ${who ?? 'yours'}, sent to `
          + 'POST /api/amas/process or played by turnwise learner replay.');
        timer = setTimeout(begin, WAIT_MILLIS);
        return;
      }
      page.open();
      page.show(model);
      unfollow = follow(of('events'), { onMessage, onState, onGap: readSoon }, String(Math.max(0, model.version - STEPS_MAX)));
      readSoon();
    } catch (failure) {
      failed(failure);
    }
  }

  function failed(failure) {
    if (gone) return;
    if (failure.status === 403) {
      page.tell('Only admins may look at other learners', 'Log in as an admin, or look at your own.', h('a', { href: '#/learner' }, 'Your own'));
    } else if (failure.status === 400) {
      page.tell('There can be no such learner', 'A learner is named by the subject of the token that answers. The link may be mistyped.');
    } else if (failure.status === 401) {
      begin();
    } else {
      page.tell(failure.message, 'Trying again…');
      timer = setTimeout(begin, WAIT_MILLIS);
    }
  }

  function onState(state) {
    page.feed.className = `feed ${state}`;
    setText(page.feed, FEEDS[state]);
  }

  function onMessage({ type, data }) {
    if (type === 'decision_made') {
      told.steps.push(data);
      if (told.steps.length > STEPS_MAX) told.steps.splice(0, told.steps.length - STEPS_MAX);
      if (!told.steps.includes(told.step)) told.step = null;
    } else if (type === 'learner_erased') {
      restart();
      return;
    } else if (type === 'learner_reset') {
      Object.assign(told, { steps: [], step: null, word: null, wordChosen: false });
    } else {
      page.count(data);
    }
    drawSoon();
    readSoon();
  }

  /** Many messages may come within one frame. */
  function drawSoon() {
    if (!frame) frame = requestAnimationFrame(() => { frame = 0; if (!gone) draw(); });
  }

  function draw() {
    const shown = told.step ?? told.steps.at(-1) ?? null;
    page.state.show(told.steps, told.step ? told.steps.indexOf(told.step) : -1);
    page.decisions.show(told.steps, shown);
    page.explanation.show(shown);
    page.follow.hidden = !told.step;
    const all = told.steps.length === 0 || number(told.steps[0]) === 1;
    if (told.steps.length) page.serve(told.steps.at(-1).strategy);
    setText(page.range, `${all ? '' : 'the last '}${count(told.steps.length)} ${told.steps.length === 1 ? 'answer' : 'answers'}`);
  }

  /** The newest is followed until another is chosen, and again when it is chosen. */
  function choose(step) {
    const found = typeof step === 'number' ? told.steps[step] : step;
    told.step = found === told.steps.at(-1) ? null : found;
    draw();
  }

  function chooseWord(word) {
    told.word = word;
    told.wordChosen = true;
    page.words.show(told.words, word);
    readWord().catch(() => {}); // what is shown stays; the next round tries again
  }

  async function readWord() {
    const { word } = told;
    const forgetting = word === null ? null : await get(of(`words/${encodeURIComponent(word)}/forgetting`)).catch((failure) => {
      if (failure.status !== 404) throw failure;
      told.wordChosen = false; // it was forgotten with all the rest
      return null;
    });
    if (!gone && word === told.word) page.forgetting.show(forgetting);
  }

  // Model and words are read at most once a second, one reading at a time, and only while somebody sees them.
  const reading = { timer: null, busy: false, late: false };
  function readSoon() {
    reading.late = true;
    if (reading.timer || reading.busy || gone || document.visibilityState !== 'visible') return;
    reading.timer = setTimeout(read, reading.fresh ? READ_EVERY_MILLIS : 0);
    reading.fresh = true;
  }

  async function read() {
    Object.assign(reading, { timer: null, busy: true, late: false });
    try {
      const [model, words] = await Promise.all([get(of('model')), get(of(`words?limit=${WORDS}`))]);
      if (gone) return;
      if (!model.initialized) { // erased, while nothing could be heard of it
        if (unfollow) restart();
        return;
      }
      if (!told.wordChosen) told.word = words.words[0]?.word_id ?? null;
      told.words = words;
      page.show(model);
      page.words.show(words, told.word);
      await readWord();
    } catch (failure) {
      if ([401, 403].includes(failure.status)) restart();
    } finally {
      reading.busy = false;
      if (reading.late) readSoon();
    }
  }

  function restart() {
    unfollow?.();
    unfollow = null;
    Object.assign(told, { steps: [], step: null, word: null, wordChosen: false });
    begin();
  }

  const seen = () => document.visibilityState === 'visible' && unfollow && readSoon();
  document.addEventListener('visibilitychange', seen);
  const regular = setInterval(seen, READ_AGAIN_MILLIS);
  page.follow.addEventListener('click', () => choose(told.steps.length - 1));
  let member = me()?.user_id;
  const stopMember = onMember(() => {
    page.member();
    if (!unfollow || (member && me()?.user_id !== member)) restart();
    member = me()?.user_id;
  });
  page.member();
  begin();
  return () => {
    gone = true;
    unfollow?.();
    stopMember();
    clearTimeout(timer);
    clearTimeout(reading.timer);
    clearInterval(regular);
    cancelAnimationFrame(frame);
    document.removeEventListener('visibilitychange', seen);
    page.stop();
  };
}

/** The parts of the page, and how each is filled. */
function newPage(who, choose, chooseWord) {
  const note = h('div.empty', { role: 'status' }, 'Loading the learner…');
  const part = {
    feed: h('span.feed', { role: 'status' }), range: h('span.number'), served: h('p.serving'), other: h('div'),
    follow: h('button.link', { type: 'button', hidden: true }, 'Follow the newest'),
    phase: h('dd'), answers: h('dd'), words: h('dd'), updates: h('dd'),
  };
  const state = newStateChart(choose);
  const decisions = newDecisionList(choose);
  const explanation = newExplanation();
  const model = newModel();
  const words = newWordList(chooseWord);
  const forgetting = newForgettingChart();
  const figure = (name, value) => h('div', {}, h('dt', {}, name), value);
  const body = h('div.learner', { hidden: true },
    h('section.hero', { 'aria-label': 'Now' },
      h('div', {}, h('span.caption', {}, 'Serving now'), part.served),
      h('dl.figures', {}, figure('Phase', part.phase), figure('Answers', part.answers), figure('Words', part.words),
        figure('Model updates', part.updates))),
    h('section.panel.wide-panel', {},
      h('div.panel-head', {}, h('h2', {}, 'What is believed ', part.range), part.follow), state.element),
    h('section.panel', {}, h('div.panel-head', {}, h('h2', {}, 'What was served')), decisions.element),
    explanation.element,
    model.element,
    words.element,
    forgetting.element);
  const element = h('article.learner-page', {},
    h('div.crumb', {}, who === null ? h('span') : h('a', { href: '#/learner' }, '← Your own'), part.feed),
    h('div.intro', {}, h('h1', {}, who === null ? 'How you learn' : h('bdi', {}, who)), part.other), note, body);

  return {
    element, ...part, state, decisions, explanation, words, forgetting,
    tell(title, detail, ...more) {
      body.hidden = true;
      note.hidden = false;
      note.replaceChildren(h('h2', {}, title), h('p', {}, detail), ...more);
    },
    open() {
      note.hidden = true;
      body.hidden = false;
    },
    serve(strategy) {
      setText(part.served, strategyText(strategy));
    },
    count(update) {
      setText(part.answers, count(update.answers));
      setText(part.words, count(update.words));
      setText(part.updates, count(update.update_count));
    },
    show(next) {
      setText(part.phase, PHASES[next.phase] + (next.learner_type ? `: ${TYPES[next.learner_type]}` : ''));
      this.serve(next.strategy);
      this.count(next);
      model.show(next);
      explanation.knows(next.thompson.actions);
    },
    /** Admins may look at others. */
    member() {
      part.other.replaceChildren(...(me()?.role === 'admin' ? [otherLearner()] : []));
    },
    stop() {
      state.stop();
      forgetting.stop();
    },
  };
}

function otherLearner() {
  const subject = field('subject', 'Learner (the subject of a token)',
    { required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' });
  const open = async ({ subject: id }) => { location.hash = `#/learner/${encodeURIComponent(id)}`; };
  return h('details.other', {}, h('summary', {}, 'Look at another learner'), form([subject], 'Open', open));
}
