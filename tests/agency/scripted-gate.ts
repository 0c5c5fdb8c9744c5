import { readAs } from '../../app/agency/field-values.server';
import type { Answer, Gate, Question } from '../../app/agency/gate.server';

/** A backend's reply: a body (a string is sent as text, the rest as JSON) with a status, or no answer at all. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly lost?: true;
  readonly unsent?: true;
}

export interface ScriptedQuestion {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A gate without a network. Parses replies as the real gate does, and keeps the requests. */
export function scriptedGate(answer: (question: ScriptedQuestion) => ScriptedAnswer): {
  readonly gate: Gate;
  readonly asked: ScriptedQuestion[];
} {
  const asked: ScriptedQuestion[] = [];
  async function ask<T>(question: Question<T>): Promise<Answer<T>> {
    const plain = { method: question.method ?? 'GET', path: question.path, body: question.body ?? question.form };
    asked.push(plain);
    const { status = 200, headers = {}, body, lost, unsent } = answer(plain);
    if (unsent) return { ok: false, why: 'down', unsent };
    if (lost) return { ok: false, why: 'late' };
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? null);
    const named = question.reasonHeaders?.filter((name) => headers[name]) ?? [];
    const reason = Object.fromEntries(named.map((name) => [name, headers[name] ?? '']));
    if (status >= 400 && named.length > 0) return { ok: false, why: 'refused', status, body: text, reason };
    if (status >= 500) return { ok: false, why: 'failed', status };
    if (status >= 400) return { ok: false, why: 'refused', status, body: text };
    const parsed = parsedText(question.unwrap ? question.unwrap(text) : text, question.schema);
    return parsed === null
      ? { ok: false, why: 'malformed' }
      : { ok: true, value: parsed.value, headers: { ...headers } };
  }
  return { gate: { ask, close: async () => undefined }, asked };
}

/** As the real gate reads a body. */
function parsedText<T>(text: string, schema: Question<T>['schema']): { readonly value: T } | null {
  try {
    const parsed = readAs(schema, text === '' ? null : JSON.parse(text));
    return parsed.success ? { value: parsed.data } : null;
  } catch {
    return null;
  }
}
