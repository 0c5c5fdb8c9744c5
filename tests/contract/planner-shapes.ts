import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Gate } from '../../app/agency/gate.server';
import { SPECS } from './openapi';

/** A request as sent to a planner. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Wraps a gate and records each request. */
export function recording(gate: Gate, requests: Exchange[]): Gate {
  return {
    ask: (request) => {
      requests.push({ method: request.method ?? 'GET', path: request.path, body: request.body });
      return gate.ask(request);
    },
    close: () => gate.close(),
  };
}

/** Reads a JSON file from the folder of API descriptions. */
export function official(path: string): unknown {
  const content: unknown = JSON.parse(readFileSync(join(SPECS, path), 'utf8'));
  return content;
}

/** Validators for a folder of JSON Schemas that refer to each other by relative paths. */
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
 * Lists where a body's shape differs from an example: a missing field or another type. Null matches any type. Of a
 * list, only the first item is compared.
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

/** Lists the body's fields that the example does not have. */
export function unknownFields(example: unknown, ours: unknown, at = ''): string[] {
  return unlike(ours, example, at).filter((fault) => fault.endsWith('is missing'));
}

/** The fields of an object; empty for any other value. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
