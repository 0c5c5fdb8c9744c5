import type { Language } from '../../app/model/language';
import { wordsOf } from './words';

/** What a cause of contact ends in on a page; null: the person has to call or come. */
type End = 'answer' | 'date' | 'act' | null;
export type Ends = Readonly<Record<string, End>>;

/** The texts by which a page of a language is judged. */
type JudgedWords = ReturnType<typeof judgedWords>;

const OUTCOMES = ['granted', 'partly-granted', 'refused', 'closed', 'ended', 'unknown'] as const;

export function judgedWords(language: Language) {
  const t = wordsOf(language);
  return {
    outcomes: OUTCOMES.map((outcome) => t(`case:answer.outcome.${outcome}.title`)),
    granted: t('case:answer.outcome.granted.title'),
    unknown: t('case:answer.outcome.unknown.title'),
    proof: t('case:answer.outcome.unknown.text'),
    withdrawn: t('case:answer.withdrawn'),
    letter: t('case:answer.way.letter'),
    desk: t('case:visit.title'),
    step: t('case:next.title'),
    remedy: t('case:answer.remedy.title'),
    period: t('case:period.title'),
    late: [t('case:period.whatIfLate'), t('case:period.whatNow')],
  };
}

/**
 * Runs in the browser: the amber parts of a page that ask nothing of the reader. Amber says "you must act", so each has a
 * date, or something to open, press or send.
 */
export function idleAmber(html: string): string[] {
  const page = new DOMParser().parseFromString(html, 'text/html');
  return [...page.querySelectorAll('main :is(.notice--care, .card--main)')]
    .filter((part) => !/\p{Nd}/u.test(part.textContent ?? '') && !part.querySelector('a[href], button, .ways li'))
    .map((part) => (part.textContent ?? '').slice(0, 80));
}

/**
 * Runs in the browser: what each cause of contact ends in on a case page.
 *
 * @param html the page as the server sent it; null for the page that is open
 */
export function endsOn({ html, words }: { readonly html: string | null; readonly words: JudgedWords }): Ends {
  const page = html === null ? document : new DOMParser().parseFromString(html, 'text/html');
  const main = page.querySelector('main') as HTMLElement;
  const task = main.querySelector('.card--main');
  const titled = (title: string) =>
    [...main.querySelectorAll('section')].find((section) => section.querySelector('h2')?.textContent === title);
  const isDated = (element: Element | null | undefined) => /\p{Nd}/u.test(element?.textContent ?? '');
  const says = (text: string) => (main.textContent ?? '').includes(text);
  const heading = main.querySelector('h1')?.textContent ?? '';
  const isOver = says(words.withdrawn);
  const isDecided = words.outcomes.includes(heading);
  // The agency's own words for a result that the portal has none for.
  const isKnown = isDecided && (heading !== words.unknown || main.querySelector('p [translate], p [lang]') !== null);

  const law = [...main.querySelectorAll('.notice, .card--fold h2')].some(isDated);
  const ready: End = isKnown || isOver ? 'answer' : isDated(main.querySelector('.wait__dates')) || law ? 'date' : null;
  const wayOfTask = task?.querySelector('a[href], .ways li, form') ?? null;
  const todo: End = wayOfTask ? 'act' : isDated(task) ? 'date' : null;
  const remedy = titled(words.remedy);
  const decided: End = isKnown ? (isDated(remedy) ? 'date' : 'answer') : null;

  return {
    'where is it and when is it ready': ready,
    'nobody answers the phone': todo ?? ready,
    'a time at a desk': main.querySelector('a[href$="/appointment"], a[href*="/bookings/"]')
      ? 'act'
      : says(words.desk) || isDecided || isOver
        ? 'answer'
        : todo,
    'proof of status': main.querySelector('a[href$="/statement"]')
      ? 'act'
      : isKnown || isOver || says(words.proof)
        ? 'answer'
        : null,
    'a letter is lost or late': main.querySelector('a[href*="/letters/"]')
      ? 'act'
      : isDecided
        ? decided
        : task
          ? todo
          : titled(words.step) || isOver
            ? 'answer'
            : null,
    'nothing moves': words.late.some(says) && law ? 'act' : ready,
    'papers: which, where and until when': task?.querySelector('ul:not(.ways)') ? (wayOfTask ? 'act' : null) : 'answer',
    'late or refused, and what now': isDecided
      ? isDated(remedy)
        ? 'date'
        : heading === words.granted || !remedy
          ? 'answer'
          : null
      : words.late.some(says)
        ? 'date'
        : isOver || titled(words.period)
          ? 'answer'
          : null,
  };
}
