import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Gate } from '../../app/agency/gate.server';
import { SPECS } from './openapi';

/** A question as it goes over the wire, and what came back. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** A gate that writes down what it is asked. */
export function recording(gate: Gate, asked: Exchange[]): Gate {
  return {
    ask: (question) => {
      asked.push({ method: question.method ?? 'GET', path: question.path, body: question.body });
      return gate.ask(question);
    },
    close: () => gate.close(),
  };
}

/** A JSON file of the folder of descriptions. */
export function official(path: string): unknown {
  const content: unknown = JSON.parse(readFileSync(join(SPECS, path), 'utf8'));
  return content;
}

/** Validators of a folder of JSON Schemas that name each other by relative paths. */
export function schemasIn(folder: string): (file: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, allowUnionTypes: true });
  const root = join(SPECS, folder);
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const content: unknown = name.endsWith('.json') ? official(join(folder, name)) : null;
    if (typeof content === 'object' && content !== null)
      ajv.addSchema({ ...content, $id: `https://specs.example/${name.replaceAll('\\', '/')}` });
  }
  return (file) => ajv.compile({ $ref: `https://specs.example/${file}` });
}

export function faultsOf(validate: ValidateFunction, body: unknown): string[] {
  validate(body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/**
 * Where a body has another shape than an example: a field that the example has and it lacks, or one of another type.
 * Null stands for any type, and of a list the first item counts.
 */
export function unlike(example: unknown, ours: unknown, at = ''): string[] {
  if (example === null || ours === null) return [];
  if (Array.isArray(example) || Array.isArray(ours)) {
    if (!Array.isArray(example) || !Array.isArray(ours)) return [`${at} is a list on one side only`];
    return example.length > 0 && ours.length > 0 ? unlike(example[0], ours[0], `${at}[]`) : [];
  }
  if (typeof example !== typeof ours) return [`${at} is ${typeof ours} and not ${typeof example}`];
  if (typeof example !== 'object' || typeof ours !== 'object') return [];
  const fields: Readonly<Record<string, unknown>> = { ...ours };
  return Object.entries(example).flatMap(([name, value]) =>
    name in fields ? unlike(value, fields[name], `${at}.${name}`) : [`${at}.${name} is missing`],
  );
}

/** Fields that a body has and the example of it has not. */
export function unknownFields(example: unknown, ours: unknown, at = ''): string[] {
  return unlike(ours, example, at).filter((fault) => fault.endsWith('is missing'));
}

/** The fields of an object; none of anything else. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
