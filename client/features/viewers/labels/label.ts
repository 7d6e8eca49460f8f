import type { Annotation, ModelAnnotation, SphereAnnotation } from '../../../../server/resources/contract.ts';
import type { Preview } from '../../../api/content.ts';

/** Another 360° photo of the same resource, that a label leads into. */
export interface Scene {
  readonly path: string;
  readonly url: string;
  readonly poster?: string | undefined;
  readonly sphere: NonNullable<Preview['facts']['sphere']>;
}

type Shown<Stored> = Omit<Stored, 'image' | 'scene'> & {
  /** With the address of its picture. */
  readonly image?: { readonly path: string; readonly url: string } | undefined;
};

export type ModelLabel = Shown<ModelAnnotation>;
export type SphereLabel = Shown<SphereAnnotation> & {
  readonly scene?: (Scene & { readonly look?: SphereAnnotation['view'] | undefined }) | undefined;
};
/** A label as it is shown. */
export type Label = ModelLabel | SphereLabel;

/** A label in the hands of its author: its key stays while it changes its place in the list. */
export type Kept = Annotation & { key: string };

/** Where a label stands, and from where it is seen. */
export type Spot =
  | Pick<ModelAnnotation, 'position' | 'normal' | 'view'>
  | Pick<SphereAnnotation, 'position' | 'view'>;

/** What leads elsewhere is never a question of a self-test. */
export const leadsOn = (label: object): boolean => 'scene' in label && label.scene !== undefined;
