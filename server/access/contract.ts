import { z } from 'zod';
import { Id } from '../http/contract.ts';

/** Roles in an organisation; a member may hold several. */
export const organisationRoles = ['teacher', 'author', 'reviewer', 'organisation-admin'] as const;
/** Roles in the whole group. */
export const groupRoles = ['curator', 'group-admin'] as const;

/** Who may see what is published: the author alone, an organisation, named ones, the whole group, or everybody. */
export const scopes = ['self', 'organisation', 'organisations', 'group', 'public'] as const;

export const Audience = z
  .strictObject({
    scope: z.enum(scopes),
    /** Only with `organisations`: those that may see it, beside the own one. */
    organisations: z.array(Id).max(200).optional(),
  })
  .refine((audience) => audience.scope !== 'organisations' || (audience.organisations?.length ?? 0) > 0, {
    path: ['organisations'],
    error: 'organisations',
  });
export type Audience = z.infer<typeof Audience>;
