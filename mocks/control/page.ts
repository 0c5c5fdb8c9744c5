import { APIS, FAULTS, type FaultSwitch } from '../faults';
import { escapeHtml } from '../identity/picker';
import type { Contacts } from '../klantinteracties/contacts';
import type { Planner } from '../planner/bookings';
import { PRODUCTS } from '../planner/calendar';
import type { World } from '../world/world';

/** What the switches act on. */
export interface Switched {
  readonly world: World;
  readonly planner: Planner;
  readonly faults: FaultSwitch;
  readonly contacts: Contacts;
}

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 50rem; padding: 1rem; }
  form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin-block: .5rem; }
  button, select, input { font: inherit; min-block-size: 2.75rem; padding-inline: .5rem; }
  label { display: inline-flex; gap: .5rem; align-items: center; }`;

/** The page with the same switches as the control API, for people. */
export function controlPage({ world, planner, faults, contacts }: Switched): string {
  const rows = APIS.map((api) => {
    const choices = FAULTS.filter((fault) => fault !== 'foreign' || api === 'cases');
    const choice = (fault: string) => option(fault, fault === faults.get(api));
    return form(
      'faults',
      `<input type="hidden" name="api" value="${api}"><label>${api} <select name="fault">${choices.map(choice).join('')}</select></label>`,
      'Set',
    );
  });
  const now = world.clock.now().toString({ smallestUnit: 'second' });
  const bookings = planner
    .bookings()
    .map(
      ({ code, desk, product, slot }) =>
        `<li>${escapeHtml(`${slot.date} ${slot.startTime} ${desk} ${product} ${code}`)}</li>`,
    );
  const calls = contacts
    .all()
    .map(({ fields }) => `<li>${escapeHtml(`${fields.plaatsgevondenOp} ${fields.kanaal}: ${fields.onderwerp}`)}</li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated agency</title><style>${STYLE}</style></head>
<body><main><h1>Simulated agency</h1>
<h2>Faults</h2>${rows.join('\n')}
<h2>Clock</h2><p>It is now ${now}.</p>
${form('clock', `<label>Set to <input name="now" value="${now}"></label>`, 'Set')}
${form('clock', '<label>Minutes on <input name="advanceMinutes" type="number" value="60"></label>', 'Move')}
<h2>Planner</h2>
${form(
  'planner/empty',
  `<label>Product <select name="product">${PRODUCTS.map((product) => option(product, false)).join('')}</select></label>
   <label>Free times <select name="empty">${option('true', true, 'none')}${option('false', false, 'as planned')}</select></label>`,
  'Set',
)}
<ul>${bookings.join('') || '<li>No bookings.</li>'}</ul>
<h2>Contacts</h2>
${form('contacts/lose', '', 'Lose the next answer to a write')}
<ul>${calls.join('') || '<li>No contacts.</li>'}</ul>
<h2>Everything</h2>${form('reset', '', 'Back to the start')}
<p><a href="/control/people">People</a></p></main></body></html>`;
}

const form = (path: string, fields: string, label: string) =>
  `<form method="post" action="/control/${path}">${fields}<button>${label}</button></form>`;
const option = (value: string, selected: boolean, text = value) =>
  `<option value="${value}"${selected ? ' selected' : ''}>${text}</option>`;
