import type { z } from 'zod';
import { readTheme } from '~/ui/theme';
import type { AgencyFiles } from './agency-files.server';
import type { General } from './agency-general.server';
import type { DecidedSettings } from './decided.server';
import { desks } from './desks.server';
import { caseRights } from './rights.server';
import type { signInFile } from './sign-in-file.server';

/** What the folder says of things for which there are settings too. */
export function decidedIn(
  files: AgencyFiles,
  general: General,
  signIn: z.output<typeof signInFile> | null,
): DecidedSettings {
  const { sessions, emergencies } = general;
  return {
    AGENCY_NAME: general.name,
    AGENCY_PHONE: general.phone,
    AGENCY_ZONE: general.zone,
    THEME_FILE: themeIn(files),
    DESKS_FILE: files.read('desks.json', desks) ?? undefined,
    RIGHTS_FILE: files.read('rights.json', caseRights) ?? undefined,
    STAFF_ROLES: signIn?.staffRoles,
    OIDC_CLAIMS: signIn?.claims,
    OIDC_ASSURANCE: signIn?.assurance,
    RETENTION: general.retention,
    FEWER_MAY_COME: general.fewerMayCome,
    QUICK_EXIT_URL: general.quickExit,
    HOLD_MINUTES: general.holdMinutes,
    SESSION_IDLE_MINUTES: sessions?.applicant?.idle,
    SESSION_ABSOLUTE_MINUTES: sessions?.applicant?.absolute,
    SESSION_IDLE_MINUTES_ADVISOR: sessions?.advisor?.idle,
    SESSION_ABSOLUTE_MINUTES_ADVISOR: sessions?.advisor?.absolute,
    SESSION_IDLE_MINUTES_STAFF: sessions?.staff?.idle,
    SESSION_ABSOLUTE_MINUTES_STAFF: sessions?.staff?.absolute,
    SESSION_IDLE_MINUTES_SHARED: sessions?.sharedIdle,
    EMERGENCIES_OPEN: emergencies?.open,
    EMERGENCIES_A_DAY: emergencies?.aDay,
  };
}

function themeIn(files: AgencyFiles): DecidedSettings['THEME_FILE'] {
  const css = files.text('theme.css');
  if (css === null) return undefined;
  const { theme, faults } = readTheme(css);
  for (const fault of faults) files.addFault('theme.css', fault);
  return theme;
}

const LOGO_BYTES = 32_768;

/** The agency's mark as SVG; null without one. A picture that could run or fetch anything is a fault. */
export function logoIn(files: AgencyFiles): string | null {
  const svg = files.text('logo.svg');
  if (svg === null) return null;
  if (!/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/.test(svg)) files.addFault('logo.svg', 'is no SVG');
  if (Buffer.byteLength(svg) > LOGO_BYTES) files.addFault('logo.svg', `is larger than ${LOGO_BYTES / 1024} KiB`);
  if (/<script|<foreignObject|<!ENTITY|\son\w+\s*=|javascript:/i.test(svg))
    files.addFault('logo.svg', 'must hold no script');
  if (/(href|src)\s*=\s*["'](?!#|data:image\/)|url\(\s*["']?(?!#)|@import/i.test(svg))
    files.addFault('logo.svg', 'must fetch nothing');
  return svg;
}
