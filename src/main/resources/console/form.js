import { h, say } from './dom.js';

let serial = 0;

/** A labelled input or select with room for the server's word on it. */
export function field(name, label, props = {}, options = null) {
  const id = `f${++serial}`;
  const control = { id, name, 'aria-describedby': `${id}e`, ...props };
  const input = options
    ? h('select', control, options.map(([value, text]) => h('option', { value }, text)))
    : h(props.rows ? 'textarea' : 'input', control);
  const error = h('span.error', { id: `${id}e` });
  return { name, input, error, element: h('div.field', {}, h('label', { for: id }, label), input, error) };
}

/** A problem as title and detail; `box` is a live region. */
export function showProblem(box, problem) {
  box.className = 'answer bad';
  // the title only names the status; the detail says what to do
  box.replaceChildren(h('strong', {}, problem.detail || problem.message));
}

/** A form that sends once per click, says what the server refused beside the field it means, and stays usable by keyboard. */
export function form(fields, label, send, ...extra) {
  const box = h('div.answer', { role: 'alert', hidden: true });
  const button = h('button.primary', { type: 'submit' }, label);
  let sending = false;
  async function submit(event) {
    event.preventDefault();
    if (sending) return;
    sending = true;
    button.setAttribute('aria-busy', 'true');
    box.hidden = true;
    fields.forEach((one) => mark(one, ''));
    try {
      await send(Object.fromEntries(fields.map((one) => [one.name, one.input.value])));
    } catch (problem) {
      box.hidden = false;
      showProblem(box, problem);
      for (const { field: name, detail } of problem.errors ?? []) {
        const meant = fields.find((one) => one.name === name);
        if (meant) mark(meant, detail);
        else box.append(h('span', {}, detail));
      }
      const wrong = fields.filter((one) => one.input.hasAttribute('aria-invalid'));
      wrong.forEach((one) => one.input.closest('details')?.setAttribute('open', ''));
      wrong[0]?.input.focus();
    } finally {
      sending = false;
      button.removeAttribute('aria-busy');
    }
  }
  return h('form.stack', { onsubmit: submit }, fields.map((one) => one.element), box, button, extra);
}

function mark(one, detail) {
  one.error.textContent = detail;
  if (detail) one.input.setAttribute('aria-invalid', 'true');
  else one.input.removeAttribute('aria-invalid');
}

/** A button that asks once more before it acts. */
export function sureButton(label, act) {
  let armed;
  const button = h('button.plain', { type: 'button' }, label);
  const rest = () => {
    armed = clearTimeout(armed);
    button.textContent = label;
    button.classList.remove('armed');
  };
  button.addEventListener('click', () => {
    if (armed) {
      rest();
      act();
      return;
    }
    button.textContent = `Sure? ${label}`;
    button.classList.add('armed');
    say(`Press again: ${label}`);
    armed = setTimeout(rest, 4000);
  });
  return button;
}
