// The server's clock as seen from here. Every answer narrows the bounds of (server time - local time).
let low = -Infinity;
let high = Infinity;

function narrow(from, to) {
  low = Math.max(low, from);
  high = Math.min(high, to);
  if (low > high) [low, high] = [from, to]; // one of the clocks was set: start again
}

/** A Date header has whole seconds, and servers may keep it for one second more. */
export function heardDate(header, sent, received) {
  const at = Date.parse(header ?? '');
  if (at) narrow(at - received, at + 2000 - sent);
}

/** An instant the server took between request and answer, to the millisecond. */
export function heardInstant(text, sent, received) {
  const at = Date.parse(text ?? '');
  if (at) narrow(at - received, at - sent);
}

export const now = () => Date.now() + (high < Infinity ? (low + high) / 2 : 0);
export const until = (time) => Date.parse(time) - now();

const listeners = new Set();
setInterval(() => listeners.forEach((listener) => listener()), 250);

/** Calls back four times a second until the returned function is called. */
export function everyTick(listener) {
  listeners.add(listener);
  listener();
  return () => listeners.delete(listener);
}

export function span(millis) {
  const s = Math.max(0, Math.ceil(millis / 1000));
  const two = (n) => String(n).padStart(2, '0');
  if (s >= 172800) return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
  if (s >= 3600) return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return `${Math.floor(s / 60)}:${two(s % 60)}`;
}

const dayAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const timeOnly = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
export const moment = (time) => dayAndTime.format(new Date(time));
export const timeOfDay = (time) => timeOnly.format(new Date(time));
