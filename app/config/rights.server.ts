import { z } from 'zod';
import { DEFAULT_TEXTS, type RoleTexts } from '~/model/case-role';
import { DEFAULT_RIGHTS, GRANTABLE, GUARANTEED, NEEDED, RIGHTS, type Right, type RightsTable } from '~/model/rights';
import { jsonFile } from './json-file.server';

/** Who may do what in a case, and the words by which the agency's roles are recognised. */
export interface CaseRights {
  readonly table: RightsTable;
  readonly texts: RoleTexts;
}

export const DEFAULT_CASE_RIGHTS: CaseRights = { table: DEFAULT_RIGHTS, texts: DEFAULT_TEXTS };

const rightsOf = (role: keyof RightsTable) =>
  z
    .array(z.enum(RIGHTS, { error: `is none of ${RIGHTS.join(', ')}` }))
    .superRefine((rights, context) => {
      for (const fault of faultsOf(role, rights)) context.addIssue({ code: 'custom', message: fault });
    })
    .optional();

function faultsOf(role: keyof RightsTable, rights: readonly Right[]): string[] {
  return [
    ...rights
      .filter((right) => !GRANTABLE[role].includes(right))
      .map((right) => `${right} can't be given to this role`),
    ...GUARANTEED[role].filter((right) => !rights.includes(right)).map((right) => `needs ${right}`),
    ...rights.flatMap((right) =>
      NEEDED[right].filter((needed) => !rights.includes(needed)).map((needed) => `${right} needs ${needed}`),
    ),
  ];
}

const words = z.array(z.string().trim().min(1)).optional();

/** A proxy ("advisor") and unknown roles have no place in it: they can't be given anything. */
const caseRightsGiven = z.strictObject({
  roles: z
    .strictObject({
      applicant: rightsOf('applicant'),
      representative: rightsOf('representative'),
      family: rightsOf('family'),
      sponsor: rightsOf('sponsor'),
      represents: rightsOf('represents'),
    })
    .prefault({}),
  texts: z
    .strictObject({
      former: words,
      outside: words,
      advisor: words,
      sponsor: words,
      family: words,
      representative: words,
      applicant: words,
    })
    .prefault({}),
});

/** The rights in a case. What the file leaves out stays as in `DEFAULT_CASE_RIGHTS`. */
export const caseRights = caseRightsGiven.transform(
  ({ roles, texts }): CaseRights => ({
    table: {
      applicant: roles.applicant ?? DEFAULT_RIGHTS.applicant,
      representative: roles.representative ?? DEFAULT_RIGHTS.representative,
      family: roles.family ?? DEFAULT_RIGHTS.family,
      sponsor: roles.sponsor ?? DEFAULT_RIGHTS.sponsor,
      advisor: [],
      represents: roles.represents ?? DEFAULT_RIGHTS.represents,
    },
    texts: {
      // Words that take rights away are added to ours, so that a file can't forget one.
      former: [...DEFAULT_TEXTS.former, ...(texts.former ?? [])],
      outside: [...DEFAULT_TEXTS.outside, ...(texts.outside ?? [])],
      advisor: [...DEFAULT_TEXTS.advisor, ...(texts.advisor ?? [])],
      sponsor: [...DEFAULT_TEXTS.sponsor, ...(texts.sponsor ?? [])],
      family: texts.family ?? DEFAULT_TEXTS.family,
      representative: texts.representative ?? DEFAULT_TEXTS.representative,
      applicant: texts.applicant ?? DEFAULT_TEXTS.applicant,
    },
  }),
);

/** The name of a JSON file → the same. */
export const rightsFromFile = jsonFile(caseRights, 'rights');
