import { onMember } from './account.js';
import { feedUrl } from './api.js';

const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;
const QUIET_MILLIS = 20_000;

/**
 * Follows a live feed, from the event after `since` on if that is given, and comes back by itself after an interruption, to the event
 * after the last it has had.
 * Whoever logs in or out gets another feed: own events come only with the token.
 * onState hears connecting, live, waiting; onMessage each message; onGap that state may have been missed.
 */
export function follow(path, { onMessage, onState, onGap }, since = '') {
  let source;
  let timer;
  let quiet;
  let pause = FIRST_PAUSE_MILLIS;
  let lastSequence;
  let lastId = since;
  let interrupted = false;
  let readsAs;

  function connect() {
    clearTimeout(timer);
    source?.close();
    let opened = false;
    lastSequence = -1; // a restarted server may count anew
    onState(interrupted ? 'waiting' : 'connecting');
    readsAs = feedUrl(path, '');
    source = new EventSource(feedUrl(path, lastId));
    source.onopen = () => {
      opened = true;
      pause = FIRST_PAUSE_MILLIS;
      onState('live');
      if (interrupted) onGap();
    };
    source.onmessage = (event) => {
      lastId = event.lastEventId || lastId;
      let message;
      try {
        message = JSON.parse(event.data);
      } catch {
        return;
      }
      if (message.sequence < lastSequence) return;
      lastSequence = message.sequence;
      listen();
      onMessage(message);
    };
    source.onerror = () => {
      const refused = !opened && source.readyState === EventSource.CLOSED;
      source.close();
      interrupted = true;
      if (refused) onGap(); // if it is the token, asking drops it
      onState('waiting');
      clearTimeout(timer);
      timer = setTimeout(connect, pause * (0.75 + Math.random() / 2));
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    };
  }

  // A dead connection and a calm session look alike from here, so silence is checked by asking.
  function listen() {
    clearInterval(quiet);
    quiet = setInterval(onGap, QUIET_MILLIS);
  }

  function back() {
    if (document.visibilityState !== 'visible') return;
    if (source.readyState === EventSource.CLOSED) connect();
    else onGap();
  }

  connect();
  listen();
  const stopMember = onMember(() => feedUrl(path, '') !== readsAs && connect());
  addEventListener('online', connect);
  document.addEventListener('visibilitychange', back);
  return () => {
    stopMember();
    source.close();
    clearTimeout(timer);
    clearInterval(quiet);
    removeEventListener('online', connect);
    document.removeEventListener('visibilitychange', back);
  };
}
