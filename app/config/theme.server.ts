import { createHash } from 'node:crypto';
import { cssOf, over, type Theme, tokensIn } from '~/ui/theme';
import zicht from '~/ui/zicht.css?raw';
import type { Config } from './config.server';

const own = tokensIn(zicht);

/** The tokens in force: ours, overridden by the agency's. */
export const themeInForce = ({ THEME_FILE }: Pick<Config, 'THEME_FILE'>): Theme =>
  THEME_FILE ? over(own, THEME_FILE) : own;

/** The agency's mark, under an address that changes with its content; null without one. */
export function logoPicture({
  AGENCY_DIR: { logo },
}: Pick<Config, 'AGENCY_DIR'>): { readonly address: string; readonly svg: string } | null {
  return logo === null ? null : { address: `/theme/${hashOf(logo)}.svg`, svg: logo };
}

/** The agency's theme as a style sheet loaded after ours; null without one. Its address changes with its content. */
export function themeSheet(
  config: Pick<Config, 'THEME_FILE'>,
): { readonly address: string; readonly css: string } | null {
  if (!config.THEME_FILE) return null;
  const css = cssOf(themeInForce(config));
  return { address: `/theme/${hashOf(css)}.css`, css };
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
