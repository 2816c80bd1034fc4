import { heardDate, heardInstant } from './clock.js';

const TIMEOUT_MILLIS = 10_000;
const PAUSES_MILLIS = [500, 1000, 2000, 4000, 4000];
const LONGEST_PAUSE_MILLIS = 10_000;
const FILE_TIMEOUT_MILLIS = 120_000;
const STORED_TOKEN = 'turnwise.token';

/** What the server refused, in its own words. */
export class Problem extends Error {
  constructor(status, body, pauseMillis) {
    super(body?.title ?? `The server answered ${status}`);
    Object.assign(this, { status, pauseMillis, code: body?.code ?? '', detail: body?.detail ?? '' });
    this.errors = Array.isArray(body?.errors) ? body.errors : [];
  }
}

/** No answer, or not a whole one: what became of the request is unknown. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached');
    this.detail = 'Check your connection and try again.';
    this.errors = [];
  }
}

let token = sessionStorage.getItem(STORED_TOKEN);
let onExpired = () => {};
export const hasToken = () => token !== null;
export const whenExpired = (listener) => (onExpired = listener);

export function keepToken(value) {
  token = value;
  if (value === null) sessionStorage.removeItem(STORED_TOKEN);
  else sessionStorage.setItem(STORED_TOKEN, value);
}

/**
 * A feed from an event on. The token goes along, because own events come only with it; it stands in the address only here, because a
 * stream cannot send a header.
 */
export function feedUrl(path, since) {
  const query = new URLSearchParams();
  if (since !== '') query.set('since', since);
  if (token) query.set('access_token', token);
  const text = query.toString();
  return text ? `${path}${path.includes('?') ? '&' : '?'}${text}` : path;
}

/** randomUUID is missing where the page came over plain http. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function request(method, path, body, key) {
  const headers = { Accept: 'application/json, application/problem+json' };
  const used = token;
  if (used) headers.Authorization = `Bearer ${used}`;
  if (key) headers['Idempotency-Key'] = key;
  if (body) headers['Content-Type'] = 'application/json';
  const sent = Date.now();
  let response;
  let answer = null;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLIS);
    response = await fetch(path, { method, headers, signal, cache: 'no-store', body: body && JSON.stringify(body) });
    const text = await response.text();
    if (text && (response.headers.get('Content-Type') ?? '').includes('json')) answer = JSON.parse(text);
    else if (response.status === 200) throw new Unreachable(); // not our server: a portal or a proxy
  } catch {
    throw new Unreachable();
  }
  heardDate(response.headers.get('Date'), sent, Date.now());
  if (response.ok) {
    if (!response.headers.has('Idempotent-Replayed')) heardInstant(answer?.accepted_at, sent, Date.now());
    return answer;
  }
  const problem = new Problem(response.status, answer, pauseOf(response.headers.get('Retry-After')));
  if (problem.status === 401 && used && used === token && path !== 'api/auth/password') {
    keepToken(null);
    onExpired(method !== 'GET');
    if (method === 'GET' && path !== 'api/auth/me') return request(method, path);
  }
  throw problem;
}

function pauseOf(header) {
  if (!header) return null;
  const millis = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Math.min(LONGEST_PAUSE_MILLIS, Math.max(200, millis || 0));
}

/** A file that needs the token, as a blob. */
export async function getFile(path) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  let response;
  try {
    response = await fetch(path, { headers, cache: 'no-store', signal: AbortSignal.timeout(FILE_TIMEOUT_MILLIS) });
    if (response.ok) return await response.blob();
  } catch {
    throw new Unreachable();
  }
  throw new Problem(response.status, await response.json().catch(() => null), null);
}

export const get = (path) => request('GET', path);
export const post = (path, body) => request('POST', path, body, newKey());

/** Sends one write again, always under the same key, while nobody knows whether it was done. */
export async function postSurely(path, body, key, onPause) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await request('POST', path, body, key);
    } catch (failure) {
      const unknown = failure instanceof Unreachable || [502, 503, 504].includes(failure.status);
      if (!unknown || attempt === PAUSES_MILLIS.length) throw Object.assign(failure, { unknown });
      const pause = (failure.pauseMillis ?? PAUSES_MILLIS[attempt]) + Math.random() * 250;
      onPause({ failure, pause, attempt: attempt + 2, attempts: PAUSES_MILLIS.length + 1 });
      await new Promise((resume) => setTimeout(resume, pause));
    }
  }
}
