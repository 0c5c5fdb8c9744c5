import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Descriptions of third-party APIs. The folder's `README.md` names their owners. */
export const SPECS = join(import.meta.dirname, 'specs');

/** Reads an API description (YAML or JSON). */
export function readDescription(path: string): Json {
  const description: Json = parse(readFileSync(path, 'utf8'));
  return description;
}

/** Validators for the schemas of an OpenAPI 3.0 or 3.1 description, by name. */
export function validatorsOf(description: Json): (schema: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  // ajv-formats is CommonJS; its callable is the default export of the default export.
  addFormats.default(ajv);
  // In practice an unset address is "", which the published descriptions do not allow.
  ajv.addFormat('uri', { validate: (text: string) => text === '' || URL.canParse(text) });
  ajv.addSchema({ $id: 'api', ...objectIn(nullAsType(description)) });
  return (schema) => ajv.compile({ $ref: `api#/components/schemas/${schema}` });
}

/** Converts OpenAPI 3.0's `nullable: true` to a JSON Schema union with null. */
function nullAsType(node: Json): Json {
  if (Array.isArray(node)) return node.map(nullAsType);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, nullAsType(value)]));
  return nullable === true ? { anyOf: [inner, { type: 'null' }] } : inner;
}

const objectIn = (node: Json): { [key: string]: Json } =>
  typeof node === 'object' && node !== null && !Array.isArray(node) ? node : {};
