/** Closed lists of the contracts, by name, for components that draw them. */
export type Kind = 'courseware' | 'textbook' | 'xr';
export type Licence =
  | 'cc-by-4.0'
  | 'cc-by-sa-4.0'
  | 'cc-by-nc-4.0'
  | 'cc-by-nc-sa-4.0'
  | 'cc-by-nd-4.0'
  | 'cc-by-nc-nd-4.0'
  | 'cc0-1.0'
  | 'group-only';
