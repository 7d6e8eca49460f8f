/** The job that has search learn how an organisation is called now. The room that is found by the name defines it. */
export const ORGANISATION_RENAMED = 'members/organisation-renamed';
export interface OrganisationRenamed {
  organisation: string;
}
