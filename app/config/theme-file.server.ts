import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readTheme, type Theme } from '~/ui/theme';

/** The name of a style sheet → its theme. */
export const themeFromFile = z.string().transform((path, context): Theme => {
  const css = contentOf(path);
  const { theme, faults } = css === null ? { theme: null, faults: ['is no file that can be read'] } : readTheme(css);
  for (const message of faults) context.addIssue({ code: 'custom', message });
  return theme && faults.length === 0 ? theme : z.NEVER;
});

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
