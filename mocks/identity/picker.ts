import { fullName, type Person } from '../world/people';

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
  ul { list-style: none; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); }
  button { font: inherit; inline-size: 100%; min-block-size: 2.75rem; padding: .5rem .75rem; text-align: start; cursor: pointer;
    border: 1px solid #555; border-radius: .25rem; background: #fff; color: #111; }
  button:hover, button:focus-visible { outline: 3px solid #0b5cad; }
  button strong { display: block; }
  summary { min-block-size: 2.75rem; cursor: pointer; font-weight: bold; }`;

/**
 * The page on which a tester picks a person to sign in as: a form with a button for each, without password or scripts.
 *
 * @param acting the sign-ins of a person for another one
 * @param level the level of assurance of this sign-in
 */
export function pickerPage(
  people: readonly Person[],
  acting: readonly Acting[],
  action: string,
  level: string,
): string {
  const groups = [...new Set(people.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const members = people.filter((person) => person.group === group);
    const list = `<ul>${members.map(button).join('')}</ul>`;
    const hand = members.length <= 30;
    return hand
      ? `<section><h2>${escapeHtml(group)}</h2>${list}</section>`
      : `<details><summary>${escapeHtml(group)} (${members.length})</summary>${list}</details>`;
  });
  const others = `<section><h2>To act for another person</h2><ul>${acting.map(actingButton).join('')}</ul></section>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated sign-in</title><style>${STYLE}</style></head>
<body><main><h1>Simulated sign-in</h1>
<p>Nobody here is real. Choose whom you want to be. You sign in at level <strong>${escapeHtml(level)}</strong>.</p>
<form method="post" action="${escapeHtml(action)}">${sections.join('\n')}${others}</form></main></body></html>`;
}

const button = (person: Person) =>
  `<li><button name="person" value="${escapeHtml(person.slug)}"><strong><bdi>${escapeHtml(fullName(person))}</bdi></strong>` +
  `${escapeHtml(person.about)}</button></li>`;

interface Acting {
  readonly value: string;
  readonly person: Person;
  readonly represented: Person;
  readonly through?: string;
  readonly isUnknown?: true;
}

function actingButton({ value, person, represented, through, isUnknown }: Acting): string {
  const how = isUnknown
    ? 'By a pseudonym that no portal knows.'
    : through
      ? 'Through an office.'
      : 'By DigiD Machtigen.';
  const names = `<bdi>${escapeHtml(fullName(person))}</bdi> for <bdi>${escapeHtml(fullName(represented))}</bdi>`;
  return `<li><button name="person" value="${escapeHtml(value)}"><strong>${names}</strong>${how}</button></li>`;
}

/** Escapes text for HTML content and quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
