import { get, hasToken, keepToken, post, Problem, whenExpired } from './api.js';
import { count, h, say, setText } from './dom.js';
import { field, form } from './form.js';

/** Who is logged in, or null. Listeners hear every change. */
let member = null;
const listeners = new Set();
export const me = () => member;

export function onMember(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next) {
  member = next;
  listeners.forEach((listener) => listener());
}

export async function recall() {
  if (!hasToken()) return;
  try {
    become(await get('api/auth/me'));
  } catch (failure) {
    if (!(failure instanceof Problem)) setTimeout(recall, 3000);
  }
}

whenExpired((acting) => {
  become(null);
  if (acting) openLogin('Your login has expired. Log in again, nothing you typed is lost.');
});

function logOut() {
  keepToken(null);
  Object.keys(sessionStorage).filter((key) => key.startsWith('turnwise.')).forEach((key) => sessionStorage.removeItem(key));
  become(null);
  say('Logged out');
}

function dialog(title, ...content) {
  const close = h('button.icon', { type: 'button', 'aria-label': 'Close', onclick: () => box.close() }, '×');
  const heading = h('h2', { id: 'dialog-title' }, title);
  const box = h('dialog', { 'aria-labelledby': 'dialog-title' }, h('div.dialog-head', {}, heading, close), ...content);
  box.addEventListener('close', () => box.remove());
  box.addEventListener('mousedown', (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return { box, heading };
}

export function openLogin(reason) {
  if (document.querySelector('dialog')) return;
  const note = h('p.note', { hidden: !reason }, reason ?? '');
  const body = h('div');
  const { box, heading } = dialog('', note, body);

  function show(registering) {
    setText(heading, registering ? 'Create an account' : 'Log in');
    const username = field('username', 'Username', { autocomplete: 'username', required: true, autocapitalize: 'none', spellcheck: 'false' });
    const password = field('password', 'Password', {
      type: 'password', required: true, autocomplete: registering ? 'new-password' : 'current-password',
    });
    const email = field('email', 'E-mail (optional)', { type: 'email', autocomplete: 'email' });
    const fields = registering ? [username, password, email] : [username, password];
    const other = h('button.link', { type: 'button', onclick: () => show(!registering) },
      registering ? 'I have an account: log in' : 'New here? Create an account');
    body.replaceChildren(form(fields, registering ? 'Create account' : 'Log in', async (typed) => {
      const { username: name, password: secret } = typed;
      if (registering) await post('api/auth/register', { username: name, password: secret, ...(typed.email && { email: typed.email }) });
      const answer = await post('api/auth/login', { username: name, password: secret });
      keepToken(answer.access_token);
      become(await get('api/auth/me'));
      box.close();
      say(`Logged in as ${name}`);
    }, other));
    username.input.focus();
  }
  show(false);
}

export function openAccount() {
  const before = field('old_password', 'Current password', { type: 'password', required: true, autocomplete: 'current-password' });
  const after = field('new_password', 'New password', { type: 'password', required: true, autocomplete: 'new-password' });
  const changed = h('p.answer.good', { role: 'status', hidden: true });
  const change = form([before, after], 'Change password', async (typed) => {
    changed.hidden = true;
    await post('api/auth/password', typed);
    before.input.value = after.input.value = '';
    changed.hidden = false;
    changed.textContent = 'Your password is changed.';
  }, changed);
  const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, h('bdi', {}, value)));
  const { box } = dialog('Your account',
    h('dl.facts', {},
      fact('Username', member.username),
      member.email && fact('E-mail', member.email),
      fact('Role', member.role),
      fact('Member weight', count(member.weight))),
    h('details', {}, h('summary', {}, 'Change password'), change),
    h('button.plain.wide', { type: 'button', onclick: () => { box.close(); logOut(); } }, 'Log out'));
}
