import { me } from './account.js';
import { getFile, newKey, postSurely } from './api.js';
import { h, say } from './dom.js';
import { field, form, showProblem, sureButton } from './form.js';

/** What an admin does with a session that is not over yet, and its bids as a file. `view` is what the session's page knows. */
export function operatorPanel(id, view, reload) {
  const path = encodeURIComponent(id);
  const answer = h('div.answer', { role: 'alert', hidden: true });
  const send = (verb, body) => postSurely(`api/admin/sessions/${path}/${verb}`, body, newKey(), () => {}).then(reload);

  /** Does something that has no form, and says what was refused. */
  const tried = (act) => async () => {
    answer.hidden = true;
    try {
      await act();
    } catch (problem) {
      answer.hidden = false;
      showProblem(answer, problem);
    }
  };

  async function saveBids() {
    const url = URL.createObjectURL(await getFile(`api/sessions/${path}/bids.csv`));
    h('a', { href: url, download: `${id}-bids.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  const why = field('reason', 'Reason (optional)', { maxlength: 1000, autocomplete: 'off' });
  const pauseForm = form([why], 'Pause', async ({ reason }) => {
    await send('pause', reason ? { reason } : {});
    why.input.value = '';
    pause.open = false;
  });
  const pause = h('details', {}, h('summary', {}, 'Pause bidding'), pauseForm);

  const known = h('datalist', { id: 'bidders' });
  const bidder = field('user_id', 'Bidder (user id)', { required: true, autocomplete: 'off', list: 'bidders', spellcheck: 'false' });
  const cause = field('reason', 'Reason', { required: true, maxlength: 1000, autocomplete: 'off' });
  const retracted = h('span');
  let asked = '';
  const ask = (text) => {
    asked = text;
    retractForm.querySelector('button').textContent = text ? 'Sure? Retract' : 'Retract';
    retractForm.querySelector('button').classList.toggle('armed', text !== '');
  };
  const retractForm = form([bidder, cause], 'Retract', async (typed) => {
    retracted.textContent = '';
    if (asked !== JSON.stringify(typed)) { // another bidder or reason is asked about anew
      ask(JSON.stringify(typed));
      say('Press again: Retract');
      return;
    }
    ask('');
    await send('retract', typed);
    bidder.input.value = cause.input.value = '';
    retracted.textContent = 'The bid is off the board.';
  }, h('p.note', { role: 'status' }, retracted), known);
  retractForm.addEventListener('input', () => ask(''));
  const retract = h('details', {}, h('summary', {}, 'Retract a bid'), retractForm);

  const resume = h('button.primary', { type: 'button', onclick: tried(() => send('resume')) }, 'Resume');
  const close = sureButton('Close now', tried(() => send('close')));
  const cancel = sureButton('Cancel session', tried(() => send('cancel')));
  const file = h('button.plain', { type: 'button', onclick: tried(saveBids) }, 'Bids as CSV');
  const element = h('section.panel.operator', { hidden: true }, h('h2', {}, 'Operator'),
    h('div.buttons', {}, resume, close, cancel, file), answer, pause, retract);

  function update() {
    const { state } = view.session;
    const underWay = state === 'open' || state === 'paused';
    element.hidden = me()?.role !== 'admin';
    resume.hidden = state !== 'paused';
    pause.hidden = state !== 'open';
    close.hidden = retract.hidden = !underWay;
    cancel.hidden = !underWay && state !== 'scheduled';
    const rows = view.board.leaderboard;
    if (known.children.length !== rows.length || rows.some((row, i) => known.children[i].value !== row.user_id)) {
      known.replaceChildren(...rows.map((row) => h('option', { value: row.user_id }, row.username)));
    }
  }
  return { element, update };
}
